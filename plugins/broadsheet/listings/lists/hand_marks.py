"""The marks that a curator sets before titles: numbers, bullets, tables' bars, bold type.

They tell a list that somebody wrote from a copied page, which has none of them.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"^\s{0,3}(?:#{1,6}\s+)?\(?\d{1,3}[.)]\s+(?!https?:)(?=\S)", re.MULTILINE)
_LISTED = re.compile(
    rf"{_NUMBER.pattern}"
    r"|^\s{0,3}[-*+•]\s+(?:\[[ xX]\]\s+)?(?:\*\*)?\[(?!\s)[^\n]*\]\("
    r"|^\s{0,3}\|.*\|[ \t]*$"
    r"|^\s{0,3}https?://[^\s<>]+[ \t]+[-–—:|]?\s?[^\W\d_][^\n]{8}",
    re.MULTILINE,
)
_BOLD = re.compile(
    r"^(\s{0,3}(?:#{1,6}\s+)?)(?:\*\*|__)(\S[^\n]*?)(?:\*\*|__)[ \t]*$", re.MULTILINE
)
_LEAST = 2  # marks that tell a list


def are_set(text: str) -> bool:
    """Return whether a text's lines are marked as those of a list are."""
    return len(_LISTED.findall(text)) >= _LEAST


def without(text: str) -> str:
    """Return a text without the numbers and the bold type of its titles; lines stay lines."""
    if len(_NUMBER.findall(text)) >= _LEAST:
        text = _NUMBER.sub("", text)
    if len(_BOLD.findall(text)) >= _LEAST:
        text = _BOLD.sub(r"\1\2", text)
    return text
