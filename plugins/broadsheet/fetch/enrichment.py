"""Asking for the authors' own text of the papers that listings of some days show.

Answers are kept raw in seeds/ like every capture, under the day of the listing. An import takes
those whose source ends with "-enrich" to tell more of known papers alone, and those of "-wanted" as
listings of the papers that a list named without their titles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from ..errors import FetchError, ListingError
from ..listings.formats import parse
from ..listings.names import parse_name
from . import client, outcome
from .answer import Answer, AnswerKind, judge
from .context import Context
from .limits import ARXIV, CROSSREF, HUGGINGFACE, HostPolicy
from .needs import Asked, Held, Needs, needs_of
from .outcome import Outcome, Status
from .request import Request, Wanted, file_name
from .sources import records
from .store import Seeds

LABEL = "enrich"
FIRST_DAY = date(1991, 8, 14)
_MOST_HALVES = 60  # requests of a run that ask for a part of what another was refused
_LOOKED_BACK = timedelta(days=60)  # for authors' text of papers that are listed again


@dataclass(slots=True)
class _Run:
    """What a run has done so far: the servers that are unavailable, and the requests for parts."""

    unavailable: set[str]
    halves: int = 0


class Enrichment:
    """Asks for the authors' own text, with a fetch's client and its folder of captures."""

    def __init__(self, context: Context, seeds: Seeds, asks: client.Client) -> None:
        self._context = context
        self._seeds = seeds
        self._client = asks
        self._run = _Run(set())

    def fetch(self, wanted: Wanted) -> list[Outcome]:
        """Ask for what the papers of the wanted days lack. Raises FetchError for days that can't be
        asked for; what fails on the way is an Outcome."""
        now = self._context.clock.now()
        today = now.astimezone(UTC).date()
        days = wanted.days(today, FIRST_DAY)
        self._run = _Run(set())
        asked = Asked()
        for name, data in self._seeds.answers():
            asked.add(parse_name(name), data)
        held = self._held(days)
        own: set[str] = set()
        outcomes: list[Outcome] = []
        for day in sorted(held):
            if day >= days[0]:
                for one in self._day(day, held[day], asked, own, today):
                    outcomes.append(one)
                    if one.error is None:
                        self._context.progress(one.message)
            own |= {
                entry.arxiv
                for one in held[day]
                for entry in one.listing.entries
                if entry.tex and entry.arxiv and not one.name.enriches
            }
        if not outcomes:
            since = "" if len(days) < 2 else f"{days[0]} to "
            self._context.progress(
                f"{LABEL}: of {since}{days[-1]} no paper is left to be asked for"
            )
        return outcomes

    def _held(self, days: Sequence[date]) -> dict[date, list[Held]]:
        """Return the readable captures of the days, and arXiv's of some weeks before, by their
        days."""
        first = max(FIRST_DAY, days[0] - _LOOKED_BACK)
        found: dict[date, list[Held]] = {}
        for name, data in self._seeds.between(first, days[-1]):
            try:
                said = parse_name(name)
                if said.date is None or (said.date < days[0] and said.source != "arxiv"):
                    continue
                listing = parse(data, file=name, day=said.date)
            except ListingError:  # the import names it
                continue
            found.setdefault(said.date, []).append(Held(said, listing))
        return found

    def _day(
        self, day: date, held: list[Held], asked: Asked, own: set[str], today: date
    ) -> Iterator[Outcome]:
        addresses = self._context.addresses
        needs = needs_of(day, held, asked, own)
        if needs.huggingface:
            request = records.huggingface_day(day, addresses)
            for one, data in self._ask(request, HUGGINGFACE, keeps_empty=day < today):
                yield one
                if data is not None:
                    name = parse_name(one.file.name) if one.file else None
                    if name:
                        listing = parse(data, file=request.url, day=day)
                        held = [*held, Held(name, listing)]
            needs = needs_of(day, held, asked, own)
        for batch in _batches(needs.wanted, records.MOST_IDS):
            yield from self._ids(batch, day, records.ARXIV_WANTED)
        for doi in needs.dois:
            request = records.by_doi(doi, day, addresses)
            yield from (one for one, _ in self._ask(request, CROSSREF))
        for batch in _batches(needs.ids, records.MOST_IDS):
            yield from self._ids(batch, day, records.ARXIV_ENRICH)
        for batch in _batches(needs.phrases, records.MOST_TITLES):
            request = records.by_titles(batch, day, addresses)
            yield from (one for one, _ in self._ask(request, ARXIV, keeps_empty=True))
        self._tell_unasked(day, needs)

    def _tell_unasked(self, day: date, needs: Needs) -> None:
        if needs.short:
            self._context.progress(
                f"{LABEL} {day}: {outcome.papers(needs.short)} without id and with a title too "
                "short to search for: not asked for"
            )
        if needs.elsewhere:
            self._context.progress(
                f"{LABEL} {day}: {outcome.papers(needs.elsewhere)} named by addresses of other "
                "sites: not asked for"
            )

    def _ids(self, ids: Sequence[str], day: date, source: str) -> Iterator[Outcome]:
        """Yield what became of a batch of ids; one that is refused is asked for in halves, so that
        no id costs the others."""
        request = records.by_ids(ids, day, self._context.addresses, source=source)
        for one, _ in self._ask(request, ARXIV):
            refused = one.error is not None and not isinstance(one.error, client.UnavailableError)
            if refused and len(ids) > 1 and self._run.halves < _MOST_HALVES:
                self._run.halves += 2
                middle = len(ids) // 2
                yield from self._ids(ids[:middle], day, source)
                yield from self._ids(ids[middle:], day, source)
            else:
                yield one

    def _ask(
        self, request: Request, policy: HostPolicy, *, keeps_empty: bool = False
    ) -> Iterator[tuple[Outcome, bytes | None]]:
        """Yield what became of a request, with the answer's bytes where they are kept; nothing
        where its server is unavailable, which was told before."""
        if policy.name in self._run.unavailable:
            return
        day = request.day
        try:
            reply = self._client.get(request.url, policy, lambda data: self._judge(data, request))
            if reply.data is None or reply.answer is None or not reply.answer.whole:
                reason = reply.answer.reason if reply.answer else "nothing changed, unasked"
                raise FetchError(f"the answer can't be used: {reason}", file=request.url)
            data, answer = reply.data, reply.answer
            if not (keeps_empty or answer.kind is AnswerKind.COMPLETE or _withdrawn(answer)):
                message = f"{outcome.papers(0)} known there of {_asked_for(request)}"
                yield outcome.of_step(request, day, Status.EMPTY, message), None
                return
            name = file_name(request, day, reply.captured, request.extension_of(data))
            path = self._seeds.add(name, data)
        except client.AbsentError as error:
            message = f"nothing there: {error}"
            yield outcome.of_step(request, day, Status.EMPTY, message), None
        except FetchError as error:
            if isinstance(error, client.UnavailableError):
                self._run.unavailable.add(policy.name)
            yield outcome.failed(LABEL, error, request), None
        else:
            count = len(answer.contents.papers)
            message = f"{_found(request, count)}, written to {path}"
            told = outcome.of_step(request, day, Status.WRITTEN, message, papers=count, file=path)
            yield told, data

    def _judge(self, data: bytes, request: Request) -> Answer:
        now = self._context.clock.now()
        name = file_name(request, request.day, now, request.extension_of(data))
        return judge(data, request, name, self._context.read)


def _withdrawn(answer: Answer) -> bool:
    """Return whether an answer gives papers that are all withdrawn."""
    return answer.kind is AnswerKind.EMPTY and bool(answer.total)


def _asked_for(request: Request) -> str:
    return outcome.papers(request.limit or 1)


def _found(request: Request, count: int) -> str:
    """Return how many papers an answer has; of a list of ids, of how many."""
    if "id_list=" not in request.url or count == request.limit:
        return outcome.papers(count)
    return f"{count} of {_asked_for(request)}"


def _batches(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]
