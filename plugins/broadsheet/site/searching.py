"""A digest's content as an index that is searched in Python, by the term statistics that builds
cache."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import lru_cache
from itertools import accumulate

from ..archive.archive import Archive
from ..archive.reader import ArchiveReader
from ..content import vocabularies
from ..io.cache import Store
from ..io.settings import Settings
from ..render.labels import Labels
from ..search.archive_index import ArchiveIndex
from ..search.inverted_index import InvertedIndex
from ..search.papers import card_of
from ..search.searchable import Card
from ..search.targets import SearchIndex
from .stamp import code_stamp
from .today import last_day


def archive_index(settings: Settings) -> ArchiveIndex:
    """Return an index of a content folder's papers, those that a build would publish now. Raises
    BroadsheetError for content that can't be read."""
    vocabulary = vocabularies.read(settings.content)
    reader = ArchiveReader(
        settings.content, vocabulary, settings.cache, code_stamp(), until=last_day(settings)
    )
    archive = Archive(reader.summaries(), reader.month, reader.day)
    labels = Labels(vocabulary, settings.words)
    store = Store(settings.cache / "search")
    targets = SearchIndex(archive, labels, store, code_stamp())
    months = [
        InvertedIndex(targets.statistics(key), _days(archive, key), _no_texts, _no_votes)
        for key in archive.keys
    ]

    @lru_cache(maxsize=4096)
    def card(place: int, number: int) -> Card:
        days = _days(archive, archive.keys[place])
        starts = list(accumulate((count for _, count in days), initial=0))
        at = bisect_right(starts, number) - 1
        day = archive.day(days[at][0])
        assert day is not None
        return card_of(day.papers[number - starts[at]], labels)

    return ArchiveIndex(months, card)


def _days(archive: Archive, key: str) -> list[tuple[date, int]]:
    return [(date.fromisoformat(day.iso), day.count) for day in archive.months[key].days]


def _no_texts(number: int) -> tuple[str, str]:
    raise NotImplementedError  # the archive's index reads cards


def _no_votes(number: int) -> int:
    raise NotImplementedError
