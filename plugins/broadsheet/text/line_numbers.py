"""The lines of a text by the places in it, for messages. Pure."""

from __future__ import annotations

from bisect import bisect_left


class LineNumbers:
    """Tells the lines of places in a text, of which `first` is the number of the first. The text is
    read once, however many places are asked for."""

    def __init__(self, text: str, first: int = 1) -> None:
        self._text, self._first = text, first
        self._ends: list[int] | None = None

    def at(self, place: int) -> int:
        """Return the number of the line that a place is in."""
        if self._ends is None:
            self._ends = [at for at, char in enumerate(self._text) if char == "\n"]
        return self._first + bisect_left(self._ends, place)
