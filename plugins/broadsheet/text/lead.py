"""The lead sentence of an abstract: the one in which its authors say what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import cohesion
from .claims import MAKING, STUDYING
from .sentence_end import ABBREVIATION

# For a lead a sentence also ends before a name that begins small (vLLM), and where the space after
# it is missing.
_END = re.compile(
    r"[.!?؟।。！？](?:(?<=[.!?؟।])[\"”’)]* "
    r"(?=[\"“‘(]?[A-Z0-9\[\u0590-\u1fff\u3040-\ud7ff]|[a-z]{1,8}-?[A-Z])"
    r"|(?<=[。！？])(?=[^」』”）])|(?<=[a-z]{3}\.)(?=[A-Z][a-z]{0,20} [a-z]))"
)
_WORK = cohesion.WORK
_WORKS = _WORK.split("|")
_MAKING = "|".join((*MAKING, "unveil"))
_DOING = "|".join(STUDYING) + (
    "|construct|give|report|argue|aim|advocate|leverage|conduct|expand|apply|adapt|close|define"
    "|test|characteri[sz]e|find|focus|benchmark|ask|seek"
)
# The authors speak of themselves: "we propose", "this paper studies".
_AUTHORS_SPEAK = re.compile(
    r"\b(?:we|i)(?: will| aim to| seek to)?(?: \w+ly| also| first| further| then| here)? "
    rf"(?:(?P<made>(?:{_MAKING})(?:e?d)?)|{_DOING})\b"
    rf"|\b(?:this|our|the(?! (?:existing|previous|prior|recent)))(?: [\w-]+){{0,5}}"
    rf" (?:{_WORK})(?: \w+ly| also| further)? (?:will )?(?:(?P<makes>{_MAKING})|{_DOING}"
    rf"|studi)(?:e?[sd])?\b"
    rf"|\b(?:is|are) (?:\w+ly )?(?P<passive>(?:{_MAKING})e?d)\b"
)
_AND_MAKES = re.compile(rf"\band (?:\w{{1,20}}ly )?(?:{_MAKING})s?\b")
# The authors do something else, or what they made does: less telling.
_AUTHORS_ACT = re.compile(
    rf"(?:^here|\bin this (?:{_WORK})),? [^.]{{1,300}} (?:is|are|was|were) (?:\w+ly )?\w+ed\b"
    rf"|\b(?:(?:this|our|the present)(?: [\w-]+)? (?:{_WORK}) (?!is\b|was\b|has\b)[a-z]+s\b"
    rf"|(?:we|i)(?: \w+ly)? "
    r"(?!(?:are|were|am|was|have|had|can|could|may|might|must|will|would|should|do|did|hope|believe"
    r"|think|know|note|notice|observe|expect|also|further|then|now|all|call|see|achieve|obtain)\b)"
    r"[a-z]{3,}\b|(?P<thing>our (?:[\w-]+ )?(?:approach|method|model|framework|system|algorithm"
    r"|technique|dataset|benchmark|pipeline|solution|tool|strategy"
    r"|architecture)(?:, [^,]{1,80},)? [a-z]+s\b))"
)
# Words before it that mark the sentence as the lead.
_MARKER = re.compile(
    rf"\bthis (?:{_WORK})\b|\bhere\b|\bto (?:this end|address|tackle|overcome|solve|bridge|fill"
    r"|mitigate|remedy|close|meet)\b"
)
# Begins a sentence that adds to the lead.
_ADDITION = re.compile(
    r"(?:furthermore|moreover|finally|additionally|in addition|also|beyond|to support"
    r"|first(?:ly)?,|second(?:ly)?"
    r"|third(?:ly)?|lastly|(?:in order )?to (?:\w+ly |further )?(?:facilitate|enable|validate"
    r"|evaluate|demonstrate|generate))\b|(?:[^,]{1,40}, )?(?:we|i) (?:also|then|further)\b"
)
_RESULT = re.compile(
    r"\b(?:experiments?|empirical|results?|outperforms?|extensive|evaluations?|code|available)\b"
)
_RELEASE = re.compile(r"\brelease (?:[\w-]+ )?(?:code|data|scripts|weights|models|checkpoints)\b")
# The sentence tells how something that was told of before fares.
_OF_OURS = re.compile(r" (?:that|how) (?:our|the proposed|its?|they)\b")
# A list whose first item ends the sentence.
_UNENDED_LIST = re.compile(r"(?: as follows)?[:,] \(?(?:1|i|a|I|A)\) (?!.*\(?(?:2|ii|b|II|B)\) ).*")
# What a thing that the title names is or does, right after its name.
_IS = re.compile(
    r"(?: \([^()]{1,60}\))?(?:, [^,]{1,200},)? (?:(?:is|are)(?= (?:an?|the|our)\b)|integrates?"
    r"|combines?|uses?|learns?"
    r"|enables?|addresses|introduces|extends|leverages|provides?|offers?|consists?|comprises?"
    r"|features|supports?|presents?|proposes|generates?|predicts?|trains?)\b"
)
_TITLE_WORD = re.compile(r"[^\W_]{4,}")
# A name that its own sentence spells out, and so introduces.
_DEFINED = re.compile(r"[A-Z][\w-]{1,20} \([A-Z][^()]{5,80}\)")
_SUBJECT_WITHIN = 60  # characters from a sentence's start
SAID = 2.0  # for one whose subject is what the title names
NAMED = 1.0  # for a sentence that names what the title names
SHARED = 1.0  # for one that has all words of the title; a part of it for a part of them
LOOSE = 2.5  # what pointing at another sentence costs
TELLING = 60  # characters; what is left of a cut sentence and is shorter says little
BARE = 2.0  # what that costs
LEAST = 0.1  # still more than a sentence in which the authors say nothing
HIGHEST = 4.5 + NAMED + SHARED  # the highest score of a sentence, before its position counts
POSITION_COST = 0.15  # of each sentence before it
SHORTEST = 40  # characters; a shorter sentence says too little


def sentences(text: str) -> Iterator[str]:
    """Yield a plain text's sentences. Full stops of common abbreviations and initials end none."""
    line = " ".join(text.split())
    joined = ""
    start = 0
    for end in _END.finditer(line):
        joined += line[start : end.end()].rstrip()
        start = end.end()
        if ABBREVIATION.search(joined[-12:]) and not joined.endswith("etc."):
            joined += " "
        else:
            yield joined
            joined = ""
    if last := joined + line[start:]:
        yield last


def lead(text: str, title: str = "") -> str:
    """Return the sentence of a plain abstract in which its authors say what they do, cut so that it
    stands alone (see `cohesion`).

    "In this paper we propose ..." scores above "we show ...", an early sentence above a late one,
    one with what the title names above one without, and one about experiments or one that points at
    others lower. Without such a sentence it is the first; "" for an empty abstract.
    """
    first = best = ""
    best_score = 0.0
    about = _About.of(title)
    for position, sentence in enumerate(sentences(text)):
        first = first or sentence
        cost = POSITION_COST * position
        if best_score >= HIGHEST - cost:
            break
        score = _score(sentence.lower())
        named = about.named(sentence) or _DEFINED.match(sentence) is not None
        most = max(score, SAID) + NAMED if named else score
        if not most or most + SHARED - cost <= best_score:
            continue
        rest = cohesion.trimmed(sentence)
        if named:
            score = max(score, about.says(rest))
        rest = _UNENDED_LIST.sub(".", rest)
        score += about.bonus(rest) - cost - (len(rest) < SHORTEST)
        if score <= best_score:
            continue
        standing = cohesion.standing(rest)
        if standing is None or (standing is not rest and len(standing) < SHORTEST):
            score = max(score - LOOSE, LEAST)
        elif standing is not rest and len(standing) < TELLING:
            score = max(score - BARE, LEAST)
        if score > best_score:
            best, best_score = standing or rest, score
    return best or first


@dataclass(frozen=True, slots=True)
class _About:
    """What a title speaks of: the name it gives a thing, and its words."""

    name: str
    words: frozenset[str]

    @staticmethod
    def of(title: str) -> _About:
        line = " ".join(title.split())
        head, colon, _ = line.partition(":")
        name = head if colon and head.count(" ") < 3 else ""
        return _About(name, frozenset(_TITLE_WORD.findall(line.lower())))

    def says(self, sentence: str) -> float:
        """Return the score of a sentence whose subject is what the title names."""
        if (defined := _DEFINED.match(sentence)) and _IS.match(sentence, defined.end()):
            return SAID
        at = sentence.find(self.name, 0, _SUBJECT_WITHIN) if self.name else -1
        return SAID if at >= 0 and _IS.match(sentence, at + len(self.name)) else 0.0

    def named(self, sentence: str) -> bool:
        """Return whether a sentence names what the title names."""
        return bool(self.name) and self.name in sentence

    def bonus(self, sentence: str) -> float:
        """Return what a sentence scores for naming what the title names and sharing its words."""
        named = NAMED if self.named(sentence) else 0.0
        if not self.words:
            return named
        shared = self.words.intersection(_TITLE_WORD.findall(sentence.lower()))
        return named + SHARED * len(shared) / len(self.words)


def _score(sentence: str) -> float:
    # Most sentences have none of these words, and looking for them is far cheaper.
    if (
        "we " not in sentence
        and "i " not in sentence
        and "our " not in sentence
        and " is " not in sentence
        and " are " not in sentence
        and not any(word in sentence for word in _WORKS)
    ):
        return 0.0
    match = _AUTHORS_SPEAK.search(sentence)
    if match is None:
        act = _AUTHORS_ACT.search(sentence)
        if act is None:
            return 0.0
        if _ADDITION.match(sentence) or (
            _RESULT.search(sentence) and not _MARKER.search(sentence, 0, act.end())
        ):
            return 0.0
        return 0.5 if act["thing"] else 1.5 + 1.5 * bool(_AND_MAKES.search(sentence, act.end()))
    score = 3.0 if _MARKER.search(sentence, 0, match.end()) else 2.0
    if match["made"] or match["makes"] or _AND_MAKES.search(sentence, match.end()):
        score += 1.5
    elif match["passive"]:
        score -= 0.5
    if _ADDITION.match(sentence):
        score -= 1.5
    if _RELEASE.search(sentence):
        score -= 2.0
    if _RESULT.search(sentence) or _OF_OURS.match(sentence, match.end()):
        score -= 1.0
    return score
