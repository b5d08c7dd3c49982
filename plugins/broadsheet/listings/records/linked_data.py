"""Graphs of JSON-LD: papers stand beside what they refer to (people, journals, pages), a node each.

A paper's node gets what it refers to by "@id" put in. Nodes of other kinds are no papers.
"""

from __future__ import annotations

import re
from typing import Any

from ..fields.field_names import field_of
from .nesting import Found

_PAPERS = re.compile(
    r"(?:\S{0,100}[/:#])?(?:Medical)?(?:ScholarlyArticle|AcademicArticle|Article|TechArticle|Report"
    r"|Thesis|Chapter|Book|Preprint|ConferencePaper|JournalArticle)"
)
_FIELDS = frozenset(("authors", "venue", "organisation"))  # which may refer to nodes
_LONGEST = 500  # characters of a text that is put in
_MOST_KEYS = 12  # of a node that is put in
_LONGEST_KIND = 80


def find(value: object) -> Found | None:
    """Return the papers of a graph, and its other nodes by their kinds; None for any value that is
    no graph with papers."""
    graph = value.get("@graph") if isinstance(value, dict) else None
    if not isinstance(graph, list) or not all(isinstance(node, dict) for node in graph):
        return None
    papers = [node for node in graph if _is_paper(node)]
    if not papers:
        return None
    nodes = {
        node["@id"]: _texts(node)
        for node in graph
        if isinstance(node.get("@id"), str) and not _is_paper(node)
    }
    used: set[str] = set()
    records = [_whole(node, nodes, used) for node in papers]
    others: dict[str, list[Any]] = {}
    for node in graph:
        if not (_is_paper(node) or (str(node.get("@id")) in used and _is_short(node))):
            kind = (_kinds(node) or ["nodes without a kind"])[0][:_LONGEST_KIND]
            others.setdefault(f"@graph, {kind}", []).append(node)
    return Found(records, others)


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    given = kinds if isinstance(kinds, list) else [kinds]
    return [kind for kind in given if isinstance(kind, str)]


def _is_paper(node: dict[str, Any]) -> bool:
    return any(_PAPERS.fullmatch(kind) for kind in _kinds(node))


def _whole(
    paper: dict[str, Any], nodes: dict[str, dict[str, Any]], used: set[str]
) -> dict[str, Any]:
    """Return a paper with the nodes that it refers to, which are added to `used`."""
    made = {key: one for key, one in paper.items() if key != "@type"}
    for key, value in paper.items():
        found = field_of(key)
        if found and found[0] in _FIELDS:
            several = value if isinstance(value, list) else [value]
            put = [_put_in(one, nodes, used) for one in several]
            made[key] = put if isinstance(value, list) else put[0]
    return made


def _put_in(value: Any, nodes: dict[str, dict[str, Any]], used: set[str]) -> Any:
    """Return the node that an object refers to; any other value as it is."""
    to = value.get("@id") if isinstance(value, dict) and len(value) == 1 else None
    node = nodes.get(to) if isinstance(to, str) else None
    if node is None:
        return value
    used.add(str(to))
    return node


def _is_short(node: dict[str, Any]) -> bool:
    """Return whether a node says nothing but its short texts."""
    return len(_texts(node)) == sum(not key.startswith("@") for key in node)


def _texts(node: dict[str, Any]) -> dict[str, Any]:
    """Return what a node says in short texts."""
    return {
        key: one
        for key, one in list(node.items())[:_MOST_KEYS]
        if isinstance(one, str) and len(one) <= _LONGEST and not key.startswith("@")
    }
