"""YAML from strangers as a tree of nodes, without aliases (a small file could expand to a huge one)
and without deep nesting (PyYAML's C parser would overflow its stack and end the process).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

import yaml

DEEPEST = 20  # levels; real files use two

# What a parser was about to read when it came upon something else.
_BEGUN = ("a simple key", "a quoted scalar", "a flow sequence", "a flow mapping")
_OTHER_ENDS = re.compile("[\r\x85\u2028\u2029]")


def compose(text: str, loader: Any) -> yaml.Node | None:
    """Return the text's one document; None if it is empty.

    `loader` is one of PyYAML's. Raises yaml.YAMLError, nearly always a MarkedYAMLError, which has a
    position.
    """
    depth = 0
    for event in _events(text, loader):
        if isinstance(event, yaml.AliasEvent):
            raise _refused("found an alias (*name) where the value itself should stand", event)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _refused(f"found more than {DEEPEST} levels", event)
    return yaml.compose(text, Loader=loader)


def _events(text: str, loader: Any) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" not in (error.problem or ""):
            raise
        # Newer parsers have a limit of their own, and reach it while they look ahead.
        error.problem = f"found more than {DEEPEST} levels"
        raise


def line_finder(text: str) -> Callable[[Any], int]:
    """Return a function from a YAML mark to its line (from 1) as editors count lines: YAML ends
    lines at a few more characters than they do."""
    if not _OTHER_ENDS.search(text):
        return lambda mark: int(mark.line) + 1
    ends = [match.start() for match in re.finditer("\n", text)]
    return lambda mark: bisect_left(ends, mark.index) + 1


def refusal(error: yaml.YAMLError, text: str) -> tuple[str, int | None]:
    """Return what PyYAML found wrong with a text, and the line (None if unknown): of what is
    without an end where that is what is wrong, since the parser finds it out below."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "context", None) or error
    context = getattr(error, "context", None) or ""
    if context.endswith(_BEGUN) and getattr(error, "context_mark", None):
        mark = error.context_mark  # type: ignore[attr-defined]
    line = line_finder(text)(mark) if mark else None
    if "start any token" in str(problem) and mark and line and "\t" in _line(text, line):
        return "found a tab; expected spaces", line
    return str(problem), line


def _line(text: str, line: int) -> str:
    return text.split("\n", line)[line - 1] if text.count("\n") >= line - 1 else ""


def _refused(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
