"""Saved HTML pages that list papers without saying so to machines: proceedings, newsletters, blogs.

A page's main part is written out as the lines of a plain list (headings, items, rows, links) and
read as one (plain_list.py). Only papers with an address that is known to be a paper's count: the
other links of a page are its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial
from urllib.parse import urljoin

from ...errors import EmptyListing
from ..lists import plain_list
from ..model import Listing
from ..untrusted.decoding import one_line
from ..untrusted.html_tree import Element, attribute, elements
from .html_tables import rows_of

_LEFT_OUT = frozenset(("script", "style", "noscript", "template", "nav", "header", "footer", "form",
                       "button", "select", "svg", "head", "aside", "iframe"))  # fmt: skip
_BLOCKS = frozenset(("p", "div", "section", "article", "table", "tbody", "thead", "ul", "ol", "dl",
                     "blockquote", "main", "body", "html", "td", "th", "details", "summary",
                     "figure", "center", "pre"))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MARKS = {"li": "- ", "dt": "- ", "tr": "- ", "dd": "  "}
_PLACE = re.compile(r"^line \d+: |,? in line \d+")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S{4,1000}) -->")


def parse(page: Element, text: str, *, file: str, day: date | None = None) -> Listing:
    """Read a page's lists of papers.

    Raises `EmptyListing` where no link with words leads to a paper.
    """
    listing = plain_list.parse(
        "\n".join(_lines(page, _base(page, text))), file=file, day=day, papers_only=True
    )
    if not listing.entries:
        raise EmptyListing("no titled link of the page leads to a paper", file=file)
    # The lines are those of the list that was made of the page.
    return replace(
        listing,
        format="link_page",
        entries=tuple(replace(entry, line=None) for entry in listing.entries),
        wanted=tuple(replace(one, line=None) for one in listing.wanted),
        heading_line=None,
        notices=tuple(type(notice)(_PLACE.sub("", notice)) for notice in listing.notices),
    )


def _base(page: Element, text: str) -> str:
    """Return the address that a page's relative links start from; "" where it doesn't say."""
    for element in elements(page, "base"):
        if address := attribute(element, "href"):
            return address
    for element in elements(page, "link", "meta"):
        name = attribute(element, "rel") or attribute(element, "property")
        if name in ("canonical", "og:url"):
            return attribute(element, "href") or attribute(element, "content")
    found = _SAVED_FROM.search(text[:5_000])
    return found[1] if found else ""


def _lines(page: Element, base: str) -> list[str]:
    """Return the lines of a page, as Markdown writes them."""
    writer = _Writer()
    waiting: list[Element | str | None] = [page]  # texts, elements, and None where a line ends
    while waiting:
        node = waiting.pop()
        if node is None:
            writer.end()
        elif isinstance(node, str):
            writer.words.append(node)
        else:
            if node.tail and node is not page:
                waiting.append(node.tail)
            tag = node.tag if isinstance(node.tag, str) else ""
            if tag == "a":
                writer.words.append(_link(node, base))
            elif tag == "table" and (rows := rows_of(node, partial(_link, base=base))):
                writer.end()
                writer.lines += ["", *rows, ""]
            elif tag and tag not in _LEFT_OUT:
                if writer.begin(tag):
                    waiting.append(None)
                waiting.extend(reversed(node))
                waiting.append(node.text or "")
    writer.end()
    return writer.lines


class _Writer:
    """The lines so far, and the words of the one that is being written."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self._mark = ""

    def begin(self, tag: str) -> bool:
        """Begin an element; return whether it is a line of its own."""
        if tag == "br":
            self.end()
            return False
        mark = "### " if tag in _HEADINGS else _MARKS.get(tag, "")
        if not mark and tag not in _BLOCKS:
            return False
        self.end()
        if (tag == "p" or mark.strip()) and self.lines and self.lines[-1]:
            self.lines.append("")
        self._mark = mark or self._mark
        return True

    def end(self) -> None:
        """End the line, if it has words."""
        text = one_line("".join(self.words))
        self.words.clear()
        if text:
            self.lines.append(f"{self._mark}{text}")
            self._mark = ""


def _link(element: Element, base: str) -> str:
    """Return a link as Markdown, without the brackets in its words."""
    text = one_line("".join(element.itertext())).replace("[", "(").replace("]", ")")
    href = attribute(element, "href").strip()
    try:
        address = urljoin(base, href) if base else href
    except ValueError:
        return text
    if not address.lower().startswith(("http://", "https://")) or re.search(r"[\s()<>]", address):
        return text
    return f"[{text}]({address})" if text else ""
