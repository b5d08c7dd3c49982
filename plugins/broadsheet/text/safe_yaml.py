"""YAML from strangers as a tree of nodes, without aliases (a small file could expand to a huge one)
and without deep nesting (PyYAML's C parser would overflow its stack and end the process).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from ..errors import shown

DEEPEST = 20  # levels; real files use two

# What a parser was about to read when it came upon something else.
_BEGUN = ("a simple key", "a quoted scalar", "a flow sequence", "a flow mapping")
# What a plain value can't begin with, as the parser takes it.
_SIGNS = ("an alias", "an anchor", "a tag", "a directive", "a block scalar")
# What the parser expected where a line is further to the left or to the right than those above it.
_INDENTED = ("<document start>", "expected key", "expected '-' indicator")
_KEY = re.compile(r":[ \t]")
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
    """Return what is wrong with a text, in the words of who wrote it and with the line as it
    stands, and the line's number (None if unknown): that of what is without an end where that is
    what is wrong, since the parser finds it out below."""
    if isinstance(error, yaml.reader.ReaderError):
        place = text.find(chr(error.character)) if isinstance(error.character, int) else -1
        return str(error).split("\n", 1)[0], text.count("\n", 0, place) + 1 if place >= 0 else None
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "context", None) or error)
    context = getattr(error, "context", None) or ""
    if context.endswith(_BEGUN + _SIGNS) and getattr(error, "context_mark", None):
        mark = error.context_mark  # type: ignore[attr-defined]
    if mark is None:
        return problem, None
    line = line_finder(text)(mark)
    return _in_words(problem, context, _line(text, line), int(mark.column)), line


def _in_words(problem: str, context: str, line: str, column: int) -> str:
    """Return what a parser's problem means, which it met in a line, at a column of it."""
    if problem.startswith(("found more than", "found an alias")) or not line.strip():
        return problem
    here = shown(line)
    if problem.startswith("found a tab") or ("start any token" in problem and "\t" in line):
        return "found a tab; expected spaces"
    if "start any token" in problem or context.endswith(_SIGNS):
        return f"{here} has {shown(line[column : column + 1])} at a value's start, and no quotes"
    if "mapping values" in problem and _KEY.search(line[:column]):
        return f"{here} has a colon within the value, and no quotes"
    if problem.endswith(_INDENTED) and line[:column].strip():
        return f"{here} goes on behind the end of the value"
    if "mapping values" in problem or problem.endswith(_INDENTED):
        return f"{here} is not indented as the lines above it"
    if "escape" in problem:
        return f'{here} has a "\\" between double quotes, which takes another or single quotes'
    if context.endswith("a quoted scalar"):
        return f"{here} has a quotation mark without its other end"
    return f"{problem} in {here}"


def _line(text: str, line: int) -> str:
    return text.split("\n", line)[line - 1] if text.count("\n") >= line - 1 else ""


def _refused(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
