"""Find what no page may hold: script elements in titles, and links that run script.

A first defence, which gives the curator a line number; the site sanitises all HTML again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_SCRIPT = re.compile(r"<\s*+/?\s*+script\b", re.I)
# The start of an address, long enough for its scheme and the characters that browsers drop there.
_LINK = re.compile(r"(?:\]\(|\]:|<|\b(?:href|src)\s*+=)\s*+[<\"']?(?=([^<>()\"']{4,200}))", re.I)
_DROPPED = re.compile(r"[\x00-\x20]+")
_RUNNING = re.compile(r"((?:java|vb)script|data):", re.I)


@dataclass(frozen=True, slots=True)
class UnsafeScheme:
    """The scheme of a link that runs script or holds data, and its offset in the text."""

    scheme: str
    start: int


def script(text: str) -> str | None:
    """Return a script element's tag in a text; None without one."""
    match = _SCRIPT.search(text)
    return match.group() if match else None


def unsafe_links(text: str) -> Iterator[UnsafeScheme]:
    """Yield the links in Markdown or HTML that run script, parsed as browsers do, if somewhat more
    strictly."""
    if not ("]" in text or "<" in text or "=" in text):
        return
    for match in _LINK.finditer(text):
        found = _RUNNING.match(_DROPPED.sub("", unescape(match[1])))
        if found:
            start = match.start(1)
            start += len(match[1]) - len(match[1].lstrip())
            yield UnsafeScheme(found[1], start)
