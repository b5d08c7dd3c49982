"""The decisions of a review that are not written yet, kept in the cache so that a closed terminal
loses none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ...io.cache import FOLDER, MALFORMED, Store
from ..changes.items import DayItem
from .review import Step, decode, encode

_FORMAT = "review 1"


class Drafts:
    """The kept decisions on one day's papers."""

    def __init__(self, root: Path, day: date) -> None:
        self._store = Store(root.parent / FOLDER / "edits")
        self._key = f"review-{day}"

    def read(self, items: Sequence[DayItem]) -> tuple[Step, ...]:
        """Return the decisions of an earlier review that was left without writing them."""
        data = self._store.read(self._key, _FORMAT, list[list[dict[str, Any]]]) or []
        try:
            return decode(data, [item.id for item in items])
        except MALFORMED:
            return ()

    def keep(self, steps: Sequence[Step]) -> None:
        """Keep decisions; forget them where there are none."""
        if steps:
            self._store.write(self._key, _FORMAT, encode(steps))
        else:
            self._store.drop(self._key)
