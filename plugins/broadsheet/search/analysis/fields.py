"""The searched fields of a paper, and how Lunr weighs a term in each.

Lunr ranks by Okapi BM25 with a boost a field (Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009). A term that stands `tf` times in a field weighs

    idf * (k1 + 1) * tf / (k1 * (1 - b) + tf) * boost        with b = 0
    idf = ln(1 + |(N - n + 0.5) / (n + 0.5)|)

where N is the number of papers and n the number of fields, over all papers, that hold the term.
"""

from __future__ import annotations

from collections.abc import Mapping

FIELDS = ("title", "abstract", "tags", "topic", "authors")
"""The searched fields, in the order in which the index stores them."""

BOOSTS: Mapping[str, int] = {"title": 4, "abstract": 1, "tags": 3, "topic": 2, "authors": 3}
"""The boost of each field, as Lunr's builder takes it."""

K1 = 1.2
"""BM25's k1: how soon further occurrences of a term stop adding to the score."""

B = 0.0
"""BM25's b: length normalisation is off, so that no field lengths are published."""
