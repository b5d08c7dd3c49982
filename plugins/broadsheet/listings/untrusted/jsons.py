"""Untrusted JSON: syntax errors, depth and numbers out of range become `ListingError`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from ...errors import ListingError, shown
from . import relaxed_json


def load(text: str, *, file: str, line: int = 1) -> Any:
    """Return the value of a JSON text that begins in `line`. Raises `ListingError` for any other
    text."""
    try:
        return json.loads(text, parse_int=_whole)
    except json.JSONDecodeError as error:
        near = text[error.pos : error.pos + 20]
        found = f"found {shown(near)}" if near.strip() else "it ends too early"
        raise ListingError(
            f"the JSON is broken or cut off: {found}; {error.msg[:1].lower()}{error.msg[1:]}",
            file=file,
            line=line + error.lineno - 1,
        ) from None
    except RecursionError:
        raise ListingError(
            "the JSON is nested too deeply; expected a list of papers", file=file, line=line
        ) from None
    except ValueError:
        raise ListingError(
            "the JSON holds a number out of range; expected a list of papers", file=file, line=line
        ) from None


def load_all(text: str, *, file: str) -> Any:
    """Return the value of a JSON text; of several objects one after another a list of them.
    Raises `ListingError` for any other text."""
    try:
        return load(text, file=file)
    except ListingError as error:
        values = _sequence(text)
        if values is not None:
            return values
        written = relaxed_json.strict(text)
        if written is None:
            raise error from None
        try:
            return load(written, file=file)
        except ListingError:
            raise error from None


def _sequence(text: str) -> list[Any] | None:
    decoder = json.JSONDecoder(parse_int=_whole)
    values: list[Any] = []
    at = len(text) - len(text.lstrip())
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        if not isinstance(value, dict):
            return None
        values.append(value)
        while at < len(text) and text[at] in " \t\n,":
            at += 1
    return values


def _whole(digits: str) -> float:
    """Return a whole number; infinity for one of 20 digits or more."""
    return int(digits) if len(digits) < 20 else math.inf


def kind(value: object) -> str:
    """Return what a JSON value is, in words."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    if value is None:
        return "null"
    return names.get(type(value), "a number")


def string(value: object) -> str:
    """Return a text, else ""."""
    return value if isinstance(value, str) else ""


def count(value: object) -> int | None:
    """Return a count: a whole number from 0 to a thousand million, else None."""
    if isinstance(value, str):
        value = value.strip().replace(",", "")
        value = int(value) if value.isascii() and value.isdigit() and len(value) < 11 else None
    elif isinstance(value, float) and value == value // 1 and abs(value) < 1e10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= 1_000_000_000 else None


def mapping(value: object) -> dict[str, Any]:
    """Return an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """Return a list, else an empty one."""
    return value if isinstance(value, list) else []


def texts(value: object, deepest: int = 8) -> Iterator[str]:
    """Yield the texts of a JSON value in order, each in one line, down to a depth."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif deepest and isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner, deepest - 1)
