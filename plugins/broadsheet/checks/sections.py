"""Check what a paper's section says: its keys, lists that were written as one text, dollar signs of
formulas without an end, and images, which papers don't show."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..content.pages import Section, dollars, markup
from ..content.pages.fields import FIELDS
from ..errors import shown
from ..papers import Paper
from ..text.line_numbers import LineNumbers
from . import keys
from .problem import ERROR, WARNING
from .prose import ProseProblem

# What separates several entries that were written as one text.
_SEPARATORS = {
    "authors": re.compile(r"\s*;\s*|\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+"),
    "keywords": re.compile(r"\s*[;,]\s*"),
    "categories": re.compile(r"[\s;,]+"),
}
_NAMES = re.compile(r"(\w\S*(?: \S+){1,3}) (?:and|&) (\w\S*(?: \S+){1,3})\Z")
_LONGEST_NAMED = 60  # characters of an entry in a message
_SHOWN = 100  # characters of an image that a message may show
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\](?:\(|\[)|<img\b[^<>]{0,500}>", re.I)


def problems(section: Section, lines: list[str], own: Collection[str]) -> Iterator[ProseProblem]:
    """Yield the problems of a section of a page's `lines`; `own` are the digest's declared keys."""
    paper = section.paper
    if section.block is not None:
        start, end = section.block[0] - 1, section.block[1]
        if paper.extra:
            found = keys.lines_of((key for key, _ in paper.extra), lines, start, end)
            yield from keys.problems(found, FIELDS, own, "a paper's block")
        yield from _lists(paper, lines, start, end)
    if "$" in paper.title:
        yield from formulas(paper.title, section.line)
    body = section.block[1] + 1 if section.block else section.line
    text = "\n".join(lines[body : section.last_line])
    yield from formulas(text, body + 1)
    yield from images(text, body + 1)


def _lists(paper: Paper, lines: list[str], start: int, end: int) -> Iterator[ProseProblem]:
    """Yield the lists that were written as one text, and authors that are two persons."""
    for n in range(start, end):
        key, colon, value = lines[n].partition(":")
        value = value.strip()
        if not colon or key not in _SEPARATORS or not value or value[0] in "#!&":
            continue
        entries = getattr(paper, key)
        if value[0] != "[" and len(entries) == 1:
            parts = [part for part in _SEPARATORS[key].split(entries[0]) if part]
            if len(parts) > 1:
                yield ProseProblem(
                    n + 1,
                    ERROR,
                    "list",
                    f"{key}: {shown(entries[0])} is one text, which reads as one entry; expected a "
                    f"list such as [{', '.join(part[:_LONGEST_NAMED] for part in parts[:3])}]",
                )
                continue
        if key != "authors" or not (" and " in value or " & " in value):
            continue
        match = next(filter(None, map(_NAMES.match, entries)), None)
        if match:
            yield ProseProblem(
                n + 1,
                WARNING,
                "list",
                f"authors: {shown(match[0])} reads as one person; expected "
                f"{match[1][:_LONGEST_NAMED]}, {match[2][:_LONGEST_NAMED]} "
                "if they are two",
            )


def formulas(text: str, line: int) -> Iterator[ProseProblem]:
    """Yield the formulas of a text that lack an end or a beginning."""
    lines = LineNumbers(text, line)
    for one in dollars.unclosed(text):
        what = (
            'opens a formula that has no end; expected a "$" behind it'
            if one.opens
            else 'ends a formula that has no beginning; expected a "$" before it'
        )
        yield ProseProblem(
            lines.at(one.start),
            ERROR,
            "maths",
            f'{shown(one.words, 40)} {what}, or "\\$" for a dollar sign',
        )


def images(text: str, line: int) -> Iterator[ProseProblem]:
    """Yield the images of a paper's text, an error in a note and a warning elsewhere: an abstract
    is often a listing's."""
    if "![" not in text and "<img" not in text.lower():
        return
    bare = markup.without_code(text)
    lines = LineNumbers(bare, line)
    rows = bare.split("\n")
    for match in _IMAGE.finditer(bare):
        start = match.start()
        at = lines.at(start)
        is_note = rows[at - line].startswith(">")
        shown_as = text[start : start + _SHOWN].split("\n")[0]
        yield ProseProblem(
            at,
            ERROR if is_note else WARNING,
            "image",
            f"the image {shown(shown_as, 40)} isn't shown, since papers show none; expected a link "
            "to it, or the image in a static page",
        )
