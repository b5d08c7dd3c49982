"""Parse and format the YAML block of a paper: keys and values, every scalar a string.

YAML would read `arxiv: 2401.10000` as a number and drop its zeros, so scalars are not converted.
Blocks as the importer writes them (one key a line; plain or double-quoted scalars; flat lists) are
parsed by a line parser some twenty times as fast as PyYAML; all others go to PyYAML. The two agree
wherever the line parser gives a result (tested).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml

from ...errors import ContentError, shown
from ...text import safe_yaml

Value = Any  # str, list of Value, dict of str to Value

# Characters that JSON allows unescaped, but YAML folds, refuses or reads as line ends.
_ODD = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
# A plain scalar that YAML reads unchanged: it starts with a letter or digit and has no character
# that could end or change it, no colon before a space or the end, and no hash after a space.
_PLAIN = re.compile(
    rf"[^\W_](?:[^\s{_ODD}:#,\[\]{{}}\"'\\&*!|>%@`]++"
    rf"|:(?=[\w/])|#(?=[^\s{_ODD},\[\]{{}}\"'\\])|[ ](?=[^\s{_ODD}#:]))*\Z"
)
# Within [ ] and { }, YAML parsers differ on colons and question marks.
_PLAIN_ITEM = re.compile(rf"(?![^:?]*[:?]){_PLAIN.pattern}")
_LINE = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,60}):(?: (.*))?\Z")
_QUOTED = re.compile(r'"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"')
_FLOW_LIST = re.compile(r'\[[^\[\]"]*+(?:"(?:[^"\\]|\\.)*+"[^\[\]"]*+)*+\]')
_CONTROL = re.compile(f"[{_ODD}]")

LONGEST_KEY = 100  # characters; YAML itself stops at 1,024


def parse(text: str, *, line: int = 1) -> dict[str, Value]:
    """Parse a block's text.

    `line` is the number of its first line, for messages. Raises ContentError for anything but a
    YAML mapping of strings, and for aliases (which can make a small file huge).
    """
    values = _parse_lines(text)
    return values if values is not None else _parse_yaml(text, line)


def _parse_lines(text: str) -> dict[str, Value] | None:
    """Return the values of a block of the importer's shape; None for any other."""
    values: dict[str, Value] = {}
    for row in text.split("\n"):
        if not row:
            continue
        match = _LINE.match(row)
        if match is None:
            return None
        key, value = match.group(1), match.group(2)
        if key in values or not value:
            return None
        parsed = _parse_value(value)
        if parsed is None:
            return None
        values[key] = parsed
    return values


def _parse_value(value: str) -> Value | None:
    if value[0] == "[":
        return _parse_list(value)
    if value[0] == "{":
        return _parse_mapping(value)
    return _parse_scalar(value)


def _parse_scalar(value: str, plain: re.Pattern[str] = _PLAIN) -> str | None:
    if value[0] == '"':
        if not _QUOTED.fullmatch(value) or _CONTROL.search(value) or "\\ud" in value.lower():
            return None
        text: str = json.loads(value)
        return text
    return value if plain.match(value) else None


def _parse_list(value: str) -> list[str] | None:
    if value[-1] != "]" or len(value) < 2:
        return None
    inner = value[1:-1]
    if not inner:
        return []
    if '"' not in inner:
        items = inner.split(", ")
        return items if all(map(_PLAIN_ITEM.match, items)) else None
    items = []
    place = 0
    while True:
        if inner.startswith('"', place):
            quoted = _QUOTED.match(inner, place)
            if quoted is None:
                return None
            end = quoted.end()
        else:
            comma = inner.find(", ", place)
            end = len(inner) if comma < 0 else comma
        if end == place:
            return None
        item = _parse_scalar(inner[place:end], _PLAIN_ITEM)
        if item is None:
            return None
        items.append(item)
        if end == len(inner):
            return items
        if not inner.startswith(", ", end):
            return None
        place = end + 2


def _parse_mapping(value: str) -> dict[str, Value] | None:
    """Return a mapping of scalars and lists; None for any other."""
    if value[-1] != "}" or len(value) < 3:
        return None
    inner = value[1:-1]
    values: dict[str, Value] = {}
    place = 0
    while True:
        colon = inner.find(": ", place)
        key = inner[place:colon]
        if colon < 0 or colon - place > LONGEST_KEY or key in values:
            return None
        if not _PLAIN_ITEM.match(key):
            return None
        place = colon + 2
        known = (_FLOW_LIST if inner.startswith("[", place) else _QUOTED).match(inner, place)
        if known is None and inner.startswith(("[", '"'), place):
            return None
        comma = inner.find(", ", place)
        end = known.end() if known else len(inner) if comma < 0 else comma
        item = inner[place:end]
        parsed = _parse_list(item) if item[:1] == "[" else _parse_item(item)
        if parsed is None:
            return None
        values[key] = parsed
        if end == len(inner):
            return values
        if not inner.startswith(", ", end):
            return None
        place = end + 2


def _parse_item(item: str) -> str | None:
    return _parse_scalar(item, _PLAIN_ITEM) if item else None


def _parse_yaml(text: str, line: int) -> dict[str, Value]:
    find = safe_yaml.line_finder(text)
    try:
        node = safe_yaml.compose(text, yaml.CBaseLoader)
    except yaml.YAMLError as error:
        problem, at = safe_yaml.refusal(error, text)
        raise ContentError(
            f"this YAML can't be read: {problem}; expected one `key: value` a line",
            line=line - 1 + (at or 1),
        ) from error
    if node is None:
        return {}

    def wrong(message: str, node: yaml.Node) -> ContentError:
        return ContentError(message, line=line - 1 + find(node.start_mark))

    if not isinstance(node, yaml.MappingNode):
        found = shown(node.value) if isinstance(node, yaml.ScalarNode) else "a list"
        raise wrong(f"found {found}; expected `key: value` lines", node)
    return _mapping(node, wrong)


Wrong = Callable[[str, yaml.Node], ContentError]


def _value(node: yaml.Node, wrong: Wrong) -> Value:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, wrong)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, wrong) for item in node.value]
    return str(node.value)


def _mapping(node: yaml.MappingNode, wrong: Wrong) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise wrong("found a list or mapping as a key; expected a plain word", key)
        if len(key.value) > LONGEST_KEY:
            raise wrong(
                f"the key {shown(key.value)} has {len(key.value)} characters; "
                f"expected at most {LONGEST_KEY}",
                key,
            )
        if key.value in values:
            raise wrong(f"the key {shown(key.value)} is given twice; expected it once", key)
        values[key.value] = _value(item, wrong)
    return values


def format(values: Mapping[str, Value] | Iterable[tuple[str, Value]]) -> str:
    """Format a block: one key a line, lists and mappings in flow style, ended by a newline.

    `parse(format(values)) == values` for any mapping that `parse` can return. A lone
    surrogate, which no file can hold, becomes U+FFFD.
    """
    pairs = values.items() if isinstance(values, Mapping) else values
    return "".join(f"{format_scalar(key)}: {format_value(value)}\n" for key, value in pairs)


def format_value(value: Value, plain: re.Pattern[str] = _PLAIN) -> str:
    """Return a value as YAML in one line, lists and mappings in flow style."""
    if isinstance(value, Mapping):
        inner = ", ".join(
            f"{format_scalar(key, _PLAIN_ITEM)}: {format_value(item, _PLAIN_ITEM)}"
            for key, item in value.items()
        )
        return "{" + inner + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(format_value(item, _PLAIN_ITEM) for item in value) + "]"
    return format_scalar(str(value), plain)


def format_scalar(text: str, plain: re.Pattern[str] = _PLAIN) -> str:
    """Return a string as YAML: plain where YAML reads that unchanged, else double-quoted."""
    if plain.match(text):
        return text
    return _CONTROL.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    point = ord(match.group())
    return "\ufffd" if 0xD800 <= point <= 0xDFFF else f"\\u{point:04x}"
