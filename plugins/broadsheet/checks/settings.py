"""Check the settings file: every invalid setting, with its line.

The file is a Python program, and reading it runs it; so it is read only on request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import SettingsError, shown
from ..io import symlinks
from ..io.files import read_text
from ..io.settings import require_theme
from ..pages import registry
from ..suggestions import did_you_mean
from .problem import ERROR, WARNING, Problem

_MOST = 50
_NEARLY = 85.0  # of 100: the least similarity (rapidfuzz's ratio) of a misspelt name of Pelican's
_OF_THEMES = ("SITESUBTITLE", "MENUITEMS", "LINKS", "SOCIAL")
_ASSIGNED = re.compile(r"([A-Z][A-Z0-9_]{2,60})\s*=(?!=)")

NAMES = frozenset(
    "BROADSHEET_" + name
    for name in (
        "AUTHOR_FEEDS", "AUTHOR_PAGES", "CACHE", "CARDS", "CONTENT_LANG", "CSP", "EDIT_URL",
        "ENRICH", "EXPORT_FORMATS", "FEED_FORMATS", "FEED_ITEMS", "FETCH_AGAIN", "HUB", "IDENTITY",
        "JOBS", "LEADS", "MAIL_FROM", "MAIL_LIST_ID", "MAIL_UNSUBSCRIBE", "MAIL_UNSUBSCRIBE_TO",
        "MESSAGES", "OFFLINE", "PAPER_LINKS", "POSTS", "REPOSITORY", "SEARCH", "SOURCES",
        "SUBSCRIBE", "SUGGEST_URL", "SUMMARIES", "UNTIL",
    )
)  # fmt: skip
"""All settings of Broadsheet's own."""


def check(
    path: Path, validate: Callable[[Mapping[str, Any]], object] | None = None
) -> list[Problem]:
    """Return all problems of a settings file. `validate` raises SettingsError for the first."""
    from ..io import settings_file

    name = path.name
    try:
        values = settings_file.read(path)
        text = read_text(path)
    except (Exception, SystemExit) as error:  # a program may raise anything
        line = getattr(error, "lineno", None)
        return [_problem(name, line, f"can't be read: {type(error).__name__}: {error}")]
    found = list(_unknown(name, text))
    for setting, message in _files(values):
        found.append(_problem(name, line_of(text, setting), f"{setting}: {message}"))
    try:
        require_theme(values)
    except SettingsError as error:
        found.append(_problem(name, line_of(text, "THEME"), error.message))
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


def _unknown(file: str, text: str) -> Iterator[Problem]:
    """Yield the names that are assigned and that nothing reads."""
    for number, line in enumerate(text.splitlines(), start=1):
        match = _ASSIGNED.match(line)
        wrong = misnamed(match[1]) if match else None
        if wrong is not None:
            severity, message = wrong
            yield Problem(
                file=file, line=number, severity=severity, kind="settings", message=message
            )


def misnamed(name: str) -> tuple[str, str] | None:
    """Return the severity and the message of a setting's name that nothing reads: an error where it
    begins as ours do; a warning where it is nearly one of Pelican's, since a theme may read any
    name. None for any other name."""
    from pelican.settings import DEFAULT_CONFIG

    known = {*DEFAULT_CONFIG, *NAMES, *_OF_THEMES}
    if name in known:
        return None
    ours = name.startswith("BROADSHEET_")
    near = did_you_mean(name, NAMES) if ours else did_you_mean(name, known, least=_NEARLY)
    if not ours and not near:
        return None
    expected = "" if near else f"; expected one of {', '.join(sorted(NAMES))}"
    return ERROR if ours else WARNING, f"{name} is no setting, and nothing reads it{near}{expected}"


def _files(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the settings that say which files are published, and where: a
    setting's name and a message."""
    for folder in map(str, values["STATIC_PATHS"]):
        top = folder.strip("/").split("/")[0]
        if not symlinks.is_inside(folder):
            yield "STATIC_PATHS", f"{shown(folder)} leaves content/; expected a folder in it"
        elif top.isdigit() or top in ("", ".", "pages", "subscriptions"):
            yield "STATIC_PATHS", f"{shown(folder)} holds more than images; expected images/"
    standing = registry.addresses(())
    for path, metadata in dict(values["EXTRA_PATH_METADATA"] or {}).items():
        target = metadata.get("path") if isinstance(metadata, Mapping) else None
        if target is None:
            continue
        target = str(target)
        if not symlinks.is_inside(target):
            problem = "leaves the site; expected a path in it"
        elif target in standing or any(up in standing for up in _above(target)):
            problem = "is another file's place; expected one of its own"
        else:
            continue
        yield "EXTRA_PATH_METADATA", f"the path {shown(target)} of {shown(path)} {problem}"


def _above(path: str) -> Iterator[str]:
    """Yield the parts of a path that are a folder in it."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


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
