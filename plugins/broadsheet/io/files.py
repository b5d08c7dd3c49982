"""Files on disk: atomic writes, and how files are opened on each system.

The one module that writes whole files, except the site's own writer (`incremental/output.py`),
which writes tens of thousands of files and has a journal.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from ..errors import BroadsheetError, SiteError
from . import locks

PART = ".part"
"""The suffix of temporary files."""


def _flags(*names: str) -> int:
    """Return flags for `os.open`, of those that this system has."""
    return sum(getattr(os, name, 0) for name in names)


# O_BINARY is Windows's: without it line ends would be translated there.
READ = os.O_RDONLY | _flags("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
"""Flags of `os.open` to read a file: never by a link, and without waiting for a pipe."""

WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _flags("O_CLOEXEC", "O_NOFOLLOW", "O_BINARY")
"""Flags to write a file anew."""

APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _flags("O_CLOEXEC", "O_NOFOLLOW", "O_BINARY")
"""Flags to append to a file."""

_OPEN_FILES_STAY = os.name == "nt"
"""Whether an open file can neither be renamed nor removed, as on Windows."""

_TRIES = 50 if _OPEN_FILES_STAY else 1
_TRY_AGAIN = 0.02  # seconds


LARGEST = 100_000_000
"""The most bytes of a file that is read whole; hosts of git repositories take no larger one."""


def read_regular(path: str | Path, *, most: int = LARGEST) -> bytes:
    """Return a file's bytes. Raises OSError for what can't be read, has more than `most` bytes, or
    is no regular file, such as a named pipe, which would be waited for without end."""
    handle, size = _opened(path)
    try:
        pieces = []
        left = most + 1  # its size may change
        while size <= most and left and (piece := os.read(handle, min(left, size + 1))):
            pieces.append(piece)
            left -= len(piece)
        if size > most or not left:
            raise OSError(errno.EFBIG, f"it has more than {most:,} bytes")
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)
    finally:
        os.close(handle)


def read_text(path: str | Path, encoding: str = "utf-8", errors: str = "strict") -> str:
    """Return a file's text, its lines ended by newlines alone. Raises OSError as `read_regular`,
    and UnicodeDecodeError."""
    text = read_regular(path).decode(encoding, errors)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_beginning(path: str | Path, count: int) -> bytes:
    """Return the first bytes of a file, whatever its size. Raises OSError as `read_regular`."""
    handle, _ = _opened(path)
    try:
        return os.read(handle, count)
    finally:
        os.close(handle)


def _opened(path: str | Path) -> tuple[int, int]:
    """Return a regular file, open to be read, and its size. Raises OSError for anything else."""
    handle = os.open(path, READ & ~_flags("O_NOFOLLOW"))
    status = os.fstat(handle)
    if stat.S_ISREG(status.st_mode):
        return handle, status.st_size
    os.close(handle)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise OSError(errno.EINVAL, "not a regular file")


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
    import tempfile  # a command with nothing to do writes nothing

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=PART, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                with suppress(OSError):  # file systems without locks
                    locks.take(handle)
                file.write(data)
                if sync:
                    file.flush()
                    os.fsync(file.fileno())
                _set_mode(file.fileno(), mode)
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
            handle = os.open(part, os.O_RDWR | (READ & ~os.O_RDONLY))
        except OSError:  # removed meanwhile, or a link
            continue
        try:
            left = stat.S_ISREG(os.fstat(handle).st_mode) and locks.take(handle)
            if left and not _OPEN_FILES_STAY:
                part.unlink(missing_ok=True)
        finally:
            os.close(handle)
        if left and _OPEN_FILES_STAY:
            with suppress(PermissionError):  # its writer has it open
                part.unlink(missing_ok=True)


def move(source: str | Path, target: str | Path) -> None:
    """Rename a file over another, atomically. Raises OSError.

    Where an open file can't be replaced, a second is waited for its reader to close it.
    """
    for left in reversed(range(_TRIES)):
        try:
            os.replace(source, target)  # noqa: PTH105  (a build moves every file)
            return
        except PermissionError:
            if not left or os.path.isdir(target):  # noqa: PTH112
                raise
            time.sleep(_TRY_AGAIN)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder. Does nothing where a folder can't be opened,
    as on Windows. Raises OSError."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _set_mode(handle: int, mode: int) -> None:
    """Set an open file's permissions; on Windows a file has those of its folder."""
    if hasattr(os, "fchmod"):
        os.fchmod(handle, mode)


def is_utf8(name: str) -> bool:
    """Return whether a file's name is valid UTF-8: Python shows other bytes as lone surrogates."""
    return name.isprintable() or not any("\ud800" <= char <= "\udfff" for char in name)
