"""The plan of a build: its output files and what each depends on. Pure.

A plan has two levels, so that an unchanged part of it costs next to nothing. A `Partition` carries
fingerprints of everything below it; where these are as recorded, its targets are not even listed. A
`Target` is a set of files rendered together, with fingerprints of its own. Fingerprints go by the
names of the dependencies, so that a reader can be told which of them changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from msgspec import Struct


class File(Struct, frozen=True):
    """An output file: its path below the output folder, its bytes, and what it should show and
    could not ("" for nothing), which is told after the build."""

    path: str
    data: bytes
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A set of output files that are rendered together.

    `dependencies` maps the name of each dependency ("content", "templates" ...) to its fingerprint.
    `weight` estimates the time to render, in milliseconds. `reads` lists the keys of the inputs
    that rendering reads, as far as they are known beforehand (see `Writer`). `kind` is the name
    under which the time it takes is counted.
    """

    key: str
    dependencies: Mapping[str, str]
    render: Callable[[], Iterable[File]]
    weight: int = 1
    reads: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PartitionChanges:
    """What of a partition may differ from when its dependencies were `since`: the targets with
    these `keys`. `targets` lists those of them that there still are."""

    since: Mapping[str, str]
    keys: Collection[str]
    targets: Callable[[], Iterable[Target]]


@dataclass(frozen=True, slots=True)
class Partition:
    """A set of targets under common fingerprints; `targets` lists them, and is called only if one
    of the fingerprints changed.

    `changes` returns what its last change came to, where that is known: then no other target is
    listed if the partition was recorded as it was before.

    A partition with `flush_at` reads cache entries that rendering the partitions before it writes:
    if at least so many of their targets are pending, these are rendered first.
    """

    key: str
    dependencies: Mapping[str, str]
    targets: Callable[[], Iterable[Target]]
    flush_at: int | None = None
    changes: Callable[[], PartitionChanges | None] = lambda: None


_DIGITS = 24  # of SHA-256, which processors accelerate: a first build hashes every page


def fingerprint(*values: object) -> str:
    """Return a hash of values by their repr: strings, numbers, tuples and frozen dataclasses."""
    total = hashlib.sha256()
    for value in values:
        total.update(repr(value).encode("utf-8", "surrogatepass"))
        total.update(b"\0")
    return total.hexdigest()[:_DIGITS]


def data_fingerprint(data: bytes) -> str:
    """Return a hash of bytes."""
    return hashlib.sha256(data).hexdigest()[:_DIGITS]
