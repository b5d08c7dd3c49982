"""Escape in a stranger's text what no page may hold, so that readers see its characters."""

from __future__ import annotations

import re

from .safety import _LINK, _SCRIPT

_ESCAPED = {"<": "&lt;", "](": "]\\(", "]:": "]&#58;"}


def harmless(text: str) -> str:
    """Return `text` with the tags of script elements and unsafe links escaped."""
    text = _SCRIPT.sub(lambda match: "&lt;" + match.group()[1:], text)
    return _LINK.sub(_unlinked, text)


def _unlinked(match: re.Match[str]) -> str:
    """Return the start of an unsafe link, escaped."""
    opening = next((mark for mark in _ESCAPED if match.group().startswith(mark)), None)
    if opening is None:
        return match.group().replace("=", "&#61;", 1)
    rest = match.group()[len(opening) :].replace("<", "&lt;")
    return _ESCAPED[opening] + rest
