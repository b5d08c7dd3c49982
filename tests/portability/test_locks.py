"""Locks on a system that has `msvcrt` in place of fcntl."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from broadsheet.errors import SiteError
from broadsheet.io import files, locks

BUSY = "somebody has it{owner}; expected nobody"


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    """Locks by `msvcrt`, and open files that can't be removed; gives the bytes that are locked."""
    places: list[int] = []

    def locking(handle: int, mode: int, count: int) -> None:
        places.append(os.lseek(handle, 0, os.SEEK_CUR))
        assert count == 1
        try:
            fcntl.flock(handle, mode)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "Permission denied") from None

    flags = {"LK_NBLCK": fcntl.LOCK_EX | fcntl.LOCK_NB, "LK_UNLCK": fcntl.LOCK_UN}
    monkeypatch.setattr(locks, "_flock", None)
    monkeypatch.setattr(locks, "_locking", SimpleNamespace(locking=locking, **flags))
    monkeypatch.setattr(files, "_OPEN_FILES_STAY", True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    return places


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_one_process_has_it_alone(windows: list[int], tmp_path: Path, kind: str) -> None:
    path = tmp_path / "it"
    if kind == "folder":
        path.mkdir()
    for _ in range(2):
        with locks.file_lock(path, BUSY):
            with pytest.raises(SiteError) as caught, locks.file_lock(path, BUSY):
                pass
            owner = f" (process {os.getpid()})" if kind == "file" else ""
            assert caught.value.message == f"somebody has it{owner}; expected nobody"
    assert min(windows) > 1000  # far from the process's id, which others read
    assert kind == "file" or list(path.iterdir()) == []


def test_parts_that_nobody_writes_are_swept(windows: list[int], tmp_path: Path) -> None:
    left, held = tmp_path / ".a.part", tmp_path / ".b.part"
    left.write_bytes(b"half")
    held.write_bytes(b"half")
    handle = os.open(held, os.O_RDWR)
    assert locks.take(handle)
    files.sweep(tmp_path)
    os.close(handle)
    assert not left.exists()
    assert held.exists()


def test_a_file_that_is_read_meanwhile_is_replaced_once_it_is_closed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "new").write_bytes(b"new")
    refusals = [PermissionError(errno.EACCES, "in use")] * 2
    whole = os.replace

    def replace(source: str, target: str) -> None:
        if refusals:
            raise refusals.pop()
        whole(source, target)

    monkeypatch.setattr(files, "_TRIES", 5)
    monkeypatch.setattr(files, "_TRY_AGAIN", 0)
    monkeypatch.setattr(os, "replace", replace)
    files.move(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_bytes() == b"new"


def test_without_any_locks_nobody_is_kept_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(locks, "_flock", None)
    monkeypatch.setattr(locks, "_locking", None)
    with locks.file_lock(tmp_path / "it", BUSY), locks.file_lock(tmp_path / "it", BUSY):
        pass
