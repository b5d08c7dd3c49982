"""How well abstracts are restored that a listing stripped, against the same as their authors wrote.

Both are compared as plain Unicode without spaces, eight characters on either side included, so that
it does not matter where a formula's dollar signs stand. Counted:

    damaged   of the formulas that the listed text no longer shows, the share that is restored
    intact    of the formulas that it still shows, the share that the restored text shows, too
    prose     of the abstracts without any TeX, the share that comes back as it was
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from pylatexenc.latex2text import LatexNodes2Text

_FORMULA = re.compile(r"\$[^$]+\$")
# text between dollar signs, of which the comparison drops or mangles what it shows
_TEXT = re.compile(
    r"\$\\(?:texttt|textsc|textbf|textit|text|href)\{(?:[^{}]|\{[^{}]*\})*\}(?:\{[^{}]*\})?\$"
)
_TYPED = re.compile(r"\$([^$\\]*[\^_][^$\\]*)\$")  # R^2: typed, and no harm between dollars
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>~|-])")
_to_text = LatexNodes2Text(math_mode="text", strict_latex_spaces=False)


@dataclass(slots=True)
class Share:
    """How many of how many."""

    good: int = 0
    total: int = 0

    def count(self, good: bool) -> None:
        self.good += good
        self.total += 1

    def __float__(self) -> float:
        return self.good / self.total if self.total else 1.0

    def __str__(self) -> str:
        return f"{self.good:,}/{self.total:,} = {float(self):.3f}"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoring function made of pairs."""

    damaged: Share
    intact: Share
    prose: Share

    def __str__(self) -> str:
        return f"damaged {self.damaged}, intact {self.intact}, prose {self.prose}"


def shown(written: str) -> str:
    """Return TeX as it shows, without spaces."""
    text = re.sub(r"(?<!\\)%", r"\\%", written)
    with suppress(Exception):  # TeX that no one can parse counts as it stands
        text = _to_text.latex_to_text(text)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def reads(text: str) -> str:
    """Return prose as its reader sees it: quotation marks plain, Markdown's escapes gone."""
    text = _TYPED.sub(r"\1", _ESCAPE.sub(r"\1", text))
    return re.sub(r"``|''|[“”]", '"', re.sub("[‘’]", "'", text))


def score(pairs: Iterable[tuple[str, str, str]], restore: Callable[[str, str], str]) -> Restored:
    """Return how well `restore(listed, id)` does on pairs of (id, listed, original)."""
    result = Restored(Share(), Share(), Share())
    for paper, listed, original in pairs:
        restored = restore(listed, paper)
        if not re.search(r"[$\\]", original):
            result.prose.count(reads(restored) == reads(listed))
            continue
        before, after = shown(listed), shown(restored)
        for m in _FORMULA.finditer(_TEXT.sub(lambda m: "\0" * len(m[0]), original)):
            context = shown(original[: m.start()])[-8:], shown(original[m.end() :])[:8]
            wanted = context[0] + shown(m.group()) + context[1]
            (result.intact if wanted in before else result.damaged).count(wanted in after)
    return result
