"""Check the keys of blocks and front matter: misspelt ones are errors, others unknown to us are
warned of unless they begin with `x-` or are declared in keys.yml."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..content.own_keys import FILE, PREFIX
from ..errors import shown
from ..suggestions import did_you_mean
from .problem import ERROR, WARNING
from .prose import ProseProblem

KIND = "unknown-key"
# A key at a line's begin, in quotes of a kind or without.
_KEY = re.compile(
    r"""\s*(?:"([^"]*)"[ ]?:|'([^']*)'[ ]?:|([^\s:]+(?:[\s:]+[^\s:]+)*?)[ ]?:(?:\s|\Z))"""
)


def problems(
    keys: Mapping[str, int], known: Collection[str], own: Collection[str], what: str
) -> Iterator[ProseProblem]:
    """Yield the problems of unknown keys, given with their lines. `known` are ours, `own` those
    that are declared; `what` says whose they are ("a paper's block")."""
    for key, line in keys.items():
        if key.startswith(PREFIX) or key in own or key in known:
            continue
        near = nearest(key, known)
        remedy = near or f"; expected {PREFIX}{key}, or {key} to be listed in {FILE}"
        yield ProseProblem(
            line, ERROR if near else WARNING, KIND, f"{shown(key)} is no key of {what}{remedy}"
        )


def nearest(key: str, known: Iterable[str]) -> str:
    """Return the end of a message with the known key that a key was meant to be; "" for none."""
    return did_you_mean(key.strip().lower().replace("-", "_").replace(" ", "_"), known)


def lines_of(keys: Iterable[str], lines: list[str], start: int, end: int) -> dict[str, int]:
    """Return the lines (from 1) of keys in lines[start:end] of a page; the first for one that is
    written in another way than `key:`."""
    first: dict[str, int] = {}
    for n in range(start, end):
        written = _KEY.match(lines[n])
        if written:
            first.setdefault(next(filter(None, written.groups()), ""), n + 1)
    return {key: first.get(key, start + 1) for key in keys}
