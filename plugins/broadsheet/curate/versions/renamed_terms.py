"""Topics and tags that were renamed or merged between two states, told by the new rows of
redirects.yml. Pure.

A comparison then counts their papers, rather than list each as moved or retagged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...archive.model import PublishedPaper
from ...content.redirects import resolved, survey

_TERM = re.compile(r"(topic|tag)s/([^/]+)/\Z")


@dataclass(frozen=True, slots=True)
class RenamedTerm:
    """A topic or tag (`kind`) that has another slug. `joined`: there was one of that slug before;
    `papers` are those that followed."""

    kind: str
    old: str
    new: str
    joined: bool = False
    papers: int = 0


def renamed_terms(before: str, after: str) -> tuple[RenamedTerm, ...]:
    """Return the topics and tags that only the new text of redirects.yml leads on to others."""
    there = {(row.old, row.new) for row in survey(before)[0]}
    found = []
    for row in resolved(survey(after)[0]):
        old, new = _TERM.match(row.old), _TERM.match(row.new)
        if old and new and old[1] == new[1] and (row.old, row.new) not in there:
            found.append(RenamedTerm(old[1], old[2], new[2]))
    return tuple(found)


def counted(
    terms: Iterable[RenamedTerm], before: Sequence[PublishedPaper], after: Sequence[PublishedPaper]
) -> tuple[RenamedTerm, ...]:
    """Return the terms that papers of `before` had and no paper of `after` has, with the numbers of
    papers that followed, and whether `before` had the new ones."""
    found = []
    for term in terms:
        had = {one.paper.id for one in before if _has(one, term.kind, term.old)}
        if any(_has(one, term.kind, term.old) for one in after):
            continue
        followed = sum(one.paper.id in had and _has(one, term.kind, term.new) for one in after)
        joined = any(_has(one, term.kind, term.new) for one in before)
        if followed:
            found.append(replace(term, papers=followed, joined=term.joined or joined))
    several = Counter((one.kind, one.new) for one in found)
    return tuple(replace(one, joined=one.joined or several[one.kind, one.new] > 1) for one in found)


def as_now(placed: PublishedPaper, terms: Iterable[RenamedTerm]) -> PublishedPaper:
    """Return a paper of the old state as it is called in the new one."""
    for term in terms:
        if not _has(placed, term.kind, term.old):
            continue
        if term.kind == "topic":
            placed = replace(placed, topic=term.new)
        else:
            tags = (term.new if tag == term.old else tag for tag in placed.paper.tags)
            paper = replace(placed.paper, tags=tuple(dict.fromkeys(tags)))
            placed = replace(placed, paper=paper)
    return placed


def _has(placed: PublishedPaper, kind: str, slug: str) -> bool:
    return placed.topic == slug if kind == "topic" else slug in placed.paper.tags
