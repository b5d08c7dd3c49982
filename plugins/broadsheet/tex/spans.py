"""Maths in Markdown: the one definition, shared by all renderers.

Maths is TeX between single dollar signs (`$...$`), or between double ones for a formula on a line
of its own. As Pandoc reads it: the opening sign has no space after it, the closing one none before
it and no digit after it, so that "$5 and $10" is money; but a digit may follow what holds a command
or an exponent or is a sign alone, as no sum is: `$\\sim$5`. Besides: no blank line inside; `\\$` is
a dollar sign; code spans and fenced code hold no maths; what reads like a sum of money followed by
words is none. With backticks within the dollar signs (as GitHub and GitLab have it: $`x`$), it is
maths whatever stands beside it. `written` chooses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple


class Span(NamedTuple):
    """A piece of Markdown. Of maths, `text` is the TeX without its dollar signs."""

    text: str
    math: bool = False
    display: bool = False
    ticked: bool = False

    @property
    def source(self) -> str:
        """The piece as it stands in the Markdown."""
        if self.ticked:
            return f"$`{self.text}`$"
        sign = ("$$" if self.display else "$") if self.math else ""
        return sign + self.text + sign

    @property
    def markdown(self) -> str:
        """A piece of prose for a Markdown renderer that knows no maths: `\\$` is a plain dollar."""
        return _ESCAPED.sub(r"\1$", self.text) if "\\$" in self.text else self.text


_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\\$")
_SIGN = re.compile(r"\\.|\$`[^`]+`\$|\$\$?|`+|^ {0,3}(?:`{3,}|~{3,})", re.S | re.M)
_BLANK = re.compile(r"\n[ \t]*\n")
_NO_SUM = re.compile(r"\\[A-Za-z]|\^|\A[<>=+±×~≤≥≈→−-]+\Z")
_MONEY = re.compile(r"\d[\d.,]*[kKMB]?\s+(?:[A-Za-z]{2,}|\()[^\\^_={}]*$")


def spans(markdown: str) -> list[Span]:
    """Return `markdown` in pieces, prose and maths by turns; their sources join to the whole
    again."""
    if "$" not in markdown:
        return [Span(markdown)] if markdown else []
    last = markdown.rfind("$$")
    ticks: dict[int, list[int]] = {}
    for m in re.finditer("`+", markdown):
        ticks.setdefault(len(m.group()), []).append(m.start())
    out: list[Span] = []
    done = at = 0
    opened: tuple[int, str] | None = None
    while sought := _SIGN.search(markdown, at):
        sign, at = sought.group(), sought.end()
        if sign[0] == "\\":
            continue
        if sign.startswith("$`"):
            if not _BLANK.search(sign):
                if sought.start() > done:
                    out.append(Span(markdown[done : sought.start()]))
                out.append(Span(sign[2:-2], True, ticked=True))
                opened, done = None, at
            else:
                at = sought.start() + 1
        elif "$" in sign:
            if opened is not None and sign != opened[1]:
                if sign == "$" and at <= last:
                    continue
                sign, at = "$", sought.start() + 1
            opened, span = _dollar(markdown, sought.start(), sign, opened)
            if span is not None:
                start, stop = span
                if start > done:
                    out.append(Span(markdown[done:start]))
                width = len(sign)
                out.append(Span(markdown[start + width : stop], True, width == 2))
                done = stop + width
        else:
            end = _code(markdown, sought, ticks)
            opened, at = (None if end > at else opened), end
    if done < len(markdown):
        out.append(Span(markdown[done:]))
    return out


def _dollar(
    markdown: str, at: int, sign: str, opened: tuple[int, str] | None
) -> tuple[tuple[int, str] | None, tuple[int, int] | None]:
    """Return (the sign that is open now, the span that this one closes)."""
    after = markdown[at + len(sign) : at + len(sign) + 1]
    if opened is not None and opened[1] == sign:
        start = opened[0]
        inside = markdown[start + len(sign) : at]
        closes = inside and not inside[-1].isspace()
        if closes and after.isdigit():
            closes = bool(_NO_SUM.search(inside))
        if closes and not _BLANK.search(inside) and not _MONEY.match(inside):
            return None, (start, at)
    return ((at, sign) if after and not after.isspace() else None), None


def _code(markdown: str, m: re.Match[str], ticks: dict[int, list[int]]) -> int:
    """Return where the code that opens at `m` ends; the end of `m` where it is no code."""
    fence = m.group().strip(" ")
    line = markdown.rfind("\n", 0, m.start()) + 1
    if len(fence) >= 3 and not markdown[line : m.start()].strip():
        close = re.compile(rf"^ {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$", re.M)
        end = markdown.find("\n", m.end())
        found = close.search(markdown, end) if end >= 0 else None
        return found.end() if found else len(markdown)
    if fence[0] == "~":
        return m.end()
    places = ticks.get(len(fence), [])
    following = bisect_right(places, m.start())
    return places[following] + len(fence) if following < len(places) else m.end()


def written(tex: str, after: str) -> str:
    """Return a formula as Markdown that reads as the same formula; `after` is the character that
    follows."""
    tex = " ".join(tex.replace("`", "\\lq ").split())
    if spans(f"${tex}${after}")[0] == Span(tex, True):
        return f"${tex}$"
    return f"$`{tex}`$"
