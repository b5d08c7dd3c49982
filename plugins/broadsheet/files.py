"""Files on disk: written whole or not at all, and folders and files that one process has at a time.

The one place that does either, but for the site's own writer (`site/writer.py`), which writes
tens of thousands of files and has a journal.
"""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import BroadsheetError, SiteError

_BUSY = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)


def write_whole(
    path: Path,
    data: bytes,
    *,
    error: type[BroadsheetError] = SiteError,
    sync: bool = True,
    mode: int = 0o644,
) -> None:
    """Write a file so that it is there whole or not at all: under a hidden name beside it, then
    renamed. Folders above it are made.

    Without `sync` it isn't waited for the disk; that is for what can be made again. `mode` says who
    may read it. Raises `error`, naming the file, where the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
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


def move(source: Path, target: Path) -> None:
    """Put a file in another's place, in one step. Raises OSError."""
    source.replace(target)


@contextmanager
def alone(path: Path, message: str, *, error: type[BroadsheetError] = SiteError) -> Iterator[None]:
    """Have a file (made where there is none) or a folder for this process alone; a process that
    dies gives it up.

    Raises `error` with `message`, in which {owner} is the other process where that is known, if
    another has it, and where the file can't be made. Of a folder nobody says who has it, and on
    file systems that can't lock folders, nobody is kept out.
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
        os.close(handle)
