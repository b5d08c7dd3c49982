"""Lunr's query syntax as clauses, each with the term that the index holds for its word.

lunr.py's own parser reads it. Words are trimmed and stemmed as the papers' words were (the index's
pipeline, stop words aside: those are in no index and match nothing).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from lunr.exceptions import BaseLunrException
from lunr.query import Query as LunrQuery
from lunr.query import QueryPresence
from lunr.query_parser import QueryParser
from lunr.stemmer import PorterStemmer
from lunr.trimmer import full_re

from ..errors import ContentError

FIELDS = ("title", "abstract", "tags", "topic", "authors")
"""The fields of a paper that are searched."""

MOST_EDITS = 2
"""The farthest fuzzy search: more would match nearly every word."""


class Presence(Enum):
    """Whether a clause's words must, may or must not be there."""

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
    """A word of a query: its term (with `*` where anything may stand), the fields that count, and
    how many letters it may differ by."""

    term: str
    fields: tuple[str, ...] = FIELDS
    presence: Presence = Presence.OPTIONAL
    edits: int = 0


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a query in Lunr's syntax. Raises ContentError where it is none."""
    query = LunrQuery(list(FIELDS))
    try:
        QueryParser(text, query).parse()
    except (BaseLunrException, AttributeError, ValueError) as error:
        raise ContentError(f"this can't be read as a query: {error}") from error
    made = []
    for one in query.clauses:
        if one.edit_distance > MOST_EDITS:
            raise ContentError(
                f"~{one.edit_distance}: words may differ by at most {MOST_EDITS} letters"
            )
        term = term_of(one.term) if one.use_pipeline else one.term
        made.append(Clause(term, tuple(one.fields), _PRESENCES[one.presence], one.edit_distance))
    return tuple(made)


@lru_cache(maxsize=4096)
def term_of(word: str) -> str:
    """The term under which the index holds a word."""
    lower = word.lower()
    trimmed = full_re.match(lower)
    return str(PorterStemmer().stem(trimmed.group(1) if trimmed else lower))
