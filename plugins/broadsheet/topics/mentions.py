"""Mentions: where a paper names a tag, and what each such place counts.

A mention in the title counts most, then one where the authors say what they do, then any other.
They say so in a sentence with "we" and soon after it a verb such as "propose", or with "this
paper". What follows the first such sentence with a verb of making is detail: there, only what
stands close after the verb counts as done. What others do, or is an example, is no mention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..text.claims import MAKING, STUDYING
from .tokens import BREAK, END

IN_TITLE, IN_CLAIM, IN_PASSING = 3.0, 2.0, 1.0  # what each mention of a tag counts

# A tag's number, the name as written, "exact", "title", "word" or "" (of several words), and words
# of which one must stand in the paper too, if any.
Name = tuple[int, str, str, frozenset[str]]
Found = tuple[Name, int, int]  # a name, and the places of its first word and after its last
Counts = dict[Name, list[tuple[float, str]]]  # what each mention of a name counts, and its place

# The words that soon follow "we", and those after "this" or "our", where authors say what they do.
_CLAIM_WE = frozenset((*MAKING, *STUDYING, "combine", "learn", "solve", "teach"))
_CLAIM_THIS = frozenset({"article", "paper", "research", "study", "survey", "thesis", "work"})
_CLAIM = _CLAIM_WE | _CLAIM_THIS
_MAKING = frozenset(MAKING)
_MADE = _MAKING | _CLAIM_THIS

# The verbs of which one must be there for a dataset or the like to be the paper's own.
_OWN = frozenset((*MAKING, "annotate", "collect", "compile", "construct", "contribute", "curate",
                  "establish", "provide", "review", "survey"))  # fmt: skip
_CLAIMED = 40  # words of a sentence, from "we" on, that a claim reaches to; then come details
_CLOSE = 8  # the same from the verb on, once the authors have said what they make
_APPOSED = 14  # words after the verb within which a name may be told of: "propose X, a new Y"
# The verbs after which "on" comes to what was measured with, as in "we evaluate X on Y".
_MEASURING = frozenset({"evaluate", "experiment"})

# The words before a name, or before the word before it, where it is what others have, not the paper
_OTHERS = frozenset({
    "beyond", "conventional", "existing", "given", "instead", "outperform", "outperforming", "over",
    "previous", "prior", "replace", "replaced", "replacing", "standard", "surpass", "surpassing",
    "than", "traditional", "typical", "unlike", "versus", "without",
})  # fmt: skip
# The words before a dataset or the like that a paper measures with, or takes something from.
_USED = frozenset({"across", "from", "in", "on", "over"})
_USED_BEFORE = 8  # words of a title
# The words after which examples stand, each with the word before it: "including", "such as", "e.g."
_SUCH_AS = {"including": "", "as": "such", "g": "e"}
_EXAMPLES = 12  # words after these that are examples
_OPENING = 2  # sentences that say what a paper is about, and by which short form

_FOR_ALL, _FOR_RESOURCES, _EXAMPLE = 1, 2, 4  # what a word stands in; sums of these


class Kinds(NamedTuple):
    """The numbers of the tags whose mentions count by rules of their own."""

    resources: frozenset[int]  # datasets and the like: only where the authors made one
    subjects: frozenset[int]  # tasks and theory: what a paper is about, so told of at its opening


def in_title(found: Iterable[Found], keys: list[str], kinds: Kinds) -> Counts:
    """Return what the names in a title count."""
    counts: Counts = {}
    for name, start, _ in found:
        used = name[0] in kinds.resources and _is_used(keys[max(start - _USED_BEFORE, 0) : start])
        counts.setdefault(name, []).append((IN_PASSING if used else IN_TITLE, "title"))
    return counts


def add_abstract(
    counts: Counts, found: list[Found], words: list[str], keys: list[str], kinds: Kinds
) -> None:
    """Add what the names in an abstract count; `found` from left to right. Linear in its length.

    A single word, or a subject, that is first named after the opening, and not where the authors
    say what they do, is a detail: that first mention doesn't count.
    """
    if not found:
        return
    places = _places(keys)
    first, opening = _end_of(keys, 1), _end_of(keys, _OPENING)
    forms = _short_forms(found, words, keys, opening)
    seen = {name[0] for name in counts}
    before = (-1, -1)  # the tag named before, and the place after that name
    for name, start, end in sorted([*found, *forms], key=_start):
        tag, how = name[0], name[2]
        repeats = before == (tag, start - 1) and words[start - 1] == "(" and start > first
        before = (tag, end)
        if repeats or how == "title" or not _OTHERS.isdisjoint(keys[max(start - 2, 0) : start]):
            continue
        place = places[start]
        claimed = place & _FOR_ALL
        if tag in kinds.resources:
            claimed = place & _FOR_RESOURCES and _USED.isdisjoint(keys[max(start - 3, 0) : start])
        detail = start > opening and (how == "word" or tag in kinds.subjects) and tag not in seen
        if claimed and how != "word":
            counts.setdefault(name, []).append((IN_CLAIM, "abstract"))
        elif place & _EXAMPLE:
            continue
        elif claimed or not detail:
            counts.setdefault(name, []).append((IN_PASSING, "abstract"))
        seen.add(tag)


def _start(found: Found) -> int:
    return found[1]


def _is_used(before: list[str]) -> bool:
    """Return whether the words of a title before a dataset or the like say that it was used."""
    phrase = before[len(before) - before[::-1].index(BREAK) :] if BREAK in before else before
    return not _USED.isdisjoint(phrase)


def _end_of(keys: list[str], sentences: int) -> int:
    """Return the place where so many sentences end."""
    ends = (place for place, key in enumerate(keys) if key == END)
    return next((place for n, place in enumerate(ends, 1) if n == sentences), len(keys))


def _short_forms(
    found: list[Found], words: list[str], keys: list[str], opening: int
) -> Iterator[Found]:
    """Yield where a paper names a tag by the short form that it gives its name at the opening, as
    in "machine translation (MT)": its initials."""
    names = {start for _, start, _ in found}
    forms: dict[str, Name] = {}
    for name, start, end in found:
        if start > opening:
            break
        if words[end : end + 1] != ["("] or words[end + 2 : end + 3] != [")"] or end + 1 in names:
            continue
        form, initials = words[end + 1].removesuffix("s"), "".join(k[0] for k in keys[start:end])
        if len(initials) > 1 and form == initials.upper():
            forms.setdefault(form, name)
    if forms:
        for place, word in enumerate(words):
            form = word.removesuffix("s")
            if form in forms and place not in names and words[place - 1 : place] != ["("]:
                yield forms[form], place, place + 1


def _places(keys: list[str]) -> bytearray:
    """Return for each word whether the authors say there what they do (_FOR_ALL), with a verb of
    making (_FOR_RESOURCES), or name examples (_EXAMPLE)."""
    places = bytearray(len(keys))
    start, made = 0, False
    for end in [*(n for n, word in enumerate(keys) if word == END), len(keys)]:
        sentence = keys[start:end]
        if claim := _claim(sentence):
            since, verb, until = claim
            own = 0 if _OWN.isdisjoint(sentence) else _FOR_RESOURCES
            does = sentence[verb] in _CLAIM
            close = _close(sentence, verb) if made else range(until)
            for place in range(since, until):
                places[start + place] |= own | (_FOR_ALL if does and place in close else 0)
            made = made or sentence[verb] in _MADE
        start = end + 1
    _mark_examples(keys, places)
    return places


def _claim(sentence: list[str]) -> tuple[int, int, int] | None:
    """Return the words of a sentence that are a claim: its first, its verb (or "paper" and the
    like), and the one after its last; None where it is none."""
    for place, word in enumerate(sentence):
        if word == "we":
            soon = range(place + 1, min(place + 5, len(sentence)))
            verb = next((n for n in soon if sentence[n] in _CLAIM_WE), 0)
            if verb := verb or next((n for n in soon if sentence[n] in _OWN), 0):
                return 0, verb, _until(sentence, place)
        elif word in ("this", "our") and not _CLAIM_THIS.isdisjoint(
            sentence[place + 1 : place + 2]
        ):
            return 0, place + 1, _until(sentence, place)
    if "we" in sentence and (verb := _and_make(sentence, sentence.index("we"))):
        return verb, verb, _until(sentence, verb)
    return None


def _and_make(sentence: list[str], we: int) -> int:
    """Return the place of a verb of making that follows an "and", as in "we use X and propose Y";
    0 without."""
    places = range(we + 2, len(sentence))
    return next((n for n in places if sentence[n - 1] == "and" and sentence[n] in _MAKING), 0)


def _until(sentence: list[str], place: int) -> int:
    """Return where a claim that says "we" at `place` ends: after so many words, or where it comes
    to what was measured with."""
    claimed = sentence[: place + _CLAIMED]
    measured = next((n for n, one in enumerate(claimed) if one in _MEASURING), 0)
    if measured > place and "on" in claimed[measured:]:
        return claimed.index("on", measured)
    return len(claimed)


def _close(sentence: list[str], verb: int) -> set[int]:
    """Return the places close after a verb, or after the article with which the sentence tells of
    the name there, as in "propose X (Y), a new Z"."""
    close = set(range(verb + _CLOSE + 1))
    for place in range(verb + 1, min(verb + _APPOSED, len(sentence))):
        if sentence[place] in ("a", "an") and sentence[place - 1] == BREAK:
            close.update(range(place, place + _CLOSE + 1))
    return close


def _mark_examples(keys: list[str], places: bytearray) -> None:
    """Mark the words that name examples: to the end of the sentence at most, and "e.g." ends
    none."""
    for place in [n for n, word in enumerate(keys) if word in _SUCH_AS]:
        before = _SUCH_AS[keys[place]]
        if before and keys[place - 1 : place] != [before]:
            continue
        since = place + 2 if keys[place] == "g" and keys[place + 1 : place + 2] == [END] else place
        for n in range(since, min(place + _EXAMPLES, len(keys))):
            if keys[n] == END:
                break
            places[n] |= _EXAMPLE
