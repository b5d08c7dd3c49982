"""A run of sending: each job once, with retries and a rate limit, recorded in the delivery log."""

from __future__ import annotations

import smtplib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from .delivery_log import REFUSED, SENDING, SENT, UNKNOWN, WAITING, DeliveryLog
from .model import MailError, Subscriber
from .smtp import Delivery, SmtpConnection, SmtpOutcome


class SendingClock(Protocol):
    """The clock of a run; the module `time` is one."""

    def monotonic(self) -> float:
        """Return seconds from an arbitrary start."""

    def sleep(self, seconds: float, /) -> None:
        """Wait for some seconds."""


@dataclass(frozen=True, slots=True)
class Job:
    """A message to send: the issue's name, the recipient, and a function that builds its bytes."""

    issue: str
    to: Subscriber
    build: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a run behaves.

    rate            messages a minute at most (None: no limit)
    per_connection  messages after which a new connection is opened
    waits           seconds before each retry of deferred messages, or of an unreachable server
    rejections      refusals in a row that end the run if they outnumber the messages accepted;
                    none of them is counted against a reader
    lost            lost connections in a row that end a round
    """

    rate: float | None = None
    per_connection: int = 100
    waits: tuple[float, ...] = (30, 120, 600)
    rejections: int = 10
    lost: int = 5


@dataclass(slots=True)
class SendingReport:
    """What a run did: the number of messages by outcome, and why it stopped early, if it did."""

    deliveries: Counter[Delivery] = field(default_factory=Counter)
    stopped: str | None = None


def run(
    jobs: Iterable[Job],
    connect: Callable[[], SmtpConnection],
    sender: str,
    log: DeliveryLog,
    clock: SendingClock,
    policy: Policy | None = None,
) -> SendingReport:
    """Send each job's message, and record its outcome in the log.

    Deferred messages are retried after the policy's waits; those still deferred then wait for the
    next run. No message is sent twice: where the connection breaks after its last byte, it is
    marked as unknown and not retried. A run that can't go on reports why in `stopped`.
    """
    return _DeliveryRun(connect, sender, log, clock, policy or Policy()).all(list(jobs))


class _DeliveryRun:
    """The state of a run: the open connection, the pace, and refusals not yet counted."""

    def __init__(
        self,
        connect: Callable[[], SmtpConnection],
        sender: str,
        log: DeliveryLog,
        clock: SendingClock,
        policy: Policy,
    ) -> None:
        self._connect, self._sender, self._log = connect, sender, log
        self._clock, self._policy = clock, policy
        self._line: SmtpConnection | None = None
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
            self.report.deliveries[Delivery.DEFERRED] = len(jobs)
        except _StopError as stop:
            self.report.stopped = str(stop)
        finally:
            self._hang_up()
        return self.report

    def _round(self, jobs: list[Job]) -> list[Job]:
        """Send all jobs; return those to retry."""
        deferred = []
        lost = 0
        for position, job in enumerate(jobs):
            outcome = self._send(job)
            lost = lost + 1 if outcome.delivery is Delivery.LOST else 0
            if outcome.delivery in (Delivery.DEFERRED, Delivery.LOST):
                self._log.mark(job.issue, job.to.key, WAITING, outcome.code)
                deferred.append(job)
            elif outcome.delivery in (Delivery.SENT, Delivery.UNKNOWN):
                state = SENT if outcome.delivery is Delivery.SENT else UNKNOWN
                self._log.mark(job.issue, job.to.key, state, outcome.code)
                self.report.deliveries[outcome.delivery] += 1
                self._settle_streak()
            else:
                self._refused(job, outcome)
            if lost >= self._policy.lost:
                return deferred + jobs[position + 1 :]
        return deferred

    def _refused(self, job: Job, outcome: SmtpOutcome) -> None:
        """Hold a refusal back until a message is accepted or the run ends: only then is it known to
        concern this reader rather than all of them."""
        if outcome.sure:
            self._count(job, outcome)
            return
        self._log.mark(job.issue, job.to.key, WAITING, outcome.code)
        self._streak.append((job, outcome))
        refused = len(self._streak)
        if refused >= self._policy.rejections and refused > self.report.deliveries[Delivery.SENT]:
            raise _StopError(
                f"the server refused {refused} messages one after another (last "
                f"{outcome.code}); they and the rest wait for the next run"
            )

    def _settle_streak(self) -> None:
        for job, outcome in self._streak:
            self._count(job, outcome)
        self._streak.clear()

    def _count(self, job: Job, outcome: SmtpOutcome) -> None:
        self.report.deliveries[outcome.delivery] += 1
        self._log.mark(job.issue, job.to.key, REFUSED, outcome.code)
        if outcome.delivery is Delivery.BOUNCED:
            self._log.bounce(job.to.key, outcome.code or 550)

    def _send(self, job: Job) -> SmtpOutcome:
        """Send one message; where the connection breaks, retry once over a new one."""
        data = job.build()
        for _ in range(2):
            line = self._open()
            self._pace()
            outcome = line.send(
                self._sender,
                job.to.address,
                data,
                lambda: self._log.mark(job.issue, job.to.key, SENDING),
            )
            self._carried += 1
            if outcome.delivery in (Delivery.LOST, Delivery.UNKNOWN):
                self._line = None
            if outcome.delivery is not Delivery.LOST:
                break
        return outcome

    def _open(self) -> SmtpConnection:
        if self._line is not None and self._carried >= self._policy.per_connection:
            self._hang_up()
        if self._line is None:
            self._line = self._connected()
            self._carried = 0
        return self._line

    def _connected(self) -> SmtpConnection:
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
    """The run can't go on; the remaining jobs wait for the next one."""
