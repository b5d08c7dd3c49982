"""A day's ledger (day.yml): which listings came in, and what became of each paper.

The file is YAML, one listing or paper a line, each line a JSON object (which YAML reads too), so
that a diff shows one paper a line and reading costs little. People seldom edit it; what they may
add is a comment.

    date: 2025-08-07
    listings:
    - {"file": "2025-08-07.huggingface.txt", "sha256": "...", "source": "huggingface", "papers": 50}
    papers:
    - {"id": "lion-secretly-solves", "title": "Lion Secretly Solves ...", "became": "published"}
    - {"id": "2401.16164", "title": "...", "became": "duplicate", "of": "2025-08-05"}
    - {"id": "some-other", "title": "...", "became": "declined"}
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from .errors import LedgerError, shown

PUBLISHED, DUPLICATE, DECLINED = "published", "duplicate", "declined"

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A listing that came in: its file's name, the hash of its bytes, its source, and how many
    papers it holds. `captured` is ISO 8601, None where nothing tells; `empty` says why a valid
    listing holds none.
    """

    file: str
    sha256: str
    source: str
    papers: int
    captured: str | None = None
    empty: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one listed paper. `title` is the listing's; `of` is the earlier day that a
    duplicate was published on; `late` says that it joined a day that had been imported before.
    `sources` names, for a paper that several listings show, the fields that came from another than
    the first, and from which. `written` is the `section_hash` of its section as last written by
    the importer: while it still stands so, no person has touched it.
    """

    id: str
    title: str
    became: str
    arxiv: str | None = None
    of: str | None = None
    late: bool = False
    sources: tuple[tuple[str, str], ...] = ()
    written: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A day's ledger."""

    date: date
    arrivals: tuple[Arrival, ...] = ()
    fates: tuple[Fate, ...] = ()

    def count(self, became: str) -> int:
        """How many papers became published, duplicate or declined."""
        return sum(fate.became == became for fate in self.fates)


def section_hash(text: str) -> str:
    """A short hash of a section's text, line ends and blank lines around it aside."""
    plain = text.replace("\r\n", "\n").strip("\n")
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()


def format(ledger: Ledger) -> str:  # noqa: A001
    """The ledger as text; `parse(format(ledger)) == ledger`."""
    lines = [f"date: {ledger.date.isoformat()}", "listings:" + ("" if ledger.arrivals else " []")]
    for arrival in ledger.arrivals:
        lines.append(_row({
            "file": arrival.file, "sha256": arrival.sha256, "source": arrival.source,
            "captured": arrival.captured, "papers": arrival.papers, "empty": arrival.empty,
        }))  # fmt: skip
    lines.append("papers:" + ("" if ledger.fates else " []"))
    for fate in ledger.fates:
        lines.append(_row({
            "id": fate.id, "title": fate.title, "arxiv": fate.arxiv, "became": fate.became,
            "of": fate.of, "late": fate.late or None, "sources": dict(fate.sources) or None,
            "written": fate.written,
        }))  # fmt: skip
    return "\n".join(lines) + "\n"


def _row(values: dict[str, Any]) -> str:
    kept = {key: value for key, value in values.items() if value is not None}
    text = json.dumps(kept, ensure_ascii=False)
    # YAML ends a line at these, JSON doesn't.
    return "- " + re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]",
        lambda m: f"\\u{ord(m.group()):04x}",
        text,
    )


def parse(text: str, *, file: str | None = None) -> Ledger:
    """Read a ledger.

    Raises LedgerError, with file and line where known, for what is no YAML, for keys that are
    missing or wrong, and for two rows with one id.
    """
    try:
        values, rows = _lines(text) or _yaml(text)
        return _ledger(values, rows)
    except LedgerError as error:
        error.file = error.file or file
        raise


Rows = dict[str, list[tuple[int, Any]]]


def _lines(text: str) -> tuple[dict[str, Any], Rows] | None:
    """The ledger's values where it has the shape that `format` writes, else None."""
    values: dict[str, Any] = {}
    rows: Rows = {}
    current: list[tuple[int, Any]] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("- {"):
            if current is None:
                return None
            try:
                current.append((number, json.loads(line[2:])))
            except (json.JSONDecodeError, RecursionError):
                return None
        elif line in ("listings:", "listings: []", "papers:", "papers: []"):
            key = line.split(":")[0]
            if key in rows:
                return None
            current = rows[key] = []
        elif line.startswith("date: ") and "date" not in values:
            values["date"] = line[6:]
            current = None
        elif line and not line.startswith("#"):
            return None
    return (values, rows) if values else None


def _yaml(text: str) -> tuple[dict[str, Any], Rows]:
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        if not isinstance(node, yaml.MappingNode):
            raise LedgerError("expected `date:`, `listings:` and `papers:`", line=1)
        if "&" in text and _has_alias(node):
            raise LedgerError("YAML aliases (*name) are not allowed here", line=1)
        values: dict[str, Any] = {}
        rows: Rows = {}
        for key, value in node.value:
            if isinstance(value, yaml.SequenceNode):
                rows[key.value] = [
                    (item.start_mark.line + 1, yaml.load(text[item.start_mark.index : item.end_mark.index], Loader=yaml.CSafeLoader))
                    for item in value.value
                ]  # fmt: skip
            elif isinstance(value, yaml.ScalarNode):
                values[key.value] = value.value
        return values, rows
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise LedgerError(
            f"this is no YAML: {error.problem}", line=mark.line + 1 if mark else None
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise LedgerError(f"this is no YAML: {error}") from error


def _has_alias(node: yaml.Node) -> bool:
    seen: set[int] = set()
    todo: list[Any] = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, tuple):
            todo.extend(one)
            continue
        if id(one) in seen:
            return True
        seen.add(id(one))
        if not isinstance(one, yaml.ScalarNode):
            todo.extend(one.value)
    return False


def _ledger(values: dict[str, Any], rows: Rows) -> Ledger:
    written = str(values.get("date", ""))
    try:
        day = date.fromisoformat(written if _DATE.match(written) else "")
    except ValueError:
        raise LedgerError(
            f"date: {shown(written)} is no date; expected one such as 2025-08-07", line=1
        ) from None
    arrivals = tuple(_arrival(row, line) for line, row in rows.get("listings", []))
    fates = []
    seen: set[str] = set()
    for line, row in rows.get("papers", []):
        fate = _fate(row, line)
        if fate.id in seen:
            raise LedgerError(f"the id {shown(fate.id)} stands here twice", line=line)
        seen.add(fate.id)
        fates.append(fate)
    return Ledger(date=day, arrivals=arrivals, fates=tuple(fates))


def _texts(row: Any, required: Iterable[str], optional: Iterable[str], line: int) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise LedgerError(f"expected a row such as - {{...}}, found {shown(row)}", line=line)
    found = {}
    for key in (*required, *optional):
        value = row.get(key)
        if value is None and key in optional:
            continue
        if isinstance(value, date):
            value = value.isoformat()
        if not isinstance(value, str) or not value:
            raise LedgerError(f"{key}: expected a text, found {shown(value)}", line=line)
        found[key] = value
    return found


def _arrival(row: Any, line: int) -> Arrival:
    texts = _texts(row, ("file", "sha256", "source"), ("captured", "empty"), line)
    papers = row.get("papers")
    if not isinstance(papers, int) or papers < 0:
        raise LedgerError(f"papers: expected a count, found {shown(papers)}", line=line)
    return Arrival(papers=papers, **texts)


def _fate(row: Any, line: int) -> Fate:
    texts = _texts(row, ("id", "title", "became"), ("arxiv", "of", "written"), line)
    if texts["became"] not in (PUBLISHED, DUPLICATE, DECLINED):
        raise LedgerError(
            f"became: expected published, duplicate or declined, found {shown(texts['became'])}",
            line=line,
        )
    if texts["became"] == DUPLICATE and not _DATE.match(texts.get("of", "")):
        raise LedgerError("a duplicate needs `of`, the day it was published on", line=line)
    sources = row.get("sources") or {}
    if not isinstance(sources, dict):
        raise LedgerError(f"sources: expected a mapping, found {shown(sources)}", line=line)
    return Fate(
        late=row.get("late") is True,
        sources=tuple((str(key), str(value)) for key, value in sources.items()),
        **texts,
    )
