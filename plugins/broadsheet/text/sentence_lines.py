"""Abstracts a sentence a line, so that a mended word is a short line of a diff. Pure.

`split` puts each sentence of a paragraph on a line of its own; `join` takes that back, so that
whoever reads a page sees the text as it was. Only plain paragraphs are split: no line begins with
what Markdown reads as more than words, and no formula, code or link is cut.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from .. import tex
from .sentence_end import ABBREVIATION, SENTENCE_END

LONGEST = 20_000
"""Characters of a paragraph; a longer one stays as it is."""

# What a line of words does not begin with: Markdown may read more into it, here or in a dialect.
_MARKUP = r"[ \t>#|=~`:!{<*+\\-]|\$\$|\d{1,9}[.)](?:[ \t]|$)|\[[^\]\n]{0,300}\]:"
_STRUCTURE = re.compile(rf"^(?:{_MARKUP})", re.M)
_BEGINS = re.compile(_MARKUP)
_HARD_BREAKS = ("\\\n", "  \n", "<br")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.M)
_PARAGRAPH_END = re.compile(r"(\n[ \t]*\n\s*)")
# The end of a line after which `join` puts a space, or nothing after a stop of Chinese or Japanese.
_ENDED = re.compile(r"(?:[.!?؟।][\"”’)]{0,4}|([。！？]))\Z")
# What may hold a full stop and a space, and is not to be cut: code, links, tags.
_WHOLE = re.compile(
    r"(?<!`)(`{1,3})(?!`)[^`]{0,2000}(?<!`)\1(?!`)"
    r"|!?\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])"
    r"|<[^<>\n]{0,2000}>"
)


def is_flowing(paragraph: str) -> bool:
    """Return whether a paragraph is words alone, whose line breaks mean no more than spaces."""
    lines = _STRUCTURE.search if "\n" in paragraph else _BEGINS.match
    return not (
        lines(paragraph) or "$$" in paragraph or any(sign in paragraph for sign in _HARD_BREAKS)
    )


def split(text: str) -> str:
    """Return an abstract with each sentence of its plain paragraphs on a line of its own.

    `join(split(text)) == join(text)`, and a text that is split already stays as it is.
    """
    return _each(text, _split)


def join(text: str) -> str:
    """Return an abstract with the sentences of each plain paragraph in one line again.

    Other line breaks stay as they are.
    """
    return _each(text, _join) if "\n" in text else text


def _each(text: str, change: Callable[[str], str]) -> str:
    if ("```" in text or "~~~" in text) and _FENCE.search(text):
        return text
    parts = _PARAGRAPH_END.split(text) if "\n" in text else [text]
    return "".join(
        part if at % 2 or not part or not is_flowing(part) else change(part)
        for at, part in enumerate(parts)
    )


def _join(paragraph: str) -> str:
    lines = paragraph.split("\n")
    parts = [lines[0]]
    for line in lines[1:]:
        ended = _ENDED.search(parts[-1][-6:])
        if ended is None:
            parts.append("\n")
        elif ended[1] is None:
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _split(paragraph: str) -> str:
    line = _join(paragraph) if "\n" in paragraph else paragraph
    if len(line) > LONGEST:
        return paragraph
    whole = _whole(line)
    starts = [start for start, _ in whole]
    out: list[str] = []
    begun = 0
    for end in SENTENCE_END.finditer(line):
        at = end.end()
        span = bisect_right(starts, end.start()) - 1
        if span >= 0 and end.start() < whole[span][1]:
            continue
        if ABBREVIATION.search(line[max(begun, end.start() - 11) : end.start() + 1]):
            continue
        if _BEGINS.match(line, at) or at == len(line):
            continue
        out.append(line[begun:at].removesuffix(" "))
        begun = at
    out.append(line[begun:])
    result = "\n".join(out)
    return result if _join(result) == line else line


def _whole(line: str) -> list[tuple[int, int]]:
    """Return the places of formulas, code, links and tags, in their order."""
    found = [match.span() for match in _WHOLE.finditer(line)] if re.search(r"[`\[<]", line) else []
    at = 0
    for span in tex.spans(line):
        end = at + len(span.source)
        if span.math:
            found.append((at, end))
        at = end
    return _apart(sorted(found))


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans with those that overlap as one."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out
