"""JSON as it is published: without spaces, and with other alphabets' letters as they are."""

from __future__ import annotations

import json

import msgspec


def compact(value: object) -> bytes:
    """Return a value of texts, whole numbers, lists, mappings and Structs as JSON in UTF-8; half a
    character, which UTF-8 can't hold, becomes "?"."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        plain = msgspec.to_builtins(value)
        text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")
