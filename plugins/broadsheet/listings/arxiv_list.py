"""arXiv's listing pages as HTML: /list/cs.LG/new and /list/cs.LG/recent, and those of before 2024.

/new is one day with abstracts, in sections: new, cross, replacement. /recent is up to five days
of titles; a listing is of one day, so only the newest is taken, and a notice tells of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from ..errors import ListingError, shown
from ..papers import Entry
from .dates import read_day
from .decoding import one_line, paragraphs
from .html_page import attribute, line_of, text_of
from .identifiers import arxiv_id, categories, doi, link, named_links, withdrawn
from .merging import unite
from .model import Listing
from .people import arxiv_names

_DATED = re.compile(r"(?:.{0,60}? for )?((?:[A-Z][a-z]{2,8}, )?\d{1,2} [A-Z][a-z]{2,8} \d{2,4})\b")
_SUBJECT = re.compile(r"\(([a-z-]{1,10}(?:\.[A-Za-z-]{2,20})?)\)")
_THIS_URL = re.compile(r"this https? ?URL", re.I)
_COUNTS = re.compile(r"showing (?:first |last )?(\d{1,6}) of (\d{1,6}) entries")


def is_list(page: BeautifulSoup) -> bool:
    """Return whether a page is one of arXiv's listing pages."""
    if page.find("dl", id="articles") or page.find("div", class_="list-title mathjax"):
        return True
    title = one_line(text_of(page.find("title")))[:200].lower()
    if "arxiv" not in title and page.find("div", id="dlpage") is None:
        return False
    return any(map(_day, page.find_all("h3")))


def parse(page: BeautifulSoup, *, file: str) -> Listing:
    """Read a listing page.

    Raises `ListingError` where a paper has no id or title, or where no day is named.
    """
    notices: list[str] = []
    days: list[tuple[date, int | None]] = []
    kept = list(_of_newest_day(page, days, notices, file))
    if not days:
        raise ListingError(
            'the page names no day; expected a heading such as "Friday, 8 August 2025"', file=file
        )
    entries, twice = unite(_entries(kept, notices, file), file=file)
    return Listing(
        format="arxiv_list",
        entries=entries,
        date=days[0][0],
        heading_line=days[0][1],
        empty=None if entries else _why(days[0][0]),
        notices=(*notices, *twice),
    )


def _why(day: date) -> str:
    return "weekend" if day.weekday() >= 5 else "nothing announced"


def _day(heading: Tag) -> date | None:
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


def _of_newest_day(
    page: BeautifulSoup, days: list[tuple[date, int | None]], notices: list[str], file: str
) -> Iterator[tuple[str, Tag, Tag]]:
    """Yield each paper of the newest day as (section, dt, dd). Fills in the days that the page
    names."""
    section, term, passed = "new", None, 0
    seen: set[date] = set()
    due: tuple[int, str, int | None] = (0, "", None)  # papers still to come under a heading
    for element in page.find_all(["h3", "dt", "dd"]):
        if element.name == "h3":
            _check_due(due, file)
            text, line = one_line(text_of(element))[:200], line_of(element)
            day = _day(element)
            if day is not None and day not in seen:
                seen.add(day)
                if passed:
                    notices.append(_passed(passed, days[-1][0]))
                    passed = 0
                days.append((day, line))
            section = _section(text) or section
            if counts := _COUNTS.search(text):
                due = (int(counts[1]), text, line)
                if counts[1] != counts[2] and len(days) < 2:
                    notices.append(f"line {line}: a partial page: {shown(text)}")
            else:
                due = (0, "", None)
        elif element.name == "dt":
            term = element
        elif term is not None:
            due = (due[0] - 1, *due[1:])
            if len(days) < 2:
                yield section, term, element
            else:
                passed += 1
            term = None
    _check_due(due, file)
    if passed:
        notices.append(_passed(passed, days[-1][0]))


def _check_due(due: tuple[int, str, int | None], file: str) -> None:
    missing, text, line = due
    if missing > 0:
        raise ListingError(
            f"the heading {shown(text)} has {missing} papers too few under it: the page is cut "
            "off; expected as many as it says",
            file=file,
            line=line,
        )


def _passed(count: int, day: date) -> str:
    papers = "1 paper" if count == 1 else f"{count} papers"
    return f"{papers} of {day} left out: a listing is of one day, here the newest"


def _section(text: str) -> str | None:
    lower = text.lower()
    if lower.startswith("cross"):
        return "cross"
    if lower.startswith("replace"):
        return "replace"
    return "new" if lower.startswith("new sub") else None


def _entries(
    found: list[tuple[str, Tag, Tag]], notices: list[str], file: str
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
        if withdrawn(abstract) or withdrawn(one_line(comments).removeprefix("Comments: ")):
            notices.append(f"line {line}: {shown(title)} is withdrawn; left out")
            continue
        if announce.startswith("replace") and not abstract:
            notices.append(f"line {line}: {shown(title)} is replaced; left out")
            continue
        code, project = named_links(comments)
        authors = parts.get("list-authors")
        subjects = text_of(parts.get("list-subjects"))
        yield Entry(
            title=title,
            abstract=abstract,
            line=line,
            tex=True,
            arxiv=arxiv[0],
            version=arxiv[1],
            doi=_doi(about),
            authors=() if authors is None else arxiv_names(map(text_of, authors.find_all("a"))),
            categories=categories(" ".join(_SUBJECT.findall(subjects))),
            code=code,
            project=project,
            announce=announce,
        )


def _id(term: Tag) -> tuple[str, int | None] | None:
    """Return the arXiv id and version that a paper's <dt> links to, or else the text of that
    link."""
    for element in term.find_all("a"):
        if found := arxiv_id(_absolute(attribute(element, "href"))):
            return found
    return arxiv_id(one_line(text_of(term.find("a", title="Abstract"))))


def _parts(about: Tag) -> dict[str, Tag]:
    """Return the parts of a paper by their class; its abstract is the one paragraph."""
    parts: dict[str, Tag] = {}
    for element in about.find_all(["div", "p"]):
        if element.name == "p":
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


def _without(element: Tag | None, label: str) -> str:
    return text_of(element).strip().removeprefix(label)


def _with_links(element: Tag | None) -> str:
    """Return the text, where "this https URL" is the address that it links to."""
    if element is None:
        return ""
    return "".join(map(_linked_text, element.contents))


def _linked_text(node: PageElement) -> str:
    text = str(node.get_text())
    if not _THIS_URL.fullmatch(text.strip()):
        return text
    address = link(attribute(node, "href")) if isinstance(node, Tag) and node.name == "a" else None
    return address or text


def _doi(about: Tag) -> str | None:
    for element in about.find_all("a"):
        href = attribute(element, "href")
        if "doi.org/" in href and (found := doi(href)):
            return found
    return None
