"""By what the papers of some days are recognised, and where they stand: a month's, say.

All of it is plain dictionaries, which are kept as JSON and are ready to be asked as soon as they
are read: an import asks about the few papers of a listing, not about each of the archive.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from ..errors import ContentError, shown
from ..listings import title_key
from . import ledger as ledgers
from .disk import DaySources
from .ledger import DUPLICATE, Ledger
from .pages import scan
from .pages.fields import refuse


@dataclass(slots=True)
class PaperIndex:
    """Papers by id, arXiv id and title; of several that share a name, in the order of their days.

    A paper has the titles and the arXiv id of its ledger's row and of its section.
    """

    present: dict[str, str] = field(default_factory=dict)  # the page's path, of those in pages
    listed: dict[str, str] = field(default_factory=dict)  # the day, of those in ledgers
    by_arxiv: dict[str, list[str]] = field(default_factory=dict)
    by_title: dict[str, list[str]] = field(default_factory=dict)  # by `title_key`
    arxiv: dict[str, str] = field(default_factory=dict)

    def add_day(self, day: DaySources) -> None:
        """Take in a day's ledger and pages. Raises ContentError or LedgerError for what can't be
        read, and ContentError for an id that stands in two pages."""
        if day.ledger:
            self.add_ledger(ledgers.parse(day.ledger.text(), file=day.ledger.path))
        for page in day.pages:
            self.add_page(page.path, page.text())

    def add_ledger(self, ledger: Ledger) -> None:
        """Take in a day's ledger: what it lists, and what it has as duplicates of others."""
        day = ledger.date.isoformat()
        for record in ledger.statuses:
            if record.status != DUPLICATE:
                self.listed.setdefault(record.id, day)
            self.name(record.id, record.title, record.arxiv)

    def add_page(self, path: str, text: str) -> None:
        """Take in the papers of a page. Raises ContentError as `add_day` does."""
        for seen in scan(text, file=path, wrong=refuse):
            other = self.present.setdefault(seen.id, path)
            if other != path:
                raise twice(seen.id, other, path, seen.line)
            self.name(seen.id, seen.title, seen.arxiv)

    def name(self, key: str, title: str, arxiv: str | None) -> None:
        """Make a paper known by a title and its arXiv id."""
        if arxiv:
            _note(self.by_arxiv, arxiv, key)
            self.arxiv.setdefault(key, arxiv)
        _note(self.by_title, title_key(title), key)


def twice(key: str, other: str, path: str, line: int) -> ContentError:
    """The error for an id that stands in two pages."""
    return ContentError(
        f"id: {shown(key)} is also the id of a paper in {other}; expected one paper an id",
        file=path,
        line=line,
    )


def day_of(path: str) -> date:
    """The day of a content file, from its path below content/."""
    return date(*map(int, path.split("/", 3)[:3]))


def packed(names: PaperIndex) -> bytes:
    """Names as bytes, to be kept."""
    fields = (names.present, names.listed, names.by_arxiv, names.by_title, names.arxiv)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def unpacked(data: bytes) -> PaperIndex:
    """What `packed` made bytes of."""
    return PaperIndex(*json.loads(data.decode("utf-8", "surrogatepass")))


def _note(index: dict[str, list[str]], name: str, key: str) -> None:
    keys = index.get(name)
    if keys is None:
        index[name] = [key]
    elif key not in keys:
        keys.append(key)
