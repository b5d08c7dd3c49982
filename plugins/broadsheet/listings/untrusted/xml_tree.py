"""Untrusted XML, parsed without entities, DTDs or network access."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html.entities import html5
from typing import Any

from lxml import etree

from ...errors import ListingError, shown
from ..columns import Columns

_PUBLIC = re.compile(
    r"""<!DOCTYPE\s+[\w:-]{1,40}\s+PUBLIC\s+(?:"[^"<>\[\]]{1,200}"|'[^'<>\[\]]{1,200}')"""
    r"""(?:\s+(?:"[^"<>\[\]]{0,300}"|'[^'<>\[\]]{0,300}'))?\s*>""",
    re.I,
)
_REFERENCE = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30};)")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))

# lxml has no types of its own; an element is whatever its parser returns.
Element = Any


def parse_xml(text: str, *, file: str) -> Element:
    """Return the root of an XML document that defines no types or entities of its own.

    A <!DOCTYPE that only names a public definition, as RSS 0.91 has it, is passed over. References
    to HTML's characters (`&nbsp;`) are read, though XML lacks them. The encoding that the document
    declares is ignored: `text` is decoded already. Raises `ListingError` for any other text.
    """
    place = _doctype(text)
    if place is not None:
        named = _PUBLIC.match(text, place)
        if named is None:
            raise ListingError(
                "a document type definition (<!DOCTYPE) is refused; expected a feed without one",
                file=file,
                line=text.count("\n", 0, place) + 1,
            )
        text = text[:place] + "\n" * named[0].count("\n") + text[named.end() :]
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
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


def _character(found: re.Match[str]) -> str:
    """Return the character of one of HTML's references, escaped where it is markup."""
    text = html5.get(found[1])
    return found[0] if text is None or found[1][:-1] in _XML_OWN else _escaped(text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _doctype(text: str) -> int | None:
    """Return the place of a <!DOCTYPE before the first element, if there is one."""
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
            return at
        else:
            return None
        if end < 0:
            return None
        at = end + 2


def account(
    element: Element, fields: Mapping[str, str], noise: Collection[str], columns: Columns
) -> None:
    """Report what becomes of the elements in an item: `fields` are those that a reader keeps, by
    their names without namespace; what is neither in these nor noise is left."""
    for child in element:
        name = local_name(child)
        said = child.get("term") or child.get("href") or text_of(child)
        if name in fields:
            columns.keep(name, fields[name], said)
        elif name not in noise:
            columns.leave(name, said, element.sourceline)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Element | None) -> str:
    """Return all text within an element, as it stands; "" for no element."""
    return "" if element is None else "".join(element.itertext())
