"""Edits of a YAML text at the places of its nodes; all other bytes stay as people wrote them. Pure.

A `TextEdit` replaces the characters from `start` to `end`. Callers parse the edited text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import yaml

from ...content.pages.block import format_scalar
from ...content.pages.splice import newline_of
from ...errors import ContentError
from ...text import safe_yaml

_WIDEST = 110  # characters of a line to which items are added
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")


@dataclass(frozen=True, slots=True, order=True)
class TextEdit:
    """The characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


def tree(text: str, file: str) -> yaml.Node | None:
    """Return the root of a text; None for an empty one. Raises ContentError."""
    try:
        return safe_yaml.compose(text, yaml.CBaseLoader)
    except yaml.YAMLError as error:
        problem, line = safe_yaml.refusal(error, text)
        raise ContentError(f"this YAML can't be read: {problem}", file=file, line=line) from error


def edited(text: str, edits: Iterable[TextEdit]) -> str:
    """Return the text after edits that don't overlap."""
    for one in sorted(edits, reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text


def by_hand(file: str) -> ContentError:
    """Return the error for a file that no command can edit."""
    return ContentError(
        "it is written in a way that can't be edited by command; please edit it by hand", file=file
    )


def value(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """Return the value of a mapping's key; None without it."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((one for key, one in pairs if key.value == name), None)


def scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Yield the scalar that a value is, or those of the list that it is."""
    some = node.value if isinstance(node, yaml.SequenceNode) else [node]
    yield from (one for one in some if isinstance(one, yaml.ScalarNode))


def replaced(node: yaml.Node, new: str) -> TextEdit:
    """Return the edit that gives a scalar another value."""
    return TextEdit(node.start_mark.index, node.end_mark.index, format_scalar(new))


def swapped(node: yaml.Node | None, olds: Sequence[str], new: str) -> list[TextEdit]:
    """Return the edits that make `new` of some values of a list, or of one value, each once."""
    found = [one for one in scalars(node) if one.value in olds]
    if not isinstance(node, yaml.SequenceNode):
        return [replaced(one, new) for one in found]
    there = any(one.value == new for one in scalars(node))
    gone = found if there else found[1:]
    edits = [] if there else [replaced(one, new) for one in found[:1]]
    leading = 0
    while leading < len(node.value) and node.value[leading] in gone:
        leading += 1
    if leading:
        first = node.value[0].start_mark.index
        edits.append(TextEdit(first, node.value[leading].start_mark.index, ""))
    for before, item in pairwise(node.value[max(0, leading - 1) :]):
        if item in gone:
            edits.append(TextEdit(end_of(before), end_of(item), ""))
    return edits


def end_of(node: yaml.Node) -> int:
    """Return where a node's own text ends, comments and blank lines after it left out."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def with_items(text: str, node: yaml.Node, items: Sequence[str]) -> TextEdit:
    """Return the edit that adds items at the end of a list. Raises ValueError where it is none."""
    if not isinstance(node, yaml.SequenceNode):
        raise ValueError("not a list")
    written = [format_scalar(one, _ITEM) for one in items]
    newline = newline_of(text)
    if not node.value or node.flow_style:
        at = end_of(node.value[-1]) if node.value else node.start_mark.index + 1
        column = at - _line_start(text, at)
        row = text[_line_start(text, at) : at]
        over_lines = bool(node.value) and _line_start(text, at) > node.start_mark.index
        indent = " " * (len(row) - len(row.lstrip()) if over_lines else node.start_mark.column + 1)
        added = ""
        for number, one in enumerate(written):
            separator = ", " if number or node.value else ""
            if separator and column + len(one) > _WIDEST:
                separator = f",{newline}{indent}"
                column = len(indent)
            added += separator + one
            column += len(separator) + len(one)
        return TextEdit(at, at, added)
    at = _line_end(text, end_of(node.value[-1]))
    indent = " " * node.start_mark.column
    return TextEdit(at, at, "".join(f"{newline}{indent}- {one}" for one in written))


def with_key(text: str, node: yaml.MappingNode, key: str, items: Sequence[str]) -> TextEdit:
    """Return the edit that adds a key with a list at the end of a mapping that isn't empty."""
    written = f"{key}: [{', '.join(format_scalar(one, _ITEM) for one in items)}]"
    at = end_of(node.value[-1][1])
    if node.flow_style:
        return TextEdit(at, at, f", {written}")
    at = _line_end(text, at)
    return TextEdit(
        at, at, f"{newline_of(text)}{' ' * node.value[0][0].start_mark.column}{written}"
    )


def without_item(text: str, node: yaml.Node) -> TextEdit:
    """Return the edit that takes an item's lines out of a list with an item a line or more. Raises
    ValueError where other text stands on them."""
    start = _line_start(text, node.start_mark.index)
    if not re.fullmatch(r"[ \t]*-[ \t]+", text[start : node.start_mark.index]):
        raise ValueError("an item amid a line")
    end = _line_end(text, end_of(node))
    found = _LINE_END.match(text, end)
    end = found.end() if found else end
    blank_before = not text[:start].rpartition("\n")[0].rpartition("\n")[2].strip()
    blank_after = re.compile(r"[ \t]*(?:\r\n|\n)").match(text, end)
    return TextEdit(start, blank_after.end() if blank_before and blank_after else end, "")


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


_ITEM = re.compile(r"[^\W_][\w ./+-]*(?<! )\Z")
"""What needs no quotation marks within a list."""
