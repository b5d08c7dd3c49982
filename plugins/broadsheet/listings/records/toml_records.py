"""Records of papers in TOML: tables of an array ("[[papers]]"), or one table."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from ...errors import ListingError
from . import nesting, yaml_records

MAX_TEXT = 1_000_000
"""Most characters of a TOML file."""
_TABLE = re.compile(r"^[ \t]*\[\[?[ \t]*[\w.\"' -]{1,80}\]\]?[ \t]*(?:#.*)?$", re.M)
_PAIR = re.compile(r"^[ \t]*[\w\"'-]{1,60}[ \t]*=[ \t]*(?:[\"'\[{\d]|true\b|false\b)", re.M)
_ABOVE = re.compile(r"(?:[ \t]*(?:#.*)?\n){0,200}[ \t]*")
_MATTER = re.compile(r"\+\+\+[ \t]*\n((?:.*\n){1,200}?)\+\+\+[ \t]*(?:\n|\Z)")
_MOST_DOTS = 100  # in a line: reading a key takes time by the square of its parts
_DEPTH = 20


def read(text: str, *, file: str) -> Any:
    """Return the value of a text that holds papers in TOML; None for any other text.

    Raises `ListingError` for one that is TOML by its form and broken.
    """
    if matter := _MATTER.match(text):
        return yaml_records.page(_value(matter[1], file), text[matter.end() :])
    start = text[_ABOVE.match(text).end() :] if _ABOVE.match(text) else text  # type: ignore[union-attr]
    head = start[:4000]
    if not (_TABLE.match(head) or _PAIR.match(head)) or len(_PAIR.findall(head)) < 2:
        return None
    if len(text) > MAX_TEXT:
        raise ListingError(
            f"the TOML has {len(text):,} characters; expected at most {MAX_TEXT:,}", file=file
        )
    value = _value(text, file if _TABLE.search(head) else None)
    return value if value is not None and nesting.find(value).records else None


def _value(text: str, file: str | None) -> Any:
    """Return the value of a TOML text; of a broken one None, or with `file` raise."""
    import tomllib  # few listings are TOML

    try:
        if any(row.count(".") > _MOST_DOTS for row in text.split("\n")):
            raise ValueError("a line has too many dots for a key")
        return _plain(tomllib.loads(text), _DEPTH)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        if file is None:
            return None
        raise ListingError(
            f"the TOML is broken: {str(error)[:200]}; expected tables of papers", file=file
        ) from None


def _plain(value: Any, depth: int) -> Any:
    """Return a value with its days as text; what is deeper than any record's is left out."""
    if isinstance(value, dict):
        return {key: _plain(one, depth - 1) for key, one in value.items()} if depth else None
    if isinstance(value, list):
        return [_plain(one, depth - 1) for one in value] if depth else None
    return value.isoformat() if isinstance(value, (date, datetime)) else value
