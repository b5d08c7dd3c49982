"""Three-way merges of the YAML block of a paper, key by key. Pure.

Lists of names are merged by name; votes are those of the later capture; `updated` is the later day.
Comments and the layout of a key's value stay, where one side alone changed it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..content.pages import block
from ..errors import ContentError
from . import lines
from .marks import marked
from .three import Three, complete
from .weave import kept, weave

_KEY = re.compile(r"([A-Za-z_][\w-]*|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:(?:[ \t]|$)")

COUNTED = ("upvotes", "comments", "stars", "as_of")
"""Keys that imports refresh, all from one capture."""

_LISTS = ("tags", "categories", "keywords", "authors")


def merge(base: str, ours: str, theirs: str) -> str:
    """Return the merged text of a block, with conflict markers around keys of which both sides
    changed the value."""
    if ours in (theirs, base):
        return theirs
    if theirs == base:
        return ours
    parsed = complete(Three(base, ours, theirs).map(_keys))
    if parsed is None:
        return lines.merge(base, ours, theirs)
    before, mine, other = parsed
    chunks = {
        key: text
        for key in {**mine, **other}
        if (text := _merged(key, before, mine, other)) is not None
    }
    return "".join(
        chunks[key] for key in weave(list(before), list(mine), list(other), chunks.keys())
    )


_Keys = Mapping[str, tuple[Any, str]]  # by key: its value, and its lines


def _keys(text: str) -> dict[str, tuple[Any, str]] | None:
    """Return a block's keys with their values and lines; None for a layout without such lines."""
    try:
        values = block.parse(text)
    except ContentError:
        return None
    rows = lines.split(text)
    starts = [n for n, row in enumerate(rows) if _KEY.match(row)]
    names = [next(iter(block.parse(f"{_name(rows[n])}: x"))) for n in starts]
    if names != list(values):
        return None
    if not starts:
        return None if text.strip() else {}
    # Comments above a key belong to it.
    for at, n in enumerate(starts):
        while n > 0 and rows[n - 1].startswith("#"):
            n -= 1
        starts[at] = n
    if starts[0] and any(row.strip() for row in rows[: starts[0]]):
        return None
    ends = [*starts[1:], len(rows)]
    return {
        name: (values[name], "".join(rows[start:end]))
        for name, start, end in zip(names, starts, ends, strict=True)
    }


def _name(row: str) -> str:
    match = _KEY.match(row)
    assert match is not None
    return match[1]


def _merged(key: str, base: _Keys, ours: _Keys, theirs: _Keys) -> str | None:
    """Return the lines of a key after the merge; None where it goes."""
    before, mine, other = base.get(key), ours.get(key), theirs.get(key)
    if _value(mine) == _value(before) != _value(other):
        return other and other[1]
    if _value(other) == _value(before) != _value(mine):
        return mine and mine[1]
    if _value(mine) == _value(other):
        return _layout(before, mine, other)
    return _both(key, base, ours, theirs)


def _value(one: tuple[Any, str] | None) -> Any:
    return None if one is None else one[0]


def _layout(
    before: tuple[Any, str] | None, mine: tuple[Any, str] | None, other: tuple[Any, str] | None
) -> str | None:
    """Return the lines of a value that both sides have, as the side wrote it that changed it."""
    if mine is None or other is None:
        return None
    if before is not None and mine[1] == before[1]:
        return other[1]
    if before is not None and other[1] == before[1]:
        return mine[1]
    return min(mine[1], other[1])


def _both(key: str, base: _Keys, ours: _Keys, theirs: _Keys) -> str | None:
    """Return the lines of a key that both sides changed."""
    if key in COUNTED:
        return _latest(ours, theirs)[key][1] if key in _latest(ours, theirs) else None
    before, mine, other = base.get(key), ours.get(key), theirs.get(key)
    if key == "updated" and mine and other and isinstance(mine[0], str):
        return max(mine[1], other[1], key=lambda text: text.split(":", 1)[-1].strip())
    names = complete(Three(before, mine, other).map(_sequence))
    if key in _LISTS and names is not None:
        return block.format([(key, weave(*names, kept(*names)))])
    return marked(mine[1] if mine else "", other[1] if other else "")


def _latest(ours: _Keys, theirs: _Keys) -> _Keys:
    """Return the side whose votes were captured later; of equal times, the one with more votes."""

    def rank(one: _Keys) -> tuple[str, int, int, int, str]:
        counts = (str(_value(one.get(name)) or "") for name in COUNTED)
        votes, comments, stars, as_of = counts
        return as_of, _number(votes), _number(comments), _number(stars), votes

    return max(ours, theirs, key=rank)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _sequence(one: tuple[Any, str] | None) -> list[str] | None:
    """Return a value as a list of texts; None where it is anything else."""
    value = [] if one is None else one[0]
    if isinstance(value, str):
        value = [value]
    texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return value if texts else None
