"""Values in the text of a settings file: assignments are replaced where they stand, and comments
stay. Pure.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from typing import Any

from ..errors import SettingsError

_COMMENT = re.compile(r"[ \t]+#.*")
_LONGEST = 100  # characters of a line that keeps its comment
_BEFORE = "PATH"
"""The setting before which a new one is put."""


def with_values(text: str, values: Mapping[str, Any]) -> str:
    """Return the text of a settings file with other values (texts, numbers, lists, dictionaries).

    The last assignment of each name at the top level is replaced, unless it has that value; a name
    without one is assigned before PATH, or else at the end. Raises SettingsError for a text that is
    no Python.
    """
    for name, value in values.items():
        text = _with_value(text, name, value)
    return text


def _with_value(text: str, name: str, wanted: Any) -> str:
    places = _assignments(text)
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    value = literal(wanted)
    if name in places:
        first, last, end, node = places[name]
        if _evaluated(node) == wanted:
            return text
        rest = lines[last - 1].encode()[end:].decode().rstrip("\n")
        line = f"{name} = {value}"
        if _COMMENT.fullmatch(rest) and "\n" not in value and len(line + rest) <= _LONGEST:
            line += rest
        lines[first - 1 : last] = [f"{line}\n"]
    else:
        at = places[_BEFORE][0] - 1 if _BEFORE in places else len(lines)
        lines[at:at] = [f"{name} = {value}\n", "\n"]
    return "".join(lines)


def _evaluated(node: ast.expr) -> object:
    """Return the value of a literal; None for any other expression."""
    try:
        value: object = ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError):
        return None
    return value


def _assignments(text: str) -> dict[str, tuple[int, int, int, ast.expr]]:
    """Return by name the last assignment's first and last line (from 1), the column (in bytes) at
    which it ends, and its value."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise SettingsError(f"is no Python: {error}") from error
    found: dict[str, tuple[int, int, int, ast.expr]] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            if isinstance(target, ast.Name):
                assert node.end_lineno is not None
                assert node.end_col_offset is not None
                found[target.id] = (
                    node.lineno,
                    node.end_lineno,
                    node.end_col_offset,
                    node.value,
                )
    return found


def literal(value: Any) -> str:
    """Return a value as Python text: a list with an element a line, texts in double quotes."""
    if isinstance(value, list):
        if not value:
            return "[]"
        return "[\n" + "".join(f"    {_inline(one)},\n" for one in value) + "]"
    return _inline(value)


def _inline(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_inline(k)}: {_inline(v)}" for k, v in value.items()) + "}"
    return repr(value)
