"""What a BibTeX record takes from the one that its `crossref` names: where it appeared, and when.

The proceedings or the book that papers of a file are in stands beside them, and is none itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_HOLDERS = frozenset("proceedings mvproceedings collection mvcollection book mvbook".split())
_LONGEST = 2_000  # characters of a value that others take
_PLACES = ("booktitle", "journal", "journaltitle")
_DATES = ("year", "date")
_Fields = Mapping[str, str]


class Holders:
    """The records of a file that others name by `crossref`, by their keys.

    Each of `records` is the name of its kind ("inproceedings") and its fields, `key` among them.
    """

    def __init__(self, records: Sequence[tuple[str, _Fields]]) -> None:
        ways = ((_key(one.get("crossref", "")), _key(one["key"])) for _, one in records)
        named = {to for to, own in ways if to not in ("", own)}
        self._holders = {
            key: fields
            for kind, fields in records
            if kind in _HOLDERS and (key := _key(fields["key"])) in named
        }

    def has(self, fields: _Fields) -> bool:
        """Return whether a record is one that holds others."""
        return self._holders.get(_key(fields["key"])) is fields

    def completed(self, fields: dict[str, str]) -> dict[str, str]:
        """Return a record's fields with its holder's title and date, where it has none itself."""
        holder = self._holders.get(_key(fields.get("crossref", "")))
        if holder is None or holder is fields:
            return fields
        more: dict[str, str] = {}
        if not any(fields.get(name) for name in _PLACES):
            more["booktitle"] = holder.get("booktitle") or holder.get("title", "")
        if not any(fields.get(name) for name in _DATES):
            more |= {name: holder[name] for name in (*_DATES, "month") if name in holder}
        return fields | {
            name: value
            for name, value in more.items()
            if value and len(value) <= _LONGEST and not fields.get(name)
        }


def _key(text: str) -> str:
    return text.strip().lower()
