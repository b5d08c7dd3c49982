"""Check the settings file: every invalid setting, with its line.

The file is a Python program, and reading it runs it; so it is read only on request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..errors import SettingsError
from .problem import ERROR, Problem

_MOST = 50


def check(
    path: Path, validate: Callable[[Mapping[str, Any]], object] | None = None
) -> list[Problem]:
    """Return all problems of a settings file. `validate` raises SettingsError for the first."""
    from pelican.settings import read_settings

    name = path.name
    try:
        text = path.read_text("utf-8")
        values = dict(read_settings(str(path)))
    except (Exception, SystemExit) as error:  # a program may raise anything
        line = getattr(error, "lineno", None)
        return [_problem(name, line, f"can't be read: {type(error).__name__}: {error}")]
    found: list[Problem] = []
    while validate is not None and len(found) < _MOST:
        try:
            validate(values)
        except SettingsError as error:
            setting = error.message.split(" ", 1)[0]
            found.append(_problem(name, line_of(text, setting), error.message))
            if values.pop(setting, None) is None:
                break
        else:
            break
    return found


def line_of(text: str, setting: str) -> int | None:
    """Return the last line (from 1) that assigns a setting; None without one."""
    lines = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(rf"{re.escape(setting)}\s*=(?!=)", line)
    ]
    return lines[-1] if lines else None


def _problem(file: str, line: int | None, message: str) -> Problem:
    return Problem(
        file=file, line=line, severity=ERROR, kind="settings", message=" ".join(message.split())
    )
