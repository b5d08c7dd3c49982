"""A day's ledger (day.yml): the listings that were imported, and the status of each paper.

The file is YAML with one listing or paper a line, each a JSON object (which is YAML too), so that a
diff shows one paper a line and reading is fast. People may edit it and add comments. In the file
a paper's status is called "became".

    date: 2025-08-07
    listings:
    - {"file": "2025-08-07.huggingface.txt", "sha256": "...", "source": "huggingface", "papers": 50}
    papers:
    - {"id": "lion-secretly-solves", "title": "Lion Secretly Solves ...", "became": "published"}
    - {"id": "2401.16164", "title": "...", "became": "duplicate", "of": "2025-08-05"}
    - {"id": "some-other", "title": "...", "became": "declined"}
    - {"id": "yet-another", "title": "...", "became": "waiting"}
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .. import conflict_markers
from ..errors import LedgerError, shown
from ..suggestions import did_you_mean
from .ledger_rows import DATE, TIME, RawLedger, format_row, read_rows

PUBLISHED, DUPLICATE, DECLINED, WAITING = "published", "duplicate", "declined", "waiting"
STATUSES = (PUBLISHED, DUPLICATE, DECLINED, WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedListing:
    """An imported listing: its file's name, the SHA-256 of its bytes, its source, and its number of
    papers. `captured` is ISO 8601, None where unknown; `empty` is the reason why a valid listing
    holds no papers.
    """

    file: str
    sha256: str
    source: str
    papers: int
    captured: str | None = None
    empty: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStatus:
    """The status of one listed paper: one of STATUSES.

    `title` is the listing's; `doi` and `url` tell a paper without arXiv id from another of its
    title, once no page holds it; `of` is the other day on which a duplicate was published, or
    waits; `late` says that the paper was added to a day that had been imported before: when the
    capture was taken that first listed it (ISO 8601), True where that is unknown. `waited` says
    that it was declined while it waited, and never published; `by` names the curator who picked or
    declined it. `sources` maps fields that
    a later listing gave to that listing's source. `written` is the `section_hash` of the section as
    the importer last wrote it: while the section has it, nobody has edited the section.
    """

    id: str
    title: str
    status: str
    arxiv: str | None = None
    doi: str | None = None
    url: str | None = None
    of: str | None = None
    late: bool | str = False
    waited: bool = False
    by: str | None = None
    sources: tuple[tuple[str, str], ...] = ()
    written: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A day's ledger: its listings in the order of import, and its papers."""

    date: date
    listings: tuple[ImportedListing, ...] = ()
    statuses: tuple[PaperStatus, ...] = ()

    def count(self, status: str) -> int:
        """Return the number of papers with a status."""
        return sum(record.status == status for record in self.statuses)

    def row(self, key: str) -> PaperStatus | None:
        """Return a paper's row; None where the ledger has none."""
        return next((record for record in self.statuses if record.id == key), None)

    def with_row(self, record: PaperStatus) -> Ledger:
        """Return the ledger with a paper's row replaced, or added at the end."""
        rows = {one.id: one for one in self.statuses} | {record.id: record}
        return replace(self, statuses=tuple(rows.values()))


def section_hash(text: str) -> str:
    """Return a hash (64 bits, hexadecimal) of a section's text, ignoring line ends and the blank
    lines around it."""
    plain = text.replace("\r\n", "\n").strip("\n")
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()


def format(ledger: Ledger) -> str:
    """Return the ledger as text; `parse(format(ledger)) == ledger`."""
    lines = [f"date: {ledger.date.isoformat()}", "listings:" + ("" if ledger.listings else " []")]
    lines += map(_listing_row, ledger.listings)
    lines.append("papers:" + ("" if ledger.statuses else " []"))
    lines += map(_status_row, ledger.statuses)
    return "\n".join(lines) + "\n"


def _listing_row(imported: ImportedListing, extra: Mapping[str, Any] = {}) -> str:
    return _row({
        "file": imported.file, "sha256": imported.sha256, "source": imported.source,
        "captured": imported.captured, "papers": imported.papers, "empty": imported.empty, **extra,
    })  # fmt: skip


def _status_row(record: PaperStatus, extra: Mapping[str, Any] = {}) -> str:
    return _row({
        "id": record.id, "title": record.title, "arxiv": record.arxiv,
        "doi": record.doi, "url": record.url, "became": record.status,
        "of": record.of, "late": record.late or None, "waited": record.waited or None,
        "by": record.by, "sources": dict(record.sources) or None,
        "written": record.written, **extra,
    })  # fmt: skip


def _row(values: dict[str, Any]) -> str:
    return format_row({key: value for key, value in values.items() if value is not None})


def parse(text: str, *, file: str | None = None) -> Ledger:
    """Parse a ledger.

    Accepts line ends of any kind and a byte-order mark. Raises LedgerError, with file and line
    where known, for invalid YAML, for missing or invalid keys, and for two rows with one id.
    """
    try:
        conflict_markers.refuse(text, kind=LedgerError)
        return _ledger(read_rows(text))
    except LedgerError as error:
        error.file = error.file or file
        if error.line is None:
            key = error.message.partition(":")[0]
            lines = text.split("\n")
            error.line = next(
                (n for n, one in enumerate(lines, 1) if one.startswith(f"{key}:")), None
            )
        raise


def update(text: str, ledger: Ledger) -> str:
    """Return a ledger's text with the rows changed that differ from `ledger`.

    Unchanged rows, comments, blank lines and unknown keys keep their bytes; only a text whose rows
    don't have lines of their own is formatted anew. Raises LedgerError for a text that can't be
    read.
    """
    updated = _spliced(text, ledger)
    if updated is not None:
        try:
            if parse(updated) == ledger:
                return updated
        except LedgerError:  # its layout doesn't allow inserting lines
            pass
    return format(ledger)


def _spliced(text: str, ledger: Ledger) -> str | None:
    """Return the text with changed and added rows; None where its date or listings differ."""
    raw = read_rows(text)
    before = _ledger(raw)
    known = len(before.listings)
    if before.date != ledger.date or ledger.listings[:known] != before.listings:
        return None
    lines = list(io.StringIO(text, newline=""))
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    newline = "\r\n" if "\r\n" in text else "\n"
    statuses = {record.id: record for record in ledger.statuses}
    changed: dict[int, str] = {}
    for row, old in zip(raw.rows.get("papers", ()), before.statuses, strict=True):
        new = statuses.pop(old.id, None)
        if new == old:
            continue
        changed.update(dict.fromkeys(range(row.line - 1, row.last), ""))
        if new is not None:
            written = _status_row(new, _unknown(row.values, _STATUS_KEYS))
            changed[row.line - 1] = _indent(lines[row.line - 1]) + written + newline
    added = {
        "listings": [_listing_row(one) for one in ledger.listings[known:]],
        "papers": [_status_row(one) for one in statuses.values()],
    }
    for key, rows in added.items():
        if not rows:
            continue
        last = raw.rows[key][-1] if raw.rows.get(key) else None
        place = last.last - 1 if last else raw.heads.get(key)
        indent = _indent(lines[last.line - 1]) if last else ""
        block = "".join(indent + row + newline for row in rows)
        if place is None:
            lines.append(f"{key}:{newline}{block}")
            continue
        head = changed.get(place, lines[place])
        if last is None:
            head = head.replace("[]", "", 1).replace(": ", ":", 1).rstrip() + newline
        changed[place] = head + block
    return "".join(changed.get(n, line) for n, line in enumerate(lines))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


_KEYS = ("date", "listings", "papers")
_STATUS_KEYS = (
    "id",
    "title",
    "arxiv",
    "doi",
    "url",
    "became",
    "of",
    "late",
    "waited",
    "by",
    "sources",
    "written",
)


def _unknown(values: Any, known: Iterable[str]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in known}


def _ledger(raw: RawLedger) -> Ledger:
    for key in (*raw.values, *raw.rows):
        near = did_you_mean(key.lower(), _KEYS) if key not in _KEYS else ""
        if near:
            raise LedgerError(f"{key}: this is no key of a ledger{near}")
    written = str(raw.values.get("date", ""))
    try:
        day = date.fromisoformat(written if DATE.match(written) else "")
    except ValueError:
        raise LedgerError(
            f"date: {shown(written)} is not a valid date; expected one such as 2025-08-07", line=1
        ) from None
    for key in ("listings", "papers"):
        if raw.values.get(key) is not None:
            raise LedgerError(
                f"{key}: found {shown(raw.values[key])}; expected rows such as - {{...}}"
            )
    listings = tuple(_listing(row.values, row.line) for row in raw.rows.get("listings", ()))
    statuses = []
    seen: dict[str, int] = {}
    for row in raw.rows.get("papers", ()):
        record = _status(row.values, row.line)
        if record.id in seen:
            raise LedgerError(
                f"id: {shown(record.id)} is already in use in line {seen[record.id]}; "
                "expected one row an id",
                line=row.line,
            )
        seen[record.id] = row.line
        statuses.append(record)
    return Ledger(date=day, listings=listings, statuses=tuple(statuses))


def _texts(row: Any, required: Iterable[str], optional: Iterable[str], line: int) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise LedgerError(f"found {shown(row)}; expected a row such as - {{...}}", line=line)
    found = {}
    for key in (*required, *optional):
        value = row.get(key)
        if value is None and key in optional:
            continue
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # a title such as 1984, without quotation marks
        if not isinstance(value, str) or not value:
            found_text = "nothing" if value in (None, "") else shown(value)
            raise LedgerError(f"{key}: found {found_text}; expected a text", line=line)
        found[key] = value
    return found


def _listing(row: Any, line: int) -> ImportedListing:
    texts = _texts(row, ("file", "sha256", "source"), ("captured", "empty"), line)
    papers = row.get("papers")
    if not isinstance(papers, int) or isinstance(papers, bool) or papers < 0:
        raise LedgerError(f"papers: found {shown(papers)}; expected a count", line=line)
    return ImportedListing(papers=papers, **texts)


def _status(row: Any, line: int) -> PaperStatus:
    optional = ("arxiv", "doi", "url", "of", "by", "written")
    texts = _texts(row, ("id", "title", "became"), optional, line)
    status = texts.pop("became")
    if status not in STATUSES:
        raise LedgerError(
            f"became: found {shown(status)}; expected {', '.join(STATUSES[:-1])} or {STATUSES[-1]}"
            f"{did_you_mean(status, STATUSES)}",
            line=line,
        )
    if status == DUPLICATE and not _is_day(texts.get("of", "")):
        raise LedgerError(
            f"of: found {shown(texts.get('of', ''))}; expected the day that the paper was "
            "published on, such as 2025-08-05",
            line=line,
        )
    sources = row.get("sources") or {}
    if not isinstance(sources, dict) or not all(isinstance(one, str) for one in sources.values()):
        raise LedgerError(
            f'sources: found {shown(sources)}; expected such as {{"code": "arxiv"}}', line=line
        )
    return PaperStatus(
        status=status,
        late=_late(row.get("late"), line),
        waited=row.get("waited") is True,
        sources=tuple(sources.items()),
        **texts,
    )


def _late(value: Any, line: int) -> bool | str:
    if value is None or isinstance(value, bool) or (isinstance(value, str) and TIME.match(value)):
        return value or False
    raise LedgerError(
        f"late: found {shown(value)}; expected true or a time such as 2025-08-07T18:00Z", line=line
    )


def _is_day(text: str) -> bool:
    try:
        return bool(DATE.match(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
