"""Check how large a content file is."""

from __future__ import annotations

from collections.abc import Iterator

from ..content.disk import SourceFile
from .problem import WARNING, Problem

LARGE = 3_000_000  # bytes of a page that is warned of


def large(source: SourceFile) -> Iterator[Problem]:
    """Yield a warning for a file that editors and code hosts open slowly."""
    if len(source.data) > LARGE:
        yield Problem(
            file=source.path,
            line=None,
            severity=WARNING,
            kind="page",
            message=f"a page of {len(source.data) / 1e6:.1f} MB, which editors and code hosts open "
            f"slowly; expected at most {LARGE // 1_000_000} MB",
        )
