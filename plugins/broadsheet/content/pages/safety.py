"""What no page may hold: script in a title, and links that run it.

A first line of defence, which tells a curator where the problem stands; the site cleans all HTML
again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_SCRIPT = re.compile(r"<\s*+/?\s*+script\b", re.I)
# Where an address begins, and as much of it as may hold its scheme, with what browsers drop there.
_LINK = re.compile(r"(?:\]\(|\]:|<|\b(?:href|src)\s*+=)\s*+[<\"']?(?=([^<>()\"']{4,200}))", re.I)
_DROPPED = re.compile(r"[\x00-\x20]+")
_RUNNING = re.compile(r"((?:java|vb)script|data):", re.I)


@dataclass(frozen=True, slots=True)
class UnsafeLink:
    """A link's scheme that is neither http, https nor mailto, and where in the text it starts."""

    scheme: str
    start: int


def script(text: str) -> str | None:
    """A script element's tag in a text, as it stands there."""
    match = _SCRIPT.search(text)
    return match.group() if match else None


def unsafe_links(text: str) -> Iterator[UnsafeLink]:
    """The links in Markdown or HTML that would run as script, read as browsers read them, and
    somewhat more strictly."""
    if not ("]" in text or "<" in text or "=" in text):
        return
    for match in _LINK.finditer(text):
        found = _RUNNING.match(_DROPPED.sub("", unescape(match[1])))
        if found:
            start = match.start(1)
            start += len(match[1]) - len(match[1].lstrip())
            yield UnsafeLink(found[1], start)
