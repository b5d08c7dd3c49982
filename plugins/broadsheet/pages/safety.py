"""What no page may hold: script in a title, and links that run it.

A first line of defence, which tells a curator where the problem stands; the site cleans all HTML
again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SCRIPT = re.compile(r"<\s*+/?\s*+script\b", re.I)
_LINK = re.compile(
    r"(?:\]\(|\]:|<|\b(?:href|src)\s*+=)\s*+[<\"']?\s*+((?:java|vb)script|data)\s*+:", re.I
)


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
    """The links in Markdown or HTML that would run as script."""
    if not ("]" in text or "<" in text or "=" in text):
        return
    for match in _LINK.finditer(text):
        yield UnsafeLink(match.group(1), match.start(1))
