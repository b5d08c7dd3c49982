"""The fetcher: request, judge, decide, write, and report the outcome of each day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .. import days
from ..errors import FetchError
from . import client, outcome
from .answer import AnswerKind, FetchedAnswer, PaperMark
from .context import Context
from .enrichment import Enrichment
from .limits import HostPolicy
from .outcome import FetchOutcome, Status
from .request import Request, Silence, Step, WantedDays, file_name
from .retention import Retention, retain
from .sources import Source
from .state import CachedAnswer, FetchState
from .store import Seeds

_MOST_PAGES = 50  # of one listing; no day comes near
_STALE = timedelta(days=7)  # a feed that says an older day doesn't keep its date up
_NEWEST = WantedDays()


class Fetcher:
    """Fetches listings into the context's folder. Use as a context manager.

    Outcomes are told to the context's `progress`; failures are in the returned outcomes alone.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seeds = Seeds(context.seeds, context.read)
        self._state = FetchState(context.state)
        self._client = client.Client(context, self._state)
        if self._state.notice:
            context.progress(self._state.notice)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.close()

    def fetch(self, source: Source, wanted: WantedDays = _NEWEST) -> list[FetchOutcome]:
        """Fetch the listings of a source for the wanted days.

        Raises FetchError for days that can't be asked for; what fails on the way is an Outcome.
        """
        today = source.today(self._context.clock.now())
        steps = source.steps(wanted, today, self._context.addresses)
        outcomes: list[FetchOutcome] = []
        for at, step in enumerate(steps):
            try:
                for one in self._step(step, source, _Turn(today, wanted.refresh)):
                    outcomes.append(one)
                    self._context.progress(one.message)
            except FetchError as error:
                outcomes.append(outcome.failed(source.label, error, step))
                rest = len(steps) - at - 1
                if isinstance(error, client.UnavailableError) and rest:
                    left = FetchError(f"{rest} more not asked for: the server is unavailable")
                    outcomes.append(outcome.failed(source.label, left, step))
                    break
        if not steps:
            self._context.progress(f"{source.label}: nothing to ask for on such a day")
        return outcomes

    def enrich(self, wanted: WantedDays) -> list[FetchOutcome]:
        """Ask for the authors' own text of the papers that the listings of the wanted days show.

        Raises FetchError for days that can't be asked for; what fails on the way is an Outcome.
        """
        with self._client.quiet():
            return Enrichment(self._context, self._seeds, self._client).fetch(wanted)

    def fetch_all(
        self, sources: Iterable[Source], wanted: WantedDays
    ) -> list[tuple[Source, list[FetchOutcome]]]:
        """Fetch from each source, whatever becomes of the others; return each with its outcomes."""
        done = []
        for source in sources:
            try:
                outcomes = self.fetch(source, wanted)
            except FetchError as error:
                outcomes = [outcome.failed(source.label, error)]
            except Exception as error:  # a bug, which must not cost the other sources their day
                bug = FetchError(f"unexpected {type(error).__name__}: {str(error)[:300]}; this is "
                                 "a bug, please report it")  # fmt: skip
                bug.__cause__ = error
                outcomes = [outcome.failed(source.label, bug)]
            done.append((source, outcomes))
        return done

    def _step(self, step: Step, source: Source, turn: _Turn) -> Iterator[FetchOutcome]:
        """Yield one listing, page by page."""
        if isinstance(step, Silence):
            yield outcome.of_step(step, step.day, Status.SILENT, step.reason)
            return
        if self._is_settled(step):
            return
        request: Request | None = step
        seen: set[PaperMark] = set()
        pages = 0
        while request is not None:
            asked = self._ask(request, source.policy)
            answer = asked.whole.answer
            papers = set(answer.contents.papers)
            pages += 1
            # A server that knows no pages sends the first again and again.
            if pages > 1 and papers <= seen:
                return
            if pages > _MOST_PAGES:
                raise FetchError(f"goes on after {_MOST_PAGES} pages", file=request.url)
            seen |= papers
            yield self._settle(request, asked, turn)
            request = source.next_page(request, len(answer.contents.papers), answer.total)

    def _is_settled(self, request: Request) -> bool:
        """Return whether a capture is held that leaves nothing to ask for."""
        if request.settled_by is None or request.day is None:
            return False
        held = self._seeds.held(request, request.day)
        return any(listing.contents.format == request.settled_by for listing in held)

    def _ask(self, request: Request, policy: HostPolicy) -> _Asked:
        """Return the answer to a request. Raises FetchError unless it is a whole listing."""
        cached = self._state.answer(request.url)
        known = self._seeds.read(cached.file) if cached else None
        if cached is None or known is None or _sha256(known) != cached.sha256:
            return _Asked(self._client.ask(request, policy))
        whole = self._client.ask_again(request, policy, cached.validators)
        if whole is not None:
            return _Asked(whole)
        answer = self._client.judge(request, known)
        now = self._context.clock.now()
        return _Asked(client.Whole(data=known, answer=answer, captured=now), cached.file)

    def _settle(self, request: Request, asked: _Asked, turn: _Turn) -> FetchOutcome:
        """Decide whether a whole answer is written, write it, and return the outcome."""
        body, answer = asked.whole, asked.whole.answer
        day = _day(request, answer, turn.today)
        count = len(answer.contents.papers)

        def told(status: Status, message: str, file: str = "") -> FetchOutcome:
            path = self._context.seeds / file if file else None
            return outcome.of_step(request, day, status, message, papers=count, file=path)

        if request.day is not None and day != request.day and not request.rolling:
            return told(Status.NOT_YET, f"not there yet, {request.source} shows {day}")
        if asked.same_as:
            return told(Status.UNCHANGED, f"unchanged, as in {asked.same_as}", asked.same_as)
        held = self._seeds.held(request, day)
        decision = retain(body.data, answer.contents, held, refresh=turn.refresh)
        if decision.retention is Retention.SAME:
            self._remember(request, decision.beside, body)
            same = f"unchanged, as in {decision.beside}"
            return told(Status.UNCHANGED, same, decision.beside)
        over = request.says_day or day < turn.today
        if count == 0 and (held or not over or not _says_empty(request, answer)):
            return told(Status.EMPTY, outcome.nothing(answer, over, request), decision.beside)
        if decision.retention is Retention.NOTHING_NEW:
            among = decision.beside if len(held) == 1 else f"{len(held)} files that are there"
            nothing = f"nothing new, {outcome.papers(count)}, all known from {among}"
            return told(Status.NOTHING_NEW, nothing, decision.beside)
        name = file_name(request, day, body.captured, request.extension_of(body.data))
        path = self._seeds.add(name, body.data)
        self._remember(request, name, body)
        status = Status.WRITTEN if count else Status.EMPTY
        return told(status, f"{outcome.summary(decision, count)}, written to {path}", name)

    def _remember(self, request: Request, name: str, body: client.Whole) -> None:
        found = body.validators
        if found is not None:
            cached = CachedAnswer(name, _sha256(body.data), found.etag, found.last_modified)
            self._state.remember(request.url, cached)


@dataclass(frozen=True, slots=True)
class _Turn:
    """The source's day today, and whether the same papers are kept again."""

    today: date
    refresh: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """A whole answer, and the file it is in if the server says that it hasn't changed."""

    whole: client.Whole
    same_as: str = ""


def _day(request: Request, answer: FetchedAnswer, today: date) -> date:
    """Return the day that an answer is of. Raises FetchError where it says none though it should,
    or one that can't be."""
    said = answer.contents.day
    day = said if request.says_day else request.day
    if request.rolling and said is not None and said > today - _STALE:
        day = said
    if day is None:
        raise FetchError("the answer doesn't say of which day it is", file=request.url)
    if day > today + timedelta(days=1):
        raise FetchError(f"the answer says it is of {day}, still to come", file=request.url)
    days.refuse_implausible(day, FetchError, file=request.url)
    return day


def _says_empty(request: Request, answer: FetchedAnswer) -> bool:
    """Return whether an answer without papers is kept for what it says once its day is over."""
    return answer.kind is AnswerKind.EMPTY and not request.unnamed


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
