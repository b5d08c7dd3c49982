"""What objects around a value hold: services wrap values ({"value": x}, {"en": x})."""

from __future__ import annotations

from typing import Any

DEPTH = 5
"""Most lists and objects around a value."""
_VALUES = ("value", "#text", "$", "_", "@value", "$t", "text", "plain", "plain_text", "en", "raw")


def unwrapped(value: Any) -> Any:
    """Return what objects around a value hold: {"value": x}, {"en": x} and the like."""
    for _ in range(DEPTH):
        if not isinstance(value, dict) or not value:
            return value
        kind = value.get("type")
        if isinstance(kind, str) and kind in value and kind != "type":  # Notion's, by their kinds
            value = value[kind]
            continue
        key = next((key for key in _VALUES if key in value), None)
        if key is None:
            return value
        value = value[key]
    return None
