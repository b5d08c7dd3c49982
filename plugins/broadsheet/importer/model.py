"""What an import takes and gives: the listing, the content as it is, the plan and its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..content import ledger as ledgers
from ..content.disk import LEDGER, day_folder
from ..content.ledger import ImportedListing, Ledger
from ..content.paper_index import KnownPapers
from ..intake import Intake
from ..papers import Entry
from ..topics import Classifier, Vocabulary
from .enriching import Enriching


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A listing to import: its day, its row of the ledger, its entries, the reader's notices.

    `enriches`: it publishes nothing, and only tells more of papers that are known, of any day.
    """

    date: date
    listing: ImportedListing
    entries: tuple[Entry, ...]
    notices: tuple[str, ...] = ()
    enriches: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentSnapshot:
    """The content before an import.

    `content` maps paths below content/ to texts, of any day (a paper may have been moved); `known`
    indexes all papers; `intake` says which are published (None: all); `enriching` tells more of
    new papers; `ledgers_read` are those that were parsed so far.
    """

    content: Mapping[str, str]
    known: KnownPapers
    classifier: Classifier
    vocabulary: Vocabulary
    intake: Intake | None = None
    enriching: Enriching = field(default_factory=Enriching)
    ledgers_read: dict[date, Ledger] = field(default_factory=dict)

    def ledger(self, day: date) -> Ledger:
        """Return a day's ledger, an empty one where the day has none; each is read once. Raises
        LedgerError for one that can't be read."""
        if day not in self.ledgers_read:
            path = ledger_path(day)
            text = self.content.get(path)
            found = Ledger(date=day) if text is None else ledgers.parse(text, file=path)
            self.ledgers_read[day] = found
        return self.ledgers_read[day]


def ledger_path(day: date) -> str:
    """Return the path of a day's ledger below content/."""
    return f"{day_folder(day)}/{LEDGER}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The numbers of papers of one listing by outcome, and notices for the curator. `late` counts
    those of the published that joined a day which its source had listed before.

    `lifted` are those of the `published` that had waited, `waiting` all that wait now. `enriches`
    says that it was a capture that only enriches, `unknown` counts its papers that the digest
    doesn't have, `enriched` those of another day that it told more of.
    `unchanged` says that the ledger has a listing with the same bytes, so nothing was done.
    """

    file: str
    date: date
    listed: int
    published: int = 0
    late: int = 0
    duplicates: int = 0
    declined: int = 0
    known: int = 0
    waiting: int = 0
    lifted: int = 0
    refreshed: int = 0
    unknown: int = 0
    enriched: int = 0
    enriches: bool = False
    topics: tuple[tuple[str, int], ...] = ()
    notices: tuple[str, ...] = ()
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The files to write (path below content/ and text, None for one to remove), pages first and
    ledgers last, and the day's new ledger.

    In this order the listing counts as imported only once all of it is written. `sections` are
    those of the new papers, each with its topic, in the listing's order.
    """

    writes: tuple[tuple[str, str | None], ...]
    ledger: Ledger
    report: ImportReport
    sections: tuple[tuple[str, str], ...] = ()
