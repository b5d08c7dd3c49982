"""Untrusted HTML, read with BeautifulSoup over lxml: saved pages, and pieces within feeds.

Importing this module loads BeautifulSoup (0.2 s), so the readers import it when they meet HTML.
"""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, ParserRejectedMarkup, SoupStrainer, Tag, XMLParsedAsHTMLWarning

from ..errors import ListingError, shown

DEEPEST = 250
"""Most elements in each other; reading a nested page takes time proportional to its depth."""

# The parser's time grows with the square of a tag's attributes: those beyond 60 are dropped.
_ATTRIBUTE = r"""\s*+[^\s<>="']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s<>"']*+))?+"""
_LONG_TAG = re.compile(rf"(<[A-Za-z][^\s<>]*+(?:{_ATTRIBUTE}){{60}})(?:{_ATTRIBUTE})*+[^<>]*+")

_LINE = "data-line"
_NUMBERED = re.compile(r"<(?:h3|dt)(?=[\s>])", re.I)


class _TooDeep(Exception):
    """Elements are nested deeper than `DEEPEST`."""


class _BoundedSoup(BeautifulSoup):  # type: ignore[misc]
    """BeautifulSoup that refuses a page whose elements are nested too deep."""

    def pushTag(self, tag: Tag) -> None:  # noqa: N802 (BeautifulSoup's name)
        if len(self.tagStack) > DEEPEST:
            raise _TooDeep(f"more than {DEEPEST} elements in each other")
        super().pushTag(tag)


def parse(text: str, *, file: str, only: SoupStrainer | None = None) -> BeautifulSoup:
    """Return the tree of an HTML page, mended as browsers do; `only` limits it to some elements.

    Raises `ListingError` where the parser refuses the page or its elements are nested too deep.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as HTML
            return _BoundedSoup(_LONG_TAG.sub(r"\1", text), "lxml", parse_only=only)
    except (ParserRejectedMarkup, AssertionError, _TooDeep) as error:
        raise ListingError(
            f"the HTML can't be read ({shown(str(error))}); expected a whole page", file=file
        ) from None


def numbered(text: str) -> str:
    """Return a page's text with an attribute on each <h3> and <dt> that holds its line.

    BeautifulSoup keeps no line numbers where lxml parses; `line_of` reads the attribute.
    """
    pieces: list[str] = []
    line, done = 1, 0
    for tag in _NUMBERED.finditer(text):
        line += text.count("\n", done, tag.start())
        pieces += (text[done : tag.start()], f'{tag[0]} {_LINE}="{line}"')
        done = tag.end()
    return "".join((*pieces, text[done:]))


def line_of(tag: Tag) -> int | None:
    """Return the line of a tag of a page that was `numbered`."""
    line = attribute(tag, _LINE)
    return int(line) if re.fullmatch(r"[0-9]{1,9}", line) else None


def attribute(tag: Tag, name: str) -> str:
    """Return a tag's attribute as text; "" for none."""
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else value or ""


def text_of(tag: Tag | None) -> str:
    """Return all text within a tag, as it stands; "" for no tag."""
    return "" if tag is None else str(tag.get_text())


def html_text(text: str) -> str:
    """Return the text of a piece of HTML, such as feeds hold within their elements."""
    return str(BeautifulSoup("<p>" + _LONG_TAG.sub(r"\1", text), "lxml").get_text())
