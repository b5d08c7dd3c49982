"""Saved HTML pages that list papers without saying so to machines: proceedings, newsletters, blogs.

A page's main part is written out as the lines of a plain list (headings, items, rows, links) and
read as one (plain_list.py). Only papers with an address that is known to be a paper's count: the
other links of a page are its own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import partial
from urllib.parse import urljoin

from ...counts import counted
from ...errors import EmptyListing, shown
from ..columns import Loss
from ..fields.addresses import address_of
from ..lists import plain_list, taking_turns
from ..model import Listing
from ..untrusted.decoding import one_line
from ..untrusted.html_tree import Element, attribute, elements
from .html_tables import rows_of, script

_LEFT_OUT = frozenset(("script", "style", "noscript", "template", "nav", "header", "footer", "form",
                       "button", "select", "svg", "head", "aside", "iframe"))  # fmt: skip
_BLOCKS = frozenset(("p", "div", "section", "article", "table", "tbody", "thead", "ul", "ol", "dl",
                     "blockquote", "main", "body", "html", "td", "th", "details", "summary",
                     "figure", "center", "pre"))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MARKS = {"li": "- ", "dt": "- ", "tr": "- ", "dd": "  "}
_CLASSES = {"title": "title", "ptitle": "title", "authors": "authors", "abstract": "abstract"}
_PARTS = {"title": "- ", "authors": "  Authors: ", "abstract": "  Abstract: "}
_WORDS = re.compile(r"[A-Z]?[a-z]+")
_PLACE = re.compile(r"^line \d+: |,? in line \d+")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S{4,1000}) -->")


def parse(page: Element, text: str, *, file: str, day: date | None = None) -> Listing:
    """Read a page's lists of papers.

    Raises `EmptyListing` where no link with words leads to a paper.
    """
    left: list[str] = []
    written = "\n".join(_lines(page, _base(page, text), left))
    listing = _read(written, file, day)
    if not listing.entries:
        raise EmptyListing("no titled link of the page leads to a paper", file=file)
    # The lines are those of the list that was made of the page.
    return replace(
        listing,
        format="link_page",
        entries=tuple(replace(entry, line=None) for entry in listing.entries),
        wanted=tuple(replace(one, line=None) for one in listing.wanted),
        heading_line=None,
        notices=(
            *(type(notice)(_PLACE.sub("", notice)) for notice in listing.notices),
            *_beyond(left),
        ),
    )


def _beyond(left: list[str]) -> list[Loss]:
    """Return the notice of what cells say that are too many for a row."""
    if not left:
        return []
    said = f"{counted(len(left), 'cell')} of tables with too many columns"
    return [
        Loss(f"{said} {'is' if len(left) == 1 else 'are'} not read, the first {shown(left[0])}")
    ]


def _read(written: str, file: str, day: date | None) -> Listing:
    """Read a page's lines as a list, or as papers whose parts take turns, whichever tells more."""
    return taking_turns.parse(
        written,
        lambda: plain_list.parse(written, file=file, day=day, papers_only=True),
        EmptyListing,
        file=file,
        day=day,
        papers_only=True,
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


def _lines(page: Element, base: str, left: list[str]) -> list[str]:
    """Return the lines of a page, as Markdown writes them; what finds no room is added to
    `left`."""
    writer = _Writer()
    waiting: list[Element | str | None] = [page]  # texts, elements, and None where a line ends
    link = partial(_link, base=base, host=_papers_host(page) if not base else "")
    parts = _parts_by_class(page)
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
                apart = node.getprevious() is not None and not node.getprevious().tail
                writer.words.append(f" {link(node)}" if apart else link(node))
            elif tag == "table" and (rows := rows_of(node, link, left)):
                writer.end()
                writer.lines += ["", *rows, ""]
            elif tag in ("sub", "sup") and not len(node):
                writer.words.append(script(node))
            elif tag and tag not in _LEFT_OUT:
                if writer.begin(
                    tag if tag != "tr" or _is_item(node) else "div", parts.get(node, "")
                ):
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
        self._within = False  # whether the lines are of a paper whose title a class told

    def begin(self, tag: str, part: str = "") -> bool:
        """Begin an element; return whether it is a line of its own. `part` is what its class says
        that it is of a paper."""
        if part:
            self.end()
            if part == "title" and self.lines and self.lines[-1]:
                self.lines.append("")
            self._mark = _PARTS[part]
            self._within = True
            return True
        if tag == "br":
            self.end()
            return False
        mark = "### " if tag in _HEADINGS else _MARKS.get(tag, "")
        if not mark and tag not in _BLOCKS:
            return False
        self.end()
        if tag in _HEADINGS:
            self._within = False
        if (tag == "p" or mark.strip()) and not self._within and self.lines and self.lines[-1]:
            self.lines.append("")
        self._mark = self._mark or ("  " if self._within else mark)
        return True

    def end(self) -> None:
        """End the line, if it has words."""
        text = one_line("".join(self.words))
        self.words.clear()
        if text:
            self.lines.append(f"{self._mark}{text}")
            self._mark = ""


def _is_item(row: Element) -> bool:
    """Return whether a row of a table that lays out a page is an item: it links words, or links
    nothing at all and is not below one that does."""
    return any(len(one_line("".join(link.itertext())).split()) > 1 for link in row.iter("a"))


def _parts_by_class(page: Element) -> dict[Element, str]:
    """Return what elements are of papers by their classes ("paper-title", "authors"), where a page
    names the titles and the authors of several so, or the authors alone."""
    parts: dict[Element, str] = {}
    for element in page.iter("*"):
        if isinstance(element.tag, str) and (name := attribute(element, "class")):
            part = next((p for word in name.split() if (p := _CLASSES.get(_class(word)))), None)
            above = element.getparent()
            if part and not (above is not None and parts.get(above) == part):
                parts[element] = part
    times = Counter(parts.values())
    return parts if times["authors"] > 1 and times["title"] != 1 else {}


def _class(word: str) -> str:
    """Return what a class says last: "title" of "paper-title" and "paperTitle"."""
    return _WORDS.findall(word)[-1].lower() if _WORDS.search(word) else ""


def _papers_host(page: Element) -> str:
    """Return where a page's relative links may start from: the host of papers that most of its
    other links name; "" where it names none."""
    hosts: Counter[str] = Counter()
    for element in elements(page, "a"):
        place = address_of(attribute(element, "href"))
        if place is not None and place.kind == "paper" and not (place.arxiv or place.doi):
            hosts["/".join(place.url.split("/")[:3]) + "/"] += 1
    return max(hosts, key=lambda host: hosts[host], default="")


def _link(element: Element, base: str, host: str = "") -> str:
    """Return a link as Markdown, without the brackets in its words. `host` is where a relative one
    leads to if that is a paper."""
    text = one_line("".join(element.itertext())).replace("[", "(").replace("]", ")")
    href = attribute(element, "href").strip()
    try:
        address = urljoin(base, href) if base else href
        if host and href.startswith("/") and not href.startswith("//"):
            found = address_of(urljoin(host, href))
            address = found.url if found and found.kind == "paper" else href
    except ValueError:
        return text
    if not address.lower().startswith(("http://", "https://")) or re.search(r"[\s()<>]", address):
        return text
    return f"[{text}]({address})" if text else ""
