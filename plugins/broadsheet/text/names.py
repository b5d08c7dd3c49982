"""Authors' names, shortened."""

from __future__ import annotations

SHOWN_AUTHORS = 3  # of a longer list; the paper's own page names all


def authors_short(authors: tuple[str, ...], count: int | None = None) -> str:
    """Return authors as "A, B and C", or "A, B, C and 661 others". `count` is their count, if more
    than are named."""
    total = max(len(authors), count or 0)
    if not authors:
        return f"{total} author{'s' * (total != 1)}" if total else ""
    if total - SHOWN_AUTHORS > 1 or total > len(authors):
        named = authors[:SHOWN_AUTHORS]
        others = total - len(named)
        return f"{', '.join(named)} and {others} other{'s' * (others != 1)}"
    if len(authors) == 1:
        return authors[0]
    return f"{', '.join(authors[:-1])} and {authors[-1]}"
