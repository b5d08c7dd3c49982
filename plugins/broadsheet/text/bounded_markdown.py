"""Markdown of strangers, parsed within bounds: no text takes more than linear time or nests too
deeply.

Python-Markdown scans the rest of a block again and again, which a hostile text makes quadratic. So
its work is counted, in characters scanned, and a text that needs more than any honest one is given
up. The count depends on the text alone, never on the machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import LinkInlineProcessor, ReferenceInlineProcessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor

from ..errors import InvolvedText
from ..tex.spans import Span
from .marked_formulas import DOLLAR, GROWN, Marked, marked, refuse_grown

LONGEST = 20_000
"""Characters of an abstract or a note; a longer one is shown as plain words."""
DEEPEST = 20
"""How deeply quotations and lists may nest."""

# A text of so few characters, lines and brackets is within all bounds except that of depth.
_SHORT, _FEW_LINES, _FEW_BRACKETS = 4_000, 200, 40
_STEPS = 64  # characters that may be scanned for each of a text ...
_FREE = 4_000_000  # ... and in addition; a static page may be longer and has more kinds of block
_FREE_OF_PAGES = 16_000_000
_UNFINISHED = 200  # tags without an end in a static page, each of which is searched to the end
_PARSER_DEPTH = 2 * DEEPEST + 4  # a list takes two levels of the parser
_TREE_DEPTH = 4 * DEEPEST
_INLINE_DEPTH = DEEPEST
# The start of a quotation or list item, with the white space before it.
_LEADING = re.compile(r"[ \t]*(?:(?:>|[-*+:][ \t]|\d{1,9}[.)][ \t])[ \t]*)*")
_MARKS = re.compile(r">|[-*+:]|\d[.)]")
_BEGINNING = frozenset(" \t>-*+:0123456789")

ADDRESS = re.compile(r"(?<![<(\[\"'=\w/])https?://[^\s<>\"'`{}\\^|\[\]]+", re.I)
"""A bare URL in a text."""
# Code, which stays as it is; else the start of a tag that is not meant as one. The parser would
# take it for HTML and the sanitiser would drop it: "<think>" is a word here. Only links may have
# attributes; a sanitiser would repeat those of other tags in each paragraph.
_TAG = re.compile(
    r"(?P<code>(`+)(?!`).*?(?<!`)\2(?!`))"
    r"|<(?!(?:/?(?:b|i|em|strong|sub|sup|u|code|br)\s*/?>|/?a(?:\s[^<>]*)?/?>"
    r"|(?:https?://|mailto:)[^\s<>]+>))(?=[A-Za-z/!?])",
    re.S,
)
_UNFINISHED_TAG = re.compile(r"<(?=[A-Za-z/!?])(?![^<>]*>)")
# Elements that stay open, as a browser sees them: each tag takes time by the number of these.
_ELEMENT = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_ENDED_BY_OTHERS = frozenset(
    "p li dt dd tr td th thead tbody tfoot colgroup option optgroup br hr img wbr input area base"
    " col embed link meta source track param".split()
)
_OPEN_ELEMENTS = 400
_TICKS = re.compile("`{4,}")  # whose ends the parser would search in quadratic time


class _Meter:
    """Counts the work of one conversion. Raises InvolvedText beyond the bounds."""

    def __init__(self, free: int) -> None:
        self._free = free
        self.begin("")

    def begin(self, text: str, written: int = 0) -> None:
        self.left = self._free + _STEPS * (written or len(text))
        self.expanded = GROWN + 4 * len(text)
        self.notes = 0

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise InvolvedText(
                "this text is too involved to be read as Markdown; expected fewer signs such as "
                "brackets, hyphens and asterisks in it"
            )

    def expand(self, characters: int) -> None:
        self.expanded -= characters
        if self.expanded < 0:
            raise InvolvedText(
                "this text's links grow beyond bounds; expected shorter addresses and titles, or "
                "fewer links to them"
            )


def _deep() -> InvolvedText:
    return InvolvedText(
        f"this text nests too deeply; expected at most {DEEPEST} quotations and lists within each "
        "other"
    )


class _Blocks(BlockParser):
    """Python-Markdown's block parser, with a meter."""

    def __init__(self, md: Markdown, meter: _Meter) -> None:
        super().__init__(md)
        self._meter = meter
        self.depth = 0

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        """Parse as Python-Markdown does; each processor may scan the whole first block."""
        self.depth += 1
        if self.depth > _PARSER_DEPTH:
            raise _deep()
        while blocks:
            # Taking a block from the front moves the rest of the list.
            self._meter.spend(len(blocks[0]) + len(blocks) // 128 + 1)
            for processor in self.blockprocessors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break
        self.depth -= 1


class _Inline(InlineProcessor):
    """Python-Markdown's inline processor, with a meter. (It overrides a name-mangled method.)"""

    def __init__(self, md: Markdown, meter: _Meter) -> None:
        super().__init__(md)
        self._meter = meter
        self.depth = 0

    def _InlineProcessor__applyPattern(  # noqa: N802
        self, pattern: Any, data: str, pattern_index: int, start: int = 0
    ) -> tuple[str, bool, int]:
        self._meter.spend(len(data) // 256 + 16)
        self.depth += 1
        if self.depth > _INLINE_DEPTH:
            raise _deep()
        apply: Callable[..., tuple[str, bool, int]] = super()._InlineProcessor__applyPattern  # type: ignore[misc]
        result = apply(pattern, data, pattern_index, start)
        self.depth -= 1
        return result


class _Depth(Treeprocessor):
    """Refuses a tree so deep that serialising it would fail."""

    def run(self, root: Element) -> None:
        level: list[Element] = [root]
        for _ in range(_TREE_DEPTH):
            level = [child for element in level for child in element]
            if not level:
                return
        raise _deep()


def _counted_text(ask: Callable[[str, int], Any], meter: _Meter) -> Callable[[str, int], Any]:
    """Meter `getText` and `getLink` of links, which scan character by character, to the end of the
    text if the bracket is not closed."""

    def counted(data: str, index: int) -> Any:
        result = ask(data, index)
        end = result[-2] if result[-1] else len(data)
        meter.spend(4 * max(0, end - index))
        return result

    return counted


def _counted_tag(make: Callable[..., Element], meter: _Meter) -> Callable[..., Element]:
    """Meter `makeTag` of references: a definition of any length may be used any number of times."""

    def counted(href: str, title: str | None, text: str) -> Element:
        meter.expand(len(href or "") + len(title or ""))
        return make(href, title, text)

    return counted


def _counted_row(build: Callable[..., None], meter: _Meter) -> Callable[..., None]:
    """Meter a table's row, which has as many cells as its head, however few are written."""

    def counted(row: str, parent: Element, align: Sequence[str | None]) -> None:
        meter.expand(4 * len(align))
        build(row, parent, align)

    return counted


def _counted_notes(match: Callable[..., Any], meter: _Meter) -> Callable[..., Any]:
    """Meter a footnote's mark, which is compared with all marks before it."""

    def counted(mark: re.Match[str], data: str) -> Any:
        meter.notes += 1
        meter.spend(64 * meter.notes)
        return match(mark, data)

    return counted


class _Bounds(Extension):
    def __init__(self, free: int) -> None:
        super().__init__()
        self.meter = _Meter(free)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.registerExtension(self)
        self._md = md

    def install(self) -> None:
        """Replace the parser's parts by metered ones, once all extensions are registered."""
        md = self._md
        blocks = _Blocks(md, self.meter)
        blocks.blockprocessors = md.parser.blockprocessors
        for processor in blocks.blockprocessors:
            processor.parser = blocks
            if isinstance(processor, TableProcessor):
                row = "_build_row"  # a private method
                setattr(processor, row, _counted_row(getattr(processor, row), self.meter))
        md.parser = self.blocks = blocks
        md.treeprocessors.deregister("inline")
        self.inline = _Inline(md, self.meter)
        md.treeprocessors.register(self.inline, "inline", 20)
        md.treeprocessors.register(_Depth(md), "depth", 15)
        for pattern in md.inlinePatterns:
            if isinstance(pattern, FootnoteInlineProcessor):
                pattern.handleMatch = _counted_notes(pattern.handleMatch, self.meter)  # type: ignore[method-assign]
            if isinstance(pattern, LinkInlineProcessor):
                for ask in ("getText", "getLink"):
                    setattr(pattern, ask, _counted_text(getattr(pattern, ask), self.meter))
            if isinstance(pattern, ReferenceInlineProcessor):
                pattern.makeTag = _counted_tag(pattern.makeTag, self.meter)  # type: ignore[method-assign]


class Parser:
    """A Markdown parser with bounds. Raises InvolvedText beyond them."""

    def __init__(
        self,
        extensions: Sequence[Any] = (),
        configs: Mapping[str, Any] | None = None,
        *,
        free: int = _FREE_OF_PAGES,
    ) -> None:
        """`extensions` are Python-Markdown's, `configs` their settings by name; `free` is the count
        of characters that may be scanned in addition to those for a text's own length."""
        self._bounds = _Bounds(free)
        self.md = Markdown(
            output_format="html",
            tab_length=4,
            extensions=[*extensions, self._bounds],
            extension_configs=dict(configs or {}),
        )
        self._bounds.install()

    def html(self, text: str, written: int = 0) -> str:
        """Return a text as HTML, not sanitised. `written` is how many characters its author wrote,
        where formulas have become longer marks since. Raises InvolvedText."""
        if len(_UNFINISHED_TAG.findall(text)) > _UNFINISHED:
            raise InvolvedText("too many tags without an end; expected < before words as &lt;")
        bounds = self._bounds
        bounds.meter.begin(text, written)
        bounds.blocks.depth = bounds.inline.depth = 0
        bounds.blocks.state.clear()
        try:
            made = self.md.reset().convert(text)
        except RecursionError:
            raise _deep() from None
        _refuse_nested(made)
        return made


def _refuse_nested(html: str) -> None:
    """Raise InvolvedText where too many elements are in each other, or never end."""
    if html.count("<") <= _OPEN_ELEMENTS:
        return
    begun: Counter[str] = Counter()
    depth = 0
    for end, written in _ELEMENT.findall(html):
        name = written.lower()
        if name in _ENDED_BY_OTHERS or (end and not begun[name]):
            continue
        step = -1 if end else 1
        begun[name] += step
        depth += step
        if depth > _OPEN_ELEMENTS:
            raise InvolvedText(
                f"more than {_OPEN_ELEMENTS} HTML elements in each other; expected an end to each"
            )


def depth(line: str) -> int:
    """Return how deeply a line may nest, by its leading marks and its indentation."""
    leading = _LEADING.match(line)
    assert leading is not None
    text = leading[0].expandtabs(4)
    return len(_MARKS.findall(text)) + text.count("    ")


def deepest_line(text: str) -> int | None:
    """Return the line (from 1) in which a text nests deepest; None if it hardly nests."""
    lines = text.split("\n")
    deepest = max(range(len(lines)), key=lambda n: depth(lines[n]))
    return deepest + 1 if depth(lines[deepest]) > 2 else None


def problem(text: str) -> InvolvedText | None:
    """Return what is wrong with an abstract's or a note's Markdown, with its line (from 1) if
    known; such a text is shown as plain words. None if nothing is wrong, which for most texts is
    found without parsing."""
    if (
        len(text) <= _SHORT
        and text.count("\n") <= _FEW_LINES
        and text.count("[") <= _FEW_BRACKETS
        and not any(line[:1] in _BEGINNING and depth(line) > 5 for line in text.split("\n"))
    ):
        return None
    try:
        html(text)
    except InvolvedText as error:
        return error
    return None


def html(text: str) -> tuple[str, str, tuple[Span, ...]]:
    """Return an abstract's or a note's Markdown as HTML, not sanitised; the mark that precedes each
    formula's number in it, between private-use characters; and the formulas. Raises InvolvedText.
    """
    if len(text) > LONGEST:
        raise InvolvedText(f"a text of {len(text):,} characters; expected at most {LONGEST:,}")
    found = marked(text, lambda piece: ADDRESS.sub(_autolink, piece.markdown))
    source = _TICKS.sub("```", found.text)
    source = _TAG.sub(lambda match: match["code"] or "&lt;", source)
    try:
        made = _plain().html(source, len(text))
        refuse_grown(made, found)
    except InvolvedText as error:
        error.line = deepest_line(text)
        raise
    return made, found.mark, found.formulas


def page_html(parser: Parser, text: str) -> Marked:
    """Return a static page's Markdown as HTML, not sanitised, with its formulas as marks and its
    escaped dollar signs as DOLLAR. Raises InvolvedText."""
    found = marked(text, lambda piece: piece.escaped(DOLLAR))
    made = parser.html(found.text, len(text))
    refuse_grown(made, found)
    return found._replace(text=made)


def _autolink(match: re.Match[str]) -> str:
    address, rest = parted(match.group())
    return f"<{address}>{rest}"


def parted(address: str) -> tuple[str, str]:
    """Return a URL and the punctuation after it, which belongs to the sentence."""
    url = address.rstrip(".,;:!?*_~')")
    return url, address[len(url) :]


@cache
def page_parser() -> Parser:
    """Return a parser of static pages, with the extensions that they have by default."""
    return Parser(["markdown.extensions.extra"])


@cache
def _plain() -> Parser:
    """Return the parser of abstracts and notes: Markdown without extensions."""
    return Parser(free=_FREE)
