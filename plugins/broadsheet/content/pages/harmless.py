"""A text of a stranger's written so that what no page may hold shows as its letters."""

from __future__ import annotations

import re

from .safety import _LINK, _SCRIPT

_WRITTEN = {"<": "&lt;", "](": "]\\(", "]:": "]&#58;"}


def harmless(text: str) -> str:
    """`text` so that it shows as it stands, its script elements' tags and unsafe links included."""
    text = _SCRIPT.sub(lambda match: "&lt;" + match.group()[1:], text)
    return _LINK.sub(_unlinked, text)


def _unlinked(match: re.Match[str]) -> str:
    """What made a link of an unsafe address, written so that it makes none."""
    opening = next((mark for mark in _WRITTEN if match.group().startswith(mark)), None)
    if opening is None:
        return match.group().replace("=", "&#61;", 1)
    rest = match.group()[len(opening) :].replace("<", "&lt;")
    return _WRITTEN[opening] + rest
