"""How much a run tests. An ordinary one (`make test`) tests each kind of behaviour; where
BROADSHEET_SLOW is set (`.ci/run` sets it), tests marked slow run, too; where BROADSHEET_SOAK is set
(the workflow sets it), also those marked soak, and all values to all depth."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

SOAK = bool(os.environ.get("BROADSHEET_SOAK"))
SLOW = SOAK or bool(os.environ.get("BROADSHEET_SLOW"))

_Value = TypeVar("_Value")


def sampled(values: Sequence[_Value], every: int) -> Sequence[_Value]:
    """All values in a soak run, else each so many-th, the first among them."""
    return values if SOAK else values[::every]


def few(values: Sequence[_Value], every: int) -> Sequence[_Value]:
    """All values where slow tests run, else each so many-th, the first among them."""
    return values if SLOW else values[::every]
