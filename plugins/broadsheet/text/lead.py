"""The lead sentence of an abstract: the one in which its authors say what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .claims import MAKING, STUDYING

# A sentence ends before a capital, or before a letter of a script without capitals.
SENTENCE_END = re.compile(
    r"[.!?؟।。！？](?:(?<![。！？])[\"”’)]* (?=[\"“‘(]?[A-Z0-9\[\u0590-\u1fff\u3040-\ud7ff])"
    r"|(?<=[。！？])(?=[^」』”）]))"  # begins with one set of signs, which is searched for fast
)
# Ends in a full stop that does not end the sentence.
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|resp|w\.r\.t|approx|Fig|Figs|Eq|Eqs|Sec|Tab|Refs?|No|Dr"
    r"|Prof|Mr|Ms|St|al)|\b[A-Z])\.[\"”’)]*\s*\Z"
)
_WORK = "paper|work|article|study|report|survey|thesis|letter|note"
_WORKS = _WORK.split("|")
_MAKING = "|".join((*MAKING, "unveil"))
_DOING = "|".join(STUDYING) + (
    "|construct|give|report|argue|aim|advocate|leverage|conduct|expand|apply|adapt|close|define"
    "|test|characteri[sz]e|find|focus|benchmark|ask|seek"
)
# The authors speak of themselves: "we propose", "this paper studies".
_AUTHORS_SPEAK = re.compile(
    r"\b(?:we|i)(?: \w+ly| also| first| further| then| here)? "
    rf"(?:(?P<made>(?:{_MAKING})(?:e?d)?)|{_DOING})\b"
    rf"|\b(?:{_WORK})(?: \w+ly)? (?:(?P<makes>{_MAKING})|{_DOING}|studi)e?s\b"
)
# Words before it that mark the sentence as the lead.
_MARKER = re.compile(
    rf"\bthis (?:{_WORK})\b|\bhere\b|\bto (?:this end|address|tackle|overcome|solve|bridge|fill"
    r"|mitigate|remedy|close|meet)\b"
)
# Begins a sentence that adds to the lead.
_ADDITION = re.compile(
    r"(?:furthermore|moreover|finally|additionally|in addition|also|beyond|to support)\b"
)
_RESULT = re.compile(
    r"\b(?:experiments?|empirical|results?|outperforms?|extensive|evaluations?|code|available)\b"
)
HIGHEST = 4.5  # the highest score of a sentence, before its position counts
POSITION_COST = 0.15  # of each sentence before it
SHORTEST = 40  # characters; a shorter sentence says too little


def sentences(text: str) -> Iterator[str]:
    """Yield a plain text's sentences. Full stops of common abbreviations and initials end none."""
    line = " ".join(text.split())
    joined = ""
    start = 0
    for end in SENTENCE_END.finditer(line):
        joined += line[start : end.start() + 1]
        start = end.end()
        if ABBREVIATION.search(joined[-12:]):
            joined += " "
        else:
            yield joined
            joined = ""
    if last := joined + line[start:]:
        yield last


def lead(text: str) -> str:
    """Return the sentence of a plain abstract in which its authors say what they do.

    "In this paper we propose ..." scores above "we show ...", an early sentence above a late one,
    and one about experiments lower. Without such a sentence it is the first; "" for an empty
    abstract.
    """
    first = best = ""
    best_score = 0.0
    for position, sentence in enumerate(sentences(text)):
        first = first or sentence
        if best_score >= HIGHEST - POSITION_COST * position:
            break
        score = _score(sentence.lower()) - POSITION_COST * position
        if score > best_score:
            best, best_score = sentence, score
    return best or first


def _score(sentence: str) -> float:
    # Most sentences have none of these words, and looking for them is far cheaper.
    if (
        "we " not in sentence
        and "i " not in sentence
        and not any(word in sentence for word in _WORKS)
    ):
        return 0.0
    match = _AUTHORS_SPEAK.search(sentence)
    if match is None:
        return 0.0
    score = 3.0 if _MARKER.search(sentence, 0, match.end()) else 2.0
    if match["made"] or match["makes"]:
        score += 1.5
    if _ADDITION.match(sentence):
        score -= 1.5
    if _RESULT.search(sentence):
        score -= 1.0
    if len(sentence) < SHORTEST:
        score -= 1.0
    return score
