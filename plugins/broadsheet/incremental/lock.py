"""The lock of a cache folder, and so of the output that it describes: one build at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..io.cache import remove
from ..io.locks import file_lock


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the build lock of a cache folder. Raises SiteError if another build holds it."""
    lock = folder / "lock"
    if lock.is_symlink() or (lock.exists() and not lock.is_file()):
        remove(lock)
    with file_lock(
        lock,
        "another build is running{owner}; expected to be the only one, try again when it is done",
    ):
        yield
