"""Find in a page what looks like a paper's heading or block and is none: the paper would be lost in
the one before it. Pure; linear in the page's lines.

A page has one kind of heading, `## Title`, which begins a paper; and one kind of block, in a fence
below it. Any other heading, and any other fence or paragraph with a block's keys, is a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...errors import ContentError, StrayHeading, shown
from .fields import FIELDS

HEADING = re.compile(r"##(?:\s|\Z)")
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*\Z)|~{3,})(.*)\Z")

_UNDERLINE = re.compile(r" {0,3}(?:={2,}|-{2,})[ \t]*\Z")
_PART = re.compile(r"###+[ \t]+[^# \t]")
_KEY = re.compile(r"[ \t]*[\"']?([A-Za-z_-]{2,20})[\"']?[ \t]*:(?:[ \t]|\Z)")
_BLANKS = " \t\xa0\u3000\u200b\ufeff"  # before a heading: white space, seen or not
_FIRST = "#`~=-" + _BLANKS


def fence_after(fence: str, line: str) -> str:
    """Return the fence of the code block that is open after a line; "" for none."""
    match = FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match.group(1)
    return "" if match.group(1).startswith(fence) and not match.group(2).strip() else fence


def _told(fence: str) -> str:
    """Return a fence for a message."""
    return fence if len(fence) <= 20 else f"of {len(fence):,} {fence[0]}"


@dataclass(frozen=True, slots=True)
class Structure:
    """Where the papers of a page begin (indexes of their headings' lines), what is wrong with other
    headings and with fences, and where the parts begin that hold a block without an end: a paper's
    heading, or the first line of the body.

    `slips` are headings of a lower level that may be meant as part of a paper's text: a check tells
    of them, but they can be read."""

    starts: tuple[int, ...]
    wrong: tuple[ContentError, ...] = ()
    slips: tuple[ContentError, ...] = ()
    unclosed: frozenset[int] = frozenset()


def structure(lines: Sequence[str], start: int) -> Structure:
    """Find the papers' headings, which are not in fenced blocks, in the lines from `start`."""
    starts: list[int] = []
    wrong: list[ContentError] = []
    slips: list[ContentError] = []
    unclosed: set[int] = set()
    fence = ""
    opened = start

    def endless(before: str) -> None:
        unclosed.add(starts[-1] if starts else start)
        wrong.append(
            ContentError(
                f"{shown(lines[opened])} opens a block that has no end{before}; "
                f"expected a line {_told(fence)} where it ends",
                line=opened + 1,
            )
        )

    for n in range(start, len(lines)):
        line = lines[n]
        if not line or line[0] not in _FIRST:
            continue
        if fence and HEADING.match(line) and _begins_paper(lines, n, fence):
            endless(f" before the paper {shown(line[2:])} in line {n + 1}")
            fence = ""
        if not fence:
            if HEADING.match(line):
                starts.append(n)
                continue
            if line[0] not in "`~":
                error = _odd_heading(lines, n, start)
                if error is not None:
                    is_part = starts and _PART.match(line) and not _begins_paper(lines, n, "`")
                    (slips if is_part else wrong).append(error)
                    continue
        before, fence = fence, fence_after(fence, line)
        if fence and not before:
            opened = n
    if fence:
        endless("")
    return Structure(tuple(starts), tuple(wrong), tuple(slips), frozenset(unclosed))


def _odd_heading(lines: Sequence[str], n: int, start: int) -> StrayHeading | None:
    line = lines[n]
    bare = line.lstrip(_BLANKS)
    if bare[:1] == "#":
        blanks = line[: len(line) - len(bare)]
        is_code = "\t" in blanks or len(blanks) > 3
        if is_code and not _begins_paper(lines, n, "`"):
            return None
        before = ", which stands behind a space" if blanks else ""
        return StrayHeading(
            f"found {shown(bare)}{before}; expected {_as_title(bare.strip('# '))} where a paper "
            'begins, and "\\#" where words begin with #: a paper\'s text has no headings',
            line=n + 1,
        )
    if n > start and _UNDERLINE.match(line):
        above = lines[n - 1]
        is_text = above.strip() and above.lstrip()[0] not in "#>|-=`~"
        if is_text:
            return StrayHeading(
                f"{shown(line)} makes a heading of the line above it, {shown(above)}; expected "
                f"{_as_title(above.strip())} where a paper begins, and a blank line above a rule: "
                "a paper's text has no headings",
                line=n + 1,
            )
    return None


def _as_title(title: str) -> str:
    return f'"## {title[:40]}{"…" if len(title) > 40 else ""}"' if title else '"## Title"'


def _begins_paper(lines: Sequence[str], n: int, fence: str) -> bool:
    """Return whether a heading within a fenced block is followed by a fence, as a paper's is. A
    longer fence around it quotes an example."""
    for line in lines[n + 1 : n + 5]:
        if line.strip():
            match = FENCE.match(line)
            return bool(match and match[1][0] == fence[0] and len(match[1]) >= len(fence)
                        and match[2].strip())  # fmt: skip
    return False


def odd_blocks(lines: Sequence[str], start: int, found: Structure) -> Iterator[ContentError]:
    """Yield an error for each block of a paper that stands where none is read, lacks its fences,
    or is called something else, and for a paper's keys that stand in its text. A block below an odd
    heading is that heading's matter."""
    told = {(error.line or 0) - 1 for error in found.wrong}
    for error in _odd_blocks(lines, start, found):
        above = (error.line or 0) - 2
        while above >= start and not lines[above].strip():
            above -= 1
        if above not in told:
            yield error


def _odd_blocks(lines: Sequence[str], start: int, found: Structure) -> Iterator[ContentError]:
    for begin, end in pairwise([start, *found.starts, len(lines)]):
        if begin in found.unclosed:
            continue
        if begin not in found.starts[:1] and begin == start:
            yield from _fenced_keys(lines, start, end, "no paper")
            continue
        first = next((n for n in range(begin + 1, end) if lines[n].strip()), end)
        match = FENCE.match(lines[first]) if first < end else None
        if match and is_block(match[2]):
            after = _close(lines, first, match[1]) + 1
            if after < end and _telling(lines[after]):
                yield _unfenced(lines, after)
            yield from _fenced_keys(lines, after, end, "a second")
        elif match is None and first < end and _telling(lines[first]):
            yield _unfenced(lines, first)
        else:
            yield from _fenced_keys(lines, first, end, "below")


def _unfenced(lines: Sequence[str], n: int) -> ContentError:
    return ContentError(
        f"found {shown(lines[n])} in a paper's text; expected all keys in one block below the "
        "heading, between a line ```yaml and a line ```",
        line=n + 1,
    )


def is_block(info: str) -> bool:
    """Return whether a fence with this after it holds a paper's keys."""
    return info.strip().lower() in ("yaml", "yml", "")


def _fenced_keys(lines: Sequence[str], begin: int, end: int, what: str) -> Iterator[ContentError]:
    """Yield an error for each fenced block in lines[begin:end] that has a paper's keys; one key
    tells a block that is called YAML or stands first, two tell any other."""
    n = begin
    while n < end:
        match = FENCE.match(lines[n]) if lines[n][:1] in ("`", "~", " ") else None
        if match is None:
            n += 1
            continue
        close = _close(lines, n, match[1])
        keys = {key for line in lines[n + 1 : close] if (key := _telling(line))}
        is_first = n == begin and what == "below"
        is_named = match[2].strip().lower() in ("yaml", "yml")
        if len(keys) >= (1 if is_first or is_named else 2):
            found = f"{shown(lines[n])} opens a block with {', '.join(sorted(keys))}"
            yield ContentError(f"{found}{_EXPECTED['first' if is_first else what]}", line=n + 1)
        n = close + 1


_EXPECTED = {
    "no paper": ", and no paper's heading stands above it; expected a line `## Title` there",
    "a second": ", the second of one paper; expected a line `## Title` above it where another "
    "paper begins, or all keys in the block below the heading",
    "below": " in a paper's text; expected it between the heading and the text",
    "first": ", which is not read as a paper's; expected ```yaml",
}


def _telling(line: str) -> str | None:
    """Return the key of a paper's block that a line begins with; None without one."""
    match = _KEY.match(line)
    return match[1] if match and match[1] in FIELDS else None


def _close(lines: Sequence[str], opened: int, fence: str) -> int:
    """Return the index of the line that closes a fenced block."""
    for n in range(opened + 1, len(lines)):
        if lines[n][:1] in ("`", "~", " ") and not fence_after(fence, lines[n]):
            return n
    return len(lines) - 1
