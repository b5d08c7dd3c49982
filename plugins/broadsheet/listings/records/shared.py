"""What an object says of all the papers in its list: where they appeared, and in which year.

Proceedings give that once, beside the papers or in an object beside them ("meta").
"""

from __future__ import annotations

from typing import Any

from ..fields import given_days, values
from ..fields.field_names import OF_WORDS, field_of, normal

_YEARS = frozenset("year publicationyear pubyear jahr año année ano anno 年份".split())
_MOST_KEYS = 60  # of an object that are looked at
_LONGEST = 300  # characters of a venue


def shared(node: dict[str, Any]) -> dict[str, Any]:
    """Return what an object that holds lists says of where and when the papers in these appeared,
    by its own keys; nothing where it says neither."""
    made = _said(node)
    for key, value in list(node.items())[:_MOST_KEYS]:
        if isinstance(value, dict) and not any(isinstance(one, list) for one in value.values()):
            made = {**{f"{key}.{name}": one for name, one in _said(value).items()}, **made}
    return made


def _said(node: dict[str, Any]) -> dict[str, Any]:
    venues: dict[str, Any] = {}
    dates: dict[str, Any] = {}
    for key, value in list(node.items())[:_MOST_KEYS]:
        known = field_of(key)
        if known and known[0] == "venue" and known[1] < OF_WORDS:
            if (name := values.venue(value)) and len(name) <= _LONGEST:
                venues[key] = name
        elif normal(key) in _YEARS and (year := given_days.day(value)) and len(year) == 4:
            dates[key] = year
        elif normal(key) == "month" and values.line(value):
            dates[key] = values.line(value)
    if not any(normal(key) in _YEARS for key in dates):
        dates = {}
    best = max(venues, key=lambda key: len(venues[key]), default="")
    return ({best: venues[best]} if best else {}) | dates


def given(record: Any, said: dict[str, Any]) -> Any:
    """Return a record with what is said of all, where it does not say that itself."""
    if not said or not isinstance(record, dict):
        return record
    own = {known[0] for key, value in record.items() if value and (known := field_of(str(key)))}
    dated = "published" in own
    more = {}
    for path, value in said.items():
        name = path.rpartition(".")[2]
        known = field_of(name)
        if known and known[0] == "venue":
            if "venue" not in own:
                more[name] = value
        elif not dated:
            more[name] = value
    return {**record, **{key: value for key, value in more.items() if key not in record}}
