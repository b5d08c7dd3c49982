"""How the time of a reader grows with its input: eight times as long takes eight times, not 64.
Outside a soak run inputs are of half the size."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.soak import SOAK


def assert_linear(read: Callable[[Any], object], grow: Callable[[int], Any], size: int) -> None:
    """Read inputs of a size and of eight times that size, and compare the processor's time. The
    best of some tries counts, since other programs share the caches of the processor."""

    def seconds(size: int) -> float:
        data = grow(size)
        started = time.process_time()
        read(data)
        return time.process_time() - started

    size = size if SOAK else size // 2
    small, large = seconds(size), seconds(8 * size)
    for _ in range(3):
        if large < 0.1 or large < 24 * small:
            break
        small, large = min(small, seconds(size)), min(large, seconds(8 * size))
    assert large < 0.1 or large < 24 * small, f"{small:.3f} s, 8 times as long: {large:.3f} s"
