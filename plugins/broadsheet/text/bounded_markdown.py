"""People's Markdown, read with bounds: no text takes more than linear time, or nests too deeply.

The parser looks through what is left of a block again and again; a hostile text makes that
quadratic. So its work is counted, in characters that it looks at, and a text that asks for more
than any honest one is given up. Counts depend on the text alone, never on the machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import LinkInlineProcessor, ReferenceInlineProcessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor

from .. import tex
from ..errors import InvolvedText
from ..tex.spans import Span

LONGEST = 20_000
"""Characters of an abstract or a note; a longer one shows as plain words."""
DEEPEST = 20
"""How many quotations and lists may stand within each other."""

# A text of so few characters, lines and brackets is within all bounds but that of depth.
_SHORT, _FEW_LINES, _FEW_BRACKETS = 4_000, 200, 40
_STEPS = 64  # characters that may be looked at for each of a text ...
_FREE = 4_000_000  # ... and beside; a static page may be longer and has more kinds of block
_FREE_OF_PAGES = 16_000_000
_UNFINISHED = 200  # tags without an end in a static page, whose ends are sought again and again
_EXPANDED = 200_000  # characters of links' addresses and titles, as of a text's own length
_PARSER_DEPTH = 2 * DEEPEST + 4  # a list takes two levels of the parser
_TREE_DEPTH = 4 * DEEPEST
_INLINE_DEPTH = DEEPEST
# What begins a quotation or a list's item, and the white space before it.
_LEADING = re.compile(r"[ \t]*(?:(?:>|[-*+:][ \t]|\d{1,9}[.)][ \t])[ \t]*)*")
_MARKS = re.compile(r">|[-*+:]|\d[.)]")
_BEGINNING = frozenset(" \t>-*+:0123456789")

ADDRESS = re.compile(r"(?<![<(\[\"'=\w/])https?://[^\s<>\"'`{}\\^|\[\]]+", re.I)
"""A bare address in a text."""
PRIVATE = re.compile("[\ue000-\ue003]")
"""Characters that mean something in our HTML, and are taken out of people's texts."""
# Code, which shows as it is; else what begins like a tag and is none that a person would mean. The
# parser would take it for HTML and the sanitiser would drop it: "<think>" is a word here. Of
# attributes only a link's mean anything; a sanitiser would repeat the others from paragraph to
# paragraph.
_TAG = re.compile(
    r"(?P<code>(`+)(?!`).*?(?<!`)\2(?!`))"
    r"|<(?!(?:/?(?:b|i|em|strong|sub|sup|u|code|br)\s*/?>|/?a(?:\s[^<>]*)?/?>"
    r"|(?:https?://|mailto:)[^\s<>]+>))(?=[A-Za-z/!?])",
    re.S,
)
_UNFINISHED_TAG = re.compile(r"<(?=[A-Za-z/!?])(?![^<>]*>)")
_TICKS = re.compile("`{4,}")  # whose ends the parser would seek in quadratic time


class _Meter:
    """Counts what one conversion does."""

    def __init__(self, free: int) -> None:
        self._free = free
        self.begin("")

    def begin(self, text: str) -> None:
        self.left = self._free + _STEPS * len(text)
        self.expanded = _EXPANDED + 4 * len(text)
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
    """The parser of blocks, counting."""

    def __init__(self, md: Markdown, meter: _Meter) -> None:
        super().__init__(md)
        self._meter = meter
        self.depth = 0

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        """As the parser does it: each processor may look through the whole of the first block."""
        self.depth += 1
        if self.depth > _PARSER_DEPTH:
            raise _deep()
        while blocks:
            # A list of what is left is moved on by each block that is taken from its front.
            self._meter.spend(len(blocks[0]) + len(blocks) // 128 + 1)
            for processor in self.blockprocessors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break
        self.depth -= 1


class _Inline(InlineProcessor):
    """The processor of what stands in a line, counting. (Its own methods have private names.)"""

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
        found = apply(pattern, data, pattern_index, start)
        self.depth -= 1
        return found


class _Depth(Treeprocessor):
    """Refuses a tree so deep that what comes after would fail on it."""

    def run(self, root: Element) -> None:
        level: list[Element] = [root]
        for _ in range(_TREE_DEPTH):
            level = [child for one in level for child in one]
            if not level:
                return
        raise _deep()


def _counted_text(ask: Callable[[str, int], Any], meter: _Meter) -> Callable[[str, int], Any]:
    """`getText` and `getLink` of links: characters are looked at one by one, to the text's end
    where nothing closes the bracket."""

    def counted(data: str, index: int) -> Any:
        found = ask(data, index)
        end = found[-2] if found[-1] else len(data)
        meter.spend(4 * max(0, end - index))
        return found

    return counted


def _counted_tag(make: Callable[..., Element], meter: _Meter) -> Callable[..., Element]:
    """`makeTag` of references: a definition of any length may be used any number of times."""

    def counted(href: str, title: str | None, text: str) -> Element:
        meter.expand(len(href or "") + len(title or ""))
        return make(href, title, text)

    return counted


def _counted_row(build: Callable[..., None], meter: _Meter) -> Callable[..., None]:
    """A table's row has as many cells as its head, however few are written."""

    def counted(row: str, parent: Element, align: Sequence[str | None]) -> None:
        meter.expand(4 * len(align))
        build(row, parent, align)

    return counted


def _counted_notes(match: Callable[..., Any], meter: _Meter) -> Callable[..., Any]:
    """Each mark of a footnote is told from all that stand before it."""

    def counted(found: re.Match[str], data: str) -> Any:
        meter.notes += 1
        meter.spend(64 * meter.notes)
        return match(found, data)

    return counted


class _Bounds(Extension):
    def __init__(self, free: int) -> None:
        super().__init__()
        self.meter = _Meter(free)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.registerExtension(self)
        self._md = md

    def install(self) -> None:
        """Put the counting parts into the places of the parser's own, as all extensions left
        them."""
        md = self._md
        blocks = _Blocks(md, self.meter)
        blocks.blockprocessors = md.parser.blockprocessors
        for processor in blocks.blockprocessors:
            processor.parser = blocks
            if isinstance(processor, TableProcessor):
                row = "_build_row"  # which is not named as others' to use
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
    """A Markdown parser with bounds."""

    def __init__(
        self,
        extensions: Sequence[Any] = (),
        configs: Mapping[str, Any] | None = None,
        *,
        free: int = _FREE_OF_PAGES,
    ) -> None:
        """`extensions` are Python-Markdown's, `configs` their settings by name; `free` is how many
        characters may be looked at beside a text's own."""
        self._bounds = _Bounds(free)
        self.md = Markdown(
            output_format="html",
            tab_length=4,
            extensions=[*extensions, self._bounds],
            extension_configs=dict(configs or {}),
        )
        self._bounds.install()

    def html(self, text: str) -> str:
        """A text as HTML, not yet made safe. Raises InvolvedText."""
        if len(_UNFINISHED_TAG.findall(text)) > _UNFINISHED:
            raise InvolvedText("too many tags without an end; expected < before words as &lt;")
        bounds = self._bounds
        bounds.meter.begin(text)
        bounds.blocks.depth = bounds.inline.depth = 0
        bounds.blocks.state.clear()
        try:
            return self.md.reset().convert(text)
        except RecursionError:
            raise _deep() from None


def depth(line: str) -> int:
    """How deeply what begins in a line may stand: its leading signs, and its indentation."""
    leading = _LEADING.match(line)
    assert leading is not None
    text = leading[0].expandtabs(4)
    return len(_MARKS.findall(text)) + text.count("    ")


def deepest_line(text: str) -> int | None:
    """The line (from 1) in which a text nests deepest; None where it hardly does."""
    lines = text.split("\n")
    found = max(range(len(lines)), key=lambda n: depth(lines[n]))
    return found + 1 if depth(lines[found]) > 2 else None


def problem(text: str) -> InvolvedText | None:
    """What is wrong with an abstract's or a note's Markdown, with the line (from 1) where known:
    it shows as plain words then. None where nothing is. Most texts need not be parsed for that."""
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
    """An abstract's or a note's Markdown as HTML, not yet made safe; the mark that stands in it,
    between characters of private use, before the number of each formula; and the formulas.

    The mark is made of a hash of the text, so that no text holds its own. Raises InvolvedText.
    """
    if len(text) > LONGEST:
        raise InvolvedText(f"a text of {len(text):,} characters; expected at most {LONGEST:,}")
    text = unmarked(text)
    mark = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() + "."
    formulas: list[Span] = []
    pieces = []
    for piece in tex.spans(text):
        if piece.math:
            pieces.append(f"\ue000{mark}{len(formulas)}\ue001")
            formulas.append(piece)
        else:
            pieces.append(ADDRESS.sub(_autolink, piece.markdown))
    source = _TICKS.sub("```", "".join(pieces))
    source = _TAG.sub(lambda match: match["code"] or "&lt;", source)
    try:
        return _plain().html(source), mark, tuple(formulas)
    except InvolvedText as error:
        error.line = deepest_line(text)
        raise


def unmarked(text: str) -> str:
    """A text without the characters of private use that mean something to us."""
    return text if text.isascii() else PRIVATE.sub("", text)


def _autolink(match: re.Match[str]) -> str:
    address, rest = parted(match.group())
    return f"<{address}>{rest}"


def parted(address: str) -> tuple[str, str]:
    """An address, and what of the sentence around it clings to its end."""
    kept = address.rstrip(".,;:!?*_~')")
    return kept, address[len(kept) :]


@cache
def page_parser() -> Parser:
    """A parser of static pages, with the extensions that they have unless settings say else."""
    return Parser(["markdown.extensions.extra"])


@cache
def _plain() -> Parser:
    """The parser of abstracts and notes: Markdown without extensions."""
    return Parser(free=_FREE)
