"""Why no format fits a text: which were tried, what each lacks in it, and what would be read."""

from __future__ import annotations

from ..errors import ListingError, shown
from .records.tables import DELIMITERS

_WOULD = (
    "expected one of these, say a CSV whose first line names a column title, JSON with objects "
    "that have a title, or one title, arXiv id, DOI or address a line"
)
_MOST_NAMES = 8


def unfit(text: str, reason: ListingError) -> ListingError:
    """Return the error for a text in which no format was found.

    `reason` is why it is no copied page of Hugging Face, the last format that is tried.
    """
    first = next((line.strip() for line in text.split("\n", 50) if line.strip()), "")
    begins = f"it begins with {shown(first[:80], 30)}"
    tried = (
        f"JSON, XML or HTML ({begins})",
        "BibTeX (no @type{key, ...})",
        "RIS, PubMed's or EndNote's records (no line such as TY  - JOUR, PMID- 1 or %0 Type)",
        f"CSV ({_no_table(first)})",
        "a mailing of arXiv's (no \\\\ line before arXiv:...)",
        "a list of papers (no line holds an id, a DOI or a paper's address, and not all lines are "
        "titles)",
        f"a copied page of Hugging Face ({reason.message.partition('; expected')[0]})",
    )
    return ListingError(
        f"no format fits; tried were {'; '.join(tried)}; {_WOULD}",
        file=reason.file,
        line=reason.line,
    )


def _no_table(first: str) -> str:
    """Return why a text whose first line is given is no table."""
    counts = {mark: first.count(mark) for mark in DELIMITERS}
    mark = max(counts, key=lambda one: counts[one])
    if not counts[mark]:
        return "its first line has no comma, semicolon, tab or bar"
    names = [part.strip(" \"'") for part in first.split(mark)][:_MOST_NAMES]
    return (
        f"its first line would name the columns {', '.join(shown(name, 24) for name in names)}: "
        "none is a title's beside another field's, and no column below holds addresses or ids"
    )
