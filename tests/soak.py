"""Soak runs: all values and all depth where BROADSHEET_SLOW is set (the workflow sets it), a sample
of them in `make test`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

SOAK = bool(os.environ.get("BROADSHEET_SLOW"))

_Value = TypeVar("_Value")


def sampled(values: Sequence[_Value], every: int) -> Sequence[_Value]:
    """All values in a soak run, else each so many-th, the first among them."""
    return values if SOAK else values[::every]
