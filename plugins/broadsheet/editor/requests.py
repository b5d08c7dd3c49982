"""What the browser may ask for, read strictly from JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

import msgspec

from ..curate import Operation
from ..curate.reviews.review import Step, operation_of
from ..errors import BroadsheetError, plain, shown
from ..io.cache import MALFORMED

_MOST = 5000  # operations of one request


class EditRequest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Operations to carry out in one transaction, and the marks of the papers as they were seen."""

    operations: list[dict[str, Any]]
    seen: dict[str, str]
    day: date | None = None


class Decisions(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The decisions on a day's papers: to keep them (`base`: the version that they go on from), or
    to write them (`seen`)."""

    day: date
    steps: list[list[dict[str, Any]]]
    base: str = ""
    seen: dict[str, str] = {}


class Undo(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """To take back the last edit, which said this."""

    said: str


class PreviewRequest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Texts to show as a page would; none of them is kept."""

    title: str | None = None
    abstract: str = ""


class Commit(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """To commit what was edited here."""

    branch: str
    message: str


_Wanted = TypeVar("_Wanted")


class NotUnderstood(BroadsheetError):
    """A request that is not as the editor's pages send it."""


def read(body: bytes, kind: type[_Wanted]) -> _Wanted:
    """Return a request's body as a value. Raises NotUnderstood."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (*MALFORMED, UnicodeError) as error:
        raise NotUnderstood(f"this request can't be read: {plain(error)[:200]}") from None


def operations(data: list[dict[str, Any]]) -> tuple[Operation, ...]:
    """Return the operations of a request. Raises NotUnderstood."""
    if not 0 < len(data) <= _MOST:
        raise NotUnderstood(f"{len(data)} operations; expected 1 to {_MOST}")
    return tuple(map(_operation, data))


def steps(data: list[list[dict[str, Any]]]) -> tuple[Step, ...]:
    """Return the decisions of a request. Raises NotUnderstood."""
    if sum(map(len, data)) > _MOST:
        raise NotUnderstood(f"expected at most {_MOST} decisions")
    return tuple(tuple(map(_operation, step)) for step in data if step)


def day_of(text: str) -> date | None:
    """Return a day that a query names; None where it names none. Raises NotUnderstood."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"{shown(text)} is no day; expected such as 2026-01-05") from None


def _operation(data: Mapping[str, Any]) -> Operation:
    try:
        return operation_of(data)
    except MALFORMED as error:
        raise NotUnderstood(f"this operation can't be read: {plain(error)[:200]}") from None
