"""Find in Markdown what the site does not show, or a page should not hold: dangerous HTML, links
with a forbidden scheme, malformed ones, and those to no page of the site.

`broadsheet check` tells of it, and an import escapes it (`harmless`), so that check passes what
import writes. Markup within code and maths is ignored, and so is what a backslash escapes, as
Python-Markdown has it. Linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

from ... import tex
from ...errors import shown
from ...weburl import is_web_address, normalised

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)\Z")
_CODE = re.compile(r"\\[\\`*_{}\[\]()>#+.!-]|(?<!`)(`{1,3})(?!`)[^`]{0,2000}(?<!`)\1(?!`)")
_BRACKET = re.compile(r"[\[\]]|\n[ \t]*\n")
_LINK = re.compile(r"\]\(\s*(?:<([^<>\n]{0,2000})>|<?([^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*))")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,300}\]:[ \t]*<?([^\s<>]+)", re.M)
_ATTRIBUTE = re.compile(
    r"\b(?:href|src)\s{0,9}=\s{0,9}(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})'|[\"']?([^\s\"'<>]+))",
    re.I,
)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]{0,30})(?=[\s/>])([^<>]{0,500})>")
_HANDLER = re.compile(r"\bon[a-z]{3,20}[ \t]*=|\bstyle[ \t]*=", re.I)
_FILE_OF_A_DAY = re.compile(r"([0-9]{4}/[0-9]{2}/[0-9]{2}/[a-z0-9-]+)\.md(?=[#?]|\Z)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,20}(?:/|\Z)", re.I)

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


@dataclass(frozen=True, slots=True)
class Markup:
    """What was found: from `start` (where it is escaped), and what it says at `place`; an error,
    or only a warning."""

    start: int
    place: int
    kind: str
    message: str
    error: bool = True


def find(text: str, known: Callable[[str], bool] = lambda address: False) -> Iterator[Markup]:
    """Yield what is found in a text. `known` tells an address of the site."""
    if "<" in text or "](" in text or "]:" in text or "=" in text:
        bare = without_code(text)
        yield from _html(bare)
        yield from _links(bare, known)


def without_code(text: str) -> str:
    """Return the text with code, maths and escaped characters replaced by spaces, keeping lines
    and length."""
    if "$" in text:
        text = "".join(
            _blank(span.source) if span.math else span.source for span in tex.spans(text)
        )
    if "~~~" in text or "```" in text:
        lines = []
        fence = ""
        for line in text.split("\n"):
            match = FENCE.match(line)
            closes = match and match[1].startswith(fence) and not match[2].strip()
            if match and not fence:
                fence = match[1]
                line = " " * len(line)
            elif fence:
                fence = "" if closes else fence
                line = " " * len(line)
            lines.append(line)
        text = "\n".join(lines)
    if "`" in text or "\\" in text:
        text = _CODE.sub(lambda match: _blank(match[0]), text)
    return text


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _html(bare: str) -> Iterator[Markup]:
    for match in _TAG.finditer(bare):
        name = match[1].lower()
        at = match.start()
        if name in _DANGEROUS:
            yield Markup(at, at, "html", f"the HTML {shown(match[0])}; expected Markdown")
        elif _HANDLER.search(match[2]):
            yield Markup(
                at, at, "html", f"the HTML {shown(match[0])} has script or style; expected Markdown"
            )
        elif name not in _SHOWN:
            yield Markup(
                at,
                at,
                "html",
                f"{shown(match[0])} reads as HTML and isn't shown; to show it, write it between `",
                error=False,
            )


def _links(bare: str, known: Callable[[str], bool]) -> Iterator[Markup]:
    opened = _opened(bare) if "](" in bare else frozenset()
    for pattern in (_LINK, _REFERENCE, _ATTRIBUTE):
        for match in pattern.finditer(bare):
            if pattern is _LINK and match.start() not in opened:
                continue  # a bracket that closes none: no link
            group = match.lastindex or 1
            wrong = _link_problem(match[group] or "", known)
            if wrong:
                yield Markup(match.start(), match.start(group), *wrong)


def _opened(bare: str) -> frozenset[int]:
    """Return where brackets close that were opened in the same paragraph."""
    depth, closing = 0, []
    for match in _BRACKET.finditer(bare):
        if match[0] == "[":
            depth += 1
        elif match[0] != "]":
            depth = 0
        elif depth:
            depth -= 1
            closing.append(match.start())
    return frozenset(closing)


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
        file = _FILE_OF_A_DAY.search(target)
        hint = "; expected https:// before it" if _HOST.match(target) else ""
        hint = f"; expected its address, /{file[1]}/" if file else hint
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
