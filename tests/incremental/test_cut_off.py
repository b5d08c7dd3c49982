"""A build that is cut off at any call to the system: the next one gives what a build from nothing
gives, and leaves nothing else behind.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from broadsheet.errors import SiteError
from broadsheet.incremental.inventory import FOLDER
from broadsheet.incremental.manifest import Manifest
from broadsheet.incremental.plan import File, Partition, Target
from broadsheet.incremental.writer import Result, Writer
from tests.incremental.faults import Killed, faults, full
from tests.soak import SOAK

Site = Mapping[str, Mapping[str, str]]
"""Sections, each of files with their texts."""

BEFORE: Site = {
    "2025-07": {"papers/a/index.html": "one", "papers/b/index.html": "two", "old": "three"},
    "2025-08": {"papers/c/index.html": "four", "day/index.html": "five"},
    "2025-09": {"papers/d/index.html": "six", "sep": "seven"},
    "site": {"index.html": "eight", "feed": "nine"},
}
EDITS: Mapping[str, Site] = {
    "a page less, a page more, texts of the same size": {
        "2025-07": {"papers/a/index.html": "ONE", "papers/e/index.html": "ten", "old": "three"},
        "2025-08": BEFORE["2025-08"],
        "2025-09": BEFORE["2025-09"],
        "site": {"index.html": "EIGHT", "feed": "nine"},
    },
    "a page moves to an old month and one to a new": {
        "2025-07": {"papers/a/index.html": "one"},
        "2025-08": {**BEFORE["2025-08"], "papers/b/index.html": "TWO"},
        "2025-09": {"sep": "seven"},
        "2025-10": {"papers/d/index.html": "SIX", "old": "THREE"},
        "site": {"index.html": "EIGHT", "feed": "nine"},
    },
    "a month less": {
        "2025-08": BEFORE["2025-08"],
        "2025-09": BEFORE["2025-09"],
        "site": {"index.html": "EIGHT", "feed": "nine"},
    },
    "files for folders and folders for files": {
        "2025-07": {"papers/a": "one", "old/index.html": "three"},
        "2025-08": BEFORE["2025-08"],
        "2025-09": {"papers/d/index.html/x": "six", "sep/1": "seven"},
        "site": {"index.html": "EIGHT", "feed": "nine"},
    },
}
FIRST: Site = {}


def plan(site: Site) -> list[Partition]:
    """A plan of a site: a group each file, whose parts tell its text."""

    def groups(files: Mapping[str, str]) -> list[Target]:
        return [
            Target(
                path, {"content": text}, lambda path=path, text=text: [File(path, text.encode())]
            )
            for path, text in files.items()
        ]

    return [
        Partition(key, {"content": repr(files)}, lambda files=files: groups(files))
        for key, files in site.items()
    ]


def build(folder: Path, site: Site, *, fresh: bool = False) -> Result:
    return Writer(folder / "output", Manifest(folder / "cache"), fresh=fresh).carry_out(plan(site))


def tree(folder: Path) -> dict[str, bytes]:
    """All that is in a folder, empty folders with it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"/"
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


def anew(folder: Path, site: Site) -> dict[str, bytes]:
    """What a build from nothing gives."""
    build(folder, site)
    return tree(folder / "output")


def every_cut(
    monkeypatch: pytest.MonkeyPatch,
    start: Path,
    work: Callable[[Path], object],
    fault: Callable[[], BaseException] = Killed,
    step: int = 1,
) -> list[Path]:
    """Copies of a folder, in each of which some work was cut off, so many calls later each time."""
    made: list[Path] = []
    for last in itertools.count(0, step):
        folder = start.parent / f"cut-{last}"
        shutil.copytree(start, folder)
        try:
            with faults(monkeypatch, last, fault) as calls:
                work(folder)
        except (Killed, KeyboardInterrupt, SiteError):
            pass
        else:
            assert not calls.failed, "a call that failed went unnoticed"
            break
        made.append(folder)
    assert len(made) > 10 // step
    return made


@pytest.mark.slow(except_each=5)
@pytest.mark.parametrize("fault", [Killed, full, KeyboardInterrupt])
@pytest.mark.parametrize("edit", [*EDITS.values(), FIRST], ids=[*EDITS, "from nothing"])
def test_after_a_cut_at_any_call_the_next_build_is_one_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: Site, fault: Callable[[], BaseException]
) -> None:
    start = tmp_path / "start"
    start.mkdir()
    old, new = (BEFORE, edit) if edit else (FIRST, BEFORE)
    wanted = anew(tmp_path / "anew", new)
    build(start, old)
    reverted = tree(start / "output")
    (start / "output").mkdir(exist_ok=True)
    (start / "output" / "CNAME").write_text("theirs")
    theirs = {"CNAME": b"theirs"}
    step = 1 if SOAK and fault is Killed else 3 if SOAK else 5  # the others clean up more
    cuts = every_cut(monkeypatch, start, lambda folder: build(folder, new), fault, step)
    for number, folder in enumerate(cuts):
        for next_one in range(3) if SOAK and fault is Killed else [number % 3]:
            copy = tmp_path / "copy"
            shutil.copytree(folder, copy)
            if next_one == 2:
                shutil.rmtree(copy / "cache", ignore_errors=True)
            back = next_one == 1 and old is BEFORE
            build(copy, old if back else new)
            assert tree(copy / "output") == (reverted if back else wanted) | theirs
            shutil.rmtree(copy)


@pytest.mark.slow
def test_a_cut_while_a_cut_is_mended_is_mended_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = EDITS["a page moves to an old month and one to a new"]
    other = EDITS["a page less, a page more, texts of the same size"]
    wanted = anew(tmp_path / "anew", other)
    start = tmp_path / "one" / "start"
    start.mkdir(parents=True)
    build(start, BEFORE)
    for number, first in enumerate(
        every_cut(monkeypatch, start, lambda folder: build(folder, new))
    ):
        if number % (9 if SOAK else 27) != 4:
            continue
        begin = tmp_path / f"two-{number}" / "start"
        shutil.copytree(first, begin)
        for folder in every_cut(
            monkeypatch, begin, lambda folder: build(folder, other), step=1 if SOAK else 3
        ):
            build(folder, other)
            assert tree(folder / "output") == wanted, f"{first.name} {folder.name}"


@pytest.mark.parametrize("lost", ["cache", f"output/{FOLDER}", f"output/{FOLDER}/site"])
@pytest.mark.parametrize("fresh", [False, True])
def test_deleted_pages_go_though_the_cache_or_the_lists_are_lost(
    tmp_path: Path, lost: str, fresh: bool
) -> None:
    new = EDITS["a month less"]
    wanted = anew(tmp_path / "anew", new)
    build(tmp_path / "it", BEFORE)
    path = tmp_path / "it" / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    build(tmp_path / "it", new, fresh=fresh)
    assert tree(tmp_path / "it" / "output") == wanted


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("older", ["cache", "output"])
def test_output_and_cache_of_different_times_are_brought_together(
    tmp_path: Path, older: str, fresh: bool
) -> None:
    for number, edit in enumerate(EDITS.values()):
        folder = tmp_path / str(number)
        wanted = anew(folder / "anew", edit)
        build(folder / "it", BEFORE)
        shutil.copytree(folder / "it" / older, folder / "kept")
        build(folder / "it", edit)
        shutil.rmtree(folder / "it" / older)
        (folder / "kept").rename(folder / "it" / older)
        build(folder / "it", edit, fresh=fresh)
        assert tree(folder / "it" / "output") == wanted
        assert build(folder / "it", edit).written == 0


def test_lists_are_the_same_whatever_was_built_before(tmp_path: Path) -> None:
    for edit in EDITS.values():
        build(tmp_path / "it", edit)
    build(tmp_path / "it", BEFORE)
    assert tree(tmp_path / "it" / "output") == anew(tmp_path / "anew", BEFORE)


def test_lists_tell_no_address(tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    for path in (tmp_path / "output" / FOLDER).iterdir():
        lines = path.read_text().splitlines()
        assert all(set(line) <= set("0123456789abcdef") for line in lines[1:])
