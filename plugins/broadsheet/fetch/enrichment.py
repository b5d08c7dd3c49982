"""Asking for the authors' own text of the papers that listings of some days show.

Answers are kept raw in seeds/ like every capture, under the day of the listing. An import takes
those whose source ends with "-enrich" to tell more of known papers alone, and those of "-wanted" as
listings of the papers that a list named without their titles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, timedelta

from ..errors import FetchError, ListingError
from ..listings.formats import parse
from ..listings.names import parse_name
from . import client, outcome
from .answer import AnswerKind, FetchedAnswer
from .context import Context
from .halving import Halving
from .limits import ARXIV, CROSSREF, HUGGINGFACE, HostPolicy
from .needs import Asked, HeldListing, Needs, needs_of
from .outcome import FetchOutcome, Status
from .request import Request, WantedDays, file_name
from .sources import records
from .store import Seeds

LABEL = "enrich"
FIRST_DAY = date(1991, 8, 14)
_MOST_HALVES = 60  # requests of a run that ask for a part of what another was refused
_LOOKED_BACK = timedelta(days=60)  # for authors' text of papers that are listed again


class _EnrichmentRun:
    """What a run has done so far: the servers that are unavailable, and the requests for parts."""

    def __init__(self) -> None:
        self.unavailable: dict[str, client.UnavailableError] = {}
        self.halving = Halving(_MOST_HALVES)


class Enrichment:
    """Asks for the authors' own text, with a fetch's client and its folder of captures."""

    def __init__(self, context: Context, seeds: Seeds, asks: client.Client) -> None:
        self._context = context
        self._seeds = seeds
        self._client = asks
        self._run = _EnrichmentRun()

    def fetch(self, wanted: WantedDays) -> list[FetchOutcome]:
        """Ask for what the papers of the wanted days lack. Raises FetchError for days that can't be
        asked for; what fails on the way is an Outcome."""
        now = self._context.clock.now()
        today = now.astimezone(UTC).date()
        days = wanted.days(today, FIRST_DAY)
        self._run = _EnrichmentRun()
        asked = Asked()
        for name, data in self._seeds.answers():
            asked.add(parse_name(name), data)
        held = self._held(days)
        own: set[str] = set()
        outcomes: list[FetchOutcome] = []
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
        outcomes = _in_one(outcomes, self._run.unavailable)
        if not outcomes:
            since = "" if len(days) < 2 else f"{days[0]} to "
            self._context.progress(
                f"{LABEL}: of {since}{days[-1]} no paper is left to be asked for"
            )
        return outcomes

    def _held(self, days: Sequence[date]) -> dict[date, list[HeldListing]]:
        """Return the readable captures of the days, and arXiv's of some weeks before, by their
        days."""
        first = max(FIRST_DAY, days[0] - _LOOKED_BACK)
        found: dict[date, list[HeldListing]] = {}
        for name, data in self._seeds.between(first, days[-1]):
            try:
                said = parse_name(name)
                if said.date is None or (said.date < days[0] and said.source != "arxiv"):
                    continue
                listing = parse(data, file=name, day=said.date)
            except ListingError:  # the import names it
                continue
            found.setdefault(said.date, []).append(HeldListing(said, listing))
        return found

    def _day(
        self, day: date, held: list[HeldListing], asked: Asked, own: set[str], today: date
    ) -> Iterator[FetchOutcome]:
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
                        held = [*held, HeldListing(name, listing)]
            needs = needs_of(day, held, asked, own)
        for batch in records.id_batches(needs.wanted):
            yield from self._ids(batch, day, records.ARXIV_WANTED)
        for doi in needs.dois:
            request = records.by_doi(doi, day, addresses)
            yield from (one for one, _ in self._ask(request, CROSSREF))
        for batch in records.id_batches(needs.ids):
            yield from self._ids(batch, day, records.ARXIV_ENRICH)
        for batch in records.title_batches(needs.phrases):
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

    def _ids(self, ids: Sequence[str], day: date, source: str) -> Iterator[FetchOutcome]:
        """Yield what became of a batch of ids, or of its parts where it was refused."""
        if ARXIV.name in self._run.unavailable:
            return

        def request_of(part: Sequence[str]) -> Request:
            return records.by_ids(part, day, self._context.addresses, source=source)

        asked = self._run.halving.ask(ids, lambda part: self._kept(request_of(part), ARXIV))
        for part, made in asked:
            if not isinstance(made, FetchError):
                yield made[0]
            elif ARXIV.name not in self._run.unavailable:
                yield self._failed(made, request_of(part), ARXIV)

    def _ask(
        self, request: Request, policy: HostPolicy, *, keeps_empty: bool = False
    ) -> Iterator[tuple[FetchOutcome, bytes | None]]:
        """Yield what became of a request, with the answer's bytes where they are kept; nothing
        where its server is unavailable, which was told before."""
        if policy.name in self._run.unavailable:
            return
        try:
            made = self._kept(request, policy, keeps_empty=keeps_empty)
        except FetchError as error:
            made = self._failed(error, request, policy), None
        yield made

    def _kept(
        self, request: Request, policy: HostPolicy, *, keeps_empty: bool = False
    ) -> tuple[FetchOutcome, bytes | None]:
        """Return what became of a request, with the answer's bytes where they are kept. Raises
        FetchError for one that fails."""
        day = request.day
        try:
            whole = self._client.ask(request, policy)
        except client.AbsentError as error:
            return outcome.of_step(request, day, Status.EMPTY, f"nothing there: {error}"), None
        data, answer = whole.data, whole.answer
        if not (keeps_empty or answer.kind is AnswerKind.COMPLETE or _withdrawn(answer)):
            message = f"{outcome.papers(0)} known there of {_asked_for(request)}"
            return outcome.of_step(request, day, Status.EMPTY, message), None
        name = file_name(request, day, whole.captured, request.extension_of(data))
        path = self._seeds.add(name, data)
        count = len(answer.contents.papers)
        message = f"{_found(request, count)}, written to {path}"
        told = outcome.of_step(request, day, Status.WRITTEN, message, papers=count, file=path)
        return told, data

    def _failed(self, error: FetchError, request: Request, policy: HostPolicy) -> FetchOutcome:
        """Return the outcome of a failure; an unavailable server isn't asked again."""
        if isinstance(error, client.UnavailableError):
            self._run.unavailable[policy.name] = error
        return outcome.failed(LABEL, error, request)


def _in_one(
    outcomes: list[FetchOutcome], unavailable: Mapping[str, client.UnavailableError]
) -> list[FetchOutcome]:
    """Return outcomes with those of several unavailable servers, as where there is no network, as
    one failure at the end."""
    if len(unavailable) < 2:
        return outcomes
    others = [one for one in outcomes if one.error not in unavailable.values()]
    told = "; ".join(f"{name} can't be asked: {error}" for name, error in unavailable.items())
    return [*others, outcome.failed(LABEL, client.UnavailableError(told))]


def _withdrawn(answer: FetchedAnswer) -> bool:
    """Return whether an answer gives papers that are all withdrawn."""
    return answer.kind is AnswerKind.EMPTY and bool(answer.total)


def _asked_for(request: Request) -> str:
    return outcome.papers(request.limit or 1)


def _found(request: Request, count: int) -> str:
    """Return how many papers an answer has; of a list of ids, of how many."""
    if "id_list=" not in request.url or count == request.limit:
        return outcome.papers(count)
    return f"{count} of {_asked_for(request)}"
