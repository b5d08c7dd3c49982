"""Texts in which the parts of papers take turns, written as a list with labels: pages copied from
forums and proceedings, chats, programmes, and papers in blocks of lines without any mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from ...errors import ListingError
from ...papers import Entry
from ..fields.addresses import is_papers_host
from ..fields.identifiers import categories
from ..model import Listing
from ..untrusted.decoding import visible
from . import same_order
from .list_lines import tidy
from .list_papers import read as read_line
from .list_sections import ListSection, mentioned_day
from .list_titles import title_of
from .paper_drafts import PaperDraft
from .paper_lines import is_paper
from .plain_list import listing_of
from .same_order import PaperTurns
from .telling import tell
from .turns import (
    ADDRESS,
    LABEL,
    NAMES,
    OF_PLACES,
    OTHER,
    PAGE,
    PROSE,
    TITLE,
    Turn,
    names_in,
    turns,
)

_LEAST = 2  # papers
_FOLDED = re.compile(r"\s*[△▽]\s?\w{0,10}\s*\Z")  # the words that fold an abstract
_SITE_BEHIND = re.compile(r"\s\(([a-z0-9.-]{3,60}\.[a-z]{2,10})(?:/[^()\s]*)?\)\s*\Z", re.I)
_TAG = re.compile(r"\[[A-Za-z]{1,12}\]\s+(?=\S)")  # "[R] Kites of the North"
_LONG_TITLE = 40  # characters of a title's first line that may have a second
_MOST_UNDER = 60  # lines of one paper


def parse(
    text: str,
    as_lines: Callable[[], Listing],
    refusals: type[ListingError],
    *,
    file: str,
    day: date | None,
    papers_only: bool = False,
) -> Listing:
    """Return the listing of a text by turns where that tells more than `as_lines` does, or where
    that one raises one of `refusals`; else that of `as_lines`. Raises ListingError as that does."""
    told = read(text)
    turned = None
    if told:
        turned = listing_of([told.section], told.left, file=file, day=day, papers_only=papers_only)
    try:
        listing = as_lines()
    except refusals:
        if turned is None:
            raise
        return turned
    if told and turned and tells_more(turned, listing, told.page):
        return turned
    return listing


def tells_more(one: Listing, other: Listing, page: frozenset[str]) -> bool:
    """Return whether a reading of a text by turns tells more of its papers than another, which may
    have taken any line for a title, even one of the page's own."""
    if 3 * len(one.entries) < len(other.entries):
        return False
    mine, others = _told(one, frozenset()), _told(other, page)
    if mine != others or _length(one.entries, "abstract") != _length(other.entries, "abstract"):
        return mine > others
    pairs = [*zip(one.entries, other.entries, strict=False)]
    longer = any(len(a.title) > len(b.title) for a, b in pairs)
    return longer and all(a.title.startswith(b.title) for a, b in pairs)  # it was wrapped


def _length(entries: Sequence[Entry], field: str) -> int:
    return sum(len(getattr(entry, field)) for entry in entries)


def _told(listing: Listing, page: frozenset[str]) -> tuple[int, int, int]:
    """Return how many papers have an address, authors, an abstract. What two have alike is no
    title, nor is what the page has around them."""
    times = Counter(entry.title for entry in listing.entries)
    titled = [one for one in listing.entries if times[one.title] == 1 and one.title not in page]
    named = sum(1 for entry in titled if entry.arxiv or entry.doi or entry.url)
    authors = sum(1 for entry in titled if entry.authors)
    return named, authors, sum(1 for entry in titled if entry.abstract)


@dataclass(frozen=True, slots=True)
class TakenTurns:
    """The papers of a text whose lines take turns, the lines that name none, and what of these
    stands there with each paper."""

    section: ListSection
    left: list[tuple[int, str]]
    page: frozenset[str]


def read(text: str) -> TakenTurns | None:
    """Return the papers of a text whose lines take turns; None for any other text."""
    found = turns(visible(text))
    if found is None:
        return None
    ordered = same_order.records_of(found)
    if any(turn.kind == ADDRESS for turn in found):
        records = _by_address(found)
    else:
        records = _by_names(found) or _by_site(found) or _by_text(found)
    if ordered and (
        not records or same_order.worth(ordered, found) > same_order.worth(records, found)
    ):
        records = ordered
    if records is None or len(records) < _LEAST:
        return None
    section = ListSection(drafts=[_draft(record) for record in records])
    used = {turn.number for record in records for turn in (*record.title, *record.parts)}
    titles = {turn.number for record in records for turn in record.title}
    left = [
        (t.number, t.said)
        for t in found
        if t.number not in used or (t.kind in (PAGE, OTHER) and t.number not in titles)
    ]
    for number, said in left:
        if number < records[0].title[0].number and (day := mentioned_day(said)):
            section.heading, section.line, section.sure = day, number, False
            break
    page = {t.said for t in found if t.kind == PAGE}
    page |= {t.said for t in found if t.kind == ADDRESS}
    return TakenTurns(section, left, frozenset(page))


def _by_address(found: list[Turn]) -> list[PaperTurns] | None:
    """Return a record for each address; None where some has no title above or, for all alike,
    below."""
    if any(turn.kind == OTHER and is_paper(turn.line) for turn in found):
        return None
    anchors: list[int] = []
    titled = False  # a title stands below the last address that counts
    for at, turn in enumerate(found):
        titled = titled or turn.kind == TITLE
        if turn.kind == ADDRESS and (titled or not anchors or found[anchors[-1]].key != turn.key):
            anchors.append(at)
            titled = False
    if len(anchors) < _LEAST:
        return None
    edges = [-1, *anchors, len(found)]
    gaps = [range(a + 1, b) for a, b in pairwise(edges)]
    above = [_last_title(found, gap) for gap in gaps[:-1]]
    below = [_first_title(found, gap) for gap in gaps[1:]]
    over = all(below) and (
        not all(above) or _far(found, anchors, below) < _far(found, anchors, above)
    )
    if not over and not all(above):
        return None
    starts = [title for title in (below if over else above) if title]
    records = [PaperTurns([found[at] for at in title]) for title in starts]
    firsts = [title[0] for title in starts]
    for n, record in enumerate(records):
        begin = anchors[n] if over else firsts[n]
        end = (anchors if over else firsts)[n + 1] if n + 1 < len(records) else len(found)
        record.parts = [t for t in found[begin:end] if t not in record.title]
    last = found[anchors[-1]].number
    if not over and not any(
        turn.kind == PROSE and turn.number > found[anchors[n]].number
        for n, record in enumerate(records[:-1])
        for turn in record.parts
    ):  # what stands below the last is the page's end
        records[-1].parts = [t for t in records[-1].parts if t.kind != PROSE or t.number < last]
    return records


def _far(found: list[Turn], anchors: list[int], titles: list[list[int] | None]) -> tuple[int, int]:
    """Return how many blank lines, and how many others that aren't the page's own, stand between
    titles and their addresses."""
    blanks = between = 0
    for anchor, title in zip(anchors, titles, strict=True):
        places = (*(title or ()), anchor)
        blanks += sum(not found[at].near for at in range(min(places) + 1, max(places) + 1))
        between += sum(found[at].kind != PAGE for at in range(min(places) + 1, max(places)))
    return blanks, between


def _last_title(found: list[Turn], gap: range) -> list[int] | None:
    """Return where the title is that stands last in a gap: one in quotation marks, or else another;
    words that may be a name only where nothing else may be the title."""
    places = [at for at in gap if found[at].kind == TITLE]
    sure = [at for at in places if found[at].sure]
    if places := sure or places:
        at = places[-1]
        return [at - 1, at] if _goes_on(found, at - 1, gap) else [at]
    maybe = [at for at in gap if found[at].kind == NAMES and not found[at].sure]
    return maybe[-2:-1] or maybe[-1:] or None


def _first_title(found: list[Turn], gap: range) -> list[int] | None:
    places = [at for at in gap if found[at].kind == TITLE]
    sure = [at for at in places if found[at].sure]
    if not (places := sure or places):
        return [at for at in gap if found[at].kind == NAMES and not found[at].sure][:1] or None
    at = places[0]
    return [at, at + 1] if _goes_on(found, at, gap) else [at]


def _goes_on(found: list[Turn], at: int, gap: range) -> bool:
    """Return whether a title goes on in the next line."""
    if at not in gap or at + 1 not in gap:
        return False
    one, two = found[at], found[at + 1]
    one_word = two.kind == OTHER and two.said.isalpha() and at + 2 in gap and found[at + 2].sure
    titles = one.kind == TITLE and (two.kind == TITLE or one_word)
    titles = titles and not one.sure and not two.sure
    return titles and two.near and len(one.said) > _LONG_TITLE and not two.timed


def _by_names(found: list[Turn]) -> list[PaperTurns] | None:
    """Return a record for each title with names right below it, or right above one in quotation
    marks; None where most names stand elsewhere, or hours tell of few of these."""
    timed = sum(turn.timed and turn.kind in (TITLE, NAMES) for turn in found) >= _LEAST
    said = [at for at, turn in enumerate(found) if turn.kind != PAGE]
    records: list[PaperTurns] = []
    people = sum(1 for at in said if found[at].kind == NAMES and found[at].sure)
    taken = -1
    for n, at in enumerate(said):
        turn = found[at]
        if at <= taken or turn.kind not in (TITLE, NAMES):
            continue
        below = found[said[n + 1]] if n + 1 < len(said) else None
        if below is None:
            continue
        begins = turn.timed if timed else not (turn.sure and turn.kind == NAMES)
        if turn.kind == NAMES and below.kind == TITLE and below.sure:
            records.append(PaperTurns([below], [turn]))
        elif (
            begins
            and below.kind == NAMES
            and not below.timed
            and not _is_next(found, said[n + 1 : n + 3])
        ):
            records.append(PaperTurns([turn], [below]))
        else:
            continue
        taken = said[n + 1]
    kept = sum(1 for record in records for part in record.parts if part.sure)
    words = sum(len(turn.said.split()) for record in records for turn in record.title)
    if len(records) < _LEAST or kept < 0.8 * people or words < 3 * len(records):
        return None
    if not kept and not timed and not all(t.sure for record in records for t in record.title):
        return None
    starts = [min(t.number for t in (*r.title, *r.parts)) for r in records]
    by_line = {turn.number: turn for turn in found}
    for n, record in enumerate(records):
        end = starts[n + 1] if n + 1 < len(records) else starts[n] + _MOST_UNDER
        last = max(t.number for t in (*record.title, *record.parts))
        for number in range(last + 1, end):
            further = by_line.get(number)
            if further is not None and further.kind in (PROSE, LABEL):
                record.parts.append(further)
            elif further is not None and not (
                further.kind in (PAGE, OTHER) or OF_PLACES.match(further.said)
            ):
                break
    return records


def _by_site(found: list[Turn]) -> list[PaperTurns] | None:
    """Return a record for each title with the site of a paper in parentheses behind it; None where
    not each line is the page's own below such titles."""
    records: list[PaperTurns] = []
    sites = 0
    for turn in found:
        site = _SITE_BEHIND.search(turn.said[-80:]) if turn.kind == TITLE else None
        sites += site is not None
        if site and is_papers_host(site[1].lower()):
            turn.said = turn.said[: len(turn.said) - len(site[0])]
            records.append(PaperTurns([turn]))
    pages = sum(1 for turn in found if turn.kind == PAGE)
    return records if pages >= sites >= _LEAST else None


def _by_text(found: list[Turn]) -> list[PaperTurns] | None:
    """Return a record for each text with a title above it, where the page has lines of its own
    below each text."""
    records: list[PaperTurns] = []
    texts = start = 0
    reach = _reach(found)
    for at, turn in enumerate(found):
        if turn.kind != PROSE or (at and found[at - 1].kind == PROSE):
            continue
        texts += 1
        begin = start if texts > 1 else max(0, at - reach - 1)
        title = next((t for t in found[begin:at] if _names_a_title(t)), None)
        own = next((t for t in islice(found, at + 1, None) if t.kind != PROSE), None)
        if title and own and own.kind == PAGE:
            for other in found[begin:at]:
                if other.kind == NAMES and not other.sure:
                    other.kind = OTHER  # a place as well as a person
            parts = [t for t in found[begin : at + 1] if t is not title]
            records.append(PaperTurns([title], parts))
        start = _after_text(found, at, start)
    return records if len(records) == texts and len(records) >= _LEAST else None


def _reach(found: list[Turn]) -> int:
    """Return how far above its text the title of any but the first paper stands."""
    most = start = 0
    for at, turn in enumerate(found):
        if turn.kind == PROSE:
            title = next((n for n in range(start, at) if _names_a_title(found[n])), at)
            most = max(most, at - title) if start else most
            start = _after_text(found, at, start)
    return most


def _after_text(found: list[Turn], at: int, start: int) -> int:
    """Return where what belongs to the next paper starts, below a text and what the page has there;
    `start` is what was returned for the text above."""
    start = max(start, at + 1)
    while start < len(found) and found[start].kind in (PAGE, PROSE):
        start += 1
    return start


def _names_a_title(turn: Turn) -> bool:
    return turn.kind == TITLE or (turn.kind == NAMES and not turn.sure)


def _is_next(found: list[Turn], said: list[int]) -> bool:
    """Return whether what may be a name is the next title, by the names right below it."""
    if len(said) < 2:
        return False
    one, two = found[said[0]], found[said[1]]
    return not one.sure and two.kind == NAMES and two.sure


def _draft(record: PaperTurns) -> PaperDraft:
    """Return what the turns of a paper say of it."""
    words = " ".join(turn.said for turn in record.title)
    first = record.title[0]
    draft = PaperDraft(first.number, title_of(_TAG.sub("", words, count=1)))
    if len(record.title) == 1 and any(one.bold for one in first.line.pieces):
        draft = read_line(first.line.pieces, first.number, alone=True)
    for text in first.beside.split("\n"):
        draft.say(tidy(text))
    paragraph: list[str] = []
    for turn in record.parts:
        if turn.kind == PROSE and turn.near and paragraph:
            paragraph.append(turn.said)
            continue
        draft.abstract += _joined(paragraph)
        paragraph = [turn.said] if turn.kind == PROSE else []
        if turn.kind == LABEL and turn.said.startswith("#"):
            draft.fields.setdefault("keywords", turn.said)
        elif turn.kind == LABEL:
            tell(draft, turn.line)
        elif turn.kind == NAMES and not draft.authors:
            draft.authors = names_in(turn.said)
        elif turn.kind in (NAMES, TITLE, OTHER):
            draft.say(turn.said)
        elif turn.kind == ADDRESS and categories(turn.said):
            draft.fields.setdefault("categories", turn.said)
        elif turn.kind == ADDRESS and any(map(str.isalnum, turn.said)):
            beside = turn.said.split(" · ")
            for text in beside if len(beside) > 1 else ():
                draft.say(text)
            draft.unread += beside if len(beside) == 1 else []
        draft.add(turn.line.pieces)
    draft.abstract += _joined(paragraph)
    draft.abstract = [_FOLDED.sub("", text) for text in draft.abstract]
    return draft


def _joined(paragraph: list[str]) -> list[str]:
    return [" ".join(paragraph)] if paragraph else []
