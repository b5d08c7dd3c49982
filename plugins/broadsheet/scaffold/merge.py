"""Bringing one file of a digest to its template's newer text around a person's edits: a three-way
merge of the text as it was written, as it stands, and as the newer template has it. Pure.

A file whose edits contradict the template stays as it is, to the byte. The merge with its conflict
markers is put beside it (FILE.conflict), where no host reads it; whoever removes that has settled
the conflict.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from enum import Enum

import yaml
from merge3 import Merge3

from .record import WrittenTemplate

CONFLICT = ".conflict"
"""The suffix of a file with conflict markers."""

_LONGEST = 1_000_000  # characters of a file that is merged


class Kind(Enum):
    """What becomes of a file."""

    ADDED = "added"
    UPDATED = "updated"
    MERGED = "updated around your edits"
    CONFLICT = "edited by you and by Broadsheet in the same places"
    UNSETTLED = "still has a conflict to settle"
    SAME = "as its template"
    EDITED = "edited by you; its template has not changed"
    REMOVED = "removed by you"
    FOREIGN = "not written by Broadsheet"
    UNREADABLE = "a link or no file, too large, or no UTF-8; left as it is"


@dataclass(frozen=True, slots=True)
class MergeStep:
    """What becomes of the file at `path`: its new `text` (None: it stays), the `conflict` to be
    written beside it, and what the record says of it then (None: nothing)."""

    path: str
    kind: Kind
    mine: str | None = None
    text: str | None = None
    conflict: str | None = None
    written: WrittenTemplate | None = None


def adopt(path: str, new: str, mine: str | None, written: WrittenTemplate | None) -> MergeStep:
    """Return the step by which `init` writes a file: only where there is none."""
    if mine is None:
        return MergeStep(path, Kind.ADDED, text=new, written=WrittenTemplate(new))
    if plain_ends(mine) == new:
        return MergeStep(path, Kind.SAME, mine, written=WrittenTemplate(new))
    return MergeStep(path, Kind.EDITED if written else Kind.FOREIGN, mine, written=written)


def upgrade(
    path: str, new: str, mine: str | None, written: WrittenTemplate | None, *, unsettled: bool
) -> MergeStep:
    """Return the step that brings a file to its template's text `new`.

    `mine` is the file's text, None where there is none; `unsettled` is whether a file with conflict
    markers is still beside it.
    """
    if written is None:
        return adopt(path, new, mine, None)
    if mine is None:
        return MergeStep(path, Kind.REMOVED, written=written)
    if unsettled:
        return MergeStep(path, Kind.UNSETTLED, mine, written=written)
    base = written.base if written.offered is None else written.offered
    text = plain_ends(mine)
    if text == new:
        return MergeStep(path, Kind.SAME, mine, written=WrittenTemplate(new))
    if base == new:
        return MergeStep(path, Kind.EDITED, mine, written=WrittenTemplate(base))
    if text == base:
        return MergeStep(
            path, Kind.UPDATED, mine, _ends_as(mine, new), written=WrittenTemplate(new)
        )
    merged, conflict = _merge(base, text, new)
    if conflict or not _as_sound(path, text, merged):
        return MergeStep(
            path,
            Kind.CONFLICT,
            mine,
            conflict=_ends_as(mine, merged),
            written=WrittenTemplate(base, new),
        )
    return MergeStep(path, Kind.MERGED, mine, _ends_as(mine, merged), written=WrittenTemplate(new))


def plain_ends(text: str) -> str:
    """Return a text with each line ended by a line feed alone."""
    return text.replace("\r\n", "\n")


def _ends_as(mine: str, text: str) -> str:
    """Return a text with its lines ended as those of `mine` are."""
    windows = "\r\n" in mine and mine.count("\r\n") == mine.count("\n")
    return text.replace("\n", "\r\n") if windows else text


def _merge(base: str, mine: str, new: str) -> tuple[str, bool]:
    """Return the merged text, and whether it has conflicts, which are marked then."""
    if max(map(len, (base, mine, new))) > _LONGEST:
        return "\n".join(
            ("<<<<<<< yours\n" + mine, "=======\n" + new, ">>>>>>> Broadsheet\n")
        ), True
    merge = Merge3(_lines(base), _lines(mine), _lines(new))
    conflict = any(group[0] == "conflict" for group in merge.merge_groups())
    lines = merge.merge_lines(
        name_a="yours",
        name_b="Broadsheet",
        name_base="as it was written",
        start_marker="<<<<<<<",
        mid_marker="=======",
        end_marker=">>>>>>>",
        base_marker="|||||||",
    )
    return "".join(lines), conflict


def _lines(text: str) -> list[str]:
    """Return a text's lines, the last one ended too: else it would run into a marker."""
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")] if text else []


def _as_sound(path: str, before: str, after: str) -> bool:
    """Return whether a merged file is still of its language, if it was before."""
    return not _sound(path, before) or _sound(path, after)


def _sound(path: str, text: str) -> bool:
    try:
        if path.endswith(".py"):
            ast.parse(text)
        elif path.endswith((".yml", ".yaml")):
            for _ in yaml.parse(text, Loader=yaml.SafeLoader):
                pass
    except (SyntaxError, ValueError, RecursionError, yaml.YAMLError):
        return False
    return True
