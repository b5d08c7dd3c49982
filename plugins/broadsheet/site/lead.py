"""The sentence in which a paper's authors say what they do: what a skimming reader wants first."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9\[])")
# What ends in a full stop and ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|resp|w\.r\.t|approx|Fig|Figs|Eq|Eqs|Sec|Tab|Ref|Refs|No|Dr|Prof"
    r"|Mr|Ms|St|al)|\b[A-Z])\.[\"”’)]*\s*\Z"
)
_VERB = (
    r"(?:propose|introduce|present|develop|design|study|investigate|explore|address|tackle"
    r"|formulate|describe|build|construct|devise|derive|prove|show|demonstrate|release|provide"
    r"|revisit|examine|analy[sz]e|establish|offer|give|create|extend|unveil|report|argue|aim|advocate"
    r"|leverage|conduct|consider|characteri[sz]e|find|focus|train|evaluate|benchmark)"
)
_STRONG = re.compile(
    r"\b(?:this (?:paper|work|article|study|report|survey|thesis|letter)|in this (?:paper|work|article"
    r"|study|report)|here,? we|to (?:this end|address|tackle|overcome|solve|bridge|fill|mitigate|remedy)"
    rf"\b.{{0,120}}?\bwe)\b.{{0,80}}?\b{_VERB}s?\b",
    re.I,
)
_OURS = re.compile(
    rf"\bwe(?: \w+ly| also| first| further| then| therefore| thus| here| hence)? {_VERB}\b"
    rf"|\b(?:paper|work|article|study|report|survey) (?:\w+ly )?{_VERB}s\b",
    re.I,
)
_FIRST = re.compile(r"(?:propose|introduce|present|develop|unveil|release|describe)s?\b", re.I)
_RESULT = re.compile(
    r"\b(?:experiment|empirical|results?|outperform|extensive|evaluations?|code|available|benchmarks?)\b",
    re.I,
)
SHORTEST = 40  # characters: less says too little to stand for a paper


def sentences(text: str) -> list[str]:
    """A plain text's sentences. Full stops of common abbreviations and initials end none."""
    pieces = _END.split(" ".join(text.split()))
    joined: list[str] = []
    for piece in pieces:
        if joined and _ABBREVIATION.search(joined[-1]):
            joined[-1] += " " + piece
        else:
            joined.append(piece)
    return [piece for piece in joined if piece]


def lead(text: str) -> str:
    """The sentence of an abstract in which its authors say what they do.

    "In this paper we propose ..." wins over "we show ...", an early one over a late one, and what
    speaks of experiments loses. Where no sentence says so the first stands for the paper; "" for
    an empty abstract.
    """
    found = sentences(text)
    best, best_score = "", 0.0
    for place, sentence in enumerate(found):
        score = 0.0
        if _STRONG.search(sentence):
            score = 3.0
        elif _OURS.search(sentence):
            score = 2.0
        if not score:
            continue
        if _FIRST.search(sentence):
            score += 1.5
        if _RESULT.search(sentence):
            score -= 1.0
        if len(sentence) < SHORTEST:
            score -= 1.0
        score -= 0.15 * place
        if score > best_score:
            best, best_score = sentence, score
    return best or (found[0] if found else "")
