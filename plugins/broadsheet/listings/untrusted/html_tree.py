"""Untrusted HTML: saved pages as lxml's trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ...errors import ListingError

# lxml has no types of its own; an element is whatever its parser returns.
Element = Any

DEEPEST = 250
"""Most elements in each other; reading a nested page takes time proportional to its depth."""

# The parser's time grows with the square of a tag's attributes: those beyond 60 are dropped.
_ATTRIBUTE = r"""\s*+[^\s<>="']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s<>"']*+))?+"""
_LONG_TAG = re.compile(rf"(<[A-Za-z][^\s<>]*+(?:{_ATTRIBUTE}){{60}})(?:{_ATTRIBUTE})*+[^<>]*+")

_TERM = re.compile(r"<(/?)(dl|dt|dd)(?=[\s/>])", re.I)


def short_tags(text: str) -> str:
    """Return the text with at most 60 attributes in each tag."""
    return _LONG_TAG.sub(r"\1", text)


def parse(text: str, *, file: str) -> Element:
    """Return the root of an HTML page, mended as browsers do.

    Raises `ListingError` where the page holds no element or nests more than `DEEPEST` of them.
    """
    text = short_tags(text)
    root, deep = _parsed(text)
    if deep and (ended := _ended_terms(text)) != text:
        root, deep = _parsed(ended)
    if root is None:
        raise ListingError("the HTML can't be read; expected a whole page", file=file)
    if deep:
        raise ListingError(
            f"the HTML can't be read (more than {DEEPEST} elements in each other); "
            "expected a whole page",
            file=file,
        )
    return root


def _parsed(text: str) -> tuple[Element | None, bool]:
    """Return a page's root, None where it has none, and whether it nests too deeply."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    deep = any("depth" in entry.message for entry in parser.error_log.filter_from_errors())
    return root, root is not None and (deep or _is_deep(root))


def _ended_terms(text: str) -> str:
    """Return the text with each <dt> and <dd> ended where the next one of its list begins, as
    browsers do. The parser doesn't, and takes the bookmarks of one folder, which browsers save so,
    for elements in each other."""
    begun = [""]  # what is not ended yet, by list

    def ended(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name != "dl":
            before, begun[-1] = begun[-1], "" if tag[1] else name
            return f"</{before}>{tag[0]}" if before and not tag[1] else tag[0]
        if not tag[1]:
            begun.append("")
        elif len(begun) > 1:
            begun.pop()
        return tag[0]

    return _TERM.sub(ended, text)


def _is_deep(root: Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False


def elements(root: Element, *names: str, with_class: str = "") -> Iterator[Element]:
    """Yield the elements of these names below `root`, in order; `with_class` chooses by a class."""
    for element in root.iter(*names):
        if not with_class or with_class in attribute(element, "class").split():
            yield element


def first(root: Element | None, *names: str, with_class: str = "") -> Element | None:
    """Return the first of `elements`; None where there is none."""
    found = () if root is None else elements(root, *names, with_class=with_class)
    return next(iter(found), None)


def attribute(element: Element, name: str) -> str:
    """Return an element's attribute; "" for none."""
    return element.get(name) or ""


def text_of(element: Element | None) -> str:
    """Return all text within an element, as it stands; "" for no element."""
    return "" if element is None else "".join(element.itertext())


def line_of(element: Element) -> int | None:
    """Return the line in which an element starts."""
    line: int | None = element.sourceline
    return line
