"""Edit a page's text, keeping all other bytes that people wrote. Pure.

Sections are cut and appended, and values of their blocks set. YAML's node marks give a value's
place, so comments, order, quoting and line ends around it stay. Every edited page is parsed again,
and the edit refused where anything but the intended value differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import yaml

from ...errors import ContentError
from ...papers import Note, Paper
from .. import pages
from . import Page, Section
from . import notes as note_form
from .block import Value, format_scalar, format_value
from .fields import FIELDS
from .splice import lines_of, newline_of


def find(text: str, key: str, file: str) -> Section:
    """Return a paper's section. Raises ContentError for a page that can't be read or lacks it."""
    for section in pages.parse(text, file=file).sections:
        if section.paper.id == key:
            return section
    raise ContentError(f'no paper with the id "{key}" stands here', file=file)


def cut(text: str, section: Section) -> str:
    """Return the page without a section and the blank lines after it."""
    lines = lines_of(text)
    end = section.last_line
    while end < len(lines) and not lines[end].strip():
        end += 1
    start = section.line - 1
    if end == len(lines):
        while start and not lines[start - 1].strip():
            start -= 1
    return "".join(lines[:start] + lines[end:])


def append(text: str, section: str) -> str:
    """Return the page with a section's text appended after a blank line."""
    newline = newline_of(text)
    body = text.rstrip("\r\n")
    section = re.sub(r"\r\n|\r|\n", newline, section)
    return f"{body}{newline}{newline}{section}"


def add_note(text: str, key: str, note: Note, file: str) -> str:
    """Return the page with a curator's note at the end of a paper's section.

    The first note's curator is credited in the paper's block where that names none; any other in
    the note's own last line. A note without a curator is credited to the block's. Raises
    ContentError for a name that can't be credited.
    """
    section = find(text, key, file)
    new = note_form.credited(note, section.paper.curator)
    newline = newline_of(text)
    lines = lines_of(text)
    last = lines[section.last_line - 1]
    if not last.endswith(("\n", "\r")):
        lines[section.last_line - 1] = last + newline
    first = bool(new.curator and not section.paper.curator and not section.paper.notes)
    by = new.curator if first else section.paper.curator
    body = note_form.quoted(note_form.written(new, by), newline)
    lines.insert(section.last_line, f"{newline}{body}")
    if first:
        assert new.curator is not None
        text = set_value(text, key, "curator", new.curator, file)
        at = find(text, key, file).last_line
        lines = lines_of(text)
        lines[at - 1] = lines[at - 1].rstrip("\r\n") + newline
        lines.insert(at, f"{newline}{body}")
    now = find(text, key, file).paper
    return verified(text, "".join(lines), replace(now, notes=(*now.notes, new)), file)


def set_value(text: str, key: str, name: str, value: str, file: str) -> str:
    """Return the page with one value of a paper's block set: `name: value`."""
    section = find(text, key, file)
    result = _in_block(text, section, file, lambda block: _set(block, name, value))
    wanted = _with(section.paper, name, value)
    if name == "curator":  # which credits the notes that name nobody themselves
        wanted = replace(wanted, notes=_same_notes(wanted, result, file))
    return verified(text, result, wanted, file)


def _same_notes(paper: Paper, text: str, file: str) -> tuple[Note, ...]:
    """Return a paper's notes as they are in a text, if their words are the same."""
    try:
        after = find(text, paper.id, file).paper.notes
    except ContentError:
        return paper.notes
    same = [one.text for one in after] == [one.text for one in paper.notes]
    return after if same else paper.notes


def add_tag(text: str, key: str, tag: str, file: str) -> str:
    """Return the page with a tag added to a paper; unchanged where the paper has it."""
    section = find(text, key, file)
    if tag in section.paper.tags:
        return text
    result = _in_block(text, section, file, lambda block: _add_item(block, "tags", tag))
    return verified(text, result, replace(section.paper, tags=(*section.paper.tags, tag)), file)


def drop_tag(text: str, key: str, tag: str, file: str) -> str:
    """Return the page with a tag removed from a paper; unchanged where the paper lacks it."""
    section = find(text, key, file)
    if tag not in section.paper.tags:
        return text
    result = text
    while True:  # a tag may be listed twice
        now = find(result, key, file)
        if tag not in now.paper.tags:
            break
        result = _in_block(result, now, file, lambda block: _drop_item(block, "tags", tag))
    tags = tuple(one for one in section.paper.tags if one != tag)
    return verified(text, result, replace(section.paper, tags=tags), file)


def set_tags(text: str, key: str, tags: tuple[str, ...], file: str) -> str:
    """Return the page with a paper's tags replaced by others."""
    section = find(text, key, file)
    if section.paper.tags == tags:
        return text
    result = _in_block(text, section, file, lambda block: _set_items(block, "tags", tags))
    return verified(text, result, replace(section.paper, tags=tags), file)


def set_flow(text: str, section: Section, name: str, value: Value, file: str) -> str:
    """Return the page with a list or a mapping of a section's block set, in flow style. Raises
    ContentError for one that is written in block style."""
    return _in_block(text, section, file, lambda block: _set_flow(block, name, format_value(value)))


def rename_tag(text: str, old: str, new: str, file: str) -> tuple[str, int]:
    """Return the page with a tag renamed on every paper that has it, and the number of these."""
    before = pages.parse(text, file=file)
    result = text
    wanted = []
    for section in reversed(
        before.sections
    ):  # so that the line numbers of earlier sections stay valid
        paper = section.paper
        if old in paper.tags:
            result = _in_block(
                result, section, file, lambda block: _swap_item(block, "tags", old, new)
            )
            named = old if new in paper.tags else new
            tags = dict.fromkeys(named if tag == old else tag for tag in paper.tags)
            paper = replace(paper, tags=tuple(tag for tag in tags if tag != old))
        wanted.append(paper)
    try:
        after = pages.parse(result)
    except ContentError:
        raise _by_hand(file, None) from None
    if list(after.papers) != wanted[::-1] or _frame(before) != _frame(after):
        raise _by_hand(file, None)
    return result, sum(old in paper.tags for paper in before.papers)


def _with(paper: Paper, name: str, value: str | None) -> Paper:
    """Return the paper with a text of its block set; one that Broadsheet doesn't know (`extra`) is
    removed for None."""
    if name in FIELDS:
        changes: dict[str, Any] = {name: value}
        return replace(paper, **changes)
    extra = dict(paper.extra)
    extra.pop(name, None) if value is None else extra.update({name: value})
    return replace(paper, extra=tuple(extra.items()))


def drop_extra(text: str, key: str, name: str, file: str) -> str:
    """Return the page without a key of a paper's block that Broadsheet doesn't know; unchanged
    where the block lacks it."""
    section = find(text, key, file)
    if name not in dict(section.paper.extra):
        return text
    result = _in_block(text, section, file, lambda block: _drop(block, name))
    return verified(text, result, _with(section.paper, name, None), file)


def verified(old: str, new: str, wanted: Paper, file: str) -> str:
    """Return the new text of an edited page. Raises ContentError where anything but the paper
    `wanted` differs, and, with the reason, where what was added can't stand in a page."""
    before = pages.parse(old, file=file)
    try:
        after = pages.parse(new)
    except ContentError as error:
        raise ContentError(f"this can't stand in a page: {error.message}", file=file) from None
    expected = [wanted if one.id == wanted.id else one for one in before.papers]
    if list(after.papers) != expected or _frame(before) != _frame(after):
        raise _by_hand(file, next(s.line for s in before.sections if s.paper.id == wanted.id))
    return new


def _frame(page: Page) -> object:
    return page.title, page.date, page.topic, page.intro, page.extra


def _by_hand(file: str, line: int | None) -> ContentError:
    return ContentError(
        "the block is written in a way that can't be edited by command; please edit it by hand",
        file=file,
        line=line,
    )


def _in_block(text: str, section: Section, file: str, change: Callable[[str], str]) -> str:
    """Return the page with a section's block changed; a missing block is added."""
    lines = lines_of(text)
    newline = newline_of(text)
    try:
        if section.block is None:
            result = change("").replace("\n", newline)
            lines.insert(section.line, f"{newline}```yaml{newline}{result}```{newline}")
        else:
            first, last = section.block
            result = change("".join(lines[first - 1 : last]))
            lines[first - 1 : last] = [re.sub(r"(?<!\r)\n", newline, result)]
    except (yaml.YAMLError, ValueError):
        raise _by_hand(file, section.line) from None
    return "".join(lines)


# Edits of a block's text. They raise ValueError for a block written in a way that they can't edit.


def _node(block: str, name: str) -> yaml.Node | None:
    node: Any = yaml.compose(block, Loader=yaml.CBaseLoader)
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode):
        raise ValueError
    return next((value for key, value in node.value if key.value == name), None)


def _span(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _drop(block: str, name: str) -> str:
    """Return a block without a key and its value. Raises ValueError for one in flow style."""
    tree: Any = yaml.compose(block, Loader=yaml.CBaseLoader)
    if not isinstance(tree, yaml.MappingNode) or tree.flow_style:
        raise ValueError
    key, value = next(pair for pair in tree.value if pair[0].value == name)
    at = key.start_mark.index
    start = max(block.rfind("\n", 0, at), block.rfind("\r", 0, at)) + 1
    end = re.compile(r"\r\n|\r|\n|\Z").search(block, value.end_mark.index)
    if value.end_mark.column == 0 and value.end_mark.index:  # a block scalar ends on the next line
        return block[:start] + block[value.end_mark.index :]
    assert end is not None
    return block[:start] + block[end.end() :]


def _new_line(block: str, line: str) -> str:
    if block and not block.endswith(("\n", "\r")):
        block += "\n"
    return f"{block}{line}\n"


def _set(block: str, name: str, value: str) -> str:
    node = _node(block, name)
    written = format_scalar(value)
    if node is None:
        return _new_line(block, f"{name}: {written}")
    if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
        raise ValueError
    start, end = _span(node)
    space = "" if start and block[start - 1].isspace() else " "
    return block[:start] + space + written + block[end:]


def _add_item(block: str, name: str, item: str) -> str:
    node = _node(block, name)
    written = format_scalar(item)
    if node is None:
        return _new_line(block, f"{name}: [{written}]")
    start, end = _span(node)
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("|", ">"):
            raise ValueError
        old = block[start:end]
        space = "" if start and block[start - 1].isspace() else " "
        return f"{block[:start]}{space}[{old + ', ' if old else ''}{written}]{block[end:]}"
    if not isinstance(node, yaml.SequenceNode):
        raise ValueError
    if not node.value:
        return f"{block[:start]}[{written}]{block[end:]}"
    last = _span(node.value[-1])
    if node.flow_style:
        return f"{block[: last[1]]}, {written}{block[last[1] :]}"
    column = node.start_mark.column
    line_end = re.compile(r"[\r\n]|\Z").search(block, last[1])
    assert line_end is not None
    at = line_end.start()
    return f"{block[:at]}\n{' ' * column}- {written}{block[at:]}"


def _set_items(block: str, name: str, items: Sequence[str]) -> str:
    node = _node(block, name)
    if not items:
        return block if node is None else _drop(block, name)
    return _set_flow(block, name, f"[{', '.join(map(format_scalar, items))}]")


def _set_flow(block: str, name: str, written: str) -> str:
    node = _node(block, name)
    if node is None:
        return _new_line(block, f"{name}: {written}")
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        raise ValueError
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        raise ValueError
    start, end = _span(node)
    space = "" if start and block[start - 1].isspace() else " "
    return block[:start] + space + written + block[end:]


def _swap_item(block: str, name: str, old: str, new: str) -> str:
    """Return the block with a list's item renamed; dropped where the list has the new one too."""
    while True:
        node = _node(block, name)
        items: list[Any] = node.value if isinstance(node, yaml.SequenceNode) else [node]
        values = [" ".join(one.value.split()) for one in items if isinstance(one, yaml.ScalarNode)]
        if old not in values:
            return block
        if new in values:
            block = _drop_item(block, name, old)
            continue
        one = items[values.index(old)]
        if len(values) != len(items) or one.style in ("|", ">"):
            raise ValueError
        start, end = _span(one)
        block = f"{block[:start]}{format_scalar(new)}{block[end:]}"


def _drop_item(block: str, name: str, item: str) -> str:
    node = _node(block, name)
    if node is None:
        raise ValueError
    start, end = _span(node)
    if isinstance(node, yaml.ScalarNode):
        return f"{block[:start]}[]{block[end:]}"
    if not isinstance(node, yaml.SequenceNode):
        raise ValueError
    places = [n for n, one in enumerate(node.value) if " ".join(one.value.split()) == item]
    if not places:
        raise ValueError
    at = places[0]
    first, last = _span(node.value[at])
    if node.flow_style:
        after = re.compile(r"[ \t]*,[ \t]*").match(block, last)
        if at + 1 < len(node.value) and after:
            return block[:first] + block[after.end() :]
        before = re.compile(r",?\s*\Z").search(block[:first])
        opening = _span(node.value[at - 1])[1] if at else start + 1
        assert before is not None
        return block[: max(before.start(), opening)] + block[last:]
    if len(node.value) == 1:
        indent = "" if node.start_mark.column else "  "
        return f"{block[:start]}{indent}[]{block[last:]}"
    line_start = max(block.rfind("\n", 0, first), block.rfind("\r", 0, first)) + 1
    line_end = re.compile(r"\r\n|\r|\n|\Z").search(block, last)
    assert line_end is not None
    return block[:line_start] + block[line_end.end() :]
