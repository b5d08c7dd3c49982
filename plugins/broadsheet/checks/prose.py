"""Check Markdown that people write: its links, raw HTML, headings and maths.

Each function takes a text and the number of its first line. Markup within code and maths is
ignored. Linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .. import tex
from ..content.pages import markup
from ..errors import shown
from ..text.line_numbers import LineNumbers
from .problem import ERROR, WARNING, Problem


class ProseProblem(NamedTuple):
    """A problem of a text, without its file."""

    line: int
    severity: str
    kind: str
    message: str

    def of(self, file: str) -> Problem:
        """Return the problem with its file."""
        return Problem(file=file, **self._asdict())


_ESCAPED = re.compile(r"(?<!\\)\\([()\[\]])")
_BRACKETS = re.compile("\ue000\\([^\ue000]{1,2000}\ue000\\)|\ue000\\[[^\ue000]{1,2000}\ue000\\]")
_TEX = re.compile(r"\\[A-Za-z]|[\^_=]|\A\\\([A-Za-z]\\\)\Z")  # "\[x\]" is a ticked box

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]|\Z)")


def problems(
    text: str,
    line: int,
    known: Callable[[str], bool],
    shows: Callable[[str], bool] = lambda tag: False,
) -> Iterator[ProseProblem]:
    """Yield all problems of a text but its headings'. `known` tells an address of the site, `shows`
    whether what reads as a tag that isn't HTML we know is shown as it is written."""
    if "$" in text:
        yield from maths(text, line)
    lines = LineNumbers(text, line)
    if "\\(" in text or "\\[" in text:
        yield from _brackets(text, lines)
    for found in markup.find(text, known):
        if not found.error and found.kind == "html" and shows(_tag(text, found.place)):
            continue
        at = lines.at(found.place)
        yield ProseProblem(at, ERROR if found.error else WARNING, found.kind, found.message)


def _tag(text: str, start: int) -> str:
    return text[start : text.index(">", start) + 1]


def _brackets(text: str, lines: LineNumbers) -> Iterator[ProseProblem]:
    """Yield what stands between TeX's brackets, which are escaped ones in Markdown, and reads like
    a formula."""
    bare = markup.without_code(_ESCAPED.sub("\ue000\\1", text))
    for found in _BRACKETS.finditer(bare):
        start, end = found.span()
        if _TEX.search(text[start:end]):
            sign = "$$" if found[0][1] == "[" else "$"
            told = f"is no formula here and shows in brackets; expected {sign}...{sign}"
            message = f"{shown(text[start:end])} {told}"
            yield ProseProblem(lines.at(start), WARNING, "maths", message)


def maths(text: str, line: int) -> Iterator[ProseProblem]:
    """Yield the formulas that can't be shown as MathML, and those with commands that aren't
    known."""
    at = line
    for span in tex.spans(text):
        if span.math and tex.mathml(span.text, display=span.display) is None:
            told = "can't be shown as maths; its letters are shown instead, or its TeX"
            yield ProseProblem(at, WARNING, "maths", f"the formula {shown(span.text)} {told}")
        elif span.math and (name := tex.unknown(span.text)):
            told = f"has a command that is not known, {shown(name)}; its name is shown instead"
            yield ProseProblem(at, WARNING, "maths", f"the formula {shown(span.text)} {told}")
        at += span.source.count("\n")


def headings(text: str, line: int, above: int) -> Iterator[ProseProblem]:
    """Yield headings that skip a level, or are not below the level `above` (1 to 5)."""
    last = above
    fence = ""
    for number, row in enumerate(text.split("\n"), start=line):
        if not row or row[0] not in "#`~ ":
            continue
        match = markup.FENCE.match(row)
        if match:
            if not fence:
                fence = match[1]
            elif match[1].startswith(fence) and not match[2].strip():
                fence = ""
            continue
        heading = None if fence else _HEADING.match(row)
        if heading is None:
            continue
        level = len(heading[1])
        if level <= above:
            yield ProseProblem(
                number,
                ERROR,
                "heading",
                f'a heading of level {level} ("{heading[1]}"); expected "{"#" * (above + 1)}"',
            )
        elif level > last + 1:
            yield ProseProblem(
                number,
                ERROR,
                "heading",
                f"a heading of level {level} below one of level {last}; expected "
                f'"{"#" * (last + 1)}"',
            )
        last = max(level, above)
