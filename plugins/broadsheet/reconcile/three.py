"""The three states of whatever is merged. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")
Other = TypeVar("Other")


class Three(NamedTuple, Generic[Value]):
    """What both sides had in common, and what each of them made of it."""

    base: Value
    ours: Value
    theirs: Value

    def map(self, function: Callable[[Value], Other]) -> Three[Other]:
        """Return what a function gives for each."""
        return Three(function(self.base), function(self.ours), function(self.theirs))


def complete(three: Three[Value | None]) -> Three[Value] | None:
    """Return the three values; None where one is None."""
    base, ours, theirs = three
    if base is None or ours is None or theirs is None:
        return None
    return Three(base, ours, theirs)
