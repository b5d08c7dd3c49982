"""Files on disk: atomic writes, and locks by flock.

The one module that does either, except the site's own writer (`incremental/output.py`), which
writes tens of thousands of files and has a journal.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import BroadsheetError, SiteError

PART = ".part"
"""The suffix of temporary files."""

_BUSY = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)


def write_whole(
    path: Path,
    data: bytes,
    *,
    error: type[BroadsheetError] = SiteError,
    sync: bool = True,
    mode: int = 0o644,
) -> None:
    """Write a file atomically: to a hidden temporary file beside it, which is then renamed. Creates
    parent folders.

    `sync` waits for the disk (fsync); without it a crash of the machine may lose the file. `mode`
    is the file's permissions. Raises `error`, naming the file, where the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=PART, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                with suppress(OSError):  # file systems without locks
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                file.write(data)
                if sync:
                    file.flush()
                    os.fsync(file.fileno())
                os.fchmod(file.fileno(), mode)
            move(Path(name), path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as refused:
        raise error(f"can't be written: {refused.strerror}", file=str(path)) from refused


def sweep(folder: Path) -> None:
    """Remove the temporary files of killed writes from a folder.

    A file that is being written is locked by its writer, and stays. Raises OSError for one that
    can't be removed.
    """
    for part in folder.glob(f".*{PART}"):
        try:
            handle = os.open(part, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:  # removed meanwhile, or a link
            continue
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                continue
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink(missing_ok=True)
        except OSError as refused:
            if refused.errno not in _BUSY:
                raise
        finally:
            os.close(handle)


def move(source: Path, target: Path) -> None:
    """Rename a file over another, atomically. Raises OSError."""
    source.replace(target)


@contextmanager
def file_lock(
    path: Path, message: str, *, error: type[BroadsheetError] = SiteError
) -> Iterator[None]:
    """Hold an exclusive flock on a file (created if absent) or a folder; the system releases it if
    the process dies.

    Raises `error` with `message` if another process holds it; {owner} in `message` becomes that
    process's id, which is known for files alone. Raises `error`, too, if the file can't be created
    or locked. A file system that can't lock folders keeps nobody out of one.
    """
    folder = path.is_dir()
    try:
        if not folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as refused:
        raise error(f"can't be written: {refused.strerror}", file=str(path)) from refused
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as refused:
            if refused.errno in _BUSY:
                pid = "" if folder else os.read(handle, 20).decode("ascii", "replace").strip()
                owner = f" (process {pid})" if pid else ""
                raise error(message.replace("{owner}", owner), file=str(path)) from None
            if not folder:
                raise error(f"can't be locked: {refused.strerror}", file=str(path)) from refused
        if not folder:
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        with suppress(OSError):  # file systems without locks
            # Else a forked process that still runs would go on holding it.
            fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)


def is_utf8(name: str) -> bool:
    """Return whether a file's name is valid UTF-8: Python shows other bytes as lone surrogates."""
    return name.isprintable() or not any("\ud800" <= char <= "\udfff" for char in name)
