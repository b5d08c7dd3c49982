"""What objects around a value hold: services wrap values ({"value": x}, {"en": x})."""

from __future__ import annotations

from typing import Any

DEPTH = 5
"""Most lists and objects around a value."""
_VALUES = ("value", "#text", "$", "_", "@value", "$t", "text", "plain", "plain_text", "en", "raw",
           "rendered")  # fmt: skip


def in_order(value: Any) -> Any:
    """Return the list that an object keyed by the numbers from 0 is ({"0": x, "1": y}), as pandas
    and PHP write lists; any other value as it is."""
    if not isinstance(value, dict) or "0" not in value:
        return value
    if all(key == str(n) for n, key in enumerate(value)):
        return list(value.values())
    return value


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
