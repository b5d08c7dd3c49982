"""The content as it will be after some operations: each changes it, and all are written as one
change. Pure.

A paper is known by its id, wherever it stands: in a page, or in the file of a day's waiting papers.
Files that many operations change (what waits, ledgers) are parsed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ...content import ledger as ledgers
from ...content import pages, waiting
from ...content.disk import is_waiting, waiting_path
from ...content.ledger import Ledger, PaperStatus
from ...content.pages import PaperLocation, edit
from ...content.redirects import Redirect
from ...content.waiting import WaitingFile
from ...errors import ContentError, shown
from ...papers import Paper
from ...topics import Vocabulary
from ..changes.change import Change, ContentState, finished, ledger_path
from ..changes.items import DayItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Curator:
    """Who works on a day: the name that is credited, if any, and the day (ISO) of the work, which
    feeds show."""

    name: str | None = None
    today: str | None = None


class Desk:
    """A working copy of some months. `places` are the papers that operations name: by id, where
    each stands; a paper that stands nowhere (its section was deleted by hand) has its ledger's
    path."""

    def __init__(self, state: ContentState, places: Mapping[str, PaperLocation]) -> None:
        self._state = state
        self._texts: dict[str, str | None] = {}
        self._files: dict[date, WaitingFile] = {}
        self._ledgers: dict[date, Ledger] = {}
        self._redirects: list[Redirect] = []
        self._places = dict(places)

    @property
    def vocabulary(self) -> Vocabulary:
        """The folder's topics and tags."""
        return self._state.vocabulary

    def place(self, key: str) -> PaperLocation:
        """Return where a paper stands now."""
        return self._places[key]

    def waits(self, key: str) -> bool:
        """Return whether a paper waits."""
        return is_waiting(self._places[key].path)

    def stands(self, key: str) -> bool:
        """Return whether a paper stands in a page."""
        path = self._places[key].path
        return path.endswith(".md") and not is_waiting(path)

    def paper(self, key: str) -> Paper:
        """Return a paper as it is now. Raises ContentError for one that stands nowhere."""
        place = self._places[key]
        if self.waits(key):
            return self.waiting(place.date).papers[key].paper
        if not self.stands(key):
            raise ContentError(f"{shown(key)} stands in no page, and doesn't wait")
        return edit.find(self.text(place.path), key, place.path).paper

    def item(self, key: str) -> DayItem | None:
        """Return a paper as lists show it; None for one that stands nowhere."""
        place = self._places[key]
        if self.waits(key):
            return DayItem.of_waiting(self.waiting(place.date).papers[key])
        if not self.stands(key):
            return None
        return DayItem(self.paper(key), topic_of(self.text(place.path), place.path), False)

    def line(self, key: str) -> int | None:
        """Return the line of a paper's heading; None where it waits."""
        place = self._places[key]
        if not self.stands(key):
            return None
        return edit.find(self.text(place.path), key, place.path).line

    def text(self, path: str) -> str:
        """Return the text of a page that is there. Raises KeyError."""
        found = self.page(path)
        if found is None:
            raise KeyError(path)
        return found

    def page(self, path: str) -> str | None:
        """Return the text of a page; None where there is none."""
        return self._texts[path] if path in self._texts else self._state.texts.get(path)

    def put(self, path: str, text: str) -> None:
        """Replace a page's text. A page without papers is removed at the end."""
        self._texts[path] = text

    def moved(self, key: str, path: str) -> None:
        """Note that a paper stands in another file now (its ledger: in none)."""
        self._places[key] = PaperLocation(key, path)

    def change(self, key: str, edited: Callable[[str, str], str]) -> None:
        """Edit the page that holds a paper, or its section of what waits: `edited` takes a page's
        text and path and returns the text. Raises ContentError as it does."""
        place = self._places[key]
        if self.stands(key):
            self.put(place.path, edited(self.text(place.path), place.path))
            return
        day = place.date
        file = self.waiting(day)
        path = waiting_path(day)
        section = waiting.edited(file.papers[key], lambda text: edited(text, path))
        self._files[day] = file.put(key, section)

    def waiting(self, day: date) -> WaitingFile:
        """Return a day's waiting papers. Raises ContentError for a file that can't be read."""
        if day not in self._files:
            path = waiting_path(day)
            self._files[day] = waiting.of_text(self._state.texts.get(path), day, file=path)
        return self._files[day]

    def no_longer_waits(self, key: str) -> None:
        """Take a paper out of the file of its day's waiting papers."""
        day = self._places[key].date
        self._files[day] = self.waiting(day).without(key)

    def row(self, day: date, key: str) -> PaperStatus | None:
        """Return a paper's row of a day's ledger; None without one. Raises LedgerError."""
        return self.ledger(day).row(key)

    def ledger(self, day: date) -> Ledger:
        """Return a day's ledger; an empty one where it has none. Raises LedgerError."""
        if day not in self._ledgers:
            self._ledgers[day] = self._state.ledger(day) or Ledger(date=day)
        return self._ledgers[day]

    def set_row(self, day: date, row: PaperStatus) -> None:
        """Replace or add a row of a day's ledger."""
        self._ledgers[day] = self.ledger(day).with_row(row)

    def redirect(self, row: Redirect) -> None:
        """Have an old address lead on."""
        self._redirects.append(row)

    def finished(self, message: str) -> Change:
        """Return all that changed as one change."""
        writes: dict[str, str | None] = dict(self._texts)
        for day, file in self._files.items():
            writes[waiting_path(day)] = file.text()
        for day, ledger in self._ledgers.items():
            old = self._state.ledger(day)
            path = ledger_path(day)
            if old is None and ledger.statuses:
                writes[path] = ledgers.format(ledger)
            elif old is not None and ledger != old:
                writes[path] = ledgers.update(self._state.texts[path], ledger)
        writes = {
            path: text for path, text in writes.items() if text != self._state.texts.get(path)
        }
        return finished(self._state, writes, message, self._redirects)


def topic_of(text: str, path: str) -> str:
    """Return the topic of a page. Raises ContentError for one that can't be read."""
    return pages.parse(text, file=path).topic
