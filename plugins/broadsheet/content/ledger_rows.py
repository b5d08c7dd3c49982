"""Read the rows of a ledger's file with their lines, before their values are checked. Pure.

A ledger as `ledger.format` writes it is read line by line, as JSON; any other with PyYAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..errors import LedgerError, shown
from ..text import safe_yaml

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z\Z")

# Characters that JSON allows unescaped, but YAML reads as line ends or refuses.
ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SURROGATE = re.compile(r"(?<!\\)(?:\\\\)*\\u[dD]")


def format_row(values: Mapping[str, Any]) -> str:
    """Return a row's line, without its end: a JSON object, as YAML reads it too. Half of a
    surrogate pair becomes a replacement character."""
    return f"- {ODD.sub(_escape, json.dumps(values, ensure_ascii=False))}"


def _escape(match: re.Match[str]) -> str:
    point = ord(match.group())
    return "\ufffd" if 0xD800 <= point <= 0xDFFF else f"\\u{point:04x}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its first and last line, from 1, and its unchecked values."""

    line: int
    last: int
    values: Any


@dataclass(slots=True)
class RawLedger:
    """A ledger's unchecked values. `heads` are the line indexes (from 0) of the lists' keys."""

    values: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)


def read_rows(text: str) -> RawLedger:
    """Read a ledger's text. Raises LedgerError, with its line, for what is not a YAML mapping."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _read_lines(text) or _read_yaml(text)


def _read_lines(text: str) -> RawLedger | None:
    """Return the values of a ledger in the layout that `format` writes; None for another layout."""
    raw = RawLedger()
    current: list[Row] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("- {"):
            if current is None or ODD.search(line) or _surrogate(line):
                return None
            try:
                current.append(Row(number, number, json.loads(line[2:], parse_constant=_refuse)))
            except (ValueError, RecursionError):
                return None
        elif line in ("listings:", "listings: []", "papers:", "papers: []"):
            key = line.split(":")[0]
            if key in raw.rows:
                return None
            current = raw.rows[key] = []
            raw.heads[key] = number - 1
            if line.endswith("[]"):
                current = None
        elif line.startswith("date: ") and "date" not in raw.values and DATE.match(line[6:]):
            raw.values["date"] = line[6:]
            current = None
        elif line and (not line.startswith("#") or ODD.search(line)):
            return None
    return raw if raw.values else None


def _surrogate(line: str) -> bool:
    """Return whether a line escapes a lone surrogate, which JSON reads and YAML refuses."""
    return ("\\ud" in line or "\\uD" in line) and _SURROGATE.search(line) is not None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _read_yaml(text: str) -> RawLedger:
    find = safe_yaml.line_finder(text)
    try:
        node = safe_yaml.compose(text, yaml.CSafeLoader)
    except yaml.YAMLError as error:
        problem, line = safe_yaml.refusal(error, text)
        raise LedgerError(
            f"this YAML can't be read: {problem}; expected `date:`, `listings:` and `papers:`",
            line=line,
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise LedgerError(
            f"found {shown(text[:80])}; expected `date:`, `listings:` and `papers:`", line=1
        )
    lines = text.split("\n")
    raw = RawLedger()
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name in ("listings", "papers") and isinstance(value, yaml.SequenceNode):
            raw.heads[name] = find(key.start_mark) - 1
            raw.rows[name] = [_row_of(item, lines, find) for item in value.value]
        else:
            raw.values[name] = _value(value)
    return raw


def _row_of(node: yaml.Node, lines: list[str], find: Callable[[Any], int]) -> Row:
    return Row(find(node.start_mark), last_line(node, lines, find), _value(node))


def last_line(node: yaml.Node, lines: Sequence[str], find: Callable[[Any], int]) -> int:
    """Return the last line of a row, from 1; `find` is its text's safe_yaml.line_finder."""
    first, last = find(node.start_mark), find(node.end_mark)
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        # A block node's end mark is where the next node begins.
        last -= 1
        while last > first and lines[last - 1].strip()[:1] in ("", "#"):
            last -= 1
    return max(first, last)


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(_value(key)): _value(value) for key, value in node.value}
    text = str(node.value)
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool":
        return text.lower() in ("true", "yes", "on")
    if node.tag == "tag:yaml.org,2002:int" and text.isascii() and text.isdigit():
        return int(text) if len(text) < 20 else text
    return text
