"""Cohesion of a sentence taken out of its text: what in it points at sentences that are not shown.

A sentence is tied to those before it by conjunction ("However, ...") and by reference ("these
limitations"). Conjunction can be dropped at the front, and so can an adjunct that refers back
("To address this, we ..."); reference within the main clause can't, and makes the sentence
*loose*. The ties are those of Halliday and Hasan, "Cohesion in English" (1976), chapters 2 and 5;
the conjunctive adverbials are those of the Penn Discourse Treebank (Prasad et al., 2008); the nouns
that stand for a whole passage ("this gap") are Schmid's shell nouns ("English Abstract Nouns as
Conceptual Shells", 2000). English only: a sentence of another language stays as it is.
"""

from __future__ import annotations

import re

from .claims import MAKING

WORK = "paper|work|article|study|report|survey|thesis|letter|note|review|tutorial|research"
"""What authors call what they write."""

_SPEAKER = rf"(?:we|i|our|(?:this|the present|the) (?:{WORK})|the authors)(?= )"
_SHELL = (
    "(?:ambiguit|assumption|bottleneck|capabilit|challenge|concern|constraint|deficienc|difficult"
    "|discrepanc|drawback|finding|gap|goal|hurdle|idea|insight|issue|limitation|need|objective"
    "|observation|obstacle|problem|question|shortcoming|trade-?off|weakness)(?:y|ies|s|es)?"
)

_CONNECTIVES = (
    "accordingly|additionally|also|alternatively|and|as a (?:result|consequence)|besides|but"
    "|by contrast|concretely|consequently|conversely|crucially|finally|first|firstly"
    "|for (?:example|instance)|fourth|further|furthermore|hence|here|however|importantly"
    "|in (?:addition|brief|contrast|essence|fact|other words|particular|response|short|sum|summary"
    "|(?:light of )?(?:this|these)(?: (?:context|regard|respect|light|spirit|direction|setting))?)"
    "|indeed|instead|lastly|likewise|meanwhile|more (?:concretely|importantly|precisely"
    "|specifically)|moreover|namely|nevertheless|next|nonetheless|notably|now"
    "|on the (?:contrary|other hand)|otherwise|overall|rather|second|secondly|similarly"
    "|simultaneously|so|specifically|still|subsequently|then|thereby|therefore|third|thirdly|thus"
    "|to begin(?: with)?|(?:to|in) do(?:ing)? (?:so|this|that)|with (?:this|that) in mind|(?:to"
    "|towards?|for) (?:this|that|these|those) (?:aim|end|goal|purpose"
    "|reason)s?|ultimately|yet"
)
# The headings of structured abstracts, as of the National Library of Medicine's.
_HEADING = re.compile(
    r"(?:(?:aims?|background|conclusions?|design|discussion|introduction|materials|methods?"
    r"|methodology|motivation|objectives?|purpose|results|significance)(?: and |/|, | & )?){1,3}: "
    r"(?=[A-Z])",
    re.I,
)
# At the front of a sentence; the comma after a connective may be missing before the speaker.
_CONNECTIVE = re.compile(rf"(?:{_CONNECTIVES})(?:, ?|:? (?={_SPEAKER}))", re.I)
_DOCUMENT = re.compile(
    rf"(?:in|with|through|throughout|by) (?:this|the present|the current|our)(?: [\w-]{{1,20}})? "
    rf"(?:{WORK}),? (?={_SPEAKER})",
    re.I,
)
_ADJUNCT_END = re.compile(rf", (?:(?:here|in this (?:{WORK})|in response),? )?(?={_SPEAKER})", re.I)
_LONGEST_ADJUNCT = 300  # characters
# Adjuncts that limit what is said; without them it may be false.
_LIMITS = re.compile(
    r"(?:if|unless|when|whenever|where|wherever|until|without|except|only)\b", re.I
)
# In an adjunct, so that it points back.
_NOUN = re.compile(r"\b(?:an?|the|each|every|any|one|our|of|that|which|how|whether) | [A-Z]|,")
_DEMONSTRATIVE = re.compile(r"\b(?:this|these|those|such|our|each)\b(?! (?:as|an?)\b)", re.I)
# A short adjunct that ends in a bare definite noun: "Motivated by the analysis".
_DEFINITE = re.compile(
    r"(?:[\w-]{1,40} ){1,2}(?:(?:by|from|on|upon) )?the (?:[\w-]{1,40} )?[\w-]{1,40}\Z"
)
_MOST_CUT = 4  # connectives and adjuncts, one after another

# A purpose that points back, within the sentence, goes: "a method to address this, which ...". What
# it is reached by stays: "a method that addresses this by training" is "a method training".
_SOLVING = (
    "address", "alleviate", "bridge", "close", "fill", "fix", "meet", "mitigate", "overcome",
    "remedy", "resolve", "solve", "tackle",
)  # fmt: skip
_SOLVE = "|".join(_SOLVING)
_SOLVES = "|".join(f"{verb}e?s" for verb in _SOLVING)
_SOLVED = "|".join(verb.removesuffix("e") + "ing" for verb in _SOLVING)
_BACK = rf"(?:this|these|such|those)(?: (?:[\w-]{{1,40}} ){{0,3}}{_SHELL})?"
_PURPOSE = re.compile(
    r"(?:(?: (?:designed|engineered|intended|proposed|tailored|aimed|aiming))?,? (?:to"
    rf" (?:[a-z]{{1,20}}ly )?(?:{_SOLVE})|at (?:{_SOLVED}))"
    rf"|,? (?:that|which) (?:[a-z]{{1,20}}ly )?(?:{_SOLVES})|,? (?:[a-z]{{1,20}}ly )?(?:{_SOLVED}))"
    rf" {_BACK}(?:(?=[,.;])|(?P<by> (?:by|through|via|with)(?=[ :])))"
)
_GERUND = re.compile(r" (?:[a-z]{1,20}ly )?[a-z]{2,20}ing ")
_NEEDS_PURPOSE = frozenset(
    "able aim aimed aims attempt attempts helps is order seek seeks try used ways we".split()
)
_BARE_PURPOSE = re.compile(
    rf"to (?:[a-z]{{1,20}}ly )?(?:{_SOLVE}) {_BACK}(?:, | (?={_SPEAKER}))"
    rf"|(?:[a-z]{{2,20}}(?:ed|ing)|despite|given|in light of) (?:by |on |upon |from )?"
    rf"(?:this|these|such) (?:[\w-]{{1,40}} ?){{1,3}}, ",
    re.I,
)
# "We address this by introducing" is "We introduce", with the verbs of making.
_GERUNDS = {verb.removesuffix("e") + "ing": verb for verb in MAKING}
_SOLVED_BY = re.compile(
    rf"(?P<who>we|i|(?:this|the|our) (?:{WORK})) (?:(?:aims?|seeks?) to )?\w{{1,20}} (?:on )?"
    r"(?:the (?:former|latter)|(?:this|these|such)(?: [\w-]{1,40}){0,3}?)"
    rf"(?: (?:by|through|via) (?P<made>{'|'.join(_GERUNDS)})"
    rf"|,? and (?P<make>{'|'.join(MAKING)}))(?=[ :])",
    re.I,
)

# "We address this with NAME, a tool" comes down to "NAME, a tool".
_SOLVED_WITH = re.compile(
    rf"(?:we|i|(?:this|the|our) (?:{WORK})) [a-z]{{2,20}} {_BACK} (?:with|into|through|via|using"
    rf"|by) "
    r"(?=(?:[A-Z][^ ,.]{0,40}(?: [^ ,.]{1,40}){0,8}, )?(?:an?|the first|two|three|new|novel) )",
    re.I,
)

# Each points back, unless what it points at stands before it in the sentence: something plural
# for the first group, anything for the second.
_COMPLEMENT = "of|that|in|between|for|where|by|when|to|with|from|on|posed|caused|raised|whether"
_REFERENCE = re.compile(
    r"(?<![\w’'-])(?:(?:this|these|those(?! (?:of|that|who|with|in|from|on|using|for|which))"
    r"|such(?! (?:as|that)\b))"
    rf"(?! (?:[\w-]{{1,40}} )?(?:{WORK}|end)\b)(?: an?)?(?P<noun>(?: [\w-]{{2,40}}){{0,3}})"
    r"|(?P<plural>they|them|their|themselves|(?:all|the)(?: of the)? (?:two|three|four|five|six)"
    r"|both(?= [\w-]{1,40}s\b)(?! [^,.]{1,60} and\b))"
    rf"|(?P<single>that(?= {_SHELL}\b)|its?(?! (?:is|was|has been|remains) )|itself"
    r"|the (?:former|latter|above|said|aforementioned|same|resulting|proposed)"
    rf"|the (?:[\w-]{{1,40}} )?{_SHELL}\b(?! (?:{_COMPLEMENT}))))(?![\w’'-])"
)
# The authors make something: what follows it are modifiers, of which the last may go.
_MAKES = re.compile(rf"{_SPEAKER}(?: \w{{1,20}}ly)? (?:{'|'.join(MAKING)})(?:e?[sd])? ", re.I)
# After what points back: "We study this and propose ...".
_SPEAKER_FIRST = re.compile(rf"{_SPEAKER} ", re.I)
_THEN_MAKES = re.compile(rf",? and (?P<makes>(?:[a-z]{{1,20}}ly )?(?:{'|'.join(MAKING)})s?) ")
_MODIFIER = re.compile(
    r",? (?:(?:(?:in|for|with|of|on|by|through) )?(?:which|where|whose)|that|to (?=[a-z])"
    r"|for (?=[a-z]{2,20}ing )"
    r"|(?:[a-z]{1,20}ly )?(?:[a-z]{2,20}ing|designed|tailored|intended|aimed|built|developed) )"
    r"|, and,? (?=[a-z]{1,20}(?:s|ed)?\b)"
)
_SHORT_CLAUSE = re.compile(r",? (?:that|which)(?: [\w-]{1,40}){1,3}\Z")
_FEWEST = 3  # words of what is made that stay
_UNFINISHED = frozenset(
    "a about all an and any are as at be between both by for from in into is its of on or our"
    " over than"
    " that the their this through to under using via when where which while who whose with".split()
)
# What is the first of its kind or the only one is so by the modifier after it.
_UNIQUE = re.compile(r"\b(?:first|only|(?:most|least) \w+|\w{2,20}est)\b", re.I)
_UNIQUE_WITHIN = 5  # words before the modifier
_UNIQUE_OF = re.compile(r"(?:\b(?:any|as|first|no|only|other|several)|est) \Z", re.I)
_PASSAGE = re.compile(rf"(?:this|these|such)(?: [\w-]{{1,40}}){{0,2}} {_SHELL}\b", re.I)
_SHELL_WORD = re.compile(rf"\b{_SHELL}\b", re.I)
_PLURAL = re.compile(
    r"(?<!that )(?<!which )(?<!ly )\b(?!(?:this|thus|across|towards|besides|as|is|its|was|has"
    r"|does)\b)[\w-]{1,40}(?<![sui])s\b"
    r"|\band\b|\b(?:data|people)\b",
    re.I,
)
_SINGULAR = re.compile(
    r"\b(?:an?|the|each|every|any|one|our)\b| [A-Z]|\w(?:tion|ment|ity|ness|ing)\b"
)
_SPEAKING = re.compile(rf"{_SPEAKER}(?: \w+ly| also| further| then| first)? [\w-]+ ?", re.I)
_SUBJECT = re.compile(
    r"(?:it|they|he|she|these|those|such|both|another|others|each|some|the (?:former|latter|above"
    rf"|result|resulting|proposed)|(?:this|that)(?! (?:[\w-]+ )?(?:{WORK})\b)"
    r")\b",
    re.I,
)
_AROUND = 400  # characters before a reference in which what it points at may stand


def trimmed(sentence: str) -> str:
    """Return a sentence without the connectives at its front, without "In this paper", and without
    adjuncts that point back, where the authors speak of themselves. What is left begins with a
    capital; nothing else of it changes."""
    rest = sentence
    for _ in range(_MOST_CUT):
        at = _front(rest)
        if not at or len(rest) - at < 2:
            break
        rest = rest[at:]
    if _DEMONSTRATIVE.search(rest):
        rest = _PURPOSE.sub(_without_purpose, rest)
    if _SOLVED_BY.match(rest):
        rest = _SOLVED_BY.sub(_made, rest, 1)
    elif solved := _SOLVED_WITH.match(rest):
        rest = rest[solved.end() :]
    return rest if rest == sentence else _capitalised(rest)


def _front(sentence: str) -> int:
    """Return the length of what may go at the front of a sentence."""
    for pattern in (_HEADING, _CONNECTIVE, _DOCUMENT, _BARE_PURPOSE):
        if found := pattern.match(sentence):
            return found.end()
    end = _ADJUNCT_END.search(sentence, 0, _LONGEST_ADJUNCT)
    if end and not _LIMITS.match(sentence):
        adjunct = sentence[: end.start()]
        if _DEMONSTRATIVE.search(adjunct) or _DEFINITE.match(adjunct) or _points_back(adjunct):
            return end.end()
    return 0


def _without_purpose(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 20) : found.start()].rsplit(" ", 1)[-1].lower()
    if before in _NEEDS_PURPOSE or before in _UNFINISHED:
        return found[0]
    if found["by"] is None:
        return ""
    return (
        ""
        if found.string[found.end() : found.end() + 1] == " "
        and _GERUND.match(found.string, found.end())
        else " with"
    )


def _made(found: re.Match[str]) -> str:
    verb = found["make"] or _GERUNDS[found["made"].lower()]
    return f"{found['who']} {verb}" + ("s" if " " in found["who"] and found["made"] else "")


def standing(sentence: str) -> str | None:
    """Return a trimmed sentence such that it stands alone: as it is, or without the modifier that
    points at something outside it and all after it. None where its own clause does."""
    if _SUBJECT.match(sentence):
        return None
    at = _open_reference(sentence)
    if at is None:
        return sentence
    speaker = _SPEAKER_FIRST.match(sentence)
    if speaker and (then := _THEN_MAKES.search(sentence, at)):
        rest = speaker[0] + sentence[then.start("makes") :]
        return rest if _open_reference(rest) is None else None
    made = _MAKES.match(sentence)
    if made is None:
        return None
    cut = None
    for modifier in _MODIFIER.finditer(sentence, made.end(), at):
        words = sentence[made.end() : modifier.start()].split()
        if (
            len(words) >= _FEWEST
            and words[-1].lower() not in _UNFINISHED
            and not (modifier[0][:2] != ", " and _UNIQUE.search(" ".join(words[-_UNIQUE_WITHIN:])))
        ):
            cut = modifier.start()
    if cut and (weak := _SHORT_CLAUSE.search(sentence, made.end(), cut)):
        cut = weak.start()
    if cut is None or sentence.count("(", 0, cut) != sentence.count(")", 0, cut):
        return None
    return sentence[:cut].rstrip(" ,;:.–—-") + "."


def _points_back(text: str) -> bool:
    return _open_reference(text) is not None


def _open_reference(text: str) -> int | None:
    """Return where the first reference to something outside a text begins."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters, such as İ, get longer
        text = lower
    for found in _REFERENCE.finditer(lower):
        if _is_open(text, found):
            return found.start()
    return None


def _is_open(text: str, found: re.Match[str]) -> bool:
    """Return whether nothing before a reference can be what it points at."""
    before = text[max(0, found.start() - _AROUND) : found.start()]
    if _PASSAGE.match(text, found.start()):
        return not _SHELL_WORD.search(before)
    if speaking := _SPEAKING.match(before):
        before = before[speaking.end() :]
    if found[0].startswith("the ") and not text[found.start() + 4 : found.end()].islower():
        return False  # a name
    if found[0].startswith("such") and _UNIQUE_OF.search(before):
        return False
    if found["noun"] is not None:
        earlier = before.lower()
        return not any(
            word.rstrip("s") in earlier for word in found["noun"].split() if len(word) > 3
        )
    if found["plural"]:
        return not _PLURAL.search(before)
    if found[0] in ("it", "its", "itself"):
        return not _NOUN.search(before) and before.count(" ") < 4
    return not _SINGULAR.search(before)


def _capitalised(text: str) -> str:
    """Return a text with a capital at its front, unless its first word is spelled otherwise on
    purpose (vLLM, x2)."""
    word = text.split(" ", 1)[0]
    return text[0].upper() + text[1:] if word.isalpha() and word.islower() else text
