"""Compare two states of what waits: papers that began to wait, were picked, or declined. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ...content import waiting
from ...content.pages.location import day_of
from ...content.waiting import WaitingPaper
from ...errors import ContentError
from ...papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingChanges:
    """What changed of the papers that wait.

    `picked` are the ids of those that stand in a page now, `declined` the papers that are gone from
    both, `reasons` why the new ones wait, with their numbers, the most frequent first.
    """

    added: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    picked: frozenset[str] = frozenset()
    declined: tuple[Paper, ...] = ()
    edited: int = 0
    unread: tuple[ContentError, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is any difference."""
        return bool(self.added or self.picked or self.declined or self.edited or self.unread)


NO_CHANGES = WaitingChanges()


def compare_waiting(
    old: Mapping[str, str], new: Mapping[str, str], published: Collection[str]
) -> WaitingChanges:
    """Compare two states of the files of what waits (texts by path); `published` are the ids of the
    changed pages afterwards."""
    before, _ = _papers(old)
    after, unread = _papers(new)
    gone = [key for key in before if key not in after]
    added = [one for key, one in after.items() if key not in before]
    return WaitingChanges(
        added=len(added),
        reasons=tuple(Counter(one.why for one in added if one.why).most_common()),
        picked=frozenset(key for key in gone if key in published),
        declined=tuple(before[key].paper for key in gone if key not in published),
        edited=sum(
            _words(before[key].paper) != _words(one.paper)
            for key, one in after.items()
            if key in before
        ),
        unread=unread,
    )


def _papers(
    texts: Mapping[str, str],
) -> tuple[dict[str, WaitingPaper], tuple[ContentError, ...]]:
    found: dict[str, WaitingPaper] = {}
    unread = []
    for path, text in sorted(texts.items()):
        try:
            found |= waiting.parse(text, day_of(path), file=path).papers
        except ContentError as error:
            unread.append(error)
    return found, tuple(unread)


def _words(paper: Paper) -> tuple[object, ...]:
    return paper.title, paper.abstract, paper.tags, paper.notes, dict(paper.extra).get("topic")
