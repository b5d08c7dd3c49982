"""Locks, on files and folders, between processes: by flock, on Windows by `msvcrt`.

The one module that takes them. The system releases a lock when its process ends, however that
comes. Where the system or its file system has none, nobody is kept out.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from ..errors import BroadsheetError, SiteError

_BUSY = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_FAR = 1 << 30
"""The byte that is locked on Windows: a locked byte can't be read, and the first ones hold the
process's id."""


def _module(name: str) -> Any:
    """Return a module of the system's; None where it has none."""
    try:
        return import_module(name)
    except ImportError:
        return None


_flock = _module("fcntl")
_locking = None if _flock else _module("msvcrt")


def take(handle: int) -> bool:
    """Lock an open file or folder; return whether it is ours now, and not another process's.

    On Windows the file is open for writing. Raises OSError where the file can't be locked at all.
    """
    try:
        if _flock is not None:
            _flock.flock(handle, _flock.LOCK_EX | _flock.LOCK_NB)
        elif _locking is not None:
            _at_far_byte(_locking, handle, _locking.LK_NBLCK)
    except OSError as refused:
        if refused.errno in _BUSY:
            return False
        raise
    return True


def release(handle: int) -> None:
    """Unlock an open file: else a forked process that still runs would go on holding it."""
    with suppress(OSError):  # file systems without locks
        if _flock is not None:
            _flock.flock(handle, _flock.LOCK_UN)
        elif _locking is not None:
            _at_far_byte(_locking, handle, _locking.LK_UNLCK)


def _at_far_byte(msvcrt: Any, handle: int, mode: int) -> None:
    os.lseek(handle, _FAR, os.SEEK_SET)
    try:
        msvcrt.locking(handle, mode, 1)
    finally:
        os.lseek(handle, 0, os.SEEK_SET)


@contextmanager
def file_lock(
    path: Path, message: str, *, error: type[BroadsheetError] = SiteError
) -> Iterator[None]:
    """Hold an exclusive lock on a file (created if absent) or a folder.

    Raises `error` with `message` if another process holds it; {owner} in `message` becomes that
    process's id, which is known for files alone. Raises `error`, too, if the file can't be created
    or locked. A file system that can't lock folders keeps nobody out of one.
    """
    folder = path.is_dir()
    try:
        if not folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        handle = _opened(path, folder)
    except OSError as refused:
        raise error(f"can't be written: {refused.strerror}", file=str(path)) from refused
    try:
        try:
            ours = take(handle)
        except OSError as refused:
            if not folder:
                raise error(f"can't be locked: {refused.strerror}", file=str(path)) from refused
            ours = True
        if not ours:
            pid = "" if folder else os.read(handle, 20).decode("ascii", "replace").strip()
            owner = f" (process {pid})" if pid else ""
            raise error(message.replace("{owner}", owner), file=str(path))
        if not folder:
            with suppress(OSError):  # a full disk: held all the same, by a process that isn't named
                os.ftruncate(handle, 0)
                os.write(handle, str(os.getpid()).encode())
        try:
            yield
        finally:
            release(handle)
    finally:
        os.close(handle)


def _opened(path: Path, folder: bool) -> int:
    """Open what is locked for a file or folder: itself, or for a folder on Windows, where none can
    be opened, a file of the system's temporary folder that its path names."""
    if folder and _flock is not None:
        return os.open(path, os.O_RDONLY)
    if folder:
        name = os.path.normcase(path.resolve())
        digest = hashlib.blake2b(os.fsencode(name), digest_size=12).hexdigest()
        import tempfile

        path = Path(tempfile.gettempdir(), f"broadsheet-{digest}.lock")
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
