"""The names with most papers, kept as papers come and go without looking at all names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from .name_use import NameUse

TOP = 300
"""The most names of a kind that an index page lists."""
_KEPT = 2 * TOP  # so that some may fall before all are looked at

Row = tuple[str, str, int]
"""A name's key, the name, and the count of its papers."""


class Ranking(msgspec.Struct, frozen=True):
    """The first names of one kind, by their papers and then by their keys; `whole` if these are
    all."""

    rows: list[Row]
    whole: bool

    @property
    def top(self) -> list[Row]:
        """The names that an index page lists."""
        return self.rows[:TOP]

    @property
    def enough(self) -> bool:
        """Whether it has all names that an index page lists."""
        return self.whole or len(self.rows) >= TOP

    def after(self, changed: Iterable[tuple[str, NameUse | None]]) -> Ranking:
        """Return the ranking after names changed; None stands for one that has no page any more."""
        last = None if self.whole or not self.rows else _place(self.rows[-1])
        rows = {row[0]: row for row in self.rows}
        for key, use in changed:
            row = use and (key, use.name, use.total)
            if row and (self.whole or (last is not None and _place(row) <= last)):
                rows[key] = row
            else:
                rows.pop(key, None)
        ranked = sorted(rows.values(), key=_place)
        return Ranking(ranked[:_KEPT], self.whole and len(ranked) <= _KEPT)


def _place(row: Row) -> tuple[int, str]:
    return -row[2], row[0]


def rankings(
    before: Mapping[str, Ranking], changed: Mapping[str, NameUse | None]
) -> dict[str, Ranking]:
    """Return the rankings by kind after names changed, by their keys ("author/ada-lovelace")."""
    kinds: dict[str, list[tuple[str, NameUse | None]]] = {kind: [] for kind in before}
    for key, use in changed.items():
        kinds.setdefault(key.partition("/")[0], []).append((key, use))
    return {
        kind: before.get(kind, Ranking([], True)).after(found)
        for kind, found in sorted(kinds.items())
    }
