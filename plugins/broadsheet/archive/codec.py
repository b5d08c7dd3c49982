"""Days as plain data and back, so that a build need not parse again what an earlier one parsed."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

from ..papers import Note, Paper
from .ledger_summary import LedgerSummary
from .model import Day, Placed

_FIELDS = tuple(one.name for one in fields(Paper))
_PLAIN = {one.name: one.default for one in fields(Paper)}
_TUPLES = frozenset(name for name, value in _PLAIN.items() if value == ())


def packed(day: Day) -> bytes | None:
    """A day as bytes; None for one that would not come back the same, as one with odd values of a
    curator's own may not."""
    data = {
        "date": day.date.isoformat(),
        "digest": day.digest,
        "intros": day.intros,
        "missing": day.missing,
        "declined": day.declined,
        "intake": day.intake and [getattr(day.intake, name) for name in LedgerSummary.__slots__],
        "papers": [[_bare(one.paper), one.topic, one.path, one.line] for one in day.papers],
    }
    try:
        made = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return made.encode("utf-8", "surrogatepass") if _day(json.loads(made)) == day else None
    except TypeError:
        return None


def unpacked(value: bytes) -> Day:
    """The day that `packed` packed."""
    return _day(json.loads(value.decode("utf-8", "surrogatepass")))


def _bare(paper: Paper) -> dict[str, Any]:
    """A paper's fields that say something."""
    known = ((name, getattr(paper, name)) for name in _FIELDS)
    made = {name: value for name, value in known if value != _PLAIN[name]}
    if paper.notes:
        made["notes"] = [[note.text, note.curator] for note in paper.notes]
    return made


def _day(data: dict[str, Any]) -> Day:
    when = date.fromisoformat(data["date"])
    return Day(
        date=when,
        digest=data["digest"],
        intros=_pairs(data["intros"]),
        missing=tuple(data["missing"]),
        declined=data["declined"],
        intake=_intake(data["intake"]),
        papers=tuple(
            Placed(paper=_paper(paper), date=when, topic=topic, path=path, line=line)
            for paper, topic, path, line in data["papers"]
        ),
    )


def _paper(values: dict[str, Any]) -> Paper:
    for name in _TUPLES.intersection(values):
        values[name] = tuple(values[name])
    if "notes" in values:
        values["notes"] = tuple(Note(text=text, curator=who) for text, who in values["notes"])
    if "extra" in values:
        values["extra"] = _pairs(values["extra"])
    return Paper(**values)


def _intake(values: list[Any] | None) -> LedgerSummary | None:
    if values is None:
        return None
    known = dict(zip(LedgerSummary.__slots__, values, strict=True))
    return LedgerSummary(
        **known | {"sources": tuple(known["sources"]), "doubles": tuple(known["doubles"])}
    )


def _pairs(rows: list[list[Any]]) -> tuple[tuple[Any, Any], ...]:
    return tuple((key, value) for key, value in rows)
