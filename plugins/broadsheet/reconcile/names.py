"""Topics and tags that one side renamed, called so in the other states too. Pure.

Redirects tell what was renamed. Papers that the other side tagged, or put into the topic, follow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..content import redirects
from ..content.disk import is_waiting
from ..content.pages import edit
from ..curate.versions.renamed_terms import RenamedTerm, renamed_terms
from ..errors import BroadsheetError
from . import files
from . import pages as page_merges
from .three import Three

State = Mapping[str, str]
"""The texts of a state's files by path below content/."""


def with_names(states: Three[State]) -> tuple[Three[State], tuple[str, ...]]:
    """Return the states with what a side renamed called so in all of them, and a line for each page
    of a side that follows."""
    before, *sides = (state.get(redirects.FILE, "") for state in states)
    found = {name for side in sides for name in renamed_terms(before, side)}
    names = sorted(found, key=lambda name: (name.kind, name.old, name.new))
    if not names:
        return states, ()
    named = states.map(lambda state: _called(state, names))
    told = [
        f"{path}: {', '.join(f'{one.old} is {one.new}' for one in names)} now, as one side "
        "renamed it"
        for before, after in ((states.ours, named.ours), (states.theirs, named.theirs))
        for path, text in after.items()
        if before.get(path) != text and text not in (named.base.get(path), states.base.get(path))
    ]
    return named, tuple(told)


def _called(state: State, names: list[RenamedTerm]) -> State:
    """Return a state with topics and tags renamed in the pages that can be read."""
    found = dict(state)
    for path, text in state.items():
        if files.kind_of(path) != "page":
            continue
        for name in names:
            if name.old not in path + text:
                continue
            if name.kind == "tag":
                try:
                    found[path], _ = edit.rename_tag(found[path], name.old, name.new, path)
                except BroadsheetError:
                    continue  # a check names the tag
            elif is_waiting(path):
                line = re.compile(rf"^topic: {re.escape(name.old)}$", re.M)
                found[path] = line.sub(f"topic: {name.new}", found[path])
            elif path.endswith(f"/{name.old}.md"):
                _move(found, path, name)
                break
    return found


def _move(state: dict[str, str], path: str, name: RenamedTerm) -> None:
    """Move a day's page of a renamed topic to its new name; into the page that has it already."""
    there = f"{path.rpartition('/')[0]}/{name.new}.md"
    line = re.compile(rf"^topic: {re.escape(name.old)}$", re.M)
    text = line.sub(f"topic: {name.new}", files.plain(state[path]), count=1)
    if state.get(there):
        parts = page_merges.take_apart(files.plain(state[there])), page_merges.take_apart(text)
        if parts[0] is None or parts[1] is None or set(parts[0].sections) & set(parts[1].sections):
            return
        sections = [*parts[0].sections.values(), *parts[1].sections.values()]
        text = page_merges.put_together(parts[0].head, sections)
    del state[path]
    state[there] = text
