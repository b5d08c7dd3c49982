"""The plan of a site: which files it has, and on what each depends. Pure.

Two levels, so that what nothing has touched costs next to nothing. A `Partition` (a month, or what
spans all months) has a fingerprint of everything below it; where that is as before it isn't looked
into. A `Target` holds files that are rendered together (a day with its topics and papers), with a
fingerprint of its own, by parts, so that a reader of the plan can be told which part changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """An output file: its path below the output folder, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Target:
    """Files that are rendered together.

    `parts` names what they depend on and its hash: "content", "templates", "settings" ...
    `weight` is about how long it takes to render, in milliseconds; `reads` are the months whose
    papers it reads, as far as they are known beforehand.
    """

    key: str
    parts: Mapping[str, str]
    render: Callable[[], Iterable[File]]
    weight: int = 1
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Partition:
    """Groups under one fingerprint; `groups` makes them, when they are to be looked at.

    A late section draws on what rendering those before it leaves in the cache: it is looked at when
    they are done, where so many groups (`after`) are to be rendered.
    """

    key: str
    parts: Mapping[str, str]
    groups: Callable[[], Iterable[Target]]
    after: int | None = None


def fingerprint(*values: object) -> str:
    """A hash of values by their repr: of strings, numbers, tuples and frozen dataclasses."""
    total = hashlib.blake2b(digest_size=12)
    for value in values:
        total.update(repr(value).encode("utf-8", "surrogatepass"))
        total.update(b"\0")
    return total.hexdigest()


def data_fingerprint(data: bytes) -> str:
    """A hash of bytes."""
    return hashlib.blake2b(data, digest_size=12).hexdigest()
