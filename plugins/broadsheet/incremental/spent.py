"""Time spent: what the targets of each kind took of a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """What the targets of one kind took: how many were rendered, how many files they have, and the
    processor's time in seconds, of all processes, to render and write them."""

    targets: int = 0
    files: int = 0
    seconds: float = 0.0

    def and_one(self, files: int, seconds: float) -> Spent:
        """Return this with one more target."""
        return Spent(self.targets + 1, self.files + files, self.seconds + seconds)


SpentByKind = Mapping[str, Spent]
