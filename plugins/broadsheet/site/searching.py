"""A digest's content as an index that is searched in Python, by the term statistics that builds
cache."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial

from ..archive.archive import Archive
from ..archive.reader import ArchiveReader
from ..content import vocabularies
from ..io.cache import Store
from ..io.settings import Settings
from ..render.labels import Labels
from ..search.index.archive_index import ArchiveIndex
from ..search.index.cards import ResultCard, card_of
from ..search.index.inverted_index import InvertedIndex
from ..search.index.papers import document
from ..search.index.targets import SearchIndex
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
    archive_card = lru_cache(maxsize=4096)(partial(_card, archive, labels))

    def texts(key: str, number: int) -> tuple[str, str]:
        card = archive_card(key, number)
        return card.title, card.abstract

    months = [
        InvertedIndex(targets.statistics(key), _days(archive, key), partial(texts, key))
        for key in archive.keys
    ]
    return ArchiveIndex(months, lambda place, number: archive_card(archive.keys[place], number))


def _card(archive: Archive, labels: Labels, key: str, number: int) -> ResultCard:
    """Return the card of a paper of a month, by its number there."""
    for day, count in _days(archive, key):
        if number < count:
            read = archive.day(day)
            assert read is not None
            return card_of(document(read.papers[number], labels))
        number -= count
    raise IndexError(number)


def _days(archive: Archive, key: str) -> list[tuple[date, int]]:
    return [(date.fromisoformat(day.iso), day.count) for day in archive.months[key].days]
