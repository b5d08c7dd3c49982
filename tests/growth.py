"""How the time of a reader grows with its input: eight times as long takes eight times, not 64.
Outside a soak run inputs are of half the size.

The processor's time is measured, and the best of some tries counts: other programs share its
caches, and a machine that others share stands still for a while.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any

from tests.soak import SOAK

_TRIES = 5


def spent(work: Callable[[], object]) -> float:
    """The processor's seconds that work takes, without a collection of others' garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        if was_on:
            gc.enable()


def assert_no_dearer(
    small: Callable[[], object], large: Callable[[], object], times: float, floor: float = 0.1
) -> None:
    """Assert that one piece of work takes less than so many times what another does, or less than
    `floor` seconds."""
    more = spent(large)
    if more < floor:
        return  # whatever the other takes
    less = spent(small)
    for _ in range(_TRIES - 1):
        if more < max(floor, times * less):
            break
        less, more = min(less, spent(small)), min(more, spent(large))
    assert more < max(floor, times * less), f"{less:.4f} s against {more:.4f} s"


def assert_linear(
    read: Callable[[Any], object], grow: Callable[[int], Any], size: int, floor: float = 0.1
) -> None:
    """Read inputs of a size and of eight times that size, and compare the time."""
    size = size if SOAK else size // 2
    small, large = grow(size), grow(8 * size)
    assert_no_dearer(lambda: read(small), lambda: read(large), 24, floor)


def assert_quick(work: Callable[[], object], seconds: float) -> None:
    """Assert that work takes less than so many seconds."""
    best = spent(work)
    for _ in range(_TRIES - 1):
        if best < seconds:
            break
        best = min(best, spent(work))
    assert best < seconds, f"{best:.2f} s"
