"""The cells of a record, named by their paths ("externalIds.ArXiv")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..fields.field_names import OF_WORDS, field_of, normal
from .nesting import VALUE_KEYS, has_title, home, is_others, is_text


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a record: its path, the last name of that, and whether it stands in the object
    that has the title, or around it, rather than in one about something else."""

    path: str
    name: str
    value: Any
    own: bool


def _doubled(record: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the object within a record that says its title again and more than it (Zenodo's)."""
    said = _said(record)
    for key, value in record.items():
        if isinstance(value, dict) and not is_others(key) and said and _said(value) == said:
            return [(key, value)]
    return []


def _said(node: dict[str, Any]) -> list[Any]:
    return [value for key, value in node.items() if normal(key) == "title"]


def cells(record: dict[str, Any]) -> Iterator[Cell]:
    """Yield the cells of a record: those of the objects from the outermost to the one that has the
    title, and those of the objects in these that are about something else."""
    way = _doubled(record) if has_title(record) else home(record)
    path, node = "", record
    for key, inner in [*way, ("", {})]:
        for name, value in node.items():
            if name != key or inner is not value:
                yield from _opened(path, name, value)
        path, node = f"{path}{key}.", inner


def _opened(path: str, name: str, value: Any) -> Iterator[Cell]:
    """Yield the cell of a name, or those of the object in it where that is no field by itself."""
    known = field_of(name)
    if not isinstance(value, dict) or (known and known[1] < OF_WORDS) or is_others(name):
        yield Cell(path + name, name, value, True)
        return
    if title := _of_journal(name, value):
        journal = {"title": value[title], **{k: v for k, v in value.items() if k != title}}
        yield Cell(path + name, "journal", journal, True)
        return
    if (len(value) <= 4 and any(key in value for key in VALUE_KEYS[:6])) or not value:
        yield Cell(path + name, name, value, True)
        return
    own = _is_tally(value)
    for inner, below in value.items():
        if isinstance(below, dict) and not field_of(inner):
            for last, leaf in below.items():
                yield Cell(f"{path}{name}.{inner}.{last}", last, leaf, own)
        else:
            yield Cell(f"{path}{name}.{inner}", inner, below, own)


def _of_journal(name: str, value: dict[str, Any]) -> str:
    """Return the key of the journal's title in an object about it (Lens, EndNote, Crossref)."""
    if normal(name) not in ("source", "periodical", "journalmetadata", "proceedingsmetadata"):
        return ""
    titles = ("title", "fulltitle", "proceedingstitle")
    return next((key for key in value if normal(key) in titles and is_text(value[key])), "")


def _is_tally(value: Any, depth: int = 3) -> bool:
    """Return whether an object holds numbers alone: what is counted of the paper itself."""
    if isinstance(value, dict) and depth:
        return bool(value) and all(_is_tally(one, depth - 1) for one in value.values())
    return isinstance(value, (int, float)) or value is None
