"""Format problems: as text, as JSON, and as annotations of GitHub's workflows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from os.path import normpath

from ..counts import counted
from ..errors import plain
from .problem import ERROR, NOTE, WARNING, Problem

FORMATS = ("text", "json", "github")

# https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
_COMMANDS = {ERROR: "error", WARNING: "warning", NOTE: "notice"}


def report(problems: Sequence[Problem], form: str, *, root: str = "") -> str:
    """Return all problems in one of FORMATS; "" without problems, but for JSON.

    `root` is the content folder as the user would type it, put before the files' names.
    """
    if form == "json":
        rows = [asdict(one) | {"file": _file(one, root)} for one in problems]
        return json.dumps({"problems": rows}, ensure_ascii=False, indent=1) + "\n"
    line = _github if form == "github" else _text
    return "".join(line(one, _file(one, root)) + "\n" for one in problems)


def summary(problems: Sequence[Problem]) -> str:
    """Return the numbers of problems by severity, in one line."""
    counts = Counter(one.severity for one in problems)
    parts = [
        counted(counts[severity], severity)
        for severity in (ERROR, WARNING, NOTE)
        if counts[severity]
    ]
    return ", ".join(parts) or "nothing to mend"


def _file(problem: Problem, root: str) -> str:
    outside = not problem.file or problem.file.endswith(".py")
    return plain(problem.file if outside or not root else normpath(f"{root}/{problem.file}"))


def _text(problem: Problem, file: str) -> str:
    where = file if problem.line is None else f"{file}:{problem.line}"
    return f"{where}: {problem.severity}: {plain(problem.message)} [{problem.kind}]"


def _github(problem: Problem, file: str) -> str:
    line = "" if problem.line is None else f",line={problem.line}"
    return (
        f"::{_COMMANDS[problem.severity]} file={_property(file)}{line},"
        f"title={_property(problem.kind)}::{_data(problem.message)}"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
