"""Authors' names, shortened."""

from __future__ import annotations

from ..locale import ENGLISH, Words

SHOWN_AUTHORS = 3  # of a longer list; the paper's own page names all


def authors_short(
    authors: tuple[str, ...], count: int | None = None, words: Words = ENGLISH
) -> str:
    """Return authors as "A, B and C", or "A, B, C and 661 others". `count` is their count, if more
    than are named."""
    total = max(len(authors), count or 0)
    if not authors:
        return words.ngettext("%(count)s author", "%(count)s authors", total) if total else ""
    if total - SHOWN_AUTHORS > 1 or total > len(authors):
        named = authors[:SHOWN_AUTHORS]
        others = total - len(named)
        return words.ngettext(
            "%(names)s and %(count)s other",
            "%(names)s and %(count)s others",
            others,
            names=words.gettext(", ").join(named),
        )
    return words.listed(authors)
