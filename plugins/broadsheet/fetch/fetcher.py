"""The fetcher: request, judge, decide, write, and report the outcome of each day."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from enum import Enum
from pathlib import Path

from .. import days
from ..errors import FetchError, shown
from . import client, request_plan
from .answer import Answer, AnswerKind, Mark, Reader, judge
from .clock import Clock
from .request_plan import Request, Silence, SourceAddresses
from .retention import Decision, Retention, retain
from .state import CachedAnswer, FetchState
from .store import Seeds

_MOST_PAGES = 50  # of one listing; no day comes near


class Status(Enum):
    """The outcome of one requested listing."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"  # the very listing that is there already
    NOTHING_NEW = "nothing new"  # another capture of papers that are there already
    EMPTY = "empty"  # no papers (yet)
    NOT_YET = "not yet"  # the source still shows an earlier day
    SILENT = "silent"  # nothing to ask for: the source lists nothing on such a day
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of one requested listing (or one page of it), with a message.

    `day` is None where it is unknown. `file` is the listing that now holds the
    papers. `error` is set where `status` is FAILED.
    """

    source: str
    day: date | None
    category: str | None
    status: Status
    message: str
    papers: int = 0
    file: Path | None = None
    error: FetchError | None = None


class Fetcher:
    """Fetches listings into `seeds`. Use as a context manager.

    `state` is the state file (None: no state is saved), `contact` a web or mail address for the
    User-Agent, `read` reads listings, `progress` receives waits and outcomes as
    they come, one line each; failures are in the returned outcomes alone.
    """

    def __init__(
        self,
        *,
        seeds: Path,
        read: Reader,
        state: Path | None = None,
        contact: str | None = None,
        addresses: SourceAddresses | None = None,
        clock: Clock | None = None,
        limits: client.Limits | None = None,
        progress: Callable[[str], None] = lambda message: None,
    ) -> None:
        self._folder = seeds
        self._seeds = Seeds(seeds, read)
        self._read = read
        self._state = FetchState(state)
        self._addresses = addresses or SourceAddresses()
        self._clock = clock or Clock()
        self._progress = progress
        self._client = client.Client(
            state=self._state,
            contact=contact,
            clock=self._clock,
            limits=limits,
            progress=progress,
        )
        if self._state.notice:
            progress(self._state.notice)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.close()

    def huggingface(
        self, *, day: date | None = None, since: date | None = None, refresh: bool = False
    ) -> list[Outcome]:
        """Fetch Hugging Face's Daily Papers of one `day`, of all days `since` one, or of today.

        `refresh` keeps another capture of the same papers, for its fresher votes. Raises
        FetchError for days that can't be asked for; what fails on the way is an Outcome.
        """
        today = self._clock.now().astimezone(UTC).date()
        wanted = request_plan.days(
            day, since, today=today, first=request_plan.HUGGINGFACE_FIRST_DAY
        )
        steps = request_plan.huggingface(wanted, self._addresses)
        return self._run(steps, client.HUGGINGFACE, today=today, refresh=refresh)

    def arxiv(
        self,
        categories: Iterable[str],
        *,
        day: date | None = None,
        since: date | None = None,
        refresh: bool = False,
    ) -> list[Outcome]:
        """Fetch what arXiv announced in `categories`: the newest announcement without dates,
        else that of one `day` or of all days `since` one. Raises like `huggingface`."""
        categories = tuple(dict.fromkeys(categories))
        if not categories:
            raise FetchError("no arXiv category was given: expected one such as cs.LG")
        today = request_plan.eastern_day(self._clock.now())
        wanted = None
        if day is not None or since is not None:
            wanted = request_plan.days(day, since, today=today, first=request_plan.ARXIV_FIRST_DAY)
        steps = request_plan.arxiv(wanted, categories, today=today, addresses=self._addresses)
        return self._run(steps, client.ARXIV, today=today, refresh=refresh)

    def paper(self, identifier: str) -> bytes:
        """Return arXiv's record (Atom) of one paper, by its id or address.

        Raises FetchError where `identifier` is neither, and where arXiv knows no such paper.
        """
        identifier = request_plan.arxiv_id(identifier)
        request = request_plan.arxiv_paper(identifier, self._addresses)
        reply = self._client.get(
            request.url,
            client.ARXIV,
            judge=lambda data: self._judge(data, request),
        )
        body, answer = _used(reply, request)
        if answer.kind is not AnswerKind.COMPLETE:
            raise FetchError(f"arXiv knows no paper {identifier}", file=request.url)
        got = answer.contents.papers[0].arxiv
        if got != re.sub(r"v\d+$", "", identifier):
            raise FetchError(
                f"arXiv answers with the paper {shown(got)}, expected {identifier}",
                file=request.url,
            )
        return body.data

    def _run(
        self,
        steps: Iterable[Request | Silence],
        policy: client.HostPolicy,
        *,
        today: date,
        refresh: bool,
    ) -> list[Outcome]:
        outcomes: list[Outcome] = []
        steps = list(steps)
        for at, step in enumerate(steps):
            try:
                for outcome in self._step(step, policy, today, refresh):
                    outcomes.append(outcome)
                    self._progress(outcome.message)
            except FetchError as error:
                outcomes.append(_failed(step, error))
                rest = len(steps) - at - 1
                if isinstance(error, client.UnavailableError) and rest:
                    left = FetchError(f"{rest} more not asked for: the server is unavailable")
                    outcomes.append(_failed(step, left))
                    break
        return outcomes

    def _step(
        self, step: Request | Silence, policy: client.HostPolicy, today: date, refresh: bool
    ) -> Iterator[Outcome]:
        """Yield one listing, page by page."""
        if isinstance(step, Silence):
            yield _silent(step)
            return
        request: Request | None = step
        seen: set[Mark] = set()
        pages = 0
        while request is not None:
            data, answer = self._ask(request, policy)
            papers = set(answer.contents.papers)
            pages += 1
            # A server that knows no pages sends the first again and again.
            if pages > 1 and papers <= seen:
                return
            if pages > _MOST_PAGES:
                raise FetchError(f"goes on after {_MOST_PAGES} pages", file=request.url)
            seen |= papers
            yield self._settle(request, data, answer, today, refresh)
            request = request_plan.next_page(request, len(answer.contents.papers), answer.total)

    def _ask(self, request: Request, policy: client.HostPolicy) -> tuple[_FetchedBody, Answer]:
        """Return the answer to a request. Raises FetchError unless it is a whole listing."""
        cached = self._state.answer(request.url)
        known = self._seeds.read(cached.file) if cached else None
        if cached is None or known is None or _sha256(known) != cached.sha256:
            cached = known = None
        reply = self._client.get(
            request.url,
            policy,
            etag=cached.etag if cached else None,
            last_modified=cached.last_modified if cached else None,
            judge=lambda data: self._judge(data, request),
        )
        if reply.data is None and cached is not None and known is not None:
            return _FetchedBody(known, reply, cached.file), self._judge(known, request)
        return _used(reply, request)

    def _settle(
        self, request: Request, body: _FetchedBody, answer: Answer, today: date, refresh: bool
    ) -> Outcome:
        """Decide whether a whole answer is written, write it, and return the outcome."""
        contents = answer.contents
        day = contents.day if request.says_day else request.day
        if day is None:
            raise FetchError("the answer doesn't say of which day it is", file=request.url)
        if day > today + timedelta(days=1):
            raise FetchError(f"the answer says it is of {day}, still to come", file=request.url)
        days.refuse_implausible(day, FetchError, file=request.url)
        count = len(contents.papers)

        def outcome(status: Status, message: str, file: str = "") -> Outcome:
            return Outcome(
                source=request.source,
                day=day,
                category=request.category,
                status=status,
                message=f"{_what(request, day)}: {message}",
                papers=count,
                file=self._folder / file if file else None,
            )

        if request.day is not None and day != request.day:
            return outcome(Status.NOT_YET, f"not there yet, {request.source} shows {day}")
        if body.same_as:
            return outcome(Status.UNCHANGED, f"unchanged, as in {body.same_as}", body.same_as)
        held = self._seeds.held(request, day)
        decision = retain(body.data, contents, held, refresh=refresh)
        if decision.retention is Retention.SAME:
            self._remember(request, decision.beside, body)
            same = f"unchanged, as in {decision.beside}"
            return outcome(Status.UNCHANGED, same, decision.beside)
        over = request.says_day or day < today
        if count == 0 and (held or not over or answer.kind is not AnswerKind.EMPTY):
            return outcome(Status.EMPTY, _nothing(answer, over), decision.beside)
        if decision.retention is Retention.NOTHING_NEW:
            among = decision.beside if len(held) == 1 else f"the {len(held)} files of that day"
            nothing = f"nothing new, {_papers(count)}, all known from {among}"
            return outcome(Status.NOTHING_NEW, nothing, decision.beside)
        name = request_plan.file_name(request, day, body.reply.captured)
        path = self._seeds.add(name, body.data)
        self._remember(request, name, body)
        status = Status.WRITTEN if count else Status.EMPTY
        return outcome(status, f"{_summary(decision, count)}, written to {path}", name)

    def _remember(self, request: Request, name: str, body: _FetchedBody) -> None:
        reply = body.reply
        if reply.etag or reply.last_modified:
            cached = CachedAnswer(name, _sha256(body.data), reply.etag, reply.last_modified)
            self._state.remember(request.url, cached)

    def _judge(self, data: bytes, request: Request) -> Answer:
        day = None if request.says_day else request.day
        return judge(
            data, request, request_plan.file_name(request, day, self._clock.now()), self._read
        )


@dataclass(frozen=True, slots=True)
class _FetchedBody:
    """An answer's bytes, and the file they are in if the server says they haven't changed."""

    data: bytes
    reply: client.Reply
    same_as: str | None = None


def _used(reply: client.Reply, request: Request) -> tuple[_FetchedBody, Answer]:
    """Return the body and its judgement. Raises FetchError unless it is whole."""
    if reply.data is None or reply.answer is None:
        raise FetchError("the server says that nothing changed, unasked", file=request.url)
    if not reply.answer.whole:
        raise FetchError(f"the answer can't be used: {reply.answer.reason}", file=request.url)
    return _FetchedBody(reply.data, reply), reply.answer


def _what(step: Request | Silence, day: date | None) -> str:
    parts = (step.source, step.category, day and day.isoformat())
    return " ".join(part for part in parts if part)


def _silent(step: Silence) -> Outcome:
    return Outcome(
        source=step.source,
        day=step.day,
        category=step.category,
        status=Status.SILENT,
        message=f"{_what(step, step.day)}: {step.reason}",
    )


def _failed(step: Request | Silence, error: FetchError) -> Outcome:
    return Outcome(
        source=step.source,
        day=step.day,
        category=step.category,
        status=Status.FAILED,
        message=f"{_what(step, step.day)}: {error}",
        error=error,
    )


def _summary(decision: Decision, count: int) -> str:
    if decision.retention is Retention.FULLER:
        return f"{_papers(count)}, {decision.new} of them new"
    if decision.retention is Retention.FRESHER:
        return f"{_papers(count)}, captured again"
    return _papers(count)


def _nothing(answer: Answer, over: bool) -> str:
    if answer.kind is AnswerKind.DOUBTFUL:
        return "no papers, though it was a working day: a holiday, or the source is in trouble"
    return "no papers" if over else "no papers yet"


def _papers(count: int) -> str:
    return {0: "no papers", 1: "1 paper"}.get(count, f"{count} papers")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
