"""How many papers a feed holds, and from which months.

A feed looks into the newest month that has papers of its source, and the month before, so that a
new day costs the same however long the archive is.
"""

from __future__ import annotations

from functools import cached_property

from ..archive.archive import Archive
from ..render.labels import Labels
from .source import ALL, FeedSource, month_before

_LEAST = {"topic": 30, "tag": 3}
"""The least papers in a feed, if there are as many; of tags there are hundreds."""
_MOST = {"topic": 100, "tag": 50}
"""The most papers in a feed, whatever the last days brought."""


class FeedWindows:
    """The sources of an archive's feeds, and the window of each. `full` papers fill the feed of
    all."""

    def __init__(self, archive: Archive, labels: Labels, full: int) -> None:
        self._archive = archive
        self._labels = labels
        self._full = full

    @cached_property
    def sources(self) -> tuple[FeedSource, ...]:
        """All sources: all papers, then each topic and each tag that has papers."""
        topics: dict[str, None] = {}
        tags: set[str] = set()
        for summary in self._archive.months.values():
            topics.update(dict.fromkeys(summary.topics))
            tags.update(summary.tags)
        return (
            FeedSource(ALL),
            *(
                FeedSource("topic", topic.slug)
                for topic in self._labels.vocabulary.topics
                if topic.slug in topics
            ),
            *(FeedSource("tag", slug) for slug in sorted(tags)),
        )

    def count(self, source: FeedSource, key: str) -> tuple[int, str]:
        """Return the number of a source's papers in a month, and a fingerprint of them."""
        summary = self._archive.months[key]
        if source.kind == ALL:
            return summary.count, summary.fingerprint
        terms = summary.topics if source.kind == "topic" else summary.tags
        term = terms.get(source.slug)
        return (term.count, term.fingerprint) if term else (0, "")

    def most(self, source: FeedSource) -> int:
        """Return the number of papers that fill a feed."""
        return min(self._full, _MOST.get(source.kind, self._full))

    def least(self, source: FeedSource) -> int:
        """Return the least number of papers in a feed, if there are as many."""
        return min(self.most(source), _LEAST.get(source.kind, self.most(source)))

    def months(self, source: FeedSource) -> tuple[str, ...]:
        """Return the months of a feed's window, newest first: the newest one that has papers, and
        where those don't fill the feed the month before on the calendar, if it has some."""
        newest = next(
            (key for key in reversed(self._archive.keys) if self.count(source, key)[0]), None
        )
        if newest is None:
            return ()
        before = month_before(newest)
        if self.count(source, newest)[0] >= self.most(source) or (
            before not in self._archive.months or not self.count(source, before)[0]
        ):
            return (newest,)
        return (newest, before)
