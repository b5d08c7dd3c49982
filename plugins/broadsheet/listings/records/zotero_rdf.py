"""Zotero's own RDF, as its export "Zotero RDF" writes it, attachments and notes left aside.

Each item says its type (`z:itemType`); people are `foaf:Person`s, identifiers texts such as "DOI
10.1000/kites". The DOI of an article may stand in the journal that it is part of.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from ..model import Listing
from ..untrusted.decoding import one_line
from ..untrusted.xml_tree import Element, local_name, text_of
from .reader import listing

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ZOTERO = "http://www.zotero.org/namespaces/export#"
_ITEM_TYPE = f"{{{_ZOTERO}}}itemType"
_NO_PAPERS = {"attachment", "note", "annotation"}
_NAMES = {
    "subject": "keywords",
    "description": "extra",
    "URI": "url",
}
_IDENTIFIERS = ("DOI", "ISSN", "ISBN")
# What Zotero notes about an item beside it: files, notes, its catalogue, when it was opened.
_ABOUT = {"itemType", "link", "isReferencedBy", "libraryCatalog", "dateSubmitted", "relation",
          "citationKey", "isPartOf", "authors", "identifier", "editors", "coden"}  # fmt: skip


def is_export(root: Element) -> bool:
    """Return whether an RDF document is an export of Zotero's."""
    return root.tag == f"{_RDF}RDF" and root.find(f"*/{_ITEM_TYPE}") is not None


def parse(root: Element, *, file: str) -> Listing:
    """Read an export. Raises `ListingError` where no item in it has a title."""
    whole = {about: child for child in root if (about := child.get(f"{_RDF}about"))}
    items = [child for child in root if text_of(child.find(_ITEM_TYPE)) not in ("", *_NO_PAPERS)]
    parts = Counter(part for item in items for part in _part_names(item))
    records = ((item.sourceline, _record(item, whole, parts)) for item in items)
    return listing("zotero_rdf", records, file=file)


def _part_names(item: Element) -> list[str]:
    return [
        name for child in item if local_name(child) == "isPartOf"
        if (name := child.get(f"{_RDF}resource"))
    ]  # fmt: skip


def _record(item: Element, whole: dict[str, Element], parts: Counter[str]) -> dict[str, Any]:
    """Return an item's values by name, as other records have them."""
    record: dict[str, Any] = {}
    about = item.get(f"{_RDF}about", "")
    if about.startswith("http"):
        record["about"] = about
    for child in item:
        name = local_name(child)
        if name in _ABOUT:
            continue
        value = one_line(text_of(child)) if name != "abstract" else text_of(child)
        name = _NAMES.get(name, name)
        if name == "keywords":
            record.setdefault("keywords", []).append(value)
        elif name in record:
            record[name] = f"{record[name]}; {value}"
        else:
            record[name] = value
    record["authors"] = [
        _person(person)
        for child in item if local_name(child) == "authors"
        for person in child.iter() if local_name(person) == "Person"
    ]  # fmt: skip
    _identify(item, record)
    for container in _containers(item, whole, parts):
        title = next((text_of(child) for child in container if local_name(child) == "title"), "")
        if title:
            record["publication title"] = one_line(title)
        held: dict[str, Any] = {}
        _identify(container, held)
        if "doi" in held:
            record.setdefault("doi", held["doi"])
    return record


def _containers(item: Element, whole: dict[str, Element], parts: Counter[str]) -> list[Element]:
    """Return what an item is part of: within it, or elsewhere in the document where no other item
    is part of the same."""
    found = []
    for child in item:
        if local_name(child) == "isPartOf":
            found += list(child)
            name = child.get(f"{_RDF}resource", "")
            if name in whole and parts[name] == 1:
                found.append(whole[name])
    return found


def _identify(element: Element, record: dict[str, Any]) -> None:
    """Add the identifiers of an element: "DOI 10.1000/kites", or an address in a dcterms:URI."""
    for child in element:
        if local_name(child) != "identifier":
            continue
        text = one_line(text_of(child))
        kind, _, rest = text.partition(" ")
        if kind in _IDENTIFIERS and rest:
            record.setdefault(kind.lower(), rest)
        elif text:
            record.setdefault("url", text)


def _person(element: Element) -> dict[str, str]:
    parts = {local_name(child).lower(): one_line(text_of(child)) for child in element}
    family = parts.get("surname", parts.get("name", ""))
    return {"family": family, "given": parts.get("givenname", "")}
