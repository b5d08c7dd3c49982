"""Rename a tag in all papers, waiting ones too, in tags.yml, intake.yml and subscriptions, and
redirect its old addresses. Pure.

Papers don't get a new `updated:`, since their contents don't change for readers of feeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import yaml

from ..content import redirects
from ..content.disk import INTAKE, is_waiting
from ..content.pages import edit
from ..content.redirects import Redirect
from ..errors import ContentError, shown
from ..slugs import is_slug
from ..text import safe_yaml
from .addresses import PAGE
from .change import Change, State, finished

TAGS = "tags.yml"


def rename(state: State, old: str, new: str) -> Change:
    """Give a tag another slug; where a paper has both, they become one.

    `state` holds all pages, and the texts of tags.yml, intake.yml and subscriptions.
    Raises ContentError for an invalid tag, and for a tag that no paper has.
    """
    if not is_slug(new):
        raise ContentError(
            f"{shown(new)} can't be a tag; expected lower-case words joined by hyphens"
        )
    writes: dict[str, str | None] = {}
    count = 0
    months: set[str] = set()
    for path, text in state.texts.items():
        match = PAGE.match(path)
        if old not in text or (match is None and not is_waiting(path)):
            continue
        changed, papers = edit.rename_tag(text, old, new, path)
        if papers:
            writes[path] = changed
            count += papers
        if papers and match is not None:
            months.add(f"{match[1]}-{match[2]}")
    if not count and Redirect(old=f"tags/{old}/", new=f"tags/{new}/") in _redirects(state):
        raise ContentError(f"the tag {shown(old)} is called {shown(new)} already, in all papers")
    if not count or old == new:
        raise ContentError(f"no paper has the tag {shown(old)}; expected one that papers have")
    writes |= _elsewhere(state.texts, old, new)
    moved = [Redirect(old=f"tags/{old}/", new=f"tags/{new}/")]
    moved += [
        Redirect(old=f"tags/{old}/{month}/", new=f"tags/{new}/{month}/") for month in sorted(months)
    ]
    message = f"{old}: now {new}, in {count} paper{'s' * (count != 1)}"
    return finished(state, writes, message, moved)


def _redirects(state: State) -> Iterator[Redirect]:
    found, _ = redirects.survey(state.texts.get(redirects.FILE) or "")
    return (replace(one, line=None, why=None) for one in found)


def _elsewhere(texts: Mapping[str, str], old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield tags.yml, intake.yml and the subscriptions that have the tag, with its new name."""
    for path, text in texts.items():
        if old not in text:
            continue
        if path == TAGS:
            nodes = list(_slugs(text, path))
            slugs = [node.value for node in nodes]
            # Where tags.yml has both, people decide what to keep of the old entry: its synonyms may
            # be wanted.
            if old in slugs and new not in slugs:
                yield path, _replaced(text, [one for one in nodes if one.value == old], new)
        elif path == INTAKE or path.startswith("subscriptions/"):
            tree = _tree(text, path)
            maps = [tree] if path != INTAKE else _rules(tree)
            found = [one for rule in maps for one in _values(rule, "tags") if one.value == old]
            if found:
                yield path, _replaced(text, found, new)


def _slugs(text: str, file: str) -> Iterator[yaml.ScalarNode]:
    """Yield the nodes of the slugs in tags.yml."""
    node = _tree(text, file)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value != "tags" or not isinstance(value, yaml.SequenceNode):
            continue
        for row in value.value:
            for name, slug in row.value if isinstance(row, yaml.MappingNode) else ():
                if name.value == "slug" and isinstance(slug, yaml.ScalarNode):
                    yield slug


def _rules(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the nodes of the rules of intake.yml, in their order."""
    found: list[yaml.Node] = []
    for _, value in node.value if isinstance(node, yaml.MappingNode) else ():
        found += value.value if isinstance(value, yaml.SequenceNode) else [value]
    return found


def _values(node: yaml.Node | None, name: str) -> Iterator[yaml.ScalarNode]:
    """Yield the nodes of a key's value or values."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == name:
            some = value.value if isinstance(value, yaml.SequenceNode) else [value]
            yield from (one for one in some if isinstance(one, yaml.ScalarNode))


def _tree(text: str, file: str) -> yaml.Node | None:
    try:
        return safe_yaml.compose(text, yaml.CBaseLoader)
    except yaml.YAMLError as error:
        problem, line = safe_yaml.refusal(error, text)
        raise ContentError(f"this YAML can't be read: {problem}", file=file, line=line) from error


def _replaced(text: str, nodes: list[yaml.ScalarNode], new: str) -> str:
    for node in reversed(nodes):
        text = text[: node.start_mark.index] + new + text[node.end_mark.index :]
    return text
