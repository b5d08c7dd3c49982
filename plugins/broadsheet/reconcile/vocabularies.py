"""Three-way merges of topics.yml and tags.yml, by topic and tag. Pure.

What both sides add at one place stays from both; an entry that both changed is merged by line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from ..text import safe_yaml
from . import lines
from .three import Three, complete
from .weave import weave

_ITEM = re.compile(r"( *)- +slug: *([\"']?)([a-z0-9-]+)\2 *(?:#.*)?\n")


@dataclass(slots=True)
class _Items:
    """A file's lines before its first entry, and each entry's lines by its slug."""

    head: str = ""
    items: dict[str, str] = field(default_factory=dict)


def merge(base: str, ours: str, theirs: str) -> str:
    """Return the merged file, with conflict markers around the lines that both sides changed."""
    parsed = complete(Three(base, ours, theirs).map(_items))
    if parsed is None:
        return lines.merge(base, ours, theirs)
    merged = {
        slug: text
        for slug in {**parsed.ours.items, **parsed.theirs.items}
        if (text := lines.merge(*_entries(parsed, slug)))
    }
    order = weave(*parsed.map(lambda one: list(one.items)), merged)
    text = lines.merge(*parsed.map(lambda one: one.head)) + "".join(merged[one] for one in order)
    return text if "<<<<<<<" in text or _is_yaml(text) else lines.merge(base, ours, theirs)


def _entries(parsed: Three[_Items], slug: str) -> Three[str]:
    return parsed.map(lambda one: one.items.get(slug, ""))


def _items(text: str) -> _Items | None:
    """Return a file's entries; None for another layout."""
    found = _Items()
    current: str | None = None
    indent: str | None = None
    for line in lines.split(text):
        match = _ITEM.match(line)
        if match and (indent is None or match[1] == indent):
            indent, current = match[1], match[3]
            if current in found.items:
                return None
            found.items[current] = line
        elif current is None:
            found.head += line
        elif line.strip() and not line.startswith((f"{indent} ", "#")):
            return None  # another list after the first
        else:
            found.items[current] += line
    return found


def _is_yaml(text: str) -> bool:
    try:
        safe_yaml.compose(text, yaml.CBaseLoader)
    except yaml.YAMLError:
        return False
    return True
