"""The sentence in which a paper's authors say what they do: what a skimming reader wants first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .claims import MAKING, STUDYING

# A sentence ends before a capital, or before a letter of a script that has none.
_END = re.compile(
    r"[.!?؟।][\"”’)]* (?=[\"“‘(]?[A-Z0-9\[\u0590-\u1fff\u3040-\ud7ff])|[。！？](?=[^」』”）])"
)
# What ends in a full stop and ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|resp|w\.r\.t|approx|Fig|Figs|Eq|Eqs|Sec|Tab|Refs?|No|Dr"
    r"|Prof|Mr|Ms|St|al)|\b[A-Z])\.[\"”’)]*\s*\Z"
)
_WORK = "paper|work|article|study|report|survey|thesis|letter|note"
_WORKS = _WORK.split("|")
_MADE = "|".join((*MAKING, "unveil"))
_DONE = "|".join(STUDYING) + (
    "|construct|give|report|argue|aim|advocate|leverage|conduct|expand|apply|adapt|close|define"
    "|test|characteri[sz]e|find|focus|benchmark|ask|seek"
)
# In which authors speak of themselves: "we propose", "this paper studies".
_OURS = re.compile(
    r"\b(?:we|i)(?: \w+ly| also| first| further| then| here)? "
    rf"(?:(?P<made>(?:{_MADE})(?:e?d)?)|{_DONE})\b"
    rf"|\b(?:{_WORK})(?: \w+ly)? (?:(?P<makes>{_MADE})|{_DONE}|studi)e?s\b"
)
# What before it says that this is the sentence.
_HERE = re.compile(
    rf"\bthis (?:{_WORK})\b|\bhere\b|\bto (?:this end|address|tackle|overcome|solve|bridge|fill"
    r"|mitigate|remedy|close|meet)\b"
)
# What comes besides what they do.
_BESIDES = re.compile(
    r"(?:furthermore|moreover|finally|additionally|in addition|also|beyond|to support)\b"
)
_RESULT = re.compile(
    r"\b(?:experiments?|empirical|results?|outperforms?|extensive|evaluations?|code|available)\b"
)
HIGHEST = 4.5  # score of a sentence, before its place counts
LATER = 0.15  # what each place costs
SHORTEST = 40  # characters: less says too little to stand for a paper


def sentences(text: str) -> Iterator[str]:
    """A plain text's sentences. Full stops of common abbreviations and initials end none."""
    line = " ".join(text.split())
    joined = ""
    start = 0
    for end in _END.finditer(line):
        joined += line[start : end.start() + 1]
        start = end.end()
        if _ABBREVIATION.search(joined[-12:]):
            joined += " "
        else:
            yield joined
            joined = ""
    if last := joined + line[start:]:
        yield last


def lead(text: str) -> str:
    """The sentence of an abstract in which its authors say what they do.

    "In this paper we propose ..." wins over "we show ...", an early one over a late one, and what
    speaks of experiments loses. Where no sentence says so the first stands for the paper; "" for
    an empty abstract.
    """
    first = best = ""
    best_score = 0.0
    for place, sentence in enumerate(sentences(text)):
        first = first or sentence
        if best_score >= HIGHEST - LATER * place:
            break
        score = _score(sentence.lower()) - LATER * place
        if score > best_score:
            best, best_score = sentence, score
    return best or first


def _score(sentence: str) -> float:
    # Most sentences have none of these words, which are far sooner looked for.
    if (
        "we " not in sentence
        and "i " not in sentence
        and not any(word in sentence for word in _WORKS)
    ):
        return 0.0
    ours = _OURS.search(sentence)
    if ours is None:
        return 0.0
    score = 3.0 if _HERE.search(sentence, 0, ours.end()) else 2.0
    if ours["made"] or ours["makes"]:
        score += 1.5
    if _BESIDES.match(sentence):
        score -= 1.5
    if _RESULT.search(sentence):
        score -= 1.0
    if len(sentence) < SHORTEST:
        score -= 1.0
    return score
