"""Untrusted HTML as BeautifulSoup's tree: pieces within feeds, and pages of which a part is read.

Importing this module loads BeautifulSoup (0.2 s), so the readers import it when they meet HTML.
Whole pages are read with lxml alone (html_tree.py), which takes a fifth of the time.
"""

from __future__ import annotations

import warnings

from bs4 import BeautifulSoup, ParserRejectedMarkup, SoupStrainer, Tag, XMLParsedAsHTMLWarning

from ...errors import ListingError, shown
from .html_tree import DEEPEST, short_tags


class _TooDeep(Exception):
    """Elements are nested deeper than is allowed."""


class _BoundedSoup(BeautifulSoup):  # type: ignore[misc]
    """BeautifulSoup that refuses a page whose elements are nested too deep."""

    deepest = DEEPEST

    def pushTag(self, tag: Tag) -> None:  # noqa: N802 (BeautifulSoup's name)
        if len(self.tagStack) > self.deepest:
            raise _TooDeep(f"more than {self.deepest} elements in each other")
        super().pushTag(tag)


class _BoundedPiece(_BoundedSoup):
    """The same for a piece of HTML, which is nested less deep."""

    deepest = 60


def page(text: str, *, file: str, only: SoupStrainer | None = None) -> BeautifulSoup:
    """Return the tree of an HTML page, mended as browsers do; `only` limits it to some elements.

    Raises `ListingError` where the parser refuses the page or its elements are nested too deep.
    """
    return _soup(_BoundedSoup, text, file, only)


def piece(text: str, *, file: str) -> BeautifulSoup:
    """Return the tree of a piece of HTML. Raises `ListingError` as `page` does."""
    return _soup(_BoundedPiece, f"<div>{text}</div>", file, None)


def _soup(
    kind: type[_BoundedSoup], text: str, file: str, only: SoupStrainer | None
) -> BeautifulSoup:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as HTML
            return kind(short_tags(text), "lxml", parse_only=only)
    except (ParserRejectedMarkup, AssertionError, _TooDeep) as error:
        raise ListingError(
            f"the HTML can't be read ({shown(str(error))}); expected a whole page", file=file
        ) from None


def attribute(tag: Tag, name: str) -> str:
    """Return a tag's attribute as text; "" for none."""
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else value or ""
