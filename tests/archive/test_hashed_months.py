"""Content files are read again where the system says anything else of them, and only there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.archive import hashed_months
from broadsheet.archive.hashed_months import HashedMonths
from broadsheet.content import disk
from broadsheet.io.cache import Store

PAGE = "2025/08/07/vision.md"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(hashed_months, "TOO_NEAR", -3_000_000_000)  # files of right now are kept
    for path in (PAGE, "2025/08/07/day.yml", "2025/08/07/notes.txt", "2025/08/09/theory.md"):
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text("one", "utf-8")
    return tmp_path / "content"


def hashed(content: Path, *, trusted: bool = True) -> tuple[object, int]:
    """The month as a build of its own hashes it, and how often it was read."""
    read: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        real = disk.read_month
        patch.setattr(disk, "read_month", lambda root, key: read.append(key) or real(root, key))
        months = HashedMonths(content, Store(content.parent / "stat"), "code", trusted=trusted)
        month = months.month("2025-08")
        months.keep()
    return (month.days, month.pages, month.others), len(read)


def from_nothing(content: Path) -> object:
    return hashed(content, trusted=False)[0]


def _written_with_its_old_times(content: Path) -> None:
    before = (content / PAGE).stat()
    (content / PAGE).write_text("two", "utf-8")
    os.utime(content / PAGE, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced_by_one_of_its_times(content: Path) -> None:
    shutil.copy2(content / PAGE, content / "new")
    (content / "new").write_text("two", "utf-8")
    shutil.copystat(content / PAGE, content / "new")
    (content / "new").replace(content / PAGE)


EDITS: list[Callable[[Path], object]] = [
    lambda content: (content / PAGE).write_text("more", "utf-8"),
    _written_with_its_old_times,
    _replaced_by_one_of_its_times,
    lambda content: (content / PAGE).unlink(),
    lambda content: (content / PAGE).rename(content / "2025/08/07/theory.md"),
    lambda content: (content / "2025/08/07").rename(content / "2025/08/08"),
    lambda content: shutil.rmtree(content / "2025/08/07"),
    lambda content: (content / "2025/08/07/other.md").write_text("", "utf-8"),
    lambda content: (content / "2025/08/07/more.txt").write_text("", "utf-8"),
]


@pytest.mark.skipif(os.name == "nt", reason="no time of a file's last change: all is read")
@pytest.mark.parametrize("edit", EDITS)
def test_a_month_is_read_again_where_anything_of_it_changed(
    content: Path, edit: Callable[[Path], object]
) -> None:
    first, reads = hashed(content)
    assert reads == 1
    assert hashed(content) == (first, 0)
    edit(content)
    second, reads = hashed(content)
    assert reads == 1
    assert second == from_nothing(content) != first
    assert hashed(content) == (second, 0)


def test_a_copy_with_its_cache_and_its_times_is_read(content: Path, tmp_path: Path) -> None:
    first, _ = hashed(content)
    shutil.copytree(tmp_path, tmp_path / "checkout")  # copies times, too
    assert hashed(tmp_path / "checkout" / "content") == (first, 1)


def test_a_month_with_a_link_is_read_each_time(content: Path) -> None:
    (content / "2025/08/09/vision.md").symlink_to("../07/vision.md")
    assert [hashed(content)[1] for _ in range(2)] == [1, 1]
    (content / PAGE).write_text("two", "utf-8")
    assert hashed(content) == (from_nothing(content), 1)


def test_a_month_that_changed_just_now_is_read_once_more(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashed_months, "TOO_NEAR", 3_000_000_000)
    assert [hashed(content)[1] for _ in range(2)] == [1, 1]
    for path in (content / "2025/08").rglob("*.*"):
        os.utime(path, ns=(0, 0))  # its last change was now all the same
    assert hashed(content)[1] == 1


def test_other_code_and_no_trust_read_all(content: Path) -> None:
    hashed(content)
    assert hashed(content, trusted=False)[1] == 1
