"""The texts beside the one that a field keeps: titles in other languages, further descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_MOST = 20  # texts of a value that are looked at
_SUBTITLE = "Subtitle"


def others(value: Any, kept: str, read: Callable[[Any], str]) -> Iterator[str]:
    """Yield the texts of a value that gives several, as `read` reads each, which `kept` lacks."""
    if isinstance(value, dict) and all(map(_LANGUAGE.fullmatch, map(str, value))):
        value = list(value.values())
    if not isinstance(value, list) or len(value) < 2:
        return
    said = _plain(kept)
    for one in value[:_MOST]:
        if isinstance(one, dict) and one.get("titleType") == _SUBTITLE:
            continue
        if (text := read(one)) and _plain(text) not in said:
            yield text


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
