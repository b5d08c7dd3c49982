r"""Where the formulas are in a text as its authors wrote it: TeX's delimiters, not Markdown's.

TeX asks nothing of what stands beside a dollar sign: `$\sim$5` and `$ (x) $` are formulas. Those of
`$$...$$`, `\(...\)` and `\[...\]` are, too, and dollars within `\text{...}` belong to the formula
around it. A blank line ends what is not closed. A dollar sign without a partner is text, and
so are a sum of money with words and whatever holds a sentence outside of braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

LONGEST = 2000  # characters of a formula
_SIGN = re.compile(
    r"\\(?:text|mbox|hbox|textrm|textbf|textit|textsf|texttt)\s?\{|\\[()\[\]]|\\.|\$\$|\$|[{}]"
    r"|\n[ \t]*\n",
    re.S,
)
_CLOSES = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_NOT_WITHIN = {"\\)": ("\\(", "\\["), "\\]": ("\\(", "\\[")}  # by what closes the formula
_MONEY = re.compile(r"\s*\d[\d.,]*[^\\^_={}<>\dA-Za-z]?[^\\^_={}<>]*?[A-Za-z]{2,}[^\\^_={}<>]*")
_SENTENCE = re.compile(r"(?:\A|\s)[a-z]{2,} [a-z]{2,} [a-z]{3,}(?:\s|\Z)")
_BRACED = re.compile(r"\{[^{}]*\}")


def formulas(text: str) -> Iterator[tuple[str, bool]]:
    """Yield `text` in pieces: (prose, False) and (the TeX within a formula's delimiters, True)."""
    ends = _text_ends(text)
    done = at = 0
    while (opening := _SIGN.search(text, at)) is not None:
        sign, at = opening.group(), opening.end()
        if sign not in _CLOSES:
            continue
        end, stop = _closed(text, at, _CLOSES[sign], ends)
        if stop is None and sign == "$$":  # an empty formula, or two signs of two formulas
            continue
        if stop is None or _worded(text[at:stop]):
            continue
        if done < opening.start():
            yield text[done : opening.start()], False
        yield text[at:stop], True
        done = at = end
    if done < len(text):
        yield text[done:], False


def _worded(inside: str) -> bool:
    """Return whether what stands between two dollar signs is nothing, a sum of money with the words
    after it, or a sentence."""
    if not inside.strip() or _MONEY.fullmatch(inside):
        return True
    return _SENTENCE.search(_BRACED.sub("", inside)) is not None


def _text_ends(text: str) -> dict[int, int]:
    """Return where each `\\text{...}` ends, by where it begins, but for those with a blank line in
    them: known beforehand, so that none is searched for its end from each dollar sign before it."""
    ends: dict[int, int] = {}
    open_groups: list[int] = []
    for m in _SIGN.finditer(text) if "{" in text else ():
        sign = m.group()
        if sign[-1] == "{" and sign != "\\{":
            open_groups.append(m.start())
        elif sign == "}" and open_groups:
            ends[open_groups.pop()] = m.end()
        elif sign[0] == "\n":
            open_groups.clear()
    return ends


def _closed(text: str, at: int, closing: str, ends: Mapping[int, int]) -> tuple[int, int | None]:
    """Return where a formula that begins at `at` is over, and where its inside ends; None where it
    is not closed."""
    limit = min(len(text), at + LONGEST)
    while (m := _SIGN.search(text, at, limit)) is not None:
        sign, at = m.group(), m.end()
        if len(sign) > 2 and sign[-1] == "{":
            at = ends.get(m.start(), limit)
            if at >= limit:
                break
        elif sign[0] == "\n" or sign in _NOT_WITHIN.get(closing, ()):
            break  # TeX allows no formula right in another, either
        elif sign == closing or (sign == "$$" and closing == "$"):
            return m.start() + len(closing), m.start()
    return at, None
