"""Files on disk: written whole or not at all, and folders and files that one process has at a time.

The one place that does either, but for the site's own writer (`site/writer.py`), which writes
tens of thousands of files and has a journal.
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

PART = ".part"  # how the names of files end that are not whole yet

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
    """Remove from a folder the parts that processes left that were killed while they wrote.

    A part that is being written is held by who writes it, and stays. Raises OSError where one can't
    be removed.
    """
    for part in folder.glob(f".*{PART}"):
        try:
            handle = os.open(part, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:  # gone meanwhile, or nothing of ours
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
    """Put a file in another's place, in one step. Raises OSError."""
    source.replace(target)


@contextmanager
def file_lock(
    path: Path, message: str, *, error: type[BroadsheetError] = SiteError
) -> Iterator[None]:
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
        with suppress(OSError):  # file systems without locks
            # A process that this one has forked, and that still runs, would else go on having it.
            fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)
