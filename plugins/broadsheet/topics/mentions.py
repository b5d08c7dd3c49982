"""Mentions: where a paper names a tag, and what each such place counts.

A mention in the title counts most, then one where the authors say what they do, then any other.
They say so in a sentence with "we" and soon after it a verb such as "propose", or with "this
paper". What follows the first such sentence with a verb of making is detail: there, only what
stands close after the verb counts as done, and no task. What others do, or an example, is no
mention.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import compress
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
# "We show" is not among them: it tells what came out.
_CLAIM_WE = frozenset((*MAKING, *STUDYING, "combine", "learn", "solve", "teach")) - {
    "demonstrate", "show",
}  # fmt: skip
_CLAIM_THIS = frozenset({"article", "paper", "research", "study", "survey", "thesis", "work"})
_CLAIM = _CLAIM_WE | _CLAIM_THIS
_MAKING = frozenset(MAKING)
_MADE = _MAKING | _CLAIM_THIS

# The verbs of which one must be there for a dataset or the like to be the paper's own.
_OWN = frozenset((*MAKING, "annotate", "collect", "compile", "construct", "contribute", "curate",
                  "establish", "provide", "review", "survey"))  # fmt: skip
_CLAIMED = 40  # words of a sentence, from "we" on, that a claim reaches to; then come details
_METHODS = 16  # words from the verb on that a claim of a method reaches to
_CLOSE = 9  # the same from the verb on, once the authors have said what they make
_APPOSED = 14  # words after the verb within which a name may be told of: "propose X, a new Y"
# The verbs after which "on" comes to what was measured with, as in "we evaluate X on Y".
_MEASURING = frozenset({"evaluate", "experiment"})

# The words before a name, or before the word before it, where it is what others have, not the paper
_OTHERS = frozenset({
    "avoid", "avoiding", "beyond", "bypass", "bypassing", "conventional", "existing", "given",
    "instead", "outperform", "outperforming", "over", "previous", "prior", "replace", "replaced",
    "replacing", "standard", "surpass", "surpassing", "than", "traditional", "typical", "unlike",
    "versus", "without",
})  # fmt: skip
# The words before a dataset or the like that a paper measures with, or takes something from.
_USED = frozenset({"across", "cross", "from", "in", "on", "over"})
_USED_BEFORE = 8  # words of a title
# The words after which examples stand, each with the word before it: "including", "such as", "e.g."
_SUCH_AS = {"including": "", "as": "such", "g": "e"}
# The words after which stands what the paper is compared with.
_THAN = frozenset({
    "outperform", "outperforming", "surpass", "surpassing", "than", "unlike", "versus",
})  # fmt: skip
_EXAMPLES = 12  # words after these that are examples, or compared with
# The words by which a sentence tells of what was measured.
_MEASURED = frozenset({
    "across", "baseline", "compared", "empirical", "empirically", "evaluate", "evaluation",
    "experiment", "experimental", "experimentally", "result",
})  # fmt: skip
# The words with which a sentence begins that comes to others before the authors.
_PRELUDES = frozenset({
    "although", "compared", "despite", "inspired", "instead", "like", "motivated", "rather",
    "similar", "though", "unlike", "whereas", "while",
})  # fmt: skip
_MARKS = frozenset({"we", "this", "our", END, *_SUCH_AS, *_THAN, *_MEASURED})
_OPENING = 2  # sentences that say what a paper is about, and by which short form

# What a word stands in; sums of these
_FOR_MEANS, _FOR_SUBJECTS, _FOR_RESOURCES, _FOR_METHODS, _EXAMPLE, _COMPARED = 1, 2, 4, 8, 16, 32


class Kinds(NamedTuple):
    """The numbers of the tags whose mentions count by rules of their own."""

    resources: frozenset[int]  # datasets and the like: only where the authors made one
    subjects: frozenset[int]  # tasks and theory: what a paper is about, so told of at its opening
    methods: frozenset[int]  # what a paper makes or uses, so a detail far from the verb
    spelled: Mapping[int, frozenset[str]]  # the words of a tag's names


def in_title(found: Iterable[Found], keys: list[str], abstract: list[str], kinds: Kinds) -> Counts:
    """Return what the names in a title count.

    What was only measured with, what stands for a level ("GPT-4-level"), and a word that names a
    tag in titles only, where the abstract has none of the tag's words, count as a mention in
    passing.
    """
    counts: Counts = {}
    for name, start, end in found:
        tag = name[0]
        used = tag in kinds.resources and _is_used(keys[max(start - _USED_BEFORE, 0) : start])
        level = keys[end : end + 1] == ["level"] and tag not in kinds.subjects | kinds.methods
        lone = name[2] == "title" and abstract and kinds.spelled[tag].isdisjoint(abstract)
        count = IN_PASSING if used or level or lone else IN_TITLE
        counts.setdefault(name, []).append((count, "title"))
    return counts


def add_abstract(
    counts: Counts, found: list[Found], words: list[str], keys: list[str], kinds: Kinds
) -> None:
    """Add what the names in an abstract count; `found` from left to right. Linear in its length.

    A single word, or a subject, that is first named after the opening, and not where the authors
    say what they do, is a detail: that first mention doesn't count. Nor does a mention in a
    comparison or a sentence on what was measured, unless the tag was named before.
    """
    if not found:
        return
    places, ends, measured = _places(keys)
    first, opening = ends[0], ends[:_OPENING][-1]
    forms = _short_forms(found, words, keys, opening)
    seen = {name[0] for name in counts}
    before = (-1, -1)  # the tag named before, and the place after that name
    for name, start, end in sorted([*found, *forms], key=_start) if forms else found:
        tag, how = name[0], name[2]
        repeats = before == (tag, start - 1) and words[start - 1] == "(" and start > first
        before = (tag, end)
        if repeats or not _OTHERS.isdisjoint(keys[max(start - 2, 0) : start]):
            continue
        place, subject, later = places[start], tag in kinds.subjects, start > opening
        if place == _EXAMPLE:
            continue
        if tag in kinds.resources:
            near = keys[max(start - 3, 0) : start]
            claimed = bool(place & _FOR_RESOURCES) and _USED.isdisjoint(near)
        elif tag in kinds.methods:
            claimed = bool(place & _FOR_METHODS)
        else:
            claimed = bool(place & (_FOR_SUBJECTS if subject else _FOR_MEANS))
        claimed = claimed and not place & _COMPARED
        if tag not in seen and not claimed:
            if place & _COMPARED or (later and bisect_left(ends, start) in measured):
                continue
            detail = start > (first if subject and how == "word" else opening)
            detail = detail and (subject or how == "word")
        else:
            detail = False
        if claimed and how != "word":
            counts.setdefault(name, []).append((IN_CLAIM, "abstract"))
        elif not detail:
            counts.setdefault(name, []).append((IN_PASSING, "abstract"))
        seen.add(tag)


def other_meanings(
    found: Iterable[Found], words: list[str], keys: list[str], kinds: Kinds
) -> set[Name]:
    """Return the short forms that an abstract gives a meaning of its own, as in "stable video
    diffusion (SVD)": words with its initials of which the tag's names hold less than half."""
    others = set()
    for name, start, end in found:
        if name[2] != "exact" or words[start - 1 : start] != ["("] or words[end : end + 1] != [")"]:
            continue
        form = words[start].removesuffix("s").lower()
        meaning = keys[max(start - 1 - len(form), 0) : start - 1]
        if end == start + 1 and "".join(word[0] for word in meaning) == form:
            known = kinds.spelled[name[0]]
            if 2 * sum(word in known for word in meaning) < len(meaning):
                others.add(name)
    return others


def _start(found: Found) -> int:
    return found[1]


def _is_used(before: list[str]) -> bool:
    """Return whether the words of a title before a dataset or the like say that it was used."""
    phrase = before[len(before) - before[::-1].index(BREAK) :] if BREAK in before else before
    return not _USED.isdisjoint(phrase)


def _short_forms(
    found: list[Found], words: list[str], keys: list[str], opening: int
) -> list[Found]:
    """Return where a paper names a tag by the short form that it gives its name at the opening, as
    in "machine translation (MT)": its initials."""
    forms: dict[str, Name] = {}
    for number, (name, start, end) in enumerate(found):
        if start > opening:
            break
        if words[end : end + 1] != ["("] or words[end + 2 : end + 3] != [")"]:
            continue
        if found[number + 1 : number + 2] and found[number + 1][1] == end + 1:
            continue  # tags.yml knows it
        form = words[end + 1].removesuffix("s")
        if len(form) > 1 and form == "".join(k[0] for k in keys[start:end]).upper():
            forms[form] = forms[form + "s"] = name
    if not forms:
        return []
    names = {start for _, start, _ in found}
    places = compress(range(len(words)), map(forms.__contains__, words))
    apart = [n for n in places if n not in names and words[n - 1 : n] != ["("]]
    return [(forms[words[n]], n, n + 1) for n in apart]


def _places(keys: list[str]) -> tuple[bytearray, list[int], set[int]]:
    """Return for each word whether the authors say there what they do, and of which tags that is
    believed, or whether examples stand there; and where the sentences end."""
    places, ends, measured = bytearray(len(keys)), list[int](), set[int]()
    start, made = 0, False
    subjects, examples = list[int](), list[int]()
    for mark in (*compress(range(len(keys)), map(_MARKS.__contains__, keys)), len(keys)):
        if mark < len(keys) and keys[mark] != END:
            if keys[mark] in _MEASURED:
                measured.add(len(ends))
            elif keys[mark] in _SUCH_AS or keys[mark] in _THAN:
                examples.append(mark)
            else:
                subjects.append(mark)
            continue
        if claim := _claim(keys, subjects, mark):
            verb, until, subject = claim
            since = subject if subject == verb or keys[start] in _PRELUDES else start
            own = 0 if _OWN.isdisjoint(keys[start:mark]) else _FOR_RESOURCES
            means = own | _FOR_MEANS if keys[verb] in _CLAIM else own
            if made:
                _fill(places, since, until, own)
                for place in _told(keys, verb, mark):
                    begin = since if place == verb else place
                    near = means | _FOR_METHODS if means & _FOR_MEANS else means
                    _fill(places, begin, min(place + _CLOSE, until), near)
            else:
                whole = means | _FOR_SUBJECTS if means & _FOR_MEANS else own
                _fill(places, since, until, whole)
                for place in _told(keys, verb, mark) if means & _FOR_MEANS else ():
                    begin = since if place == verb else place
                    _fill(places, begin, min(place + _METHODS, until), whole | _FOR_METHODS)
                made = keys[verb] in _MADE
        ends.append(mark)
        start, subjects = mark + 1, []
    _mark_examples(keys, examples, places)
    return places, ends, measured


def _fill(places: bytearray, since: int, until: int, value: int) -> None:
    if since < until:
        places[since:until] = bytes((value,)) * (until - since)


def _claim(keys: list[str], subjects: list[int], end: int) -> tuple[int, int, int] | None:
    """Return the verb of the claim of a sentence (or "paper" and the like), where the claim ends,
    and its "we", "this" or "our" (or the verb, where it begins there); None without one. `subjects`
    are the places of these words."""
    we = 0
    for place in subjects:
        if keys[place] == "we":
            soon = range(place + 1, min(place + 5, end))
            verb = next((n for n in soon if keys[n] in _CLAIM_WE), 0)
            if verb := verb or next((n for n in soon if keys[n] in _OWN), 0):
                return verb, _until(keys, place, end), place
            we = we or place + 1
        elif place + 1 < end and keys[place + 1] in _CLAIM_THIS:
            return place + 1, _until(keys, place, end), place
    if we and (verb := _and_make(keys, we, end)):
        return verb, _until(keys, verb, end), verb
    return None


def _and_make(keys: list[str], since: int, end: int) -> int:
    """Return the place of a verb of making that follows an "and", as in "we use X and propose Y";
    0 without."""
    places = range(since + 1, end)
    return next((n for n in places if keys[n - 1] == "and" and keys[n] in _MAKING), 0)


def _until(keys: list[str], place: int, end: int) -> int:
    """Return where a claim that says "we" at `place` ends: after so many words, or where it comes
    to what was measured with."""
    limit = min(place + _CLAIMED, end)
    measured = next((n for n in range(place, limit) if keys[n] in _MEASURING), limit)
    return next((n for n in range(measured, limit) if keys[n] == "on"), limit)


def _told(keys: list[str], verb: int, end: int) -> Iterator[int]:
    """Yield the places from which a claim tells what is made: its verb's, and that of the article
    that follows the name, as in "propose X (Y), a new Z"."""
    yield verb
    for place in range(verb + 1, min(verb + _APPOSED, end)):
        if keys[place] in ("a", "an") and keys[place - 1] == BREAK:
            yield place


def _mark_examples(keys: list[str], examples: list[int], places: bytearray) -> None:
    """Mark the words that name examples or what is compared with: to the end of the sentence at
    most, and "e.g." ends none."""
    for place in examples:
        before = _SUCH_AS.get(keys[place], "")
        if before and keys[place - 1 : place] != [before]:
            continue
        value = _EXAMPLE if keys[place] in _SUCH_AS else _COMPARED
        since = place + 2 if keys[place] == "g" and keys[place + 1 : place + 2] == [END] else place
        for n in range(since, min(place + _EXAMPLES, len(keys))):
            if keys[n] == END:
                break
            places[n] |= value
