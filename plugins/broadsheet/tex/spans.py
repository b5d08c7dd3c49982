"""Maths in Markdown: the one definition, shared by all renderers.

Maths is TeX between single dollar signs (`$...$`), or between double ones for a formula on a line
of its own. As Pandoc reads it: the opening sign has no space after it, the closing one none before
it and no digit after it, so that "$5 and $10" is money; but a digit may follow what holds a command
or an exponent or is a sign or a letter alone, as no sum is: `$\\sim$5`, `$k$2`. Besides: no blank
line inside; double signs that stand first and last on their lines may have white space inside;
`\\$` is a dollar sign; code spans and fenced code hold no maths; what reads like a sum of money
followed by words is none, nor what has a web address outside of a command's braces. With backticks
within the dollar signs (as GitHub and GitLab have it: $`x`$), it is maths whatever stands beside
it. `written` chooses.
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
        return self.escaped("$")

    def escaped(self, dollar: str) -> str:
        """Return a piece of prose with `dollar` for each `\\$`."""
        return _ESCAPED.sub(rf"\1{dollar}", self.text) if "\\$" in self.text else self.text


_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\\$")
_SIGN = re.compile(r"\\.|\$`[^`]+`\$|\$\$?|`+|^ {0,3}(?:`{3,}|~{3,})", re.S | re.M)
_BLANK = re.compile(r"\n[ \t]*\n")
_BLOCK = re.compile(r"\$\$((?:(?!\$\$|\n[ \t]*\n)[^`])+)\$\$[ \t]*(?=\n|\Z)")
_NO_SUM = re.compile(r"\\[A-Za-z]|\^|\A(?:[<>=+±×~≤≥≈→−-]+|[A-Za-z])\Z")
_ADDRESS = re.compile(r"(?<!\{)\bhttps?://")
_MONEY = re.compile(r"\d[\d.,]*[kKMB]?\s+(?:[A-Za-z]{2,}|\()[^\\^_={}]*$")


def spans(markdown: str) -> list[Span]:
    """Return `markdown` in pieces, prose and maths by turns; their sources join to the whole
    again."""
    if "$" not in markdown:
        return [Span(markdown)] if markdown else []
    return _SpanReader(markdown).read()


class _SpanReader:
    """Reads Markdown sign by sign: it is in prose, or behind a dollar sign that may open maths."""

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown
        self.last = markdown.rfind("$$")
        self.out: list[Span] = []
        self.done = self.at = 0  # what is in `out`; what is read
        self.opened: tuple[int, str] | None = None  # the dollar sign that is open
        self.ticks: dict[int, list[int]] = {}  # where runs of backticks start, by their length
        for m in re.finditer("`+", markdown):
            self.ticks.setdefault(len(m.group()), []).append(m.start())

    def read(self) -> list[Span]:
        """Return the pieces."""
        while sought := _SIGN.search(self.markdown, self.at):
            sign, self.at = sought.group(), sought.end()
            if sign.startswith("$`"):
                self._ticked(sought)
            elif sign[0] == "$":
                self._dollar(sought)
            elif sign[0] != "\\":
                end = self._code(sought)
                self.opened, self.at = (None if end > self.at else self.opened), end
        self._prose(len(self.markdown))
        return self.out

    def _prose(self, end: int) -> None:
        """Keep what stands before `end` as prose."""
        if self.done < end:
            self.out.append(Span(self.markdown[self.done : end]))

    def _ticked(self, m: re.Match[str]) -> None:
        """Read maths between dollars and backticks; a blank line makes it none."""
        if _BLANK.search(m.group()):
            self.at = m.start() + 1
            return
        self._prose(m.start())
        self.out.append(Span(m.group()[2:-2], True, ticked=True))
        self.opened, self.done = None, m.end()

    def _dollar(self, m: re.Match[str]) -> None:
        """Read one or two dollar signs: they close maths, or open it. Two are none of a formula
        between single ones, and read as one sign; where one stands before the last two, it
        is none of a formula between double ones."""
        sign, at = m.group(), m.start()
        if (self.opened is None or self.opened[1] == "$") and sign == "$$" and self._block(at):
            return
        if self.opened is not None and sign != self.opened[1]:
            if sign == "$" and self.at <= self.last:
                return
            sign, self.at = "$", at + 1
        width = len(sign)
        if self.opened is not None and self.opened[1] == sign:
            start = self.opened[0]
            if self._closes(start + width, at, width):
                self._prose(start)
                self.out.append(Span(self.markdown[start + width : at], True, width == 2))
                self.opened, self.done = None, at + width
                return
        after = self.markdown[at + width : at + width + 1]
        self.opened = (at, sign) if after and not after.isspace() else None

    def _block(self, at: int) -> bool:
        """Read a formula between double signs on lines of their own, with white space inside."""
        before = at
        while before and self.markdown[before - 1] in " \t":
            before -= 1
        if before and self.markdown[before - 1] != "\n":
            return False
        found = _BLOCK.match(self.markdown, at)
        if found is None or not found[1].strip() or _MONEY.match(found[1].strip()):
            return False
        self._prose(at)
        self.out.append(Span(found[1], True, True))
        self.opened = None
        self.done = self.at = found.end(1) + 2
        return True

    def _closes(self, start: int, end: int, width: int) -> bool:
        """Return whether the sign at `end` closes a formula that begins at `start`."""
        inside = self.markdown[start:end]
        if not inside or inside[-1].isspace():
            return False
        if self.markdown[end + width : end + width + 1].isdigit() and not _NO_SUM.search(inside):
            return False
        return not (_BLANK.search(inside) or _MONEY.match(inside) or _ADDRESS.search(inside))

    def _code(self, m: re.Match[str]) -> int:
        """Return where the code that opens at `m` ends; the end of `m` where it is no code."""
        markdown, fence = self.markdown, m.group().strip(" ")
        line = markdown.rfind("\n", 0, m.start()) + 1
        if len(fence) >= 3 and not markdown[line : m.start()].strip():
            close = re.compile(rf"^ {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$", re.M)
            end = markdown.find("\n", m.end())
            found = close.search(markdown, end) if end >= 0 else None
            return found.end() if found else len(markdown)
        if fence[0] == "~":
            return m.end()
        places = self.ticks.get(len(fence), [])
        following = bisect_right(places, m.start())
        return places[following] + len(fence) if following < len(places) else m.end()


def written(tex: str, after: str) -> str:
    """Return a formula as Markdown that reads as the same formula; `after` is the character that
    follows."""
    tex = " ".join(tex.replace("`", "\\lq ").split())
    if spans(f"${tex}${after}")[0] == Span(tex, True):
        return f"${tex}$"
    return f"$`{tex}`$"
