"""A problem that a check found: its file and line, severity, kind and message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import BroadsheetError

ERROR, WARNING, NOTE = "error", "warning", "note"
_WEIGHT = {ERROR: 0, WARNING: 1, NOTE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem.

    `file` is a path below the content folder, or the settings file's name; `line` is from 1, None
    where the problem is the whole file's. `kind` is a short fixed word for machines.
    """

    file: str
    line: int | None
    severity: str  # ERROR fails the check; WARNING and NOTE do not
    kind: str
    message: str


def of_error(error: BroadsheetError, kind: str, file: str | None = None) -> Problem:
    """Return an exception as a problem."""
    return Problem(
        file=error.file or file or "",
        line=error.line,
        severity=ERROR,
        kind=kind,
        message=error.message,
    )


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems sorted by file, line, severity and text, without repetitions."""
    return tuple(
        sorted(
            set(problems),
            key=lambda one: (
                one.file,
                one.line or 0,
                _WEIGHT[one.severity],
                one.kind,
                one.message,
            ),
        )
    )
