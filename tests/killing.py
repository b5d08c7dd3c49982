"""Ending work at any of its system calls that change a folder: by an error that the system reports,
or by killing its process there.

The calls are those that Python's audit hooks see with a path of the folder (opening for writing,
renaming, removing, making and removing folders), and each wait for the disk.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

FULL = errno.ENOSPC

_EVENTS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

_hooked = False
_seen: Callable[[], None] | None = None
_root = ""


def counted(root: Path, work: Callable[[], object]) -> int:
    """How many system calls of `work` change the folder."""
    count = 0

    def seen() -> None:
        nonlocal count
        count += 1

    _run(root, work, seen)
    return count


def failing(root: Path, call: int, code: int, work: Callable[[], object]) -> None:
    """Do `work` in this process; its system call number `call` (from 0) fails with `code`."""

    def fail() -> None:
        raise OSError(code, os.strerror(code))

    _run(root, work, _at(call, fail))


def killed(root: Path, call: int, work: Callable[[], object]) -> bool:
    """Do `work` in a process that is killed just before its system call number `call`. Gives
    whether it was: one that makes fewer calls ends by itself."""
    child = os.fork()
    if not child:
        try:
            _run(root, work, _at(call, lambda: os.kill(os.getpid(), signal.SIGKILL)))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _at(call: int, do: Callable[[], None]) -> Callable[[], None]:
    left = call

    def seen() -> None:
        nonlocal left
        left -= 1
        if left == -1:
            do()

    return seen


def _run(root: Path, work: Callable[[], object], seen: Callable[[], None]) -> None:
    global _hooked, _seen, _root
    if not _hooked:
        sys.addaudithook(_audit)
        _hooked = True
    sync = os.fsync

    def fsync(handle: int) -> None:
        seen()
        sync(handle)

    os.fsync = fsync
    _root, _seen = str(root.absolute()), seen
    try:
        work()
    finally:
        _seen = None
        os.fsync = sync


def _audit(event: str, args: tuple[object, ...]) -> None:
    if _seen is None or event not in _EVENTS:
        return
    path = args[0]
    if event == "open" and not (isinstance(args[2], int) and args[2] & _WRITES):
        return
    # `shutil.rmtree` names files relative to an open folder.
    opened = event in ("os.remove", "os.rmdir") and args[-1] not in (None, -1)
    if opened or (isinstance(path, str | Path) and str(Path(path).absolute()).startswith(_root)):
        _seen()
