"""arXiv's listing pages as HTML: /list/cs.LG/new, /recent and /2026-01, /catchup/cs.LG/2026-01-05,
and those of before 2024.

/new is one day with abstracts, in sections: new, cross, replacement; so is a catchup page, whose
day stands in its title. /recent ("past week") is up to five days of titles; a listing is of one
day, so only the day that is asked for or else the newest is taken, and a notice tells of the
others. A month's page names its month alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...counts import counted
from ...errors import ListingError, shown
from ...papers import Entry
from ..fields.dates import DateHeading, read_day, read_heading
from ..fields.identifiers import arxiv_id, categories, doi, link, named_links
from ..fields.people import arxiv_names
from ..fields.withdrawal import withdrawn
from ..merging import unite
from ..model import Listing
from ..untrusted.decoding import one_line, paragraphs
from ..untrusted.html_tree import Element, attribute, elements, first, line_of, text_of

_DATED = re.compile(
    r"(?:.{0,120}? (?:for|on) )?((?:[A-Z][a-z]{2,8}, )?\d{1,2} [A-Z][a-z]{2,8} \d{2,4})\b"
)
_MONTH = re.compile(r"(?:.{0,120}? (?:for|in) )?([A-Z][a-z]{2,8} \d{4})\b")
_SUBJECT = re.compile(r"\(([a-z-]{1,10}(?:\.[A-Za-z-]{2,20})?)\)")
_THIS_URL = re.compile(r"this https? ?URL", re.I)
_COUNTS = re.compile(r"showing (?:first |last )?(\d{1,6}) of (\d{1,6}) entries")


def is_list(page: Element) -> bool:
    """Return whether a page is one of arXiv's listing pages."""
    if any(attribute(element, "id") == "articles" for element in elements(page, "dl")):
        return True
    if first(page, "div", with_class="list-title") is not None:
        return True
    title = one_line(text_of(first(page, "title")))[:200].lower()
    if "arxiv" not in title and not any(
        attribute(element, "id") == "dlpage" for element in elements(page, "div")
    ):
        return False
    return any(map(_day, elements(page, "h1", "h2", "h3")))


def parse(page: Element, *, file: str, day: date | None = None) -> Listing:
    """Read a listing page; of a page with several days the papers of `day`, else of the newest.

    Raises `ListingError` where a paper has no id or title, or where neither a day nor a month is
    named.
    """
    notices: list[str] = []
    heading, line = _heading(page)
    sections = _Sections(file)
    for element in elements(page, "h3", "dt", "dd"):
        sections.take(element)
    sections.end()
    kept, notices = sections.of(day)
    if sections.days:
        chosen = day if day in sections.days else next(iter(sections.days))
        heading, line = _whole(chosen), sections.days[chosen]
    if heading is None:
        raise ListingError(
            'the page names no day; expected a heading such as "Friday, 8 August 2025"', file=file
        )
    on = heading.date()
    entries, twice = unite(_entries(kept, notices, file), file=file)
    return Listing(
        format="arxiv_list",
        entries=entries,
        date=on,
        heading_line=line,
        period=heading.period,
        empty=None if entries else _why(on),
        notices=(*notices, *twice),
    )


def _whole(day: date) -> DateHeading:
    return DateHeading(day.month, day.day, day.year)


def _heading(page: Element) -> tuple[DateHeading | None, int | None]:
    """Return the day, or else the month, that the page's title names, and its line."""
    titles = list(elements(page, "h1", "h2"))
    for element in titles:
        if day := _day(element):
            return _whole(day), line_of(element)
    for element in titles:
        found = _MONTH.match(one_line(text_of(element))[:200])
        month = read_heading(found[1]) if found else None
        if month and month.period == "month":
            return month, line_of(element)
    return None, None


def _why(day: date | None) -> str:
    return "weekend" if day and day.weekday() >= 5 else "nothing announced"


def _day(heading: Element) -> date | None:
    """Return the day that a heading names: "Showing new listings for Friday, 8 August 2025"."""
    found = _DATED.match(one_line(text_of(heading))[:200])
    if found is None:
        return None
    text = re.sub(r" (\d\d)$", r" 20\1", found[1])
    try:
        day = read_day(text)
    except ListingError:
        return None
    return day.date() if day else None


class _Sections:
    """The papers of a page under its headings, which name a day, a kind, or both."""

    def __init__(self, file: str) -> None:
        self.days: dict[date, int | None] = {}  # with the lines of their headings
        self._file = file
        self._day: date | None = None
        self._section = "new"
        self._term: Element | None = None
        self._due: tuple[int, str, int | None] = (0, "", None)  # papers to come under a heading
        self._papers: list[tuple[date | None, str, Element, Element]] = []
        self._partial: list[tuple[date | None, str]] = []

    def take(self, element: Element) -> None:
        """Take the page's next heading or part of a paper."""
        if element.tag == "h3":
            self._heading(element)
        elif element.tag == "dt":
            self._term = element
        elif self._term is not None:
            self._due = (self._due[0] - 1, *self._due[1:])
            self._papers.append((self._day, self._section, self._term, element))
            self._term = None

    def end(self) -> None:
        """Raise `ListingError` where the last heading has too few papers under it."""
        missing, text, line = self._due
        if missing > 0:
            raise ListingError(
                f"the heading {shown(text)} has {counted(missing, 'paper')} too few under it: the "
                "page is cut off; expected as many as it says",
                file=self._file,
                line=line,
            )

    def _heading(self, element: Element) -> None:
        self.end()
        text, line = one_line(text_of(element))[:200], line_of(element)
        if day := _day(element):
            self._day = day
            self.days.setdefault(day, line)
        self._section = _section(text) or self._section
        counts = _COUNTS.search(text)
        self._due = (int(counts[1]) if counts else 0, text, line)
        if counts and counts[1] != counts[2]:
            self._partial.append((self._day, f"line {line}: a partial page: {shown(text)}"))

    def of(self, day: date | None) -> tuple[list[tuple[str, Element, Element]], list[str]]:
        """Return the papers of one day as (section, dt, dd), and notices of what is left out."""
        newest = next(iter(self.days), None)
        chosen = day if day in self.days else newest
        kept, passed = [], dict.fromkeys(self.days, 0)
        for on, section, term, about in self._papers:
            if on in (None, chosen):
                kept.append((section, term, about))
            else:
                passed[on] += 1
        notices = [text for on, text in self._partial if on in (None, chosen)]
        why = "the newest" if chosen == newest else "that of the file's name"
        notices += [_passed(count, on, why) for on, count in passed.items() if count]
        return kept, notices


def _passed(count: int, day: date, why: str) -> str:
    return f"{counted(count, 'paper')} of {day} left out: a listing is of one day, here {why}"


def _section(text: str) -> str | None:
    lower = text.lower()
    if lower.startswith("cross"):
        return "cross"
    if lower.startswith("replace"):
        return "replace"
    return "new" if lower.startswith("new sub") else None


def _entries(
    found: list[tuple[str, Element, Element]], notices: list[str], file: str
) -> Iterator[Entry | ListingError]:
    for section, term, about in found:
        line = line_of(term)
        parts = _parts(about)
        title = one_line(_without(parts.get("list-title"), "Title:"))
        if not title:
            yield ListingError("a paper has no title; expected one", file=file, line=line)
            continue
        arxiv = _id(term)
        if arxiv is None:
            yield ListingError(
                f"the paper {shown(title)} has no arXiv id; expected a link to its abstract",
                file=file,
                line=line,
            )
            continue
        comments = _with_links(parts.get("list-comments"))
        abstract = paragraphs(_with_links(parts.get("abstract")))
        announce = _announce(section, one_line(text_of(term)))
        if withdrawn(abstract, one_line(comments), title):
            notices.append(f"line {line}: {shown(title)} is withdrawn; left out")
            continue
        if announce.startswith("replace") and not abstract:
            notices.append(f"line {line}: {shown(title)} is replaced; left out")
            continue
        code, project = named_links(comments)
        subjects = text_of(parts.get("list-subjects"))
        yield Entry(
            title=title,
            abstract=abstract,
            line=line,
            tex=True,
            arxiv=arxiv[0],
            version=arxiv[1],
            doi=_doi(about),
            authors=_authors(parts.get("list-authors")),
            categories=categories(" ".join(_SUBJECT.findall(subjects))),
            code=code,
            project=project,
            announce=announce,
        )


def _authors(element: Element | None) -> tuple[str, ...]:
    return () if element is None else arxiv_names(map(text_of, elements(element, "a")))


def _id(term: Element) -> tuple[str, int | None] | None:
    """Return the arXiv id and version that a paper's <dt> links to, or else the text of that
    link."""
    for element in elements(term, "a"):
        if found := arxiv_id(_absolute(attribute(element, "href"))):
            return found
    for element in elements(term, "a"):
        if found := arxiv_id(one_line(text_of(element))):
            return found
    return None


def _parts(about: Element) -> dict[str, Element]:
    """Return the parts of a paper by their class; its abstract is the one paragraph."""
    parts: dict[str, Element] = {}
    for element in elements(about, "div", "p"):
        if element.tag == "p":
            parts.setdefault("abstract", element)
            continue
        for name in attribute(element, "class").split():
            if name.startswith("list-"):
                parts.setdefault(name, element)
    return parts


def _announce(section: str, term: str) -> str:
    if "(replaced" in term or section == "replace":
        return "replace-cross" if "cross-list" in term else "replace"
    return "cross" if "(cross-list" in term else section


def _absolute(href: str) -> str:
    return f"https://arxiv.org{href}" if href.startswith("/") else href


def _without(element: Element | None, label: str) -> str:
    return text_of(element).strip().removeprefix(label)


def _with_links(element: Element | None) -> str:
    """Return the text, where "this https URL" is the address that it links to."""
    if element is None:
        return ""
    pieces = [element.text or ""]
    for child in element:
        text = text_of(child)
        if child.tag == "a" and _THIS_URL.fullmatch(text.strip()):
            text = link(attribute(child, "href")) or text
        pieces += (text, child.tail or "")
    return "".join(pieces)


def _doi(about: Element) -> str | None:
    for element in elements(about, "a"):
        href = attribute(element, "href")
        if "doi.org/" in href and (found := doi(href)):
            return found
    return None
