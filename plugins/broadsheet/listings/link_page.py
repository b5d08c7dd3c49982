"""Saved HTML pages that list papers without saying so to machines: proceedings, newsletters, blogs.

A page's main part is written out as the lines of a plain list (headings, items, rows, links) and
read as one (plain_list.py). Only papers with an address that is known to be a paper's count: the
other links of a page are its own.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urljoin

from ..errors import EmptyListing
from . import plain_list
from .decoding import one_line
from .html_page import Element, attribute, elements
from .model import Listing

_LEFT_OUT = frozenset(("script", "style", "noscript", "template", "nav", "header", "footer", "form",
                       "button", "select", "svg", "head", "aside", "iframe"))  # fmt: skip
_BLOCKS = frozenset(("p", "div", "section", "article", "table", "tbody", "thead", "ul", "ol", "dl",
                     "blockquote", "main", "body", "html", "td", "th", "details", "summary",
                     "figure", "center", "pre"))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ITEMS = frozenset(("li", "dt", "tr"))
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
    return listing


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
    lines: list[str] = []
    words: list[str] = []
    mark = ""

    def end(next_mark: str = "", *, blank: bool = False) -> None:
        nonlocal mark
        text = one_line(" ".join(words))
        words.clear()
        if text:
            lines.append(f"{mark}{text}")
            mark = ""
        if blank and lines and lines[-1]:
            lines.append("")
        mark = next_mark or mark

    waiting: list[Element | str] = [page]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            if node == "\0block":
                end(blank=True)
            elif node == "\0line":
                end()
            else:
                words.append(node)
            continue
        tail = [node.tail] if node.tail and node is not page else []
        waiting.extend(tail)
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _LEFT_OUT or not tag:
            continue
        if tag == "a":
            words.append(_link(node, base))
            continue
        if tag == "br":
            end()
        elif tag in _HEADINGS:
            end("### ", blank=True)
            waiting.append("\0block")
        elif tag in _ITEMS:
            end("- ", blank=True)
            waiting.append("\0line")
        elif tag == "dd":
            end("  ")
            waiting.append("\0line")
        elif tag in _BLOCKS:
            end(blank=tag == "p")
            waiting.append("\0line")
        waiting.extend(reversed(list(node)))
        if node.text:
            waiting.append(node.text)
    end()
    return lines


def _link(element: Element, base: str) -> str:
    """Return a link as Markdown, without the brackets in its words."""
    text = one_line(" ".join(element.itertext())).replace("[", "(").replace("]", ")")
    href = attribute(element, "href").strip()
    try:
        address = urljoin(base, href) if base else href
    except ValueError:
        return text
    if not address.lower().startswith(("http://", "https://")) or re.search(r"[\s()<>]", address):
        return text
    return f"[{text}]({address})" if text else ""
