"""Ending a build at any of its calls to the system that change the disk, as a kill, a full disk or
Ctrl-C does.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_CALLS = "mkdir rmdir unlink remove replace rename write ftruncate".split()
_CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Killed(BaseException):
    """The process is gone: nothing that it would do now happens any more."""


class Calls:
    """The calls so far. The one numbered `last` (from 0) does not happen: it raises what `fault`
    makes, and so does each after it where the process is gone, or the disk full."""

    def __init__(self, last: int | None, fault: Callable[[], BaseException]) -> None:
        self.count = 0
        self.failed = False
        self._last = last
        self._fault = fault

    def one(self, name: str) -> None:
        """Another call is made."""
        self.count += 1
        if self._last is None or self.count <= self._last:
            return
        fault = self._fault()
        frees = name in ("unlink", "remove", "rmdir")
        once = isinstance(fault, KeyboardInterrupt) and self.count > self._last + 1
        if not once and not (frees and isinstance(fault, OSError)):
            self.failed = True
            raise fault


def full() -> OSError:
    """What a full disk makes of a call."""
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def faults(
    patched: pytest.MonkeyPatch, last: int | None, fault: Callable[[], BaseException] = Killed
) -> Iterator[Calls]:
    """Have calls counted, and fail from one on. With "w" in its mode a file that is opened counts,
    and so does each write to it that reaches the system by `os.write`."""
    calls = Calls(last, fault)
    real: dict[str, Any] = {name: getattr(os, name) for name in (*_CALLS, "open")}
    opened = io.open

    def watched(name: str) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            calls.one(name)
            return real[name](*args, **kwargs)

        return call

    def open_(path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
        if flags & _CHANGING:
            calls.one("open")
        handle: int = real["open"](path, flags, *args, **kwargs)
        return handle

    def io_open(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if set(mode) & set("wax+"):
            calls.one("open")
        return opened(file, mode, *args, **kwargs)

    with patched.context() as patch:
        for name in _CALLS:
            patch.setattr(os, name, watched(name))
        patch.setattr(os, "open", open_)
        patch.setattr(io, "open", io_open)
        yield calls
