"""The tokens of a text that has lost its dollar signs and backslashes, and where to look closer.

Most words of an abstract are words whatever stands around them. Those that may be a command of TeX
(`times`, `alpha`, `HtimesW`), and the signs that only formulas have, are the places around which a
text is tagged; `windows` finds them.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import compress
from operator import add

from .commands import ARROWS, BIG, FRAGMENTS, FUNCTIONS, GREEK, NAMES, OPERATORS, PARTNERS, SURE

_TOKEN = re.compile(r"\\?[A-Za-z]+|\d+(?:,\d{3}(?!\d))*(?:\.\d+)*|\S")
_ARROW = re.compile("|".join(sorted((a for a in ARROWS if "arrow" in a), key=len, reverse=True)))
_TIMES = re.compile("times")
_BEGUN: dict[str, list[str]] = {}  # the names by their first two letters
for _name in sorted(NAMES):
    _BEGUN.setdefault(_name[:2], []).append(_name)
_FIRST, _LAST = tuple(PARTNERS), tuple(PARTNERS.values())
_TIGHT = re.compile(r"(?<=\S)[!,](?=[\w\-=+<>%(\[{])")  # what `places` takes of these signs
_RUN = 40  # letters: a longer run is no formula
REACH = 5  # tokens read before and behind a place that may be maths

# Names that are looked at wherever they stand; the other words of prose only beside a formula's
# signs.
_ALWAYS = SURE | GREEK.keys() | {"times", "sim", "approx", "pm", "mp", "circ"}
_GLUED = (
    frozenset(n for n in SURE - FRAGMENTS - FUNCTIONS if len(n) > 2)
    | GREEK.keys()
    | {"times", "sim"}
)
_GLUED_SURE = _GLUED & SURE
_JOINED = OPERATORS | FUNCTIONS | GREEK.keys() | BIG.keys()
_ARTICLES = frozenset({"a", "A", "I", "s", "t"})
_SIGNS = frozenset("^_{}|")
_BESIDE = frozenset("^_{}|=<>+()[]/*−≤≥≈∼×±→∈≠~∞")


class Tokens:
    """A text's tokens: `starts` and `ends` are offsets in `text`; white space is in none.

    The offsets are found when they are asked for: most texts have no place to look closer at.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = _TOKEN.findall(text)

    @cached_property
    def starts(self) -> list[int]:
        """Where each token starts."""
        return [m.start() for m in _TOKEN.finditer(self.text)]

    @cached_property
    def ends(self) -> list[int]:
        """Where each token ends."""
        return [*map(add, self.starts, map(len, self.words))]

    def __len__(self) -> int:
        return len(self.words)

    def glued(self, i: int) -> bool:
        """Return whether token `i` touches the one before it."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]


def tokens(text: str) -> Tokens:
    """Return the tokens of `text`: runs of letters, numbers, and single signs."""
    return Tokens(text)


@lru_cache(maxsize=1 << 15)
def split(run: str) -> tuple[str, ...] | None:
    """Return a run of letters as names of commands and the letters between them, with the fewest
    letters that belong to no name; None where it holds no name."""
    if run in NAMES:
        return (run,)
    if not 1 < len(run) <= _RUN:
        return None
    glued = "arrow" in run or "times" in run
    if glued and (sign := _ARROW.search(run) or _TIMES.search(run)):
        sides = (run[: sign.start()], run[sign.end() :])
        before, after = ((_splits(side) and split(side)) or tuple(side) for side in sides)
        return (*before, sign.group(), *after)
    named = _named(run)
    return _fewest(run, named) if named else None


def _named(run: str) -> dict[int, list[int]]:
    """Return where names start in a run of letters, by where they end."""
    named: dict[int, list[int]] = {}
    for start in range(len(run) - 1):
        for name in _BEGUN.get(run[start : start + 2], ()):
            if run.startswith(name, start):
                named.setdefault(start + len(name), []).append(start)
    return named


def _fewest(run: str, named: dict[int, list[int]]) -> tuple[str, ...]:
    """Return a run as names and letters, with the fewest letters, then the fewest pieces: of each
    beginning of it, the best way extends that of a shorter one."""
    best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    for end in range(1, len(run) + 1):
        letters, count, pieces = best[end - 1]
        found = (letters + 1, count + 1, (*pieces, run[end - 1]))
        for start in named.get(end, ()):
            letters, count, pieces = best[start]
            found = min(found, (letters, count + 1, (*pieces, run[start:end])))
        best.append(found)
    return best[-1][2]


def _splits(side: str) -> bool:
    """Return whether what stands beside a sign in a run may hold names: it is no word."""
    return len(side) < 4 or side in NAMES or "times" in side or "arrow" in side


@lru_cache(maxsize=1 << 15)
def telling(run: str) -> int:
    """Return whether a run of letters may be maths: 2 wherever it stands, 1 beside a formula's
    signs, 0 never."""
    if run in _ALWAYS:
        return 2
    if run in NAMES:
        return 1
    if not 2 < len(run) <= _RUN:
        return 0
    if _shows(run) or certain(run):
        return 2
    pieces = split(run)
    return 0 if pieces is None else _told(run, pieces)


def _shows(run: str) -> bool:
    """Return whether a run begins or ends as commands do: `langlex`, `modeltimesbenchmark`,
    `QWKapprox`."""
    if run.startswith(_FIRST) or run.endswith(_LAST) or "times" in run:
        return True
    return run.removesuffix("sim").removesuffix("approx").isupper() and not run.isupper()


def _told(run: str, pieces: tuple[str, ...]) -> int:
    """Return what the pieces of a run tell: 2 of names that show wherever they stand, 1 of an
    operator, a function or a Greek letter with few letters beside it, 0 of a word."""
    if pieces[0] in GREEK and run[len(pieces[0])].isupper():  # muP, alphaNet
        return 2
    if _leaves_word(pieces):
        return 0
    names = [piece for piece in pieces if len(piece) > 1]
    if any(len(piece) > 3 and piece in _GLUED for piece in names):
        return 2
    return int(len(pieces) <= 3 and len(names) == 1 and names[0] in _JOINED)


def _leaves_word(pieces: tuple[str, ...]) -> bool:
    """Return whether the letters between a run's names are too many for variables or an acronym."""
    leftover = "".join(piece if len(piece) == 1 else " " for piece in pieces).split()
    return any(len(rest) > 2 and not (rest.isupper() and len(rest) < 5) for rest in leftover)


@lru_cache(maxsize=1 << 15)
def certain(run: str) -> bool:
    """Return whether a run of letters holds commands for certain: an arrow, or names that no word
    holds, with few letters beside them."""
    if "arrow" in run and _ARROW.search(run):
        return True
    pieces = split(run)
    if pieces is None:
        return False
    if len(pieces) == 1:
        return run in SURE and run not in FUNCTIONS
    letters = sum(len(piece) == 1 for piece in pieces)
    if pieces[0] in GREEK and run[0].islower() and run[len(pieces[0]) :].isupper():  # muP
        return letters == len(pieces) - 1
    if letters == 0:  # ellge, notequiv, Omegatimes
        if len(pieces) == 2 and pieces[0] in GREEK and pieces[1] in OPERATORS:
            return max(map(len, pieces)) > 3 or pieces[1] in SURE
        return not SURE.isdisjoint(pieces)
    return (letters <= 2 or _unlike_words(pieces)) and not _GLUED_SURE.isdisjoint(pieces)


def _unlike_words(pieces: tuple[str, ...]) -> bool:
    """Return whether a run falls into long names and capitals."""
    return all(len(piece) > 4 or piece.isupper() for piece in pieces)


@lru_cache(maxsize=1 << 15)
def _beside(word: str) -> bool:
    """Return whether a token is a formula's rather than a sentence's."""
    if len(word) > 1:
        return word[0].isdigit() or word in SURE
    return word in _BESIDE or (word.isalpha() and word not in _ARTICLES)


@lru_cache(maxsize=1 << 15)
def _interest(word: str) -> int:
    """Return whether a token may have lost a backslash: 2 wherever it stands, 1 beside a formula's
    signs, 3 glued between others, 0 never."""
    if word[0] == "\\":
        return 2 if len(word) > 1 else 0
    if word[0].isalpha():
        return telling(word) if len(word) > 1 else 0
    return 2 if word in _SIGNS else 3 if word in "!," else 0


def places(found: Tokens) -> list[int]:
    """Return the tokens that may have lost a backslash or stand in a formula for certain."""
    out = []
    words = found.words
    tight = _TIGHT.search(found.text) is not None
    told = [*map(_interest, words)]
    for i in compress(range(len(words)), told):
        interest = told[i]
        if interest == 1:
            taken = _in_formula(words, i)
        elif interest == 3:
            taken = tight and _between(found, i)
        else:
            taken = True
        if taken:
            out.append(i)
    return out


def _in_formula(words: list[str], i: int) -> bool:
    """Return whether a formula's sign, or the number that an operator precedes, stands beside a
    token: `x in`, `mge 2`."""
    if i > 0 and _beside(words[i - 1]):
        return True
    if i + 1 == len(words):
        return False
    if _beside(words[i + 1]):
        return True
    return words[i + 1].isdigit() and (words[i] not in NAMES or words[i] in ("le", "ge"))


def _between(found: Tokens, i: int) -> bool:
    """Return whether a sign that spaces leave is glued between what a formula has."""
    if i + 1 == len(found) or not (found.glued(i) and found.glued(i + 1)):
        return False
    following = found.words[i + 1]
    return following.isalnum() or following in "-=+<>%([{"


def windows(found: Tokens) -> list[tuple[int, int]]:
    """Return the stretches of tokens (from, to) that are worth tagging."""
    out: list[tuple[int, int]] = []
    for i in places(found):
        start, end = max(0, i - REACH), min(len(found), i + REACH + 1)
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out
