"""Three-way merges of a paper's section: its title, its block key by key, its abstract by sentence
and word, its notes. Pure.

Sections are texts with line feeds as their line ends, one at their end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ..content import pages
from ..content.pages import alone
from ..errors import ContentError
from ..papers import Paper
from . import blocks, lines, prose
from .marks import conflicts, marked
from .three import Three, complete
from .weave import kept, weave

_CURATOR = re.compile(r"^curator: *([^\n]*[^\s])[ \t]*\n", re.M)
_CREDIT = re.compile(r"\n> \u2014 [^\n]*\Z")
_FRONT_LINES = alone.FRONT.count("\n")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A section's title, the lines around and within its block, its abstract, and its notes."""

    title: str
    opening: str
    block: str
    closing: str
    abstract: str
    notes: tuple[str, ...]


def merge(base: str, ours: str, theirs: str) -> str:
    """Return the merged section, with conflict markers around what both sides changed otherwise
    than alike. `base` is "" where there was no such section."""
    if ours in (theirs, base):
        return theirs
    if theirs == base:
        return ours
    parts = complete(Three(base, ours, theirs).map(_parts))
    if parts is None:
        return lines.merge(base, ours, theirs)
    merged = _together(parts.base, *_credited(parts))
    if conflicts(merged) or _paper(merged) is not None:
        return merged
    return lines.around(ours, theirs)


@lru_cache(maxsize=4096)
def paper_of(section: str) -> Paper | None:
    """Return the paper of a section; None where it can't be read, or is not one alone."""
    return _paper(section)


def is_same_paper(one: Paper, other: Paper) -> bool:
    """Return whether two papers of one id are the same, and not two whose titles begin alike."""
    if one.arxiv and other.arxiv:
        return one.arxiv == other.arxiv
    if one.doi and other.doi:
        return one.doi.lower() == other.doi.lower()
    return _plain(one.title) == _plain(other.title) or (
        bool(one.abstract) and _plain(one.abstract) == _plain(other.abstract)
    )


def only_counted(base: str, changed: str) -> bool:
    """Return whether a section differs from another in what imports refresh alone: votes, comments
    and the time of their capture."""
    before, after = _parts(base), _parts(changed)
    if before is None or after is None:
        return base == changed

    def bare(parts: _Parts) -> str:
        return re.sub(rf"(?m)^(?:{'|'.join(blocks.COUNTED)}):.*\n", "", parts.block)

    return bare(before) == bare(after) and (before.title, before.abstract, before.notes) == (
        after.title,
        after.abstract,
        after.notes,
    )


def words_of(section: str) -> tuple[str, str, tuple[str, ...]] | None:
    """Return what people write of a paper: title, abstract and notes; None for a section that can't
    be read."""
    parts = _parts(section)
    if parts is None:
        return None
    paper = paper_of(section)
    return parts.title, (paper.abstract if paper else parts.abstract), parts.notes


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _paper(section: str) -> Paper | None:
    try:
        found = pages.parse(alone.page_of(section)).sections
    except ContentError:
        return None
    return found[0].paper if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _parts(section: str) -> _Parts | None:
    """Take a section apart; None for one of another layout. "" has empty parts."""
    if not section:
        return _Parts("", "", "", "", "", ())
    try:
        found = pages.parse(alone.page_of(section)).sections
    except ContentError:
        return None
    if len(found) != 1 or not section.startswith("## ") or found[0].line != _FRONT_LINES + 1:
        return None
    rows = lines.split(section)
    start = end = after = 1
    if found[0].block is not None:
        start = found[0].block[0] - _FRONT_LINES - 1
        end = found[0].block[1] - _FRONT_LINES
        after = end + 1
    body = _body("".join(rows[after:]))
    if body is None:
        return None
    return _Parts(
        " ".join(rows[0][2:].split()),
        "".join(rows[1:start]),
        "".join(rows[start:end]),
        "".join(rows[end:after]),
        *body,
    )


def _body(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the abstract, and the notes that follow it; None where notes stand amid it."""
    text = text.strip("\n")
    if "```" in text or "~~~" in text:
        return (text, ()) if not re.search(r"^>", text, re.M) else None
    match = re.search(r"^>", text, re.M)
    if match is None:
        return text, ()
    abstract, rest = text[: match.start()].strip("\n"), text[match.start() :]
    notes = [one for one in re.split(r"\n(?:[ \t]*\n)+", rest) if one.strip()]
    if any(not row.startswith(">") for note in notes for row in note.split("\n")):
        return None
    return abstract, tuple(notes)


def _together(base: _Parts, ours: _Parts, theirs: _Parts) -> str:
    frames = Three(base, ours, theirs).map(lambda one: (one.opening, one.closing))
    opening, closing = _frame(*frames)
    out = [
        _heading(base.title, ours.title, theirs.title),
        opening,
        blocks.merge(base.block, ours.block, theirs.block),
        closing,
    ]
    abstract = prose.merge(base.abstract, ours.abstract, theirs.abstract)
    if abstract:
        out.append(f"\n{abstract}\n")
    out += [f"\n{note}\n" for note in _notes(base.notes, ours.notes, theirs.notes)]
    return "".join(out)


def _credited(parts: Three[_Parts]) -> tuple[_Parts, _Parts]:
    """Return both sides with one curator in their blocks, where each side names another and one of
    them wrote notes: these are credited in a last line of their own."""
    before, mine, other = parts.map(lambda one: _CURATOR.findall(one.block))
    if before or len(mine) != 1 or len(other) != 1 or mine == other:
        return parts.ours, parts.theirs
    sides = sorted(
        (bool(_own(parts.base, side)), curator, side is parts.theirs, side)
        for side, (curator,) in ((parts.ours, mine), (parts.theirs, other))
    )
    (_, lead, _, first), (wrote, name, _, second) = sides
    if not wrote:
        return parts.ours, parts.theirs
    own = _own(parts.base, second)
    second = replace(
        second,
        block=_CURATOR.sub(lambda match: f"curator: {lead}\n", second.block),
        notes=tuple(f"{one}\n>\n> \u2014 {name}" if one in own else one for one in second.notes),
    )
    return (second, first) if sides[0][2] else (first, second)


def _own(base: _Parts, side: _Parts) -> list[str]:
    """Return the notes that a side added, and that name nobody in their last line."""
    return [one for one in side.notes if one not in base.notes and not _CREDIT.search(one)]


def _heading(base: str, ours: str, theirs: str) -> str:
    merged = prose.title(base, ours, theirs)
    return f"## {merged}\n" if merged is not None else marked(f"## {ours}\n", f"## {theirs}\n")


def _frame(
    base: tuple[str, str], ours: tuple[str, str], theirs: tuple[str, str]
) -> tuple[str, str]:
    """Return the lines around the block: those of the side that changed them."""
    if ours == base:
        return theirs
    if theirs == base:
        return ours
    return max(ours, theirs)  # a side without a block has no such lines


def _notes(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[str]:
    """Return the notes of both sides: a note that both changed stays in both forms."""
    return weave(base, ours, theirs, kept(base, ours, theirs))
