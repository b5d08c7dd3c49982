"""Lunr's query syntax as clauses, each with the term that the index holds for its word.

lunr.py's own parser reads it (https://lunrjs.com/guides/searching.html). Words are trimmed and
stemmed as the papers' words are; a stop word is in no index and matches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lunr.exceptions import BaseLunrException
from lunr.query import Query as LunrQuery
from lunr.query import QueryPresence
from lunr.query_parser import QueryParser

from ...errors import ContentError
from ..analysis.fields import FIELDS
from ..analysis.words import query_term

MOST_EDITS = 2
"""The largest edit distance of a fuzzy word: more would match nearly every word."""

LONGEST_FUZZY = 60
"""The most letters of a fuzzy word: its automaton takes time by the square of them."""


class Presence(Enum):
    """Whether a clause's words must, may or must not be present."""

    OPTIONAL = "optional"
    REQUIRED = "required"
    PROHIBITED = "prohibited"


_PRESENCES = {
    QueryPresence.OPTIONAL: Presence.OPTIONAL,
    QueryPresence.REQUIRED: Presence.REQUIRED,
    QueryPresence.PROHIBITED: Presence.PROHIBITED,
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A word of a query: its term (`*` is a wildcard), the fields that are searched, the edit
    distance up to which terms match, and the boost of its score."""

    term: str
    fields: tuple[str, ...] = FIELDS
    presence: Presence = Presence.OPTIONAL
    edits: int = 0
    boost: float = 1.0


def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of a query in Lunr's syntax. Raises ContentError where it can't be
    parsed."""
    query = LunrQuery(list(FIELDS))
    try:
        QueryParser(text, query).parse()
    except (BaseLunrException, AttributeError, ValueError) as error:
        raise ContentError(f"this can't be read as a query: {error}") from error
    parsed = []
    for clause in query.clauses:
        if clause.edit_distance > MOST_EDITS:
            raise ContentError(
                f"~{clause.edit_distance}: words may differ by at most {MOST_EDITS} letters"
            )
        if clause.edit_distance and len(clause.term) > LONGEST_FUZZY:
            raise ContentError(
                f"~{clause.edit_distance} behind {len(clause.term)} letters; "
                f"expected at most {LONGEST_FUZZY}"
            )
        term = query_term(clause.term) if clause.use_pipeline else clause.term
        presence = _PRESENCES[clause.presence]
        parsed.append(
            Clause(term, tuple(clause.fields), presence, clause.edit_distance, float(clause.boost))
        )
    return tuple(parsed)
