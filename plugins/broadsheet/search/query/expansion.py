"""Query expansion: the index's terms that a wildcard or a fuzzy word stands for.

Lunr's token sets are automata (Schulz and Mihov, "Fast string correction with Levenshtein
automata", 2002): they run over the sorted vocabulary.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from lunr.token_set import TokenSet

from .clauses import Clause


def expanded(clause: Clause, vocabulary: Sequence[str]) -> list[str]:
    """Return the terms of a sorted vocabulary that a clause stands for; a clause's plain term is
    returned whether the vocabulary holds it or not."""
    term = clause.term
    if not clause.edits and "*" not in term:
        return [term]
    if not clause.edits and term.endswith("*") and term.count("*") == 1 and len(term) > 1:
        return _starting_with(term[:-1], vocabulary)
    pattern = (
        TokenSet.from_fuzzy_string(term, clause.edits) if clause.edits
        else TokenSet.from_string(term)
    )  # fmt: skip
    return accepted(pattern, vocabulary)


def _starting_with(prefix: str, vocabulary: Sequence[str]) -> list[str]:
    terms = []
    for place in range(bisect_left(vocabulary, prefix), len(vocabulary)):
        if not vocabulary[place].startswith(prefix):
            break
        terms.append(vocabulary[place])
    return terms


def accepted(pattern: TokenSet, words: Sequence[str]) -> list[str]:
    """Return the words (sorted) that a token set accepts: what `TokenSet.intersect` finds, without
    a token set of all words. Words that share a prefix which the pattern rejects are skipped
    together."""
    steps: dict[tuple[frozenset[TokenSet], str], frozenset[TokenSet]] = {}

    def step(nodes: frozenset[TokenSet], letter: str) -> frozenset[TokenSet]:
        key = (nodes, letter)
        after = steps.get(key)
        if after is None:
            after = steps[key] = frozenset(
                node.edges[edge] for node in nodes for edge in {letter, "*"} if edge in node.edges
            )
        return after

    out = []
    path = [frozenset([pattern])]
    before = ""
    place = 0
    while place < len(words):
        word = words[place]
        depth = 0
        for ours, theirs in zip(word, before[: len(path) - 1], strict=False):
            if ours != theirs:
                break
            depth += 1
        del path[depth + 1 :]
        before = word
        place += 1
        for letter in word[depth:]:
            after = step(path[-1], letter)
            if not after:
                rejected = word[: len(path)]
                place = bisect_left(words, rejected + "\U0010ffff", place)
                break
            path.append(after)
        else:
            if word and any(node.final for node in path[-1]):
                out.append(word)
    return out
