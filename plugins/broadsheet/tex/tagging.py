"""Which words of a text were commands of TeX: a linear-chain CRF over the tokens.

The labels: `O` is prose, `M` stood in a formula, `C` in a formula with a backslash before it or,
of a run of letters, within it. The model is
trained by benchmarks/train_restore.py; it holds words, signs and shapes with their weights.
"""

from __future__ import annotations

import lzma
import re
from functools import cache, lru_cache
from itertools import compress, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from .commands import GREEK, NAMES, SURE
from .formula import TextPart, parts
from .tokens import Tokens, split, telling, tokens, windows

if TYPE_CHECKING:
    import pycrfsuite

MODEL = Path(__file__).with_name("restore.crfsuite.xz")
LETTERS = re.compile("[\u0370-\u03ff\u2100-\u214f\u2200-\u22ff\U0001d400-\U0001d7ff]")


_SINCE = "2511"  # arXiv and the listings show Greek as letters since
_ID = re.compile(r"(\d{2})-?(\d{2})")
_TELLING = 2  # commands, which show that a text has lost its backslashes
_JOINING = frozenset("=<>+-/")
_SHOWN = "×→≤≥≈∈±∼∞"
_SCRIPTS = re.compile("[{^_]")
_SHORT = re.compile(r"\b[aA](?: [aA])*\b")
_RUN = re.compile(r"[aA]{1,3}\Z")
_EDGE = ("|", "|", "")
_Kind = tuple[str, str, str]


@lru_cache(maxsize=1 << 15)
def _kind(word: str) -> _Kind:
    """Return what a token is to the model: itself or its shape, its shape, and, of what may be a
    command, how it splits."""
    first = word[0]
    if first == "\\" and len(word) > 1:
        return ("\\", "\\", "\\n" if word[1:] in NAMES else "")
    if first.isdigit():
        return (word if word in ("0", "1", "2") else "9", "9", "")
    if not (first.isalpha() and first.isascii()):
        return _kind_of_sign(first)
    if len(word) == 1:
        return (word, "a" if word.islower() else "A", "")
    return _kind_of_run(word)


def _kind_of_sign(sign: str) -> _Kind:
    """Return what a sign is to the model; letters beyond ASCII are Greek, or signs of prose."""
    if LETTERS.match(sign):
        return ("α", "α", "")
    if not sign.isascii() and sign not in _SHOWN:
        sign = "?"
    return (sign, sign, sign if sign in "{}^_!,|" else "")


def _kind_of_run(run: str) -> _Kind:
    """Return what a run of letters is to the model: by its case, its length and its pieces."""
    case = "a" if run.islower() else "A" if run.isupper() else "B" if run[1:].islower() else "C"
    shape = case + str(min(len(run), 4))
    pieces = split(run) if telling(run) else None
    if pieces is None:
        return (run if len(run) < 6 and run.islower() else shape, shape, "")
    if len(pieces) == 1:
        return (run, shape, f"={_piece(run)}")
    pattern = _SHORT.sub(_letters, " ".join(map(_piece, pieces)))
    return (run if len(run) < 12 else pattern, shape, "=" + pattern)


def _piece(piece: str) -> str:
    if len(piece) == 1:
        return "A" if piece.isupper() else "a"
    if piece in GREEK:
        return "Γ"
    if "arrow" in piece:
        return "→"
    return "S" if piece in SURE else piece


def _letters(m: re.Match[str]) -> str:
    """Return the letters between two names: one or two as they are, more as a word."""
    run = m[0].replace(" ", "")
    return run if len(run) < 3 else "AAA" if run.isupper() else "aaa"


@lru_cache(maxsize=1 << 12)
def _coarse(pattern: str) -> str:
    """Return what kinds of names and letters a run of letters holds."""
    pieces = sorted(set(pattern[1:].split(" ")))
    told = [one for one in ("S", "Γ", "→") if one in pieces]
    named = (
        ""
        if told
        else min((one for one in pieces if len(one) > 1 and not _RUN.match(one)), default="")
    )
    rest = max((one for one in pieces if _RUN.match(one)), default="", key=len)
    return "".join(told) + named + "+" + rest


def era(date: str) -> str:
    """Return which kind of listing a paper's id or date belongs to: a, b, or "" where unknown."""
    m = _ID.match(date.removeprefix("20") if "-" in date[:5] else date)
    return "" if m is None else "a" if m[1] + m[2] <= _SINCE else "b"


def features(found: Tokens, parts: list[tuple[int, int]], date: str = "") -> list[list[list[str]]]:
    """Return the features of each token of each stretch."""
    text = _Whole(found, era(date))
    size = len(found)
    out = []
    for start, end in parts:
        near = [_kind(word) for word in found.words[max(0, start - 2) : end + 2]]
        near = [_EDGE] * (2 - start) + near + [_EDGE] * (end + 2 - size)
        around = zip(near, near[1:], near[2:], near[3:], near[4:], strict=False)
        out.append([*map(text.features, range(start, end), around)])
    return out


_Kinds = tuple[_Kind, _Kind, _Kind, _Kind, _Kind]
"""What a token is, between the two before it and the two after it."""


class _Whole:
    """What a text tells about each of its tokens, and its tokens' features.

    A feature is a letter for what it looks at, and what it sees there: kinds of tokens, whether
    they touch, how much of the text is TeX (`level`), how often a run of letters stands in it.
    """

    def __init__(self, found: Tokens, dated: str) -> None:
        self.words, self.starts, self.ends = found.words, found.starts, found.ends
        self.dated = dated
        self.counts: dict[str, int] = {}
        sure = greek = 0
        for word in compress(self.words, map(telling, self.words)):
            if len(word) > 1:
                self.counts[word] = self.counts.get(word, 0) + 1
                sure += _kind(word)[2].startswith(("=S", "=→"))
                greek += word in GREEK
        self.scripted: set[str] = set()
        if _SCRIPTS.search(found.text):
            for before, word in pairwise(self.words):
                if word in ("{", "^", "_"):
                    self.scripted.add(before)
                    sure += word == "{" and before in "^_"
        self.level = f"{min(sure, 3)}{min(greek, 3)}{_lettered(found.text):d}"

    def features(self, i: int, near: _Kinds) -> list[str]:
        """Return the features of token `i`."""
        (_, s3, _), (w1, s1, _), (w, s, p), (w2, s2, _), (_, s4, _) = near
        left = i > 0 and self.starts[i] == self.ends[i - 1]
        right = i + 1 < len(self.words) and self.starts[i + 1] == self.ends[i]
        g = ("ab" if right else "ac") if left else ("cb" if right else "cc")
        row = ["w" + w + g, f"e{s1} {s} {s2}{g}"]
        if p or len(self.words[i]) == 1 or s == "9":
            row += [
                "a" + w1 + g,
                "b" + w2 + g,
                f"f{s3} {s1} {s}{g}",
                f"h{s} {s2} {s4}{g}",
                f"l{self.level[0]}{s}{g}",
            ]
        if p:
            row += self._of_split(near, g)
            if len(self.words[i]) > 1:
                row += self._of_run(i, near, g)
        return row

    def _of_split(self, near: _Kinds, g: str) -> list[str]:
        """Return the features of what may be a command, by how it splits."""
        (w3, s3, _), (w1, s1, _), (_, _, p), (w2, s2, _), (w4, s4, _) = near
        return [
            f"c{w3}{p}",
            f"d{w4}{p}",
            f"m{p}{g}",
            f"n{p} {w1}{g}",
            f"o{p} {w2}{g}",
            f"p{p} {s1} {s2}{g}",
            f"q{p}{self.level}",
            f"A{p} {s3} {s1} {s2} {s4}",
        ]

    def _of_run(self, i: int, near: _Kinds, g: str) -> list[str]:
        """Return the features of a run of letters that may hold commands."""
        (w3, _, _), (w1, s1, _), (w, _, p), (w2, s2, _), _ = near
        word, level, dated = self.words[i], self.level, self.dated
        kind = _coarse(p)
        row = [
            f"K{kind}{g}",
            f"L{kind} {s1} {s2}{g}",
            f"M{kind}{level}",
            f"N{kind} {w1} {s2}",
            f"O{kind} {s1} {w2}",
            f"u{kind}{min(self.counts.get(word, 0), 3)}{level}",
        ]
        if s2[0] in "aBC":
            following = self.words[i + 1]
            row.append(f"D{p} {s1} {following[-2:]}")
            if p == "=times":
                row += [f"E{w3} {s1} {following[-2:]}", f"F{w3} {s1} {w2}"]
        if word in self.scripted:
            row.append("z" + kind + dated)
        if dated:
            row += [f"v{dated}{w}", f"V{dated}{kind}{g}", f"W{dated}{kind} {s1} {s2}"]
        return row


@cache
def _weights() -> bytes:
    """Return the model, which taggers read from without a copy."""
    return lzma.decompress(MODEL.read_bytes())


_IDLE: list[pycrfsuite.Tagger] = []
"""Taggers that no thread uses now: each holds the state of the text it reads."""


def _tagger() -> pycrfsuite.Tagger:
    try:
        return _IDLE.pop()
    except IndexError:
        import pycrfsuite  # for an import alone

        tagger = pycrfsuite.Tagger()
        tagger.open_inmemory(_weights())
        return tagger


def tags(found: Tokens, stretches: list[tuple[int, int]], date: str = "") -> list[str]:
    """Return the label of each token; beyond the stretches, all is prose."""
    out = ["O"] * len(found)
    tagger = _tagger()
    for (start, end), rows in zip(stretches, features(found, stretches, date), strict=True):
        out[start:end] = tagger.tag(rows)
    _IDLE.append(tagger)
    if era(date) == "b" or _lettered(found.text):
        for i in (i for start, end in stretches for i in range(start, end)):
            if out[i] == "C" and found.words[i] in GREEK:  # its author typed the word
                out[i] = "O"
    else:
        _tell_greek(found, stretches, out)
    return out


def _tell_greek(found: Tokens, stretches: list[tuple[int, int]], tags: list[str]) -> None:
    """Tag the names of Greek letters that a sign joins to an operand, in a text that elsewhere
    shows commands without their backslashes: 1 - delta, theta = 0.7."""
    words = found.words
    if sum(tag == "C" and len(words[i]) > 1 for i, tag in enumerate(tags)) < _TELLING:
        return
    for i in (i for start, end in stretches for i in range(start, end)):
        if tags[i] == "O" and words[i] in GREEK:
            for sign, other in ((i - 1, i - 2), (i + 1, i + 2)):
                if _joins(found, tags, sign, other):
                    tags[i] = "C"
                    for k in (sign, other):
                        tags[k] = "M" if tags[k] == "O" else tags[k]


def _joins(found: Tokens, tags: list[str], sign: int, other: int) -> bool:
    """Return whether a sign stands at `sign`, beside a letter's name, and an operand at `other`;
    a hyphen or a slash before a number or after a word may belong to a name: Phi-4, Beta-X."""
    words = found.words
    if min(sign, other) < 0 or max(sign, other) >= len(words) or words[sign] not in _JOINING:
        return False
    operand = words[other]
    glued = found.glued(sign) and found.glued(sign + 1)
    if words[sign] == "/" and not glued:
        return False
    if words[sign] == "-" and glued and (other > sign or not operand[0].isdigit()):
        return False
    if other < sign and found.glued(other) and words[other - 1] in "-.":
        return False
    return operand[0].isdigit() or (len(operand) == 1 and operand.isalpha()) or tags[other] != "O"


def _lettered(text: str) -> bool:
    """Return whether a text has letters and signs of formulas as such."""
    return not text.isascii() and LETTERS.search(text) is not None


def tagged(text: str, date: str = "") -> list[TextPart]:
    """Return `text` in parts, formulas and prose. `date` is the paper's id or date, if known."""
    found = tokens(text)
    stretches = windows(found)
    return (
        parts(found, stretches, tags(found, stretches, date))
        if stretches
        else [TextPart(text, False)]
    )
