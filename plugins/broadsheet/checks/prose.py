"""Check Markdown that people write: its links, raw HTML, headings and maths.

Each function takes a text and the number of its first line. Markup within code and maths is
ignored. Linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

from .. import tex
from ..errors import shown
from ..weburl import is_web_address, normalised
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


_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^`]{0,2000}(?<!`)\1(?!`)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)\Z")
_LINK = re.compile(r"\]\(\s*(?:<([^<>\n]{0,2000})>|<?([^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*))")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,300}\]:[ \t]*<?([^\s<>]+)", re.M)
_ATTRIBUTE = re.compile(
    r"\b(?:href|src)\s{0,9}=\s{0,9}(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})'|[\"']?([^\s\"'<>]+))",
    re.I,
)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]{0,30})(?=[\s/>])([^<>]{0,500})>")
_HANDLER = re.compile(r"\bon[a-z]{3,20}[ \t]*=|\bstyle[ \t]*=", re.I)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,20}(?:/|\Z)", re.I)
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]|\Z)")

# Elements that run or load something; all other unknown ones are only left out.
_DANGEROUS = frozenset({
    "script", "iframe", "object", "embed", "style", "link", "meta", "base", "form", "input",
    "button", "textarea", "select", "svg", "math", "frame", "frameset", "applet", "template",
    "noscript", "video", "audio", "source", "portal", "dialog",
})  # fmt: skip
_SHOWN = frozenset({
    "p", "a", "em", "strong", "b", "i", "code", "pre", "ul", "ol", "li", "blockquote", "br", "sup",
    "sub", "del", "hr", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
    "dl", "dt", "dd", "img", "kbd", "abbr",
})  # fmt: skip


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
    if "<" in text or "](" in text or "]:" in text or "=" in text:
        bare = without_code(text)
        yield from html(bare, line, shows)
        yield from links(bare, line, known)


def without_code(text: str) -> str:
    """Return the text with code and maths replaced by spaces, keeping lines and length."""
    if "$" in text:
        text = "".join(
            _blank(span.source) if span.math else span.source for span in tex.spans(text)
        )
    if "`" in text or "~~~" in text:
        lines = []
        fence = ""
        for line in text.split("\n"):
            match = _FENCE.match(line)
            closes = match and match[1].startswith(fence) and not match[2].strip()
            if match and not fence:
                fence = match[1]
                line = " " * len(line)
            elif fence:
                fence = "" if closes else fence
                line = " " * len(line)
            lines.append(line)
        text = _CODE.sub(lambda match: _blank(match[0]), "\n".join(lines))
    return text


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def maths(text: str, line: int) -> Iterator[ProseProblem]:
    """Yield the formulas that can't be shown as MathML."""
    at = line
    for span in tex.spans(text):
        if span.math and tex.mathml(span.text, display=span.display) is None:
            yield ProseProblem(
                at,
                WARNING,
                "maths",
                f"the formula {shown(span.text)} can't be shown as maths; its TeX is shown instead",
            )
        at += span.source.count("\n")


def html(bare: str, line: int, shows: Callable[[str], bool]) -> Iterator[ProseProblem]:
    """Yield raw HTML that is dangerous (an error), or that the site leaves out (a warning)."""
    for match in _TAG.finditer(bare):
        name = match[1].lower()
        at = line + bare.count("\n", 0, match.start())
        if name in _DANGEROUS:
            yield ProseProblem(at, ERROR, "html", f"the HTML {shown(match[0])}; expected Markdown")
        elif _HANDLER.search(match[2]):
            yield ProseProblem(
                at,
                ERROR,
                "html",
                f"the HTML {shown(match[0])} has script or style; expected Markdown",
            )
        elif name not in _SHOWN and not shows(match[0]):
            yield ProseProblem(
                at,
                WARNING,
                "html",
                f"{shown(match[0])} reads as HTML and isn't shown; to show it, write it between `",
            )


def links(bare: str, line: int, known: Callable[[str], bool]) -> Iterator[ProseProblem]:
    """Yield links with a forbidden scheme, malformed ones, and those to no page of the site."""
    for pattern in (_LINK, _REFERENCE, _ATTRIBUTE):
        for match in pattern.finditer(bare):
            wrong = _link_problem(match[match.lastindex or 1] or "", known)
            if wrong:
                at = line + bare.count("\n", 0, match.start(match.lastindex or 1))
                yield ProseProblem(at, ERROR, *wrong)


def _link_problem(written: str, known: Callable[[str], bool]) -> tuple[str, str] | None:
    target = normalised(unescape(written))
    if not target:
        return "link", "a link without an address"
    if target.startswith("#"):
        return None
    scheme = _SCHEME.match(target)
    if scheme is None:
        if known(target):
            return None
        hint = "; expected https:// before it" if _HOST.match(target) else ""
        return "link", f"a link to {shown(target)}, which is not a page of this site{hint}"
    if scheme[1].lower() == "mailto":
        return None
    if scheme[1].lower() not in ("http", "https"):
        return "unsafe-link", (
            f"a link to {shown(target)}; expected an address with http, https or mailto"
        )
    if not is_web_address(written) and not is_web_address(unescape(written)):
        return "link", f"a link to {shown(written)}, which is not a web address"
    return None


def headings(text: str, line: int, above: int) -> Iterator[ProseProblem]:
    """Yield headings that skip a level, or are not below the level `above` (1 to 5)."""
    last = above
    fence = ""
    for number, row in enumerate(text.split("\n"), start=line):
        if not row or row[0] not in "#`~ ":
            continue
        match = _FENCE.match(row)
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
