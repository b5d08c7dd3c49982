"""A model's summary in a paper's block: `machine_summary`, a mapping. Pure.

machine_summary: {kind: sentence, text: ..., language: en, model: ..., date: ..., mark: ...}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from ...errors import ContentError, shown
from ...papers import POINTS, SENTENCE, SUMMARY_KINDS, MachineSummary
from ...suggestions import did_you_mean

NAME = "machine_summary"
"""The key in a paper's block."""

LONGEST = 10_000
"""Characters of a text or a point at most."""
MOST_POINTS = 10

_KEYS = ("kind", "text", "points", "language", "model", "date", "mark")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def read(value: Any, key: str) -> MachineSummary:
    """Return the summary that a block holds. Raises ContentError for what is none."""
    if not isinstance(value, Mapping):
        raise ContentError(
            f"{key}: expected a mapping such as {{text: ..., language: en, model: ..., "
            f"date: 2025-08-07}}, found {shown(value)}"
        )
    for name in value:
        if name not in _KEYS:
            raise ContentError(
                f"{key}: {shown(name)} is not known{did_you_mean(name, _KEYS)}; expected "
                f"{', '.join(_KEYS)}"
            )
    points = value.get("points", [])
    if not isinstance(points, list) or len(points) > MOST_POINTS:
        raise ContentError(f"{key}: points: expected a list of {MOST_POINTS} texts at most")
    found = tuple(_text(one, f"{key}: points") for one in points)
    kind = _text(value.get("kind", POINTS if found else SENTENCE), f"{key}: kind")
    text = _text(value.get("text", ""), f"{key}: text")
    if kind not in SUMMARY_KINDS:
        raise ContentError(
            f"{key}: kind: {shown(kind)}; expected one of {', '.join(SUMMARY_KINDS)}"
        )
    if bool(text) == bool(found) or (kind == POINTS) != bool(found) or "" in found:
        raise ContentError(f"{key}: expected `points` for the kind points, and else a `text`")
    return MachineSummary(
        kind=kind,
        text=text,
        points=found,
        language=_matching(value, "language", _LANGUAGE, key, "a code such as en"),
        model=_text(value.get("model", ""), f"{key}: model", 100, needed=True),
        date=_date(_matching(value, "date", _DAY, key, "a day such as 2025-08-07"), key),
        mark=_text(value.get("mark", ""), f"{key}: mark", 100),
    )


def written(summary: MachineSummary) -> dict[str, Any]:
    """Return a summary as a block holds it."""
    said: dict[str, Any] = {"kind": summary.kind}
    said |= {"points": list(summary.points)} if summary.points else {"text": summary.text}
    said |= {"language": summary.language, "model": summary.model, "date": summary.date}
    return said | ({"mark": summary.mark} if summary.mark else {})


def _text(value: Any, key: str, longest: int = LONGEST, *, needed: bool = False) -> str:
    if not isinstance(value, str):
        raise ContentError(f"{key}: expected one text, found {shown(value)}")
    text = " ".join(value.split())
    if len(text) > longest or (needed and not text):
        raise ContentError(f"{key}: found {len(text)} characters; expected 1 to {longest}")
    return text


def _matching(
    value: Mapping[str, Any], name: str, pattern: re.Pattern[str], key: str, what: str
) -> str:
    text = _text(value.get(name, ""), f"{key}: {name}")
    if not pattern.match(text):
        raise ContentError(f"{key}: {name}: {shown(text)}; expected {what}")
    return text


def _date(text: str, key: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ContentError(f"{key}: date: {shown(text)} is not a valid date") from None
