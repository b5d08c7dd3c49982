"""Escape in a stranger's text what no page should hold, so that readers see its characters."""

from __future__ import annotations

import re

from . import markup
from .safety import _LINK, _SCRIPT

_ESCAPED = {"<": "&lt;", "](": "]\\(", "]:": "]&#58;"}
_LITERAL = str.maketrans({"<": "&lt;", "[": "&#91;", "]": "&#93;", "=": "&#61;"})


def harmless(text: str) -> str:
    """Return `text` with the tags of script elements and unsafe links escaped, and what `markup`
    finds as an error; where such a text still has any, all its brackets are escaped."""
    text = _SCRIPT.sub(lambda match: "&lt;" + match.group()[1:], text)
    text = _LINK.sub(_unlinked, text)
    starts = sorted({found.start for found in markup.find(text) if found.error})
    pieces, done = [], 0
    for start in starts:
        mark, written = _mark(text, start)
        at = text.find(mark, max(start, done))
        if at >= 0:
            pieces += [text[done:at], written]
            done = at + len(mark)
    text = "".join([*pieces, text[done:]])
    if any(found.error for found in markup.find(text)):
        return text.translate(_LITERAL)
    return text


def _mark(text: str, start: int) -> tuple[str, str]:
    """Return the mark by which a tag, link, reference or attribute begins, and how to write it so
    that it begins none."""
    for mark, written in _ESCAPED.items():
        if text.startswith(mark, start):
            return mark, written
    if text[start : start + 4].lstrip(" ").startswith("["):
        return "]:", _ESCAPED["]:"]
    return "=", "&#61;"


def _unlinked(match: re.Match[str]) -> str:
    """Return the start of an unsafe link, escaped."""
    opening = next((mark for mark in _ESCAPED if match.group().startswith(mark)), None)
    if opening is None:
        return match.group().replace("=", "&#61;", 1)
    rest = match.group()[len(opening) :].replace("<", "&lt;")
    return _ESCAPED[opening] + rest
