"""Of a large site a build asks for some files, and the next builds for the others."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from broadsheet.incremental import survey
from broadsheet.incremental.manifest import Manifest
from broadsheet.incremental.plan import File, Partition, Target
from broadsheet.incremental.writer import Result, Writer

DEPENDENCIES = {"content": "1"}
PATHS = [f"{number}/{name}" for number in range(12) for name in ("a", "b/c", "d", "e")]


def partitions() -> list[Partition]:
    """Twelve partitions of four files."""
    made = []
    for number in range(12):
        files = [File(path, path.encode()) for path in PATHS if path.startswith(f"{number}/")]
        target = Target("all", DEPENDENCIES, lambda files=files: files)
        made.append(Partition(f"p{number:02}", DEPENDENCIES, lambda target=target: [target]))
    return made


def build(folder: Path) -> Result:
    return Writer(folder / "output", Manifest(folder / "manifest")).carry_out(partitions())


def wrong(folder: Path) -> set[str]:
    """The files that are missing or not as they were written."""
    found = {path: folder / "output" / path for path in PATHS}
    return {
        path
        for path, file in found.items()
        if not file.is_file() or file.read_bytes() != path.encode()
    }


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built site of which each build asks for the sizes of a sixth of the files, and whether half
    of the others are there."""
    build(tmp_path)
    monkeypatch.setattr(survey, "SIZES", 8)
    monkeypatch.setattr(survey, "PRESENT", 20)
    return tmp_path


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_lost_or_cut_is_mended_within_so_many_builds(large: Path, seed: int) -> None:
    chance = random.Random(seed)
    lost = set(chance.sample(PATHS, 5))
    cut = set(chance.sample(sorted(set(PATHS) - lost), 5))
    for path in lost:
        (large / "output" / path).unlink()
    for path in cut:
        (large / "output" / path).write_bytes(b"")
    for _ in range(2):
        build(large)
    assert not wrong(large) & lost
    for _ in range(4):
        build(large)
    assert not wrong(large)


def test_a_site_that_is_not_large_is_mended_at_once(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "output" / "3" / "a").unlink()
    (tmp_path / "output" / "5" / "b" / "c").write_bytes(b"")
    assert build(tmp_path) == Result(2, 46, 0)
    assert not wrong(tmp_path)
    assert not Manifest(tmp_path / "manifest").turns()


def test_of_a_partition_that_changes_every_file_is_asked_for(large: Path) -> None:
    for _ in range(2):  # the turn is another partition's
        build(large)
    plan = partitions()
    (large / "output" / "0" / "d").write_bytes(b"")
    plan[0] = Partition("p00", {"content": "2"}, plan[0].targets)
    Writer(large / "output", Manifest(large / "manifest")).carry_out(plan)
    assert not wrong(large)


@pytest.mark.parametrize("kept", [1, 2])
def test_a_record_that_is_damaged_behind_its_outline_loses_no_file(
    tmp_path: Path, kept: int
) -> None:
    build(tmp_path)
    record = tmp_path / "manifest" / "p04.json"
    data = record.read_bytes()
    place = data.index(b'[["4/a"') + 3 if kept == 1 else len(data) - 3
    record.write_bytes(data[:place] + b"?" + data[place + 1 :])
    plan = partitions()
    target = Target("all", {"content": "2"}, lambda: [File("4/a", b"4/a")])
    plan[4] = Partition("p04", {"content": "2"}, lambda: [target])
    Writer(tmp_path / "output", Manifest(tmp_path / "manifest")).carry_out(plan)
    assert wrong(tmp_path) == {"4/b/c", "4/d", "4/e"}
