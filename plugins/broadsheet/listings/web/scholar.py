"""Google Scholar's alerts by mail, and its pages of results, as HTML.

A result is a title with a link, a line of "authors - venue, year", and a piece of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import ListingError
from ...identifier_patterns import ARXIV_NEW
from ...papers import Entry
from ..columns import Columns
from ..fields.addresses import address_of
from ..fields.identifiers import arxiv_id
from ..fields.people import split_authors
from ..fields.values import is_archive
from ..merging import unite
from ..model import Listing
from ..untrusted.decoding import one_line
from ..untrusted.html_tree import Element, attribute, elements, first, line_of, text_of

_KIND = re.compile(r"\[(?:PDF|HTML|BOOK|B|CITATION|C|DOC)\]\s*")
_ARXIV = re.compile(rf"arXiv:\s?({ARXIV_NEW})")
_HEADINGS = ("h3", "h2", "div", "td", "p", "span", "font", "b")
_LONGEST_BYLINE = 400
# "Neural Networks, 2026 - Elsevier"; where it appeared may be cut short by dots.
_APPEARED = re.compile(
    r"(?:(?P<venue>.*?),?\s)?\s?(?P<year>(?:1[6-9]|20)\d\d)\s*(?:[-‐-―]\s(?P<by>.*))?"
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def is_scholar(page: Element) -> bool:
    """Return whether a page is one of Google Scholar's lists."""
    return any(True for _ in _titles(page))


def parse(page: Element, *, file: str) -> Listing:
    """Read an alert or a page of results. Raises `ListingError` where none has a title."""
    columns = Columns("part")
    entries, notices = unite(_entries(page, columns, file), file=file)
    return Listing(format="scholar", entries=entries, notices=(*columns.notices(), *notices))


def _titles(page: Element) -> Iterator[Element]:
    for link in elements(page, "a"):
        names = attribute(link, "class").split()
        if any(name.endswith("gse_alrt_title") for name in names):  # mailers put something before
            yield link
    for heading in elements(page, "h3", with_class="gs_rt"):
        link = first(heading, "a")
        yield heading if link is None else link


def _entries(page: Element, columns: Columns, file: str) -> Iterator[Entry | ListingError]:
    for title in _titles(page):
        words = _KIND.sub("", one_line(text_of(title)))
        if not words:
            yield ListingError(
                "a result has no title; expected one", file=file, line=line_of(title)
            )
            continue
        byline, snippet = _beside(title)
        authors, _, venue = re.sub(r"\s[-‐-―]\s", "\0", byline, count=1).partition("\0")
        where, year = _appeared(venue, columns, line_of(title))
        address = address_of(attribute(title, "href"))
        named = _ARXIV.search(venue)
        arxiv = address.arxiv if address else None
        if named and not arxiv:
            found = arxiv_id(named[1])
            arxiv = found[0] if found else None
        yield Entry(
            title=words,
            abstract=snippet,
            line=line_of(title),
            arxiv=arxiv,
            doi=address.doi if address else None,
            url=address.url if address and not arxiv else None,
            authors=split_authors(authors.rstrip("…. ")),
            venue=where,
            published=year,
        )


def _appeared(text: str, columns: Columns, line: int | None) -> tuple[str | None, str | None]:
    """Return where and in which year a paper appeared; a venue that is cut short, and who
    published it, are named."""
    found = _APPEARED.fullmatch(text)
    if found is None:
        if not _HOST.fullmatch(text.strip()):
            columns.leave("venue", text, line)
        return None, None
    if found["by"] and not _HOST.fullmatch(found["by"].strip()):
        columns.leave("publisher", found["by"], line)
    where = (found["venue"] or "").strip(" ,")
    if is_archive(where):
        return None, found["year"]
    if "…" in where or "..." in where:
        columns.leave("venue", where, line)
        return None, found["year"]
    return where or None, found["year"]


def _beside(title: Element) -> tuple[str, str]:
    """Return the line of authors and the piece of text that follow a title."""
    block = title if title.tag in _HEADINGS else title.getparent()
    texts: list[str] = []
    for sibling in block.itersiblings():
        if sibling.tag in ("h3", "h2") or any(True for _ in _titles(sibling)):
            break
        text = one_line(" ".join(sibling.itertext()))
        text = re.sub(r"\s+(?=[.,;:!?)])", "", text)
        if text:
            texts.append(text)
        if len(texts) == 2:
            break
    byline = texts[0] if texts and len(texts[0]) < _LONGEST_BYLINE else ""
    snippet = texts[1] if len(texts) > 1 else ""
    return byline, snippet
