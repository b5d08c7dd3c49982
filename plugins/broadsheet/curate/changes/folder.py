"""Find papers in a content folder, read what an edit needs, and write its change.

With `git` and `edit_history`, the only module of this package that reads or writes files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from ...content import disk, pages, transaction, vocabularies, waiting
from ...content import ledger as ledgers
from ...content.disk import INTAKE, LEDGER, SourceFile, is_waiting
from ...content.journal import Edit
from ...content.known_papers import known_papers, store_beside
from ...content.ledger import DECLINED
from ...content.pages import PaperLocation, ScannedPaper, paper_id
from ...content.paper_index import KnownPapers
from ...content.redirects import FILE as REDIRECTS
from ...content.transaction import SettledEdit
from ...errors import ContentError, shown
from ...io import settings_literals
from ...io.settings import AUTHOR_PAGES
from ...listings import title_key
from ...listings.fields.identifiers import arxiv_id
from ...subscriptions import loader
from ...suggestions import did_you_mean
from ...topics import Vocabulary
from .addresses import naming
from .change import Change, ContentState
from .edit_history import History
from .items import DayItem

_ADDRESS = re.compile(r"(?:\A|/)papers/([a-z0-9.-]+)/?\Z")


class Folder:
    """A content folder, read lazily."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The folder's topics and tags."""
        return vocabularies.read(self.root)

    @cached_property
    def _papers(self) -> list[ScannedPaper]:
        """All papers in pages, then those that wait and stand in no page."""
        found: dict[bool, list[ScannedPaper]] = {False: [], True: []}
        for day in disk.read_days(self.root, waiting=True):
            for source in (*day.pages, *filter(None, [day.waiting])):
                kept = found[source is day.waiting]
                kept.extend(pages.scan(source.text(), file=source.path))
        present = {paper.location.id for paper in found[False]}
        return found[False] + [one for one in found[True] if one.location.id not in present]

    def exclusive(self) -> AbstractContextManager[SettledEdit | None]:
        """Hold the folder's lock from reading to writing; see `transaction.exclusive`."""
        return transaction.exclusive(self.root)

    def find(self, what: str) -> PaperLocation:
        """Return the paper that a text names, in a page or in a file of what waits: by id, address,
        arXiv id or address, title, a title's start, or words of a title. Raises ContentError where
        it names no paper, or several.
        """
        wanted = what.strip()
        address = _ADDRESS.search(wanted.split("?")[0])
        number = arxiv_id(wanted)
        ids = {wanted, address[1] if address else wanted}
        title, words = title_key(wanted), wanted.lower()
        for matches in (
            [one for one in self._papers if one.location.id in ids],
            [one for one in self._papers if number and one.arxiv == number[0]],
            [one for one in self._papers if title_key(one.title) == title],
            [one for one in self._papers if words and one.title.lower().startswith(words)],
            [one for one in self._papers if words and words in one.title.lower()],
        ):
            if len(matches) == 1:
                return matches[0].location
            if matches:
                named = ", ".join(one.location.id for one in matches[:5])
                named += " and more" * (len(matches) > 5)
                raise ContentError(
                    f"{shown(what)} means {len(matches)} papers: {named}; expected the id of one"
                )
        key = paper_id("", number[0]) if number else wanted
        day = self.status_day(key, DECLINED)
        if day is not None:
            raise ContentError(f"{shown(key)} was declined on {day}, and its section is gone")
        hint = did_you_mean(wanted, [one.location.id for one in self._papers])
        raise ContentError(f"no paper {shown(what)} stands in {self.root}{hint}")

    @cached_property
    def by_id(self) -> dict[str, PaperLocation]:
        """Where each paper stands, by id: in a page, or else in what waits."""
        return {one.location.id: one.location for one in reversed(self._papers)}

    def waiting_before(self, day: date) -> list[str]:
        """Return the ids of the papers that wait on days before one, oldest day first."""
        return [
            one.location.id
            for one in self._papers
            if is_waiting(one.location.path) and one.location.date < day
        ]

    def papers_on(self, day: date) -> dict[str, PaperLocation]:
        """Return a day's papers by id, in pages or else in what waits. Reads that day alone."""
        sources = disk.read_day(self.root, day, waiting=True)
        found: dict[str, PaperLocation] = {}
        for source in (*sources.pages, *filter(None, [sources.waiting])):
            for paper in pages.scan(source.text(), file=source.path):
                found.setdefault(paper.location.id, paper.location)
        return found

    def status_day(self, key: str, status: str) -> date | None:
        """Return the first day whose ledger has a paper with a status (PUBLISHED, DECLINED,
        WAITING)."""
        for day in disk.read_days(self.root):
            if day.ledger is None or f'"{key}"' not in day.ledger.text():
                continue
            ledger = ledgers.parse(day.ledger.text(), file=day.ledger.path)
            if any(record.id == key and record.status == status for record in ledger.statuses):
                return day.date
        return None

    def newest(self) -> date | None:
        """Return the newest day that has papers in pages; None without any."""
        dates = (one.location.date for one in self._papers if not is_waiting(one.location.path))
        return max(dates, default=None)

    def newest_waiting(self) -> date | None:
        """Return the newest day on which papers wait; None without any. Raises ContentError."""
        for month in reversed(disk.months(self.root)):
            for day in reversed(disk.read_month(self.root, month, waiting=True)):
                if day.waiting is not None and b"\n## " in day.waiting.data:
                    return day.date
        return None

    def items(self, day: date) -> tuple[DayItem, ...]:
        """Return a day's papers for a list: those that wait, most votes first, then as listed; then
        the published ones. Raises ContentError for a file that can't be read."""
        sources = disk.read_day(self.root, day, waiting=True)
        published = []
        for source in sources.pages:
            page = pages.parse(source.text(), file=source.path)
            published += [DayItem(paper, page.topic, False) for paper in page.papers]
        there = {item.id for item in published}
        text = None if sources.waiting is None else sources.waiting.text()
        file = waiting.of_text(text, day, file=disk.waiting_path(day))
        waits = [
            DayItem.of_waiting(one) for one in file.papers.values() if one.paper.id not in there
        ]
        waits.sort(key=lambda item: -(item.paper.upvotes or 0))
        return (*waits, *published)

    def item(self, what: str) -> DayItem:
        """Return the paper that a text names, as lists show it. Raises ContentError as `find`."""
        place = self.find(what)
        return next(item for item in self.items(place.date) if item.id == place.id)

    def known(self) -> KnownPapers:
        """Read the index of all known papers."""
        return known_papers(self.root, store_beside(self.root))

    def state(self, days: Iterable[date]) -> ContentState:
        """Read what an edit of some days needs: their months, and those of their weeks."""
        months = {f"{one:%Y-%m}" for day in days for one in _ends_of_week(day)}
        texts: dict[str, str] = {}
        for key in sorted(months):
            for day in disk.read_month(self.root, key, waiting=True):
                texts |= {one.path: one.text(with_mark=True) for one in day.files}
        redirects = disk.read(self.root, REDIRECTS)
        if redirects is not None:
            texts[REDIRECTS] = redirects.text(with_mark=True)

        def elsewhere(kind: str, slug: str) -> bool:
            return self._uses(kind, slug, months)

        def named(key: str, name: str) -> int:
            return self._naming(key, name, months)

        return ContentState(
            texts=texts,
            vocabulary=self.vocabulary,
            elsewhere=elsewhere,
            named_elsewhere=named,
            author_pages=self._author_pages(),
        )

    def everything(self) -> ContentState:
        """Read what an edit of all days needs, with tags.yml, intake.yml and the subscriptions."""
        texts = self.texts() | self.texts([INTAKE])
        texts |= {one.path: one.text(with_mark=True) for one in loader.sources(self.root)}
        return ContentState(texts=texts, vocabulary=self.vocabulary)

    def _uses(self, kind: str, slug: str, but: Collection[str]) -> bool:
        """Return whether a topic or tag has papers in a month that is not in `but`."""
        for key in reversed(disk.months(self.root)):
            if key in but:
                continue
            for day in disk.read_month(self.root, key):
                for page in day.pages:
                    if slug.encode() in page.data and _has(page, kind, slug):
                        return True
        return False

    def _author_pages(self) -> int:
        """Return the least papers with which a name has a page, as the settings beside say."""
        beside = self.root.absolute().parent / settings_literals.FILE
        return settings_literals.author_pages(beside, AUTHOR_PAGES)

    def _naming(self, key: str, name: str, but: Collection[str]) -> int:
        """Return how many papers name somebody in months that are not in `but`; no more than are
        enough for a page."""
        found, least = 0, self._author_pages()
        for month in reversed(disk.months(self.root)):
            for day in () if month in but else disk.read_month(self.root, month):
                found += sum(naming(key, name, page.path, page.text()) for page in day.pages)
            if found >= least:
                break
        return found

    def texts(self, paths: Iterable[str] | None = None) -> dict[str, str]:
        """Read texts by path: those of `paths` that exist, or of all pages and the vocabulary."""
        found = {}
        for path in self.paths() if paths is None else paths:
            source = disk.read(self.root, path)
            if source is not None:
                found[path] = source.text(with_mark=True)
        return found

    def paths(self) -> Iterator[str]:
        """Yield the paths that `texts` reads by default."""
        yield from ("topics.yml", "tags.yml", REDIRECTS)
        for day in disk.read_days(self.root, waiting=True):
            yield from (source.path for source in day.files)

    def carry_out(
        self, change: Change, *, name: str = "an edit", asked: str = ""
    ) -> tuple[str, ...]:
        """Write and remove a change's files, all or none; return those that were not there before.

        `name` and `asked` go into the journal (`Edit`). What `undo` needs to take the edit back is
        kept first, so that an edit without it is never in place. Raises SiteError for a file that
        can't be written.
        """
        if not change.writes:
            return ()
        created = self.missing(change.writes)
        edit = Edit(name=name, asked=asked, said=change.message)
        with self.history.kept(name, change.message, change.writes):
            self.commit(change.writes, edit)
        return created

    def missing(self, writes: Mapping[str, str | None]) -> tuple[str, ...]:
        """Return the files that some writes would create."""
        return tuple(
            path
            for path, text in sorted(writes.items())
            if text is not None and not (self.root / path).exists()
        )

    def commit(self, writes: Mapping[str, str | None], edit: Edit) -> None:
        """Write and remove files, all or none. Raises SiteError for one that can't be written."""
        transaction.commit(self.root, sorted(writes.items(), key=_order), edit)

    @property
    def history(self) -> History:
        """The last edits of this folder."""
        return History(self.root)


def _ends_of_week(day: date) -> tuple[date, ...]:
    """Return a day, and the first and the last of its week as far as the calendar goes."""
    before, after = timedelta(day.weekday()), timedelta(6 - day.weekday())
    first = day - before if day - date.min >= before else day
    return day, first, day + after if date.max - day >= after else day


def _order(write: tuple[str, str | None]) -> tuple[bool, bool]:
    """Sort key: writes before removals, pages before ledgers. The sort is stable, so the page that
    a paper moves to comes before the one it leaves."""
    path, text = write
    return text is None, path.endswith(LEDGER)


def _has(page: SourceFile, kind: str, slug: str) -> bool:
    found, _ = pages.survey(page.text(), file=page.path)
    if found is None or not found.sections:
        return False
    if kind == "topic":
        return found.topic == slug
    return any(slug in paper.tags for paper in found.papers)
