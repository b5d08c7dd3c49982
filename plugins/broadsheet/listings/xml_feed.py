"""Untrusted XML, parsed without entities, DTDs or network access."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ..errors import ListingError, shown

# lxml has no types of its own; an element is whatever its parser returns.
Element = Any


def parse_xml(text: str, *, file: str) -> Element:
    """Return the root of an XML document that has no DTD. Raises `ListingError` for any other text.

    The encoding that the document declares is ignored: `text` is decoded already.
    """
    line = _doctype(text)
    if line is not None:
        raise ListingError(
            "a document type definition (<!DOCTYPE) is refused; expected a feed without one",
            file=file,
            line=line,
        )
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise ListingError(
            f"the XML is broken or cut off ({shown(error.msg)}); expected a whole feed",
            file=file,
            line=error.lineno or None,
        ) from None


def _doctype(text: str) -> int | None:
    """Return the line of a <!DOCTYPE before the first element, if there is one."""
    at = 0
    while True:
        at = text.find("<", at)
        if at < 0:
            return None
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
        elif text.startswith("<?", at):
            end = text.find("?>", at + 2)
        elif text.startswith("<!", at):
            return text.count("\n", 0, at) + 1
        else:
            return None
        if end < 0:
            return None
        at = end + 2


def text_of(element: Element | None) -> str:
    """Return all text within an element, as it stands; "" for no element."""
    return "" if element is None else "".join(element.itertext())
