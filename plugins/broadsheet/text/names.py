"""Authors' names in short."""

from __future__ import annotations

SHOWN_AUTHORS = 3  # of a longer list; all stand on the paper's own page


def authors_short(authors: tuple[str, ...], count: int | None = None) -> str:
    """A list of authors in few words: "A, B and C", or "A, B, C and 661 others"."""
    total = max(len(authors), count or 0)
    if not authors:
        return f"{total} author{'s' * (total != 1)}" if total else ""
    rest = total - SHOWN_AUTHORS
    if rest > 1 or total > len(authors):
        named = authors[:SHOWN_AUTHORS]
        others = total - len(named)
        return f"{', '.join(named)} and {others} other{'s' * (others != 1)}"
    if len(authors) == 1:
        return authors[0]
    return f"{', '.join(authors[:-1])} and {authors[-1]}"
