"""Import listings into a content folder: the reading and writing around `plan`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date
from functools import cached_property
from pathlib import Path

from .. import days, listings
from ..content import disk, ledger, transaction, vocabularies
from ..content.disk import INTAKE
from ..content.journal import Edit
from ..content.known_papers import known_papers
from ..content.ledger import ImportedListing, Ledger
from ..content.paper_index import KnownPapers
from ..content.transaction import SettledEdit
from ..errors import BroadsheetError, ContentError, LedgerError, ListingError
from ..intake import Intake, parse_intake
from ..io import symlinks
from ..io.cache import Store
from ..io.files import is_utf8, read_regular
from ..listings import ListingName
from ..papers import Entry
from ..topics import Classifier
from .enriching import Enriching
from .model import ContentSnapshot, ImportReport, Incoming
from .plan import plan


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The result of a run: reports and errors of listings, and the edit that was settled before."""

    reports: tuple[ImportReport, ...]
    errors: tuple[BroadsheetError, ...]
    settled: SettledEdit | None = None


def run(
    files: Sequence[Path],
    root: Path,
    *,
    given: date | None = None,
    strict: bool = False,
    store: Store | None = None,
    done: Callable[[], None] = lambda: None,
) -> ImportOutcome:
    """Import listings, oldest day first. Each is all or nothing: a listing that can't be read
    changes nothing, and the others are imported.

    `given` is the day of listings whose names and texts don't tell it (`--date`); `strict`
    refuses one of which anything would be lost (`--strict`); `store` caches the index of known
    papers; `done` is called after each listing. Raises ContentError,
    LedgerError or VocabularyError where the content folder can't be read, and SiteError where it
    can't be written or another import or edit is running.
    """
    with transaction.exclusive(root) as settled:
        return replace(_run(files, _Importer(root, store, strict), given, done), settled=settled)


def _run(
    files: Sequence[Path], importer: _Importer, given: date | None, done: Callable[[], None]
) -> ImportOutcome:
    reports = []
    errors: list[BroadsheetError] = []
    ordered = sorted(files, key=_order)
    importer.enrich_from(ordered)
    for file in ordered:
        try:
            incoming = importer.read(file, given)
        except (ListingError, LedgerError) as error:
            errors.append(error)
        else:
            if isinstance(incoming, ImportReport):
                reports.append(incoming)
            else:
                snapshot = importer.snapshot(incoming)
                try:
                    reports.append(importer.take(incoming, snapshot))
                except (ListingError, ContentError, LedgerError) as error:
                    errors.append(error.at(str(file)))
        done()
    return ImportOutcome(tuple(reports), tuple(errors))


def _order(file: Path) -> tuple[bool, str, bool, str]:
    """Return what files are sorted by: the day, and captures that only enrich last; among these
    Hugging Face's first, which tell ids."""
    name = _name(file)
    day = name.date.isoformat() if name.date else "9999"
    return name.enriches, day, "huggingface" not in (name.source or ""), file.name


def _name(file: Path) -> ListingName:
    try:
        return listings.parse_name(file.name)
    except ListingError:
        return ListingName()


class _Texts(Mapping[str, str]):
    """The texts of content files by path, read lazily, with their byte-order marks."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __getitem__(self, path: str) -> str:
        source = disk.read(self._root, path)
        if source is None:
            raise KeyError(path)
        return source.text(with_mark=True)

    def __iter__(self) -> Iterator[str]:
        return (source.path for day in disk.read_days(self._root) for source in day.sources)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Importer:
    """A run's state: the folder's vocabulary, and its index of known papers."""

    def __init__(self, root: Path, store: Store | None, strict: bool = False) -> None:
        self.root = root
        self._strict = strict
        self._store = store
        self._texts = _Texts(root)
        self._vocabulary = vocabularies.read(root)
        self._classifier = Classifier(self._vocabulary)
        self._intake = _intake(root)
        self._known: KnownPapers | None = None
        self._day: tuple[date, Ledger | None] | None = None
        self._enriching: dict[date, list[Path]] = {}
        self._more: tuple[date | None, Enriching] = (None, Enriching())  # of the last day

    def enrich_from(self, files: Sequence[Path]) -> None:
        """Let new papers of each day have what the day's captures among `files` tell of them that
        only enrich."""
        for file in files:
            name = _name(file)
            if name.enriches and name.date is not None:
                self._enriching.setdefault(name.date, []).append(file)

    def _enriching_of(self, day: date) -> Enriching:
        if self._more[0] != day:
            pairs: list[tuple[str, Entry]] = []
            for file in self._enriching.get(day, ()):
                try:
                    listing = listings.parse(read_bytes(file), file=str(file), day=day)
                except ListingError:  # told when its turn comes
                    continue
                pairs += [(_name(file).source or "", entry) for entry in listing.entries]
            self._more = (day, Enriching(pairs))
        return self._more[1]

    def read(self, file: Path, given: date | None) -> Incoming | ImportReport:
        """Read one listing; return its report where the same bytes were imported before."""
        if not is_utf8(file.name):
            raise ListingError(
                "the file's name is not valid UTF-8; expected one such as 2025-08-07.source.txt",
                file=str(file),
            )
        data = read_bytes(file)
        name = listings.parse_name(file.name)
        sha256 = hashlib.sha256(data).hexdigest()
        if name.date is not None:
            days.refuse_implausible(name.date, ListingError, file=str(file))
            seen = self._seen(name.date, sha256, file.name)
            if seen is not None:
                return seen
        listing = listings.parse(data, file=str(file), day=name.date or given, strict=self._strict)
        for one in (given, listing.date):
            if one is not None:
                days.refuse_implausible(one, ListingError, file=str(file))
        try:
            day = listings.resolve_date(listing, name, given, str(file))
        except ListingError:  # a listing whose day --date told keeps it in that day's ledger
            undated = name.date is None and given is None
            if not undated or (told := self._told_days.get(sha256)) is None:
                raise
            day = told
        seen = self._seen(day, sha256, file.name)
        if seen is not None:
            return seen
        captured = name.time or listing.captured
        imported = ImportedListing(
            file=file.name,
            sha256=sha256,
            source=name.source or listing.format,
            papers=len(listing.entries),
            captured=captured.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if captured else None,
            empty=listing.empty,
        )
        return Incoming(
            date=day,
            listing=imported,
            entries=listing.entries,
            notices=listing.notices,
            enriches=name.enriches,
        )

    def snapshot(self, incoming: Incoming) -> ContentSnapshot:
        """Return the content before an import. Raises ContentError or LedgerError for a file that
        can't be read."""
        if self._known is None:
            self._known = known_papers(self.root, self._store)
        known = self._ledger(incoming.date)
        return ContentSnapshot(
            content=self._texts,
            known=self._known,
            classifier=self._classifier,
            vocabulary=self._vocabulary,
            intake=self._intake,
            ledgers_read={} if known is None else {incoming.date: known},
            enriching=Enriching() if incoming.enriches else self._enriching_of(incoming.date),
        )

    def take(self, incoming: Incoming, snapshot: ContentSnapshot) -> ImportReport:
        """Plan a listing's import and commit it."""
        planned = plan(incoming, snapshot)
        if self._strict:
            listings.refuse_losses(planned.report.notices, file=incoming.listing.file)
        self._day = None
        edit = Edit(name=f"the import of {incoming.listing.file}", again=True)
        transaction.commit(self.root, planned.writes, edit, sync=False)
        snapshot.known.add_ledger(planned.ledger)
        for path, text in planned.writes:
            if text is not None and path.endswith(".md"):
                snapshot.known.add_page(path, text)
        return planned.report

    def _seen(self, day: date, sha256: str, name: str) -> ImportReport | None:
        """Return the report of a listing whose bytes were imported before; None for any other."""
        known = self._ledger(day)
        for imported in known.listings if known else ():
            if imported.sha256 == sha256:
                return ImportReport(file=name, date=day, listed=imported.papers, unchanged=True)
        return None

    @cached_property
    def _told_days(self) -> Mapping[str, date]:
        """The days of the listings imported before this run, by the hashes of their bytes."""
        return {
            imported.sha256: day.date
            for day in disk.read_days(self.root)
            if day.ledger is not None
            for imported in ledger.parse(day.ledger.text(), file=day.ledger.path).listings
        }

    def _ledger(self, day: date) -> Ledger | None:
        if self._day is None or self._day[0] != day:
            path = f"{disk.day_folder(day)}/{disk.LEDGER}"
            text = self._texts.get(path)
            self._day = (day, None if text is None else ledger.parse(text, file=path))
        return self._day[1]


def _intake(root: Path) -> Intake | None:
    """Return the rules of content/intake.yml; None without the file. Raises ContentError."""
    source = disk.read(root, INTAKE)
    return None if source is None else parse_intake(source.text(), file=str(root / INTAKE))


def read_bytes(file: Path) -> bytes:
    """Return a listing's bytes. Raises `ListingError` where it is too large or can't be read."""
    symlinks.refuse(file.parent, file.name, error=ListingError, file=str(file))
    try:
        size = file.stat().st_size
        if size > listings.MAX_BYTES:
            raise ListingError(
                f"the file has {size / 1e6:,.0f} MB; expected one day's listing, at most "
                f"{listings.MAX_BYTES // 1_000_000} MB",
                file=str(file),
            )
        return read_regular(file)
    except OSError as error:
        raise ListingError(
            f"can't be read: {error.strerror}; expected a listing here", file=str(file)
        ) from error
