"""Brackets that belong together: a formula holds both, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator
from operator import or_

from .commands import GREEK, OPERATORS, PARTNERS, RELATIONS
from .place import NEVER
from .tokens import Tokens, split

_SHORT = 10  # tokens that brackets hold which are looked at
_TIGHT = 4  # tokens: `(1)`, `(x, y)`
_FAR = 60  # tokens: how far a bracket may close


def mend_brackets(found: Tokens, tags: list[str]) -> None:
    """Mend the tags of a text's brackets, named ones first."""
    _fill(found, tags)
    for left, right in PARTNERS.items():
        if left in found.text and right in found.text:
            _fence(found.words, tags, left, right)
    if "left" in found.text and "right" in found.text:
        _size(found, tags)
    if "|" in found.text:
        _bars(found, tags)
    if "(" in found.text:
        _applied(found, tags)
    for opening, closing in ("{}", "()", "[]"):
        if opening in found.text and any(tag != "O" for tag in tags):
            _close(found.words, tags, opening, closing)


def _fill(found: Tokens, tags: list[str]) -> None:
    """Tag a variable and a sign, or one of them, that touch formulas on both sides:
    `D^k f(x)-D^k f(y)`."""
    words = found.words
    for i in range(1, len(tags) - 1):
        if tags[i] != "O" or tags[i - 1] == "O" or not found.glued(i):
            continue
        end = i + 1 if tags[i + 1] != "O" else i + 2
        if end >= len(tags) or tags[end] == "O" or not all(map(found.glued, range(i, end + 1))):
            continue
        gap = words[i:end]
        letters = [word for word in gap if word.isalnum() and len(word) == 1]
        if len(letters) == 1 and all(word in "+-*/=<>|" or word in letters for word in gap):
            tags[i:end] = "M" * len(gap)


def _fence(words: list[str], tags: list[str], left: str, right: str) -> None:
    """Tag the words that begin or end with the name of a delimiter whose partner stands there, too:
    `langlequery, answerrangle`."""
    opened = [i for i, word in enumerate(words) if word.startswith(left)]
    closed = [i for i, word in enumerate(words) if word.endswith(right)]
    if not opened or not closed or opened[0] > closed[-1]:
        return
    for i in (*opened, *closed):
        tags[i] = "C"
    for start, end in zip(opened, closed, strict=False):
        if 0 < end - start < _FAR and all(len(word) == 1 for word in words[start + 1 : end]):
            _take(tags, start + 1, end)


def _take(tags: list[str], start: int, end: int) -> None:
    """Take what is prose from `start` to `end` into the formula."""
    tags[start:end] = [tag if tag != "O" else "M" for tag in tags[start:end]]


def _applied(found: Tokens, tags: list[str]) -> None:
    """Take a name and what it is of, `SU(2)`, into the formula that touches it: by an index, or by
    an operator before or behind it."""
    words = found.words
    for start, end in _pairs(words, "(", ")"):
        first = start - 1
        if not 1 < end - start < _SHORT or first < 0 or "O" not in tags[first : end + 1]:
            continue
        if not (words[first].isupper() and len(words[first]) < 3 and found.glued(start)):
            continue
        last, before = min(end + 1, len(words) - 1), max(0, first - 1)
        behind = tags[last] != "O" and (words[last] in OPERATORS or words[last] in ("_", "^"))
        ahead = tags[before] == "C" and (split(words[before]) or ("",))[-1] in OPERATORS
        if (behind or ahead) and all(len(word) < 3 or word in GREEK for word in words[start:end]):
            _take(tags, first, end + 1)


def _bars(found: Tokens, tags: list[str]) -> None:
    """Tag the bars of a norm, which its index shows it to be, `|x|_2` that was `\\|x\\|_2`, and
    what stands between bars before a relation."""
    words, opened, depth = found.words, -1, 0
    for i, word in enumerate(words[:-1]):
        if word != "|":
            depth = depth + (word in "({") - (word in ")}") if opened >= 0 else 0
            opened = opened if depth >= 0 else -1  # P(x|y): a bar alone
            continue
        if opened < 0 or i - opened > _FAR or i - opened < 2 or not found.glued(i):
            opened = i if not found.glued(i) or not found.glued(i + 1) or opened < 0 else -1
            continue
        taken = "O" not in (tags[opened], tags[i])
        double = "|" in (words[opened + 1], words[i - 1])
        if taken and words[i + 1] == "_" and tags[i + 1] != "O" and not double:
            tags[opened] = tags[i] = "C"
        elif tags[i + 1] == "C" and words[i + 1] in RELATIONS and i - opened < _SHORT:
            few = all(len(inside) < 3 for inside in words[opened:i])
            _take(tags, opened, i + 1 if few else opened)
        opened = -1


def _size(found: Tokens, tags: list[str]) -> None:
    """Tag `left(` and `right)`, also where letters stand before them: `Oleft(nright)`."""
    words = found.words
    for i in range(len(words) - 1):
        if words[i].endswith("left") and words[i + 1] in "([{|" and found.glued(i + 1):
            end = next(
                (k for k in range(i, min(i + _FAR, len(words))) if words[k].endswith("right")), i
            )
            if end > i and words[end + 1 : end + 2] and words[end + 1] in ")]}|":
                tags[i] = tags[end] = "C"
                for k in range(i + 1, end + 2):
                    tags[k] = "M" if tags[k] == "O" and words[k] not in NEVER else tags[k]


def _close(words: list[str], tags: list[str], opening: str, closing: str) -> None:
    """Take a bracket into the formula that its partner is in, or out of it."""
    for start, end in _pairs(words, opening, closing):
        if opening == "{":
            _close_braces(words, tags, start, end)
        else:
            _close_round(words, tags, start, end)


def _close_braces(words: list[str], tags: list[str], start: int, end: int) -> None:
    """Braces are both a formula's, with what they hold, or neither is; those of a script group."""
    opens, closes = tags[start] != "O", tags[end] != "O"
    if opens and start and words[start - 1] in "^_":
        tags[start] = "M"
        tags[end] = "M" if closes else "O"
    if opens and not closes:
        if end - start < _FAR and NEVER.isdisjoint(words[start:end]):
            _take(tags, start, end + 1)
    elif not opens and _filled(tags, start, end):
        tags[start] = "M"
        tags[end] = tags[end] if closes else "M"
    elif not opens:
        tags[end] = "O"


def _close_round(words: list[str], tags: list[str], start: int, end: int) -> None:
    """Other brackets may hold prose: one joins the formula that reaches from its partner to it.
    Where all that they hold is Greek, as in `(epsilon, delta)`, all or none is maths."""
    inside = range(start + 1, end)
    greek = [words[k] in GREEK for k in inside] if len(inside) < _SHORT else []
    listed = all(map(or_, greek, [words[k] == "," for k in inside]))
    if listed and any(
        is_name and tags[k] == "C" for is_name, k in zip(greek, inside, strict=False)
    ):
        for k in inside:
            tags[k] = "M" if words[k] == "," else "C"
        tags[start] = tags[end] = "M"
        return
    opens, closes = tags[start] != "O", tags[end] != "O"
    if opens and not closes:
        if tags[end - 1] != "O":
            tags[end] = "M"
        elif end - start <= _TIGHT and all(
            len(words[k]) == 1 or words[k].isdigit() for k in inside
        ):
            _take(tags, start, end + 1)
        elif tags[start + 1] == "O":
            tags[start] = "O"
    elif closes and not opens and _filled(tags, start, end):
        tags[start] = "M"


def _pairs(words: list[str], opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Yield where the brackets of a kind open and close, inner ones first."""
    stack: list[int] = []
    for i, word in enumerate(words):
        if word == opening:
            stack.append(i)
        elif word == closing and stack:
            yield stack.pop(), i


def _filled(tags: list[str], start: int, end: int) -> bool:
    """Return whether brackets hold a formula and nothing else."""
    return end > start + 1 and "O" not in tags[start + 1 : end]
