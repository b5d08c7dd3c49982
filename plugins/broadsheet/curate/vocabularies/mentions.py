"""Where files other than pages name a topic or a tag: the rules of intake.yml, subscriptions, and
the tags of tags.yml that say to which topic their papers belong. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import yaml

from ...content.disk import INTAKE
from . import yaml_text
from .yaml_text import TextEdit

_FILTER = {"topic": "in", "tag": "tag"}
"""How a query names each kind: in:robotics, tag:gan."""
_QUERIES = ("all", "words")
"""The keys whose texts may have filters."""
_TAGS = "tags.yml"
_SPACE = re.compile(r"\s+")


def renamed(
    texts: Mapping[str, str], kind: str, olds: Sequence[str], new: str
) -> Iterator[tuple[str, str]]:
    """Yield intake.yml, the subscriptions and tags.yml (texts by path) where they name topics or
    tags (`kind`), with their new name. Raises ContentError for one that can't be read."""
    for path, text in texts.items():
        if path == _TAGS and kind == "topic" and any(f"topic: {old}" in text for old in olds):
            tags = _rules(yaml_text.tree(text, path))
            named = [yaml_text.value(tag, "topic") for tag in tags]
            moved = [edit for node in named for edit in yaml_text.swapped(node, olds, new)]
            yield path, yaml_text.edited(text, moved)
        if path != INTAKE and not path.startswith("subscriptions/"):
            continue
        root = yaml_text.tree(text, path)
        edits: list[TextEdit] = []
        for rule in [root] if path != INTAKE else _rules(root):
            edits += yaml_text.swapped(yaml_text.value(rule, f"{kind}s"), olds, new)
            for key in _QUERIES:
                for words in yaml_text.scalars(yaml_text.value(rule, key)):
                    edits += _in_query(text, words, kind, olds, new)
        if edits:
            yield path, yaml_text.edited(text, edits)


def _rules(root: yaml.Node | None) -> list[yaml.Node]:
    found: list[yaml.Node] = []
    for _, value in root.value if isinstance(root, yaml.MappingNode) else ():
        found += value.value if isinstance(value, yaml.SequenceNode) else [value]
    return found


def _in_query(
    text: str, node: yaml.ScalarNode, kind: str, olds: Sequence[str], new: str
) -> Iterator[TextEdit]:
    """Yield the edits of a query's filters; a name in quotes means its slug."""
    form = _FILTER[kind]
    pattern = re.compile(
        rf"(?<![\w:]){form}:[ \t]*(?:\\?\"([^\"\\]{{1,200}})\\?\"|([\w-]{{1,200}}))", re.I
    )
    start, end = node.start_mark.index, node.end_mark.index
    for match in pattern.finditer(text, start, end):
        named = _SPACE.sub("-", (match[1] or match[2]).strip().lower())
        if named in olds:
            yield TextEdit(match.start(), match.end(), f"{form}:{new}")
