"""Importing listings into a content folder: the reading and writing around `plan`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path

from .. import content, ledger, listings
from ..errors import BroadsheetError, ContentError, ListingError
from ..ledger import Arrival, Ledger
from ..topics import Classifier, Vocabulary, parse_vocabulary
from .known import Known
from .plan import Incoming, Plan, Report, plan

LARGEST = listings.MAX_BYTES


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: a report a listing, or the error that kept a listing out."""

    reports: tuple[Report, ...]
    errors: tuple[BroadsheetError, ...]


def vocabulary(root: Path) -> Vocabulary:
    """The content folder's topics and tags. Raises VocabularyError or ContentError."""
    texts = []
    for name in ("topics.yml", "tags.yml"):
        path = root / name
        try:
            texts.append(content.Source(str(path), path.read_bytes()).text())
        except OSError as error:
            raise ContentError(
                f"can't be read: {error.strerror}; expected the vocabulary here", file=str(path)
            ) from error
    return parse_vocabulary(*texts, str(root / "topics.yml"), str(root / "tags.yml"))


def run(
    files: Sequence[Path],
    root: Path,
    *,
    given: date | None = None,
    done: Callable[[], None] = lambda: None,
) -> Outcome:
    """Import listings, oldest day first. Each is all or nothing: a listing that can't be read
    leaves its day as it was and the others go on.

    `given` is the day of listings whose names and texts don't tell (`--date`); `done` is called
    after each listing.
    """
    importer = _Importer(root)
    reports = []
    errors: list[BroadsheetError] = []
    for file in sorted(files, key=_order):
        try:
            reports.append(importer.take(file, given))
        except BroadsheetError as error:
            errors.append(error)
        done()
    return Outcome(tuple(reports), tuple(errors))


def _order(file: Path) -> tuple[str, str]:
    try:
        day = listings.parse_name(file.name).date
    except ListingError:
        day = None
    return (day.isoformat() if day else "9999", file.name)


class _Pages(Mapping[str, str]):
    """The texts of pages below a content folder, read when asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __getitem__(self, path: str) -> str:
        try:
            return content.Source(path, (self._root / path).read_bytes()).text()
        except FileNotFoundError:
            raise KeyError(path) from None

    def __iter__(self) -> Iterator[str]:
        return (source.path for day in content.read_days(self._root) for source in day.pages)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Importer:
    """A run's view of the content folder: its ledgers, and the index of known papers."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pages = _Pages(root)
        self._vocabulary = vocabulary(root)
        self._classifier = Classifier(self._vocabulary)
        self._known: Known | None = None
        self._ledgers: dict[date, Ledger | None] = {}

    def take(self, file: Path, given: date | None) -> Report:
        """Import one listing."""
        data = self._read(file)
        name = listings.parse_name(file.name)
        sha256 = hashlib.sha256(data).hexdigest()
        if name.date is not None:
            seen = self._seen(name.date, sha256, file.name)
            if seen is not None:
                return seen
        listing = listings.parse(data, file=str(file))
        day = listings.resolve_date(listing, name, given, str(file))
        seen = self._seen(day, sha256, file.name)
        if seen is not None:
            return seen
        captured = name.time or listing.captured
        arrival = Arrival(
            file=file.name,
            sha256=sha256,
            source=name.source or listing.format,
            papers=len(listing.entries),
            captured=captured.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if captured else None,
            empty=listing.empty,
        )
        made = plan(
            Incoming(
                date=day, arrival=arrival, entries=listing.entries, notices=listing.notices
            ),
            ledger=self._ledger(day),
            content=self._pages,
            known=self._index(),
            classifier=self._classifier,
            vocabulary=self._vocabulary,
        )
        self._carry_out(day, made)
        return made.report

    def _read(self, file: Path) -> bytes:
        try:
            if file.stat().st_size > LARGEST:
                raise ListingError(
                    f"{file.stat().st_size // 1_000_000} MB; expected a listing of at most "
                    f"{LARGEST // 1_000_000} MB",
                    file=str(file),
                )
            return file.read_bytes()
        except OSError as error:
            raise ListingError(f"can't be read: {error.strerror}", file=str(file)) from error

    def _seen(self, day: date, sha256: str, name: str) -> Report | None:
        known = self._ledger(day)
        for arrival in known.arrivals if known else ():
            if arrival.sha256 == sha256:
                return Report(file=name, date=day, listed=arrival.papers, unchanged=True)
        return None

    def _ledger(self, day: date) -> Ledger | None:
        if day not in self._ledgers:
            path = f"{content.day_folder(day)}/{content.LEDGER}"
            text = self._pages.get(path)
            self._ledgers[day] = None if text is None else ledger.parse(text, file=path)
        return self._ledgers[day]

    def _index(self) -> Known:
        if self._known is None:
            self._known = Known()
            for sources in content.read_days(self._root):
                found = self._ledger(sources.date)
                if found is not None:
                    self._known.add_ledger(found)
                self._known.add_sources(sources)
        return self._known

    def _carry_out(self, day: date, made: Plan) -> None:
        for path, text in made.writes:
            content.write(self._root, path, text)
        self._ledgers[day] = made.ledger
        known = self._index()
        known.add_ledger(made.ledger)
        for path, text in made.writes:
            if path.endswith(".md"):
                known.add_page(day, path, text)
