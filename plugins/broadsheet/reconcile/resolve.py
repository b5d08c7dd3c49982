"""Decide which files of a merge to write: never one that a person has edited since. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from . import files, lines, pages
from .files import Merged
from .marks import MarkedConflict, conflicts
from .names import State
from .three import Three


class ResolvedFile(Enum):
    """What becomes of a file."""

    MENDED = "mended"
    REMOVED = "removed: nothing is left of it"
    MARKED = "a person must decide"
    BY_HAND = "edited by hand since; left as it is"
    GONE = "moved or removed by hand since; left so"
    HELD = "left as it is, since what it has belongs into a file that was changed by hand"


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of the file at `path`: its new text (None: it goes), whether that is to be
    `written`, what is left to decide, and whether git is to be told that it is merged."""

    path: str
    done: ResolvedFile
    text: str | None = None
    written: bool = False
    conflicts: tuple[MarkedConflict, ...] = ()
    stage: bool = False


def steps(
    merged: Mapping[str, Merged],
    states: Three[State],
    unmerged: Collection[str],
    now: Mapping[str, str],
) -> Iterator[Step]:
    """Yield what becomes of each file that is not as it should be.

    `merged` are the files as they should be, `now` their present texts, both by path. No paper goes
    from a file whose place, by the merge, is in another that a person has edited, moved or removed
    since, and that does not have it.
    """
    made = tuple(_steps(merged, states, unmerged, now))
    lacking: set[str] = set()
    for one in made:
        if one.done in (ResolvedFile.BY_HAND, ResolvedFile.GONE):
            lacking |= _papers(merged[one.path].text) - _papers(now.get(one.path, ""))
    for one in made:
        gone = one.written and _papers(now.get(one.path, "")) - _papers(one.text or "")
        yield Step(one.path, ResolvedFile.HELD) if gone and gone & lacking else one


def _papers(text: str) -> set[str]:
    """Return the ids of a page's papers; none of what is no page."""
    parts = pages.take_apart(files.plain(text))
    return set(parts.sections) if parts is not None else set()


def _steps(
    merged: Mapping[str, Merged],
    states: Three[State],
    unmerged: Collection[str],
    now: Mapping[str, str],
) -> Iterator[Step]:
    for path, wanted in merged.items():
        sides = Three(*(state.get(path, "") for state in states))
        there = now.get(path, "")
        text = wanted.text or None
        left = path in unmerged or bool(conflicts(there))
        if there == wanted.text:
            if left:
                yield _step(path, wanted, text, written=False)
            continue
        alone = files.merge(path, *sides)
        expected = {alone.text, lines.merge(*sides.map(files.plain))}
        if not left:
            if there not in expected:
                if wanted.text != alone.text:
                    yield Step(path, ResolvedFile.BY_HAND if there else ResolvedFile.GONE)
            elif wanted.text != alone.text or not files.is_sound(path, there):
                yield _step(path, wanted, text, written=True)
            continue
        known = {*sides, *expected}
        if there in known or (conflicts(there) and _is_of(there, {*known, wanted.text})):
            yield _step(path, wanted, text, written=True)
        else:
            yield Step(
                path,
                ResolvedFile.BY_HAND if there else ResolvedFile.GONE,
                conflicts=conflicts(there),
            )


def _step(path: str, wanted: Merged, text: str | None, *, written: bool) -> Step:
    if wanted.conflicts:
        return Step(path, ResolvedFile.MARKED, text, written, wanted.conflicts)
    return Step(
        path, ResolvedFile.MENDED if text else ResolvedFile.REMOVED, text, written, stage=True
    )


def _is_of(text: str, known: set[str]) -> bool:
    """Return whether a text with conflict markers has no line but those of known texts: git or a
    merge driver wrote it, and no person since."""
    there = {line for one in known for line in files.plain(one).split("\n")}
    return all(
        line in there or line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||"))
        for line in files.plain(text).split("\n")
    )
