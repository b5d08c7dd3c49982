"""Pages of outliners (Roam, Logseq) as JSON: a title above blocks, some of which name a property
("Authors:: Ada Kite").

A page with properties that a paper has is a record of these; its other blocks are kept by the name
of "blocks", which no field reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..fields.field_names import field_of

_TEXTS = ("string", "content", "text")
_PROPERTY = re.compile(
    r"\s*(?:[-*] )?\*{0,2}([^\W\d_][^:\n]{0,40}?)\*{0,2}\s?(::?)(?:\s+|\Z)(.*)", re.S
)
_DEPTH = 12  # blocks in blocks
_NEEDED = frozenset(("title", "authors", "abstract", "arxiv", "doi", "url"))
_LEAST = 2  # properties that tell a page about a paper


def records(value: object) -> list[dict[str, Any]] | None:
    """Return the records of an outliner's pages; None for any other value."""
    if isinstance(value, dict) and isinstance(value.get("blocks"), list):
        value = value["blocks"]
    if not isinstance(value, list) or not value or not all(map(_is_page, value)):
        return None
    read = [_record(page) for page in value]
    known = [{found[0] for key in one if (found := field_of(key))} for one in read]
    told = [one for one, fields in zip(read, known, strict=True) if len(fields & _NEEDED) >= _LEAST]
    return read if told else None


def _is_page(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("children"), list)
        and any(
            isinstance(value.get(key), str) for key in ("title", "page-name", "string", "content")
        )
    )


def _record(page: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    blocks: list[str] = []
    for name, text in _said(page["children"], _DEPTH):
        if not name:
            blocks.append(text)
        elif name in made:
            made[name] = f"{made[name]}\n{text}"
        else:
            made[name] = text
    named = {found[0] for key in made if (found := field_of(key))}
    called = next((page[key] for key in ("title", "page-name") if page.get(key)), "")
    if called and "title" not in named:
        made = {"title": str(called).lstrip("@"), **made}
    elif called:
        made["key"] = called
    return {**made, "blocks": blocks} if blocks else made


def _said(blocks: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the properties and the other texts ("" for their names) of blocks, in order."""
    for block in blocks if isinstance(blocks, list) and depth else ():
        if not isinstance(block, dict):
            continue
        text = next((block[key] for key in _TEXTS if isinstance(block.get(key), str)), "")
        found = _PROPERTY.fullmatch(text)
        sure = found is not None and (found[2] == "::" or field_of(found[1]) is not None)
        inner = list(_said(block.get("children"), depth - 1))
        if found and sure and found[3].strip():
            yield found[1].strip(), found[3].strip()
        elif found and sure and field_of(found[1]) and inner and not any(name for name, _ in inner):
            yield found[1].strip(), "\n\n".join(said for _, said in inner)
            continue
        elif text.strip() and not (found and sure):
            yield "", text.strip()
        yield from inner
