"""Strangers' texts within Markdown that readers take away: whatever shows it, with raw HTML or
without maths, no text becomes a link, an element or an image. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LITERAL = re.compile(r"[\\`\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w)")
_OF_MARKDOWN = re.compile(r"\\.|\\\Z|[\[\]]|<(?=[A-Za-z/!?])", re.S)
_TAG_IN_MATHS = re.compile(r"<(?=[A-Za-z/!?])")
_BRACKET = re.compile(r"[\[\]]")
_ENTITIES = {"<": "&lt;", "\\<": "&lt;", "&": "&amp;"}
_OF_TEX = {"[": r"\lbrack ", "]": r"\rbrack "}


def literal(text: str) -> str:
    """Return a plain text as Markdown: what would begin a link, an element, code or an entity is
    escaped."""
    return _LITERAL.sub(lambda one: _ENTITIES.get(one[0]) or f"\\{one[0]}", text)


def linked(spans: Iterable[tuple[str, bool]]) -> str:
    """Return a title, which is Markdown, as a link's text: of its pieces, each with whether it is a
    formula, emphasis, code and formulas stay; brackets and elements are escaped."""
    return "".join(_formula(text) if maths else _prose(text) for text, maths in spans)


def _prose(text: str) -> str:
    return _OF_MARKDOWN.sub(
        lambda one: _ENTITIES.get(one[0]) or (one[0] if len(one[0]) > 1 else f"\\{one[0]}"), text
    )


def _formula(source: str) -> str:
    """Return a formula with a space after each less-than sign that would begin an element. Brackets
    that would be taken for a link's, which opens before the title, are commands."""
    source = _TAG_IN_MATHS.sub("< ", source)
    if "](" in source or "][" in source or not _pair_up(source):
        return _BRACKET.sub(lambda one: _OF_TEX[one[0]], source)
    return source


def _pair_up(source: str) -> bool:
    depth = 0
    for bracket in _BRACKET.findall(source):
        depth += 1 if bracket == "[" else -1
        if depth < 0:
            return False
    return depth == 0
