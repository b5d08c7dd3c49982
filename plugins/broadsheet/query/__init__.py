"""Queries: what a reader asks of the archive, and which papers answer. Pure.

    reading        a reader's text (Lunr's words, phrases, filters), as the search page reads it
    clauses        Lunr's syntax as clauses of terms
    matching       the papers that match, on any index of terms
    subscriptions  queries kept as files in content/subscriptions/

The search page's script answers the same queries in the reader's browser, from the same terms; both
give the same papers (tested). Scores are Lunr's affair: here a paper matches or doesn't.
"""

from .clauses import Clause, Presence, clauses
from .matching import FIELDS, Index, explain, matches, numbers
from .reading import Query, Reading, read
from .subscriptions import (
    NAME,
    Subscription,
    address,
    format_subscription,
    parse_subscription,
    query_of,
)

__all__ = [
    "FIELDS",
    "NAME",
    "Clause",
    "Index",
    "Presence",
    "Query",
    "Reading",
    "Subscription",
    "address",
    "clauses",
    "explain",
    "format_subscription",
    "matches",
    "numbers",
    "parse_subscription",
    "query_of",
    "read",
]
