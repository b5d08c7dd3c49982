"""A run of summaries: papers asked for one after another, within a budget.

What an answer lacks concerns its paper alone, which is passed over; where the server itself is the
trouble, the run ends, and the next one goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import FetchError
from ..fetch.answer import plain
from ..fetch.clock import Clock
from ..fetch.dispatch import Dispatch, Receipt
from ..fetch.exchange import LostError, NotSentError
from ..fetch.retry import PASSING_STATUSES, back_off, retry_after
from ..papers import MachineSummary, Paper
from . import answers, prompts
from .answers import BrokenOffAnswer, UselessAnswer
from .model import Manner, Model, ModelAnswer

Send = Callable[[Dispatch, float], Receipt]
"""Sends a request that may take so many seconds. Raises NotSentError and LostError."""


class StoppedError(FetchError):
    """The run can't go on: the server refuses, fails or is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a run may take: papers, tokens (None: any number), seconds in all and for one answer."""

    papers: int = 100
    tokens: int | None = None
    seconds: float = 3600.0
    answer: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often a paper is asked for, and the seconds before the second time and at most; `useless`
    papers in a row end the run."""

    attempts: int = 3
    first_wait: float = 2.0
    longest_wait: float = 60.0
    useless: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryResult:
    """What became of a paper: its summary, or why it has none; and the tokens that it took."""

    paper: Paper
    summary: MachineSummary | None = None
    why: str = ""
    tokens: int = 0


def wanting(paper: Paper, *, again: bool = False) -> bool:
    """Return whether a paper is to be summarised: one with an abstract that has no summary yet; or
    `again` one whose summary no person edited."""
    old = paper.machine_summary
    return bool(paper.abstract.strip()) and (old is None or (again and not old.edited))


def summaries(
    model: Model,
    papers: Sequence[Paper],
    send: Send,
    clock: Clock,
    *,
    budget: Budget | None = None,
    patience: Patience | None = None,
) -> Iterator[SummaryResult]:
    """Yield what became of each paper, in order, until the budget is spent. Raises StoppedError."""
    yield from _Run(model, send, clock, budget or Budget(), patience or Patience()).all(papers)


class _Run:
    """The state of a run: what is left of its budget."""

    def __init__(
        self, model: Model, send: Send, clock: Clock, budget: Budget, patience: Patience
    ) -> None:
        self._model, self._send, self._clock = model, send, clock
        self._budget, self._patience = budget, patience
        self._end = clock.monotonic() + budget.seconds
        self._tokens = 0
        self._manner = Manner()

    def all(self, papers: Sequence[Paper]) -> Iterator[SummaryResult]:
        useless = 0
        for paper in papers[: self._budget.papers]:
            if not self._affords(paper):
                return
            result = self._result(paper)
            if result is None:
                return
            yield result
            useless = 0 if result.summary else useless + 1
            if useless >= self._patience.useless:
                raise StoppedError(
                    f"{useless} answers in a row can't be used (the last: {result.why}); expected "
                    "a model that answers as it is asked"
                )

    def _affords(self, paper: Paper) -> bool:
        if self._left <= 0:
            return False
        if self._budget.tokens is None:
            return True
        return (
            self._tokens + prompts.most_tokens(self._model, paper, self._manner)
            <= self._budget.tokens
        )

    @property
    def _left(self) -> float:
        return self._end - self._clock.monotonic()

    def _result(self, paper: Paper) -> SummaryResult | None:
        """Return what became of a paper; None where the time ended meanwhile."""
        spent = 0
        why = ""
        for attempt in range(1, self._patience.attempts + 1):
            try:
                answer = self._answer(paper)
                spent += answer.tokens
                self._tokens += answer.tokens
                return SummaryResult(paper=paper, summary=self._summary(answer), tokens=spent)
            except UselessAnswer as useless:
                spent += useless.tokens
                self._tokens += useless.tokens
                why = str(useless)
                if isinstance(useless, BrokenOffAnswer):
                    self._manner = prompts.roomier(self._manner)
                if not self._affords(paper):
                    break
                continue  # the same question may be answered better; no need to wait
            except _PassingAnswerError as passing:
                if self._left <= 0:
                    return None
                wait = back_off(attempt, self._patience.first_wait, self._patience.longest_wait)
                wait = max(wait, passing.wait)
                if attempt == self._patience.attempts or wait > self._patience.longest_wait:
                    raise StoppedError(f"{passing}, in {attempt} tries") from None
                if wait >= self._left:
                    return None
                self._clock.sleep(wait)
        return SummaryResult(paper=paper, why=why, tokens=spent)

    def _answer(self, paper: Paper) -> ModelAnswer:
        """Ask once. Raises UselessAnswer, _PassingError and StoppedError."""
        body = prompts.body(self._model, paper, self._manner)
        headers = {"Authorization": f"Bearer {self._model.key}"} if self._model.key else {}
        dispatch = Dispatch(
            url=f"{self._model.endpoint}/chat/completions", body=body, headers=headers
        )
        try:
            receipt = self._send(dispatch, max(0.01, min(self._budget.answer, self._left)))
        except (NotSentError, LostError) as error:
            raise _PassingAnswerError(error.message) from None
        if receipt.status == 400 and (other := prompts.instead(self._manner, _json(receipt))):
            self._manner = other
            return self._answer(paper)
        if receipt.status != 200:
            raise self._refused(receipt)
        asked = prompts.estimate([one["content"] for one in body["messages"]])
        value = _json(receipt)
        if value is None:
            value = answers.streamed(receipt.data)
        if value is None:
            raise UselessAnswer("it is no JSON", asked)
        return answers.read(value, self._model, asked)

    def _refused(self, receipt: Receipt) -> Exception:
        said = receipt.data.decode("utf-8", "replace")
        if self._model.key:
            said = said.replace(self._model.key, "***")  # before it is cut, maybe within the key
        words = plain(said[:300], 150)
        told = f"the endpoint answers {receipt.status}" + (f" ({words})" if words else "")
        if receipt.status not in PASSING_STATUSES:
            return StoppedError(f"{told}, expected 200")
        return _PassingAnswerError(told, retry_after(receipt.retry_after, self._clock.now()) or 0.0)

    def _summary(self, answer: ModelAnswer) -> MachineSummary:
        return MachineSummary(
            kind=self._model.kind,
            text=answer.text,
            points=answer.points,
            language=self._model.language,
            model=self._model.name,
            date=self._clock.now().date().isoformat(),
        ).marked()


def _json(receipt: Receipt) -> Any:
    """Return an answer as JSON; None where it is none."""
    try:
        return receipt.json()
    except ValueError:
        return None


class _PassingAnswerError(Exception):
    """Asking again may help, after `wait` seconds at least."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.wait = wait
