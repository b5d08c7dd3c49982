"""A run of posting: which days are due for which targets, each posted exactly once.

The delivery log is mail's: a target is a recipient, a day an issue. A post is marked as being sent
before its request leaves, and as sent when the service says that it took it. What may or may not
have been taken is not sent again, but for services that take one post once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..errors import ContentError
from ..fetch.clock import Clock
from ..fetch.dispatch import Dispatch, Receipt
from ..fetch.exchange import LostError, NotSentError
from ..fetch.retry import back_off
from ..mail.delivery_log import GONE, SENDING, SENT, UNKNOWN, WAITING, DeliveryLog
from ..mail.due import due
from ..mail.model import issue_name
from . import services
from .model import Post, PostTarget, State, Verdict

KIND = "daily"
_DONE = {SENT, SENDING, UNKNOWN}

RECENT = 3
"""Days, from the newest, that are still posted; older ones no longer wait."""


class Days(Protocol):
    """Where posts come from."""

    def keys(self) -> list[str]:
        """Return the newest days that have papers, oldest first (ISO dates)."""

    def post(self, day: str, /) -> Post:
        """Return a day's post. Raises ContentError where it has no papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPatience:
    """How a run waits: requests for a post at most, and seconds before the second of them and at
    most. A service that asks for more is left for the next run."""

    attempts: int = 4
    first_wait: float = 2.0
    longest_wait: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What became of a day at a target."""

    target: str
    day: str
    verdict: Verdict


def due_days(
    days: Days, log: DeliveryLog, target: PostTarget, only: str | None = None
) -> list[str]:
    """Return the days that a target is to be sent, oldest first; of `only` one, that one, unless it
    was sent. The log is not changed."""
    opened = log.opened(KIND, target.name)
    if only is not None:
        return [] if _DONE & log.counts(_name(only, target)).keys() else [only]
    fresh = due(KIND, days.keys(), opened)
    waiting = [day for _, kind, day, name in log.unfinished() if (kind, name) == _group(target)]
    return sorted({*fresh, *waiting})[-RECENT:]


def run(
    days: Days,
    targets: Sequence[PostTarget],
    log: DeliveryLog,
    send: Callable[[Dispatch], Receipt],
    clock: Clock,
    *,
    only: str | None = None,
    patience: PostPatience | None = None,
) -> Iterator[Posted]:
    """Post what is due to each target, one post after another, and yield what became of each.

    A target that refuses a post, or asks to be left alone, gets no more of them in this run; they
    wait for the next one.
    """
    log.register(target.name for target in targets)
    for target in targets:
        wanted = due_days(days, log, target, only)
        _open(days, log, target, wanted, only)
        for day in wanted:
            name = _name(day, target)
            if target.name not in log.waiting(name):
                continue
            try:
                post = days.post(day)
            except ContentError:  # the day no longer has papers
                log.mark(name, target.name, GONE)
                continue
            made = _Posting(target, post, log, send, clock, patience or PostPatience())
            outcome = made.carried_out()
            yield Posted(target=target.name, day=day, verdict=outcome)
            if outcome.state in (State.REFUSED, State.LATER):
                break


def _open(
    days: Days, log: DeliveryLog, target: PostTarget, wanted: Sequence[str], only: str | None
) -> None:
    """Record the days that are posted now; those that are too old for it are recorded as well, so
    that no later run begins with them."""
    for day in wanted:
        log.open_issue(_name(day, target), KIND, day, target.name, [target.name])
    if only is not None:
        for day in wanted:  # it may have been too old before
            log.mark(_name(day, target), target.name, WAITING)
        return
    for day in due(KIND, days.keys(), log.opened(KIND, target.name)):
        log.open_issue(_name(day, target), KIND, day, target.name, [])
    for name, kind, day, of in log.unfinished():
        if (kind, of) == _group(target) and day not in wanted:
            log.mark(name, target.name, GONE)


def _group(target: PostTarget) -> tuple[str, str]:
    return KIND, target.name


def _name(day: str, target: PostTarget) -> str:
    return issue_name(KIND, day, target.name)


class _Posting:
    """One post to one target: tries, waits, and their marks in the log."""

    def __init__(
        self,
        target: PostTarget,
        post: Post,
        log: DeliveryLog,
        send: Callable[[Dispatch], Receipt],
        clock: Clock,
        patience: PostPatience,
    ) -> None:
        self._target, self._post, self._log = target, post, log
        self._send, self._clock, self._patience = send, clock, patience
        self._doubtful = False  # an earlier try may have been taken

    def carried_out(self) -> Verdict:
        """Post, with retries, and record the outcome."""
        for attempt in range(1, self._patience.attempts + 1):
            verdict = self._once()
            again = verdict.state is State.LATER or (
                verdict.state is State.UNKNOWN and self._target.kind in services.REPEATABLE
            )
            if verdict.state is State.UNKNOWN:
                self._doubtful = True
            wait = back_off(attempt, self._patience.first_wait, self._patience.longest_wait)
            wait = max(wait, verdict.wait or 0.0)
            if not again or attempt == self._patience.attempts:
                break
            if wait > self._patience.longest_wait:
                break
            self._clock.sleep(wait)
        return self._recorded(verdict)

    def _recorded(self, verdict: Verdict) -> Verdict:
        """Record what became of the post. A doubtful one waits only where the service can be asked
        whether it has it (Bluesky)."""
        state = {State.SENT: SENT, State.UNKNOWN: UNKNOWN}.get(verdict.state, WAITING)
        if state != SENT and self._doubtful:
            state = WAITING if self._target.kind == "bluesky" else UNKNOWN
            verdict = Verdict(
                state=State.LATER if state == WAITING else State.UNKNOWN,
                why=verdict.why, wait=verdict.wait, code=verdict.code,
            )  # fmt: skip
        self._mark(state, verdict.code)
        return verdict

    def _once(self) -> Verdict:
        opened = None
        try:
            first = services.preparation(self._target)
            if first is not None:
                receipt = self._send(first)
                opened = services.session(receipt)
                if opened is None:
                    return self._not_opened(receipt)
                found = self._send(services.look_up(self._target, self._post, opened))
                if services.is_there(found):
                    return Verdict(state=State.SENT, code=found.status)
        except (NotSentError, LostError) as error:  # nothing was posted yet
            return Verdict(state=State.LATER, why=error.message)
        dispatch = services.message(self._target, self._post, self._clock.now(), opened)
        self._mark(SENDING)
        try:
            receipt = self._send(dispatch)
        except NotSentError as error:
            if not self._doubtful:
                self._mark(WAITING)
            return Verdict(state=State.LATER, why=error.message)
        except LostError as error:
            return Verdict(state=State.UNKNOWN, why=error.message)
        return services.verdict(self._target, receipt, self._clock.now())

    def _not_opened(self, receipt: Receipt) -> Verdict:
        """Return what it means that no session was opened: nothing was posted."""
        told = services.verdict(self._target, receipt, self._clock.now())
        state = State.REFUSED if told.state is State.REFUSED else State.LATER
        why = f"no session: {told.why or 'its answer holds none'}"
        return Verdict(state=state, why=why, wait=told.wait, code=told.code)

    def _mark(self, state: str, code: int | None = None) -> None:
        self._log.mark(_name(self._post.day, self._target), self._target.name, state, code)
