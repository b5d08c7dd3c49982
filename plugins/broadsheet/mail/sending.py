"""A run of sending: every job once, with retries, a rate, and the ledger kept all the while."""

from __future__ import annotations

import smtplib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from .book import REFUSED, SENDING, SENT, UNKNOWN, WAITING, DeliveryLog
from .model import MailError, Subscriber
from .smtp import Delivery, Line, SmtpOutcome


class SendingClock(Protocol):
    """Time as a run sees it (the module `time` is one)."""

    def monotonic(self) -> float:
        """Seconds, from anywhere."""

    def sleep(self, seconds: float, /) -> None:
        """Wait."""


@dataclass(frozen=True, slots=True)
class Job:
    """A message to send: of which issue, to whom, and how its bytes are made."""

    issue: str
    to: Subscriber
    build: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a run behaves. `rate` is messages a minute at most (None: no limit). After
    `per_connection` messages a new connection is opened. `waits` are the seconds before each
    further try of what was deferred, or of a server that can't be reached. So many
    `rejections` in a row, when hardly anything was taken before, mean that the server wants none
    of this: the run ends, and none of them counts. So many connections `lost` in a row end a
    round."""

    rate: float | None = None
    per_connection: int = 100
    waits: tuple[float, ...] = (30, 120, 600)
    rejections: int = 10
    lost: int = 5


@dataclass(slots=True)
class SendingReport:
    """What a run did: messages by fate, and why it ended early, if it did."""

    fates: Counter[Delivery] = field(default_factory=Counter)
    stopped: str | None = None


def run(
    jobs: Iterable[Job],
    connect: Callable[[], Line],
    sender: str,
    book: DeliveryLog,
    clock: SendingClock,
    policy: Policy | None = None,
) -> SendingReport:
    """Send each job's message, and write into the ledger what became of it.

    What is deferred is tried again after the policy's waits; what is still deferred then waits
    for the next run. Nothing is sent twice: where the connection breaks after a message's last
    byte it is marked as unknown, and left. Raises MailError where nothing can be sent at all.
    """
    return _Run(connect, sender, book, clock, policy or Policy()).all(list(jobs))


class _Run:
    def __init__(
        self,
        connect: Callable[[], Line],
        sender: str,
        book: DeliveryLog,
        clock: SendingClock,
        policy: Policy,
    ) -> None:
        self._connect, self._sender, self._book = connect, sender, book
        self._clock, self._policy = clock, policy
        self._line: Line | None = None
        self._carried = 0
        self._next = clock.monotonic()
        self._streak: list[tuple[Job, SmtpOutcome]] = []
        self.report = SendingReport()

    def all(self, jobs: list[Job]) -> SendingReport:
        try:
            for wait in (0.0, *self._policy.waits):
                if not jobs:
                    break
                if wait:
                    self._hang_up()
                    self._clock.sleep(wait)
                jobs = self._round(jobs)
            self._settle_streak()
            self.report.fates[Delivery.DEFERRED] = len(jobs)
        except _StopError as stop:
            self.report.stopped = str(stop)
        finally:
            self._hang_up()
        return self.report

    def _round(self, jobs: list[Job]) -> list[Job]:
        """Send all; returns those that wait for another round."""
        later = []
        lost = 0
        for place, job in enumerate(jobs):
            outcome = self._job(job)
            lost = lost + 1 if outcome.fate is Delivery.LOST else 0
            if outcome.fate in (Delivery.DEFERRED, Delivery.LOST):
                self._book.mark(job.issue, job.to.key, WAITING, outcome.code)
                later.append(job)
            elif outcome.fate in (Delivery.SENT, Delivery.UNKNOWN):
                state = SENT if outcome.fate is Delivery.SENT else UNKNOWN
                self._book.mark(job.issue, job.to.key, state, outcome.code)
                self.report.fates[outcome.fate] += 1
                self._settle_streak()
            else:
                self._refused(job, outcome)
            if lost >= self._policy.lost:
                return later + jobs[place + 1 :]
        return later

    def _refused(self, job: Job, outcome: SmtpOutcome) -> None:
        """Note a refusal. Whether it is meant for this reader or for all is seen by what follows,
        so it counts only once something else was taken, or the run ends."""
        if outcome.sure:
            self._count(job, outcome)
            return
        self._book.mark(job.issue, job.to.key, WAITING, outcome.code)
        self._streak.append((job, outcome))
        refused = len(self._streak)
        if refused >= self._policy.rejections and refused > self.report.fates[Delivery.SENT]:
            raise _StopError(
                f"the server refused {refused} messages one after another (last "
                f"{outcome.code}); they and the rest wait for the next run"
            )

    def _settle_streak(self) -> None:
        for job, outcome in self._streak:
            self._count(job, outcome)
        self._streak.clear()

    def _count(self, job: Job, outcome: SmtpOutcome) -> None:
        self.report.fates[outcome.fate] += 1
        self._book.mark(job.issue, job.to.key, REFUSED, outcome.code)
        if outcome.fate is Delivery.BOUNCED:
            self._book.bounce(job.to.key, outcome.code or 550)

    def _job(self, job: Job) -> SmtpOutcome:
        """Send one message; where a connection breaks under it, once more over a new one."""
        data = job.build()
        for _ in range(2):
            line = self._open()
            self._pace()
            outcome = line.send(
                self._sender,
                job.to.address,
                data,
                lambda: self._book.mark(job.issue, job.to.key, SENDING),
            )
            self._carried += 1
            if outcome.fate in (Delivery.LOST, Delivery.UNKNOWN):
                self._line = None
            if outcome.fate is not Delivery.LOST:
                break
        return outcome

    def _open(self) -> Line:
        if self._line is not None and self._carried >= self._policy.per_connection:
            self._hang_up()
        if self._line is None:
            self._line = self._connected()
            self._carried = 0
        return self._line

    def _connected(self) -> Line:
        failure: Exception | None = None
        for wait in (0.0, *self._policy.waits):
            if wait:
                self._clock.sleep(wait)
            try:
                return self._connect()
            except MailError as error:
                raise _StopError(error.message) from error
            except (OSError, smtplib.SMTPException) as error:
                failure = error
        raise _StopError(
            f"the mail server can't be reached ({type(failure).__name__}); "
            "the rest waits for the next run"
        )

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _pace(self) -> None:
        if self._policy.rate is None:
            return
        now = self._clock.monotonic()
        if now < self._next:
            self._clock.sleep(self._next - now)
        self._next = max(now, self._next) + 60 / self._policy.rate


class _StopError(Exception):
    """The run can't go on; what is left waits."""
