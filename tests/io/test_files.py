"""Files written whole, and folders and files for one process alone."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import re
import signal
from pathlib import Path

import pytest

from broadsheet.errors import FetchError, SiteError
from broadsheet.io import files
from broadsheet.io.files import read_beginning, read_regular, read_text, sweep, write_whole
from broadsheet.io.locks import file_lock
from tests.killing import killed

BUSY = "somebody has it{owner}; expected nobody"


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.json"
    write_whole(path, b"one")
    write_whole(path, b"two", sync=False)
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o644
    assert [one.name for one in path.parent.iterdir()] == ["b.json"]


@pytest.mark.parametrize("step", ["os.fsync", "os.fchmod", "broadsheet.io.files.move"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "x.json"
    write_whole(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, full)
    with pytest.raises(FetchError, match="No space left") as caught:
        write_whole(path, b"new", error=FetchError)
    assert caught.value.file == str(path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("x.json", b"old")]


@pytest.mark.parametrize("size", [0, 1, 9, 10])
def test_a_regular_file_is_read_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * size)
    assert read_regular(path, most=10) == b"x" * size
    assert read_beginning(path, 3) == b"x" * min(size, 3)


@pytest.mark.parametrize(
    ("kind", "why"), [("pipe", "not a regular"), ("device", "not a regular"), ("vast", "more than")]
)
def test_a_pipe_a_device_and_a_vast_file_are_refused(tmp_path: Path, kind: str, why: str) -> None:
    path = tmp_path / "file"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.touch()
        os.truncate(path, 8_000_000_000)
        assert read_beginning(path, 3) == bytes(3)
    with pytest.raises(OSError, match=why):
        read_regular(path)


def test_lines_of_a_text_end_with_newlines_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\xef\xbb\xbfa\r\nb\rc")
    assert read_text(tmp_path / "file", "utf-8-sig") == "a\nb\nc"


SHIPPED = set(
    "doctor/gather editor/editor io/bundled io/language related/word_vectors scaffold/pin "
    "scaffold/templates tex/tagging".split()
)
"""The modules that read what is installed with Broadsheet, whatever its kind and size."""


def test_no_other_module_reads_what_may_be_a_pipe_or_without_end() -> None:
    package = Path(files.__file__).parent.parent
    found = {
        path.relative_to(package).with_suffix("").as_posix()
        for path in package.rglob("*.py")
        if re.search(r"\.read_(bytes|text)\(|\.open\(\"r", path.read_text("utf-8"))
    }
    assert found == SHIPPED


def _hold(path: Path, ready: object) -> None:
    with file_lock(path, BUSY):
        ready.set()  # type: ignore[attr-defined]
        signal.pause()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_one_process_has_it_until_it_dies(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "lock"
    if kind == "folder":
        path.mkdir()
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    other = context.Process(target=_hold, args=(path, ready))
    other.start()
    assert ready.wait(10)
    with pytest.raises(SiteError) as caught, file_lock(path, BUSY):
        pass
    owner = f" (process {other.pid})" if kind == "file" else ""
    assert caught.value.message == f"somebody has it{owner}; expected nobody"
    other.kill()
    other.join()
    with file_lock(path, BUSY):
        assert kind == "folder" or path.read_text() == str(os.getpid())
    with file_lock(path, BUSY):
        pass  # given up in good order, too


def test_parts_that_nobody_writes_any_more_are_swept(tmp_path: Path) -> None:
    for name in (".a.json.x1.part", ".b.part"):
        (tmp_path / name).write_text("half")
    (tmp_path / "mine.part").write_text("x")
    (tmp_path / ".link.part").symlink_to(tmp_path / "mine.part")
    (tmp_path / ".folder.part").mkdir()
    held = os.open(tmp_path / ".b.part", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    sweep(tmp_path)
    assert (tmp_path / ".b.part").exists()
    os.close(held)
    sweep(tmp_path)
    assert not (tmp_path / ".b.part").exists()
    assert not (tmp_path / ".a.json.x1.part").exists()
    assert (tmp_path / "mine.part").read_text() == "x"


def test_a_killed_write_is_swept_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    assert any(killed(tmp_path, call, lambda: write_whole(path, b"one")) for call in (2, 1))
    assert [one.name for one in tmp_path.iterdir()] != []
    sweep(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] in ([], ["x.json"])


def test_a_lock_is_held_on_a_full_disk_though_it_can_t_say_whose_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("broadsheet.io.locks.os.write", full)
    path = tmp_path / "lock"
    with file_lock(path, BUSY):
        with pytest.raises(SiteError) as caught, file_lock(path, BUSY):
            pytest.fail("two have it")
        assert caught.value.message == BUSY.replace("{owner}", "")
