"""Check a content file as a whole: how large it is, and marks in it that turn the direction of
writing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..content.disk import SourceFile
from .problem import WARNING, Problem

LARGE = 3_000_000  # bytes of a page that is warned of
_TURNING = re.compile(b"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")  # U+202A to 202E, 2066 to 2069


def problems(source: SourceFile) -> Iterator[Problem]:
    """Yield a warning for a file that editors and code hosts open slowly, and one for the first
    mark by which a text shows in another order than it is read in."""
    data = source.data
    if len(data) > LARGE:
        yield _warning(
            source.path,
            None,
            f"a page of {len(data) / 1e6:.1f} MB, which editors and code hosts open slowly; "
            f"expected at most {LARGE // 1_000_000} MB",
        )
    found = None if data.isascii() else _TURNING.search(data)
    if found:
        yield _warning(
            source.path,
            data.count(b"\n", 0, found.start()) + 1,
            f"the mark U+{ord(found[0].decode()):04X}, which isn't seen, turns the direction of "
            "what follows: it shows in another order than it is read in; expected none",
        )


def _warning(file: str, line: int | None, message: str) -> Problem:
    return Problem(file=file, line=line, severity=WARNING, kind="page", message=message)
