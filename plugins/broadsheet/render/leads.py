"""What stands for a paper in lists: its lead, and whose words it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands for a paper in lists, plain text: the sentence in which its authors say what they
    do, or a summary. `by` says whose words it is where they are not the authors', else ""."""

    text: str
    by: str = ""

    def __str__(self) -> str:
        """Return the text with whose words it is."""
        return f"{self.text} ({self.by})" if self.by else self.text
