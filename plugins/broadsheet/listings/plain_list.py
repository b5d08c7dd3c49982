"""Plain lists of papers: ids, DOIs, addresses and titles, one a line, in text or Markdown.

Bulleted and numbered lists, tables, headings with links under them, and lines in blocks. A line
that names no paper (a section's heading, an introduction, a link to something else) is none. What
stands in the list is taken; an id alone is `Listing.wanted`, until a fetch brings its paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..errors import EmptyListing, ListingError, shown
from ..papers import Entry
from .addresses import Address
from .dates import DateHeading, read_day, read_heading, read_iso
from .decoding import one_line, visible
from .identifiers import categories
from .labelled import labelled
from .list_lines import Line, Piece, lines, words_of
from .list_papers import PaperDraft, is_prose, is_title, read
from .merging import unite
from .model import Listing, Wanted
from .people import split_authors

_COPIED = re.compile(
    r"^\W{0,4}Daily Papers(?: - Hugging Face)?\W{0,4}$|^Submitted by\b", re.MULTILINE
)
_COLUMNS = {
    "title": "title papertitle name",
    "paper": "paper papers work method",
    "authors": "authors author",
    "abstract": "abstract summary description tldr abstractsummary overview",
    "date": "date publishdate published publicationdate",
    "keywords": "keywords keyword tags tag",
    "categories": "categories category subjects",
    "links": "links link url pdf arxiv id doi code github project page resources website",
}
_COLUMN_OF = {name: key for key, names in _COLUMNS.items() for name in names.split()}
_CODE = re.compile(r"[{}<>=;|\\@~^]|\(\)")  # signs that titles without maths don't have
_SPAN = re.compile(
    r"(?P<a>[A-Z][a-z]{2,8}\.? \d{1,2})(?:st|nd|rd|th)?\s?(?:[-–—]|to)\s?"
    r"(?P<b>(?:[A-Z][a-z]{2,8}\.? )?\d{1,2})(?:st|nd|rd|th)?\b\W{0,5}(?P<year>\d{4})?"
)
_DAY = re.compile(
    r"\b(?P<day>\d{4}[-./]\d{2}[-./]\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
    r"|\d{1,2} [A-Z][a-z]{2,8},? \d{4})\b"
)


def is_copied_page(text: str) -> bool:
    """Return whether a text is a copy of Hugging Face's page, which has a reader of its own."""
    return _COPIED.search(text) is not None


def is_table(text: str) -> bool:
    """Return whether a text begins with a Markdown table: its second line is a rule."""
    first, _, rest = text.lstrip("\n").partition("\n")
    second = rest.partition("\n")[0].strip()
    return "|" in first and "|" in second and not second.strip("|:- ") and "--" in second


def is_list(text: str) -> bool:
    """Return whether a line of a text is an entry of a list by its form: an id or an address with
    few words, a linked item, heading or row of a table, or an item with its authors below."""
    above: Line | None = None
    for line in lines(visible(text)):
        if above is not None and above.kind in ("item", "heading") and _labels(line):
            return True
        above = line
        if line.kind in ("blank", "rule") or not line.addresses:
            continue
        known = any(address.kind == "paper" for address in line.addresses)
        if known and (line.kind != "text" or not is_prose(line.words)):
            return True
        if line.kind in ("item", "row") and is_title(line.words):
            if any(address.kind == "other" for address in line.addresses):
                return True
    return False


def are_titles(text: str) -> bool:
    """Return whether nearly all lines of a text are titles: as items of a list, or of several
    words and without a sentence's end."""
    found = [line for line in lines(visible(text)) if line.kind not in ("blank", "rule", "heading")]
    titles = sum(1 for line in found if _is_bare_title(line))
    return titles >= max(2, 0.8 * len(found))


def _is_bare_title(line: Line) -> bool:
    words = line.words
    if line.kind not in ("item", "text") or not is_title(words) or words.endswith((".", ":", ",")):
        return False
    if _CODE.search(words) and "$" not in words:
        return False
    least = 2 if line.kind == "item" else 4
    return len(words.split()) >= least and not words[0].islower()


@dataclass(slots=True)
class _Section:
    """The papers under a heading that names a day or a week, or under none."""

    heading: DateHeading | None = None
    line: int | None = None
    drafts: list[PaperDraft] = field(default_factory=list)


def parse(
    text: str,
    *,
    file: str,
    day: date | None = None,
    titles: bool = False,
    papers_only: bool = False,
) -> Listing:
    """Read a list; `titles` says that its lines are titles alone, `papers_only` that links count
    only where their addresses are known to be papers'.

    Of a list with several dated sections, that of `day` is taken, else the newest. Raises
    `EmptyListing` where no line names a paper.
    """
    reader = _Reader(titles=titles)
    for line in lines(visible(text)):
        reader.take(line)
    reader.end()
    notices: list[str] = []
    section, period = _chosen(reader.sections, day, notices)
    drafts = [draft for draft in section.drafts if draft.paper or not papers_only]
    wanted = tuple(_wanted(draft) for draft in drafts if not draft.title and draft.paper)
    listed = (draft for draft in drafts if draft.title)
    entries, twice = unite((_entry(draft) for draft in listed), file=file)
    if not entries and not wanted:
        raise EmptyListing("no line names a paper by title, id or address", file=file, line=1)
    wanted = tuple(dict.fromkeys(one for one in wanted if not _known(one, entries)))
    if wanted:
        notices.append(_asked(wanted))
    notices += _unread(reader.passed, drafts)
    heading = section.heading
    return Listing(
        format="list",
        entries=entries,
        wanted=wanted,
        date=heading.date() if heading else None,
        heading=(heading.month, heading.day) if heading else None,
        heading_line=section.line,
        period=period,
        empty=None if entries else "papers named by id or address alone",
        notices=(*notices, *twice),
    )


def _asked(wanted: tuple[Wanted, ...]) -> str:
    names = ", ".join(one.arxiv or one.doi or one.url or "" for one in wanted[:3])
    more = f" and {len(wanted) - 3} more" if len(wanted) > 3 else ""
    papers = "1 paper is" if len(wanted) == 1 else f"{len(wanted)} papers are"
    return (
        f"{papers} named without a title, and published once `broadsheet fetch` has asked for it: "
        f"{names}{more}"
    )


def _known(one: Wanted, entries: tuple[Entry, ...]) -> bool:
    return any(
        (one.arxiv and one.arxiv == entry.arxiv) or (one.doi and one.doi == entry.doi)
        for entry in entries
    )


def _unread(passed: list[tuple[int, str]], drafts: list[PaperDraft]) -> list[str]:
    notices = []
    if passed:
        line, words = passed[0]
        notices.append(
            f"line {line}: {shown(words)} names no paper; left out"
            if len(passed) == 1
            else f"{len(passed)} lines that name no paper are left out, the first "
            f"{shown(words)} in line {line}"
        )
    beside = [(draft.line, text) for draft in drafts if draft.title for text in draft.unread]
    if beside:
        line, words = beside[0]
        many = "of 1 paper" if len(beside) == 1 else f"of {len(beside)} papers"
        notices.append(f"words beside the title {many} are not read, {shown(words)} in line {line}")
    return notices


def _chosen(sections: list[_Section], day: date | None, notices: list[str]) -> tuple[_Section, str]:
    """Return the section of a day, or else the newest, and its period; that of no date if no
    heading has one."""
    filled = [section for section in sections if section.drafts]
    dated = [section for section in filled if section.heading]
    if len(dated) < 2:
        one = _Section(drafts=[draft for section in filled for draft in section.drafts])
        if dated:
            one.heading, one.line = dated[0].heading, dated[0].line
        return one, one.heading.period if one.heading else "day"
    chosen = next((one for one in dated if day and _covers(one.heading, day)), None)
    if chosen is None:
        whole = [one for one in dated if one.heading and one.heading.date()]
        chosen = max(whole, key=lambda one: _date_of(one.heading), default=dated[0])
    left = sum(len(one.drafts) for one in filled if one is not chosen)
    papers = "1 paper" if left == 1 else f"{left} papers"
    notices.append(
        f"{papers} of other days left out: a listing is of one day or week, here that under "
        f"the heading in line {chosen.line}"
    )
    return chosen, chosen.heading.period if chosen.heading else "day"


def _date_of(heading: DateHeading | None) -> date:
    return (heading.date() if heading else None) or date.min


def _covers(heading: DateHeading | None, day: date) -> bool:
    if heading is None:
        return False
    start = heading.date()
    if start is None:
        try:
            start = date(day.year, heading.month, heading.day)
        except ValueError:
            return False
    length = {"week": 6, "month": 27}.get(heading.period, 0)
    return start <= day <= start + timedelta(days=length)


def _heading_day(text: str) -> DateHeading | None:
    """Return the day or the week that a heading names somewhere."""
    text = one_line(text)[:200]
    try:
        if whole := read_heading(text):
            return whole
        if span := _SPAN.search(text):
            year = f", {span['year']}" if span["year"] else ""
            last = span["b"] if " " in span["b"] else f"{span['a'].split()[0]} {span['b']}"
            return read_heading(f"{span['a']} - {last}{year}")
        if found := _DAY.search(text):
            return read_day(re.sub(r"(?<=\d)[./](?=\d)", "-", found["day"]))
    except ListingError:
        return None
    return None


class _Reader:
    """Lines to drafts: which lines begin a paper, and which go on about it."""

    def __init__(self, *, titles: bool) -> None:
        self.sections = [_Section()]
        self.passed: list[tuple[int, str]] = []  # lines that name no paper
        self._titles = titles
        self._draft: PaperDraft | None = None
        self._indent = 0  # of the item that the draft began with
        self._pending: Line | None = None  # words that may be the title of an address below
        self._above: Line | None = None  # the line above, unless it is blank
        self._header: list[str] | None = None
        self._row: Line | None = None  # a row that may be a table's header
        self._address_first: bool | None = None  # whether addresses stand above their titles

    def take(self, line: Line) -> None:
        """Take the next line."""
        if line.kind != "row" and self._row is not None:
            if not (line.kind == "rule" and line.level):
                self._one_row(self._row)
            self._row = None
        if line.kind == "rule" and line.level:
            return
        if line.kind not in ("row", "rule"):
            self._header = None
        match line.kind:
            case "blank" | "rule":
                self._above = None
                return
            case "heading":
                self._heading(line)
            case "row":
                self._table_row(line)
            case "item":
                self._item(line)
            case _:
                self._text(line)
        self._above = line

    def end(self) -> None:
        """Settle what is pending."""
        if self._row is not None:
            self._one_row(self._row)
        self._settle()

    def _settle(self) -> None:
        if self._pending is not None:
            if self._titles and _is_bare_title(self._pending):
                self._begin(read(self._pending.pieces, self._pending.number))
            else:
                self._pass(self._pending)
        self._pending = None

    def _pass(self, line: Line) -> None:
        words = line.words or words_of(line.pieces)
        if words:
            self.passed.append((line.number, words))

    def _begin(self, draft: PaperDraft, indent: int = -1) -> None:
        self._draft = draft
        self._indent = indent
        self.sections[-1].drafts.append(draft)

    def _heading(self, line: Line) -> None:
        self._settle()
        self._draft = None
        if any(address.kind == "paper" for address in line.addresses):
            self._begin(read(line.pieces, line.number))
            return
        day = _heading_day(line.words)
        if day is not None:
            self.sections.append(_Section(day, line.number))
        else:
            self._pending = line

    def _table_row(self, line: Line) -> None:
        if self._header is None and self._row is None:
            self._row = line
            self._header = [_column(words_of(cell)) for cell in line.cells]
            return
        if self._row is not None:
            if not any(self._header or []) or self._row.addresses:
                self._one_row(self._row)
                self._header = []
            self._row = None
        self._one_row(line)

    def _one_row(self, line: Line) -> None:
        header = self._header or []
        named = (
            dict(zip(header, line.cells, strict=False)) if len(header) == len(line.cells) else {}
        )
        if line is self._row and any(header) and not line.addresses:
            return
        self._settle()
        draft = _of_row(line, named)
        if draft.paper or (draft.title and (draft.addresses or named.get("title"))):
            self._begin(draft)
        else:
            self._pass(line)
        self._draft = None

    def _item(self, line: Line) -> None:
        if self._adopted(line):
            return
        if self._draft is not None and self._indent >= 0 and line.indent > self._indent + 1:
            if not self._is_paper(line) or _names_same(self._draft, line):
                self._go_on(line)
                return
        if self._draft is not None and self._indent < 0 and _labels(line):
            self._go_on(line)
            return
        self._settle()
        if self._is_paper(line) or (self._titles and _is_bare_title(line)):
            self._begin(read(line.pieces, line.number), line.indent)
        elif self._draft is not None and self._indent < 0 and self._tells(line):
            self._go_on(line)
        elif is_title(line.words) and any(one.kind == "other" for one in line.addresses):
            self._begin(read(line.pieces, line.number), line.indent)
        else:
            self._draft = None
            self._pending = line

    def _adopted(self, line: Line) -> bool:
        """Return whether a labelled line ("Authors: ...") told that the words above are a title."""
        above = self._pending
        if above is None or not _labels(line) or not is_title(_first_line(above)):
            return False
        if self._titles or (above.kind == "text" and self._above is not above):
            return False
        self._pending = None
        self._begin(self._named_by(above, PaperDraft(above.number)))
        self._go_on(line)
        return True

    def _named_by(self, above: Line, draft: PaperDraft) -> PaperDraft:
        """Give a draft the title that words above it are, and what else they say."""
        first = _pieces_of_first_line(above)
        title = read(first, above.number)
        draft.title, draft.line, draft.authors = title.title, above.number, title.authors
        draft.unread = title.unread + draft.unread
        draft.addresses = title.addresses + draft.addresses
        for rest in words_of(above.pieces[len(first) :]).split("\n"):
            draft.say(rest)
        return draft

    def _tells(self, line: Line) -> bool:
        """Return whether an item under a heading that is a paper tells of that paper."""
        return bool(line.addresses) or ":" in line.words[:30] or is_prose(line.words)

    def _is_paper(self, line: Line) -> bool:
        return any(address.kind == "paper" for address in line.addresses)

    def _text(self, line: Line) -> None:
        if self._adopted(line):
            return
        if (
            self._draft is not None
            and self._indent >= 0
            and (self._above is not None or line.indent > self._indent + 1)
        ):
            if not self._is_paper(line) or not self._draft.paper or _names_same(self._draft, line):
                self._go_on(line)
                return
        if self._is_paper(line) and not is_prose(line.words):
            self._addressed(line)
        elif (
            self._draft is not None
            and not self._draft.title
            and is_title(line.words)
            and (
                self._address_first or (self._above is not None and self._address_first is not False)
            )
        ):
            self._draft.title = read(line.pieces, line.number).title
            self._address_first = True
        elif (self._draft is not None and (
            is_prose(line.words) or self._above is not None or _labels(line)
        )) or (self._draft is not None and line.addresses and not is_title(line.words)):
            self._go_on(line)
        else:
            joined = self._pending if self._above is not None else None
            if joined is not None and joined.kind != "heading" and not self._titles:
                joined.pieces = [*joined.pieces, Piece("\n"), *line.pieces]
                return
            self._settle()
            self._draft = None if is_title(line.words) else self._draft
            self._pending = line

    def _addressed(self, line: Line) -> None:
        """Take a line with a paper's address: it belongs to the words above, or begins a paper."""
        if self._draft is not None and _names_same(self._draft, line):
            self._draft.add(line.pieces)
            return
        above = self._pending
        self._pending = None
        draft = read(line.pieces, line.number)
        if not draft.title and above is not None and is_title(_first_line(above)):
            draft = self._named_by(above, draft)
            self._address_first = False
        elif above is not None:
            self._pending = above
            self._settle()
        elif self._draft is not None and self._draft.title and not self._draft.addresses:
            self._draft.add(line.pieces)
            return
        self._begin(draft)

    def _go_on(self, line: Line) -> None:
        """Add a line to the paper that is being read."""
        draft = self._draft
        assert draft is not None
        draft.add(line.pieces)
        said = labelled(line.words)
        for key, value in said.parts.items():
            if key == "authors" and not draft.authors:
                draft.authors = value
            else:
                draft.fields.setdefault(key, value)
        if not said.parts:
            for text in said.text.split("\n"):
                draft.say(text)


def _labels(line: Line) -> bool:
    """Return whether a line is a labelled part of a paper: "Authors: ...", "Link: [x](...)"."""
    first = line.pieces[0].text.strip(" *_:").lower() if line.pieces else ""
    return bool(labelled(line.words).parts) or (bool(line.addresses) and first in ("link", "links",
        "url", "paper", "pdf", "arxiv", "code", "doi"))  # fmt: skip


def _names_same(draft: PaperDraft, line: Line) -> bool:
    """Return whether a line's addresses are of the paper that is being read."""
    keys = {one.arxiv or one.doi or one.url for one in line.addresses if one.kind == "paper"}
    own = {one.arxiv or one.doi or one.url for one in draft.addresses if one.kind == "paper"}
    return bool(keys & own)


def _pieces_of_first_line(line: Line) -> list[Piece]:
    end = next((n for n, piece in enumerate(line.pieces) if piece.text == "\n"), len(line.pieces))
    return line.pieces[:end]


def _first_line(line: Line) -> str:
    return words_of(_pieces_of_first_line(line))


def _column(words: str) -> str:
    return _COLUMN_OF.get("".join(filter(str.isalnum, words.lower())), "")


def _of_row(line: Line, named: dict[str, list[Piece]]) -> PaperDraft:
    """Return the paper of a table's row, by the names of its columns where these are known."""
    title = named.get("title")
    if title is None:
        draft = read([p for cell in line.cells for p in (*cell, Piece("\n"))], line.number)
    else:
        draft = read(title, line.number)
        draft.title = draft.title or words_of(title)
        draft.add(p for cell in line.cells if cell is not title for p in cell)
    for key in ("authors", "abstract"):
        if (cell := named.get(key)) and (words := words_of(cell)):
            if key == "authors":
                draft.authors = words
            else:
                draft.abstract = [words]
    for key in ("date", "keywords", "categories"):
        if cell := named.get(key):
            draft.fields[key] = words_of(cell)
    return draft


def _page(draft: PaperDraft) -> Address | None:
    others = (one for one in draft.addresses if one.kind == "other")
    return draft.paper or next(others, None)


def _entry(draft: PaperDraft) -> Entry:
    page = _page(draft)
    subjects = draft.fields.get("categories", "")
    found = [one for one in draft.addresses if one.kind == "paper"]
    arxiv = next((one for one in found if one.arxiv), None)
    listed = draft.fields.get("keywords", "") or ("" if categories(subjects) else subjects)
    return Entry(
        title=draft.title,
        abstract="\n\n".join(one_line(text) for text in draft.abstract)
        or draft.fields.get("abstract", ""),
        line=draft.line,
        arxiv=arxiv.arxiv if arxiv else None,
        version=arxiv.version if arxiv else None,
        doi=next((one.doi for one in found if one.doi), None),
        url=None if arxiv or page is None else page.url,
        authors=split_authors(draft.authors),
        categories=categories(subjects),
        keywords=tuple(dict.fromkeys(word for w in listed.split(",") if (word := one_line(w)))),
        code=next((one.url for one in draft.addresses if one.kind == "code"), None),
        published=read_iso(draft.fields.get("date") or draft.fields.get("published")),
    )


def _wanted(draft: PaperDraft) -> Wanted:
    page = draft.paper
    assert page is not None
    return Wanted(
        line=draft.line, arxiv=page.arxiv, doi=page.doi, url=None if page.arxiv else page.url
    )


def drafts_of(text: str) -> Iterator[PaperDraft]:
    """Yield the papers of a list as they stand, of whatever day."""
    reader = _Reader(titles=False)
    for line in lines(visible(text)):
        reader.take(line)
    reader.end()
    for section in reader.sections:
        yield from section.drafts
