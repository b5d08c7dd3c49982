"""The record of what templates wrote into a digest, `.broadsheet-templates.json`: version, answers,
and the text of each file as it was written, the base of later merges. Pure.

The digest commits it. It is believed in texts alone: no file is removed or named by what it says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import SettingsError, shown
from .answers import Answers, of_json

RECORD = ".broadsheet-templates.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class WrittenTemplate:
    """A file that was written: the template's text then (`base`), and that of a later version whose
    conflict a person has yet to settle (`offered`), if any."""

    base: str
    offered: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaffoldRecord:
    """Broadsheet's version when the templates were last written, the answers, and the files by
    path."""

    version: str
    answers: Answers
    files: Mapping[str, WrittenTemplate] = field(default_factory=dict)


def dump(record: ScaffoldRecord) -> str:
    """Return a record as the text of its file: a text's line a line, so that a diff shows it."""
    files = {}
    for path, written in sorted(record.files.items()):
        entry = {"base": written.base.splitlines(keepends=True)}
        if written.offered is not None:
            entry["offered"] = written.offered.splitlines(keepends=True)
        files[path] = entry
    data = {
        "about": "What `broadsheet init` and `broadsheet upgrade` wrote; the latter reads it.",
        "format": _FORMAT,
        "version": record.version,
        "answers": record.answers.as_json(),
        "files": files,
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def parse(text: str) -> ScaffoldRecord:
    """Return the record of a file's text. Raises SettingsError, naming the file."""
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != _FORMAT:
            found = data.get("format") if isinstance(data, dict) else type(data).__name__
            raise ValueError(f"found format {found!r}, expected {_FORMAT}")
        files = {
            str(path): WrittenTemplate(
                _joined(entry["base"]),
                _joined(entry["offered"]) if "offered" in entry else None,
            )
            for path, entry in dict(data["files"]).items()
        }
        answers = of_json(data["answers"])
        version = str(data["version"])
    except SettingsError as error:
        raise error.at(RECORD) from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SettingsError(
            f"can't be read ({type(error).__name__}: {error}); restore it from git", file=RECORD
        ) from error
    return ScaffoldRecord(version=version, answers=answers, files=files)


def refuse_newer(record: ScaffoldRecord, version: str) -> None:
    """Raise SettingsError for a record of a newer Broadsheet than `version`: an older one's
    templates would take back what that one brought."""
    if _release(record.version) > _release(version):
        raise SettingsError(
            f"the templates are of Broadsheet {shown(record.version)}, this one is {version}; "
            "install a newer Broadsheet",
            file=RECORD,
        )


def _release(version: str) -> tuple[int, ...]:
    """Return the numbers of a version up to its first letter, such as (1, 2) of "1.2rc1"; trailing
    zeros do not count."""
    match = re.match(r"[0-9.]{0,50}", version)
    numbers = [int(part) for part in re.findall(r"[0-9]{1,9}", match[0] if match else "")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _joined(lines: object) -> str:
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ValueError("expected a list of lines")
    return "".join(lines)
