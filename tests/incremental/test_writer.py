"""The writer's word on paths: one file each, and none outside the output folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadsheet.errors import SiteError
from broadsheet.incremental.inventory import FOLDER, Inventory, hashed, walk
from broadsheet.incremental.manifest import Manifest
from broadsheet.incremental.plan import File, Partition, Target, data_fingerprint
from broadsheet.incremental.records import PartitionRecord, TargetRecord, Written
from broadsheet.incremental.writer import Result, Writer
from broadsheet.io.cache import save_bytes
from broadsheet.io.parallel import FORKS

PARTS = {"content": "1"}
OUTLINE = {"dependencies": PARTS, "stamp": "x", "count": 1}


def section(key: str, path: str) -> Partition:
    group = Target("group", PARTS, lambda: [File(path, b"x")])
    return Partition(key, PARTS, lambda: [group])


def edited(key: str, path: str) -> Partition:
    """A section whose parts say that it changes with its path."""
    parts = {"content": path}
    return Partition(key, parts, lambda: [Target("group", parts, lambda: [File(path, b"x")])])


def carried_out(folder: Path, *sections: Partition) -> Result:
    return Writer(folder / "output", Manifest(folder / "manifest")).carry_out(sections)


def on_record(folder: Path, key: str, *paths: str) -> None:
    """Have it on record that files of one byte were written."""
    files = [Written(path, data_fingerprint(b"x"), 1) for path in paths]
    record = PartitionRecord.of(PARTS, {"group": TargetRecord.of(PARTS, files)})
    Manifest(folder / "manifest").keep(key, record)
    inventory = Inventory(folder / "output")
    inventory.begin()
    inventory.settle(key, record.stamp, record.paths())
    inventory.finish()


@pytest.mark.parametrize("fresh", [False, True])
def test_a_list_whose_hash_is_damaged_leaves_no_page_behind(tmp_path: Path, fresh: bool) -> None:
    on_record(tmp_path, "one", "a", "b")
    output = tmp_path / "output"
    for name in ("a", "b"):
        (output / name).write_bytes(b"x")
    listed = output / FOLDER / "one"
    listed.write_bytes(listed.read_bytes().replace(hashed("b").encode(), b"0" * 16))
    group = Target("group", {"content": "2"}, lambda: [File("a", b"x")])
    now = Partition("one", {"content": "2"}, lambda: [group])
    Writer(output, Manifest(tmp_path / "manifest"), fresh=fresh).carry_out([now])
    assert list(walk(output)) == ["a"]
    assert Inventory(output).hashes("one") == {hashed("a")}


def test_a_page_of_a_section_whose_list_is_damaged_is_still_its_own(tmp_path: Path) -> None:
    on_record(tmp_path, "one", "a")
    (tmp_path / "output" / "a").write_bytes(b"x")
    listed = tmp_path / "output" / FOLDER / "one"
    listed.write_bytes(listed.read_bytes().replace(hashed("a").encode(), b"0" * 16))
    with pytest.raises(SiteError, match="two pages would be written"):
        carried_out(tmp_path, section("one", "a"), section("two", "a"))


def test_a_file_has_one_section(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="two pages would be written"):
        carried_out(tmp_path, section("one", "a"), section("two", "a"))


@pytest.mark.parametrize("first", [True, False])
def test_a_file_on_record_is_kept_for_one_section(tmp_path: Path, first: bool) -> None:
    on_record(tmp_path, "one", "a", "b")
    for name in ("a", "b"):
        (tmp_path / "output" / name).write_bytes(b"x")
    plan = section("one", "a"), edited("two", "b")
    with pytest.raises(SiteError, match="b: two pages would be written"):
        carried_out(tmp_path, *(plan if first else reversed(plan)))
    assert carried_out(tmp_path, section("one", "a"), edited("two", "c")).written == 1


@pytest.mark.parametrize("data", [b"y", b"longer"])
def test_a_file_that_a_refused_build_wrote_over_is_mended_by_the_next(
    tmp_path: Path, data: bytes
) -> None:
    mine = tmp_path / "output" / "a"
    carried_out(tmp_path, section("one", "a"), section("two", "b"))
    taken = Target("group", {"content": "2"}, lambda: [File("a", data)])
    other = Partition("two", {"content": "2"}, lambda: [taken])
    for plan in ((section("one", "a"), other), (other, section("one", "a"))):
        for _ in range(2):  # whether the one before was refused, too
            with pytest.raises(SiteError, match="a: two pages would be written"):
                carried_out(tmp_path, *plan)
        carried_out(tmp_path, section("one", "a"), section("two", "b"))
        assert mine.read_bytes() == (tmp_path / "output" / "b").read_bytes() == b"x"
        assert carried_out(tmp_path, section("one", "a"), section("two", "b")) == Result(0, 2, 0)


def test_a_file_that_stands_as_it_is_on_record_is_left_alone(tmp_path: Path) -> None:
    carried_out(tmp_path, section("one", "a/b"))
    assert carried_out(tmp_path, section("one", "a/b")) == Result(0, 1, 0)
    (tmp_path / "output" / "a" / "b").write_bytes(b"longer")
    assert carried_out(tmp_path, section("one", "a/b")) == Result(1, 0, 0)
    (tmp_path / "output" / "a" / "b").unlink()
    (tmp_path / "output" / "a").rmdir()
    assert carried_out(tmp_path, section("one", "a/b")) == Result(1, 0, 0)


@pytest.mark.parametrize("path", ["../outside", "/outside", "b/../../outside", "b//c", ".."])
def test_a_record_of_files_outside_the_folder_is_not_trusted(tmp_path: Path, path: str) -> None:
    (tmp_path / "outside").write_bytes(b"x")
    on_record(tmp_path, "one", "a", path)
    assert Manifest(tmp_path / "manifest").partition("one") is None
    assert carried_out(tmp_path, section("one", "a")).written == 1
    assert (tmp_path / "outside").read_bytes() == b"x"


@pytest.mark.parametrize(
    "lines",
    [
        (OUTLINE, [["a"], [1]], {}),
        (OUTLINE, [["a"], [1]], {"group": [PARTS, []]}),
        (OUTLINE, [["a"], [1]], {"group": [PARTS, ["x", "y"]]}),
        (OUTLINE, [["a"], [1]], {"group": PARTS}),
        (OUTLINE, [["a"], [1]]),
        (OUTLINE, [["a"], [1]], {"group": [PARTS, ["x"]]}, {}),
        (OUTLINE, [["a"], []], {"group": [PARTS, ["x"]]}),
        (OUTLINE, [["a", "b"], [1, 1]], {"group": [PARTS, ["x", "y"]]}),
        ({"dependencies": PARTS}, [["a"], [1]], {"group": [PARTS, ["x"]]}),
        ({"parts": PARTS, "groups": {"group": [{}, ["a"], ["x"], [1]]}},),
    ],
)
def test_a_record_of_another_form_is_not_trusted(tmp_path: Path, lines: list[object]) -> None:
    text = "\n".join(map(json.dumps, lines))
    save_bytes(tmp_path / "manifest" / "one.json", text.encode())
    assert Manifest(tmp_path / "manifest").partition("one") is None
    assert carried_out(tmp_path, section("one", "a")).written == 1


def test_a_file_that_a_build_began_is_written_anew(tmp_path: Path) -> None:
    carried_out(tmp_path, section("one", "a"))
    (tmp_path / "output" / "a").write_bytes(b"y")
    Inventory(tmp_path / "output").note("one", ["a"])
    assert carried_out(tmp_path, section("one", "a")) == Result(1, 0, 0)
    assert (tmp_path / "output" / "a").read_bytes() == b"x"


def test_what_the_plan_no_longer_holds_is_removed(tmp_path: Path) -> None:
    def both() -> Iterator[Partition]:
        yield section("one", "a/b")
        yield section("two", "c")

    carried_out(tmp_path, *both())
    assert carried_out(tmp_path, section("two", "c")) == Result(0, 1, 1)
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == [FOLDER, "c"]


def test_a_file_makes_room_for_a_folder_and_the_reverse(tmp_path: Path) -> None:
    for path in ("a", "a/b", "a/b/c", "a/b", "a"):
        carried_out(tmp_path, edited("one", path))
        assert (tmp_path / "output" / path).read_bytes() == b"x"
        assert len(list(walk(tmp_path / "output"))) == 1


def test_empty_folders_make_room_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "output" / "a" / "b").mkdir(parents=True)
    carried_out(tmp_path, edited("one", "a"))
    assert (tmp_path / "output" / "a").read_bytes() == b"x"


@pytest.mark.parametrize(("theirs", "ours"), [("a", "a/b"), ("a/c", "a"), ("a/b/c/d", "a/b")])
def test_a_file_of_the_users_makes_no_room(tmp_path: Path, theirs: str, ours: str) -> None:
    path = tmp_path / "output" / theirs
    path.parent.mkdir(parents=True)
    path.write_bytes(b"theirs")
    with pytest.raises(SiteError, match="expected nothing of your own there"):
        carried_out(tmp_path, edited("one", ours))
    assert path.read_bytes() == b"theirs"


@pytest.mark.parametrize("order", [("a", "a/b"), ("a/b", "a")])
@pytest.mark.parametrize("before", ["", "a", "a/b", "c"])
def test_a_file_where_another_needs_a_folder_is_refused_and_harms_no_later_build(
    tmp_path: Path, order: tuple[str, str], before: str
) -> None:
    if before:
        carried_out(tmp_path, edited("one", before))
    one, two = order
    for _ in range(2):
        with pytest.raises(SiteError, match="two pages would be written"):
            carried_out(tmp_path, edited("one", one), edited("two", two))
    for path in order:
        carried_out(tmp_path, edited("one", path))
        assert list(walk(tmp_path / "output")) == [path]


def test_what_stands_behind_a_link_is_neither_written_nor_removed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    carried_out(tmp_path, edited("one", "a/b"))
    (tmp_path / "output" / "a" / "b").rename(tmp_path / "outside" / "b")
    (tmp_path / "output" / "a").rmdir()
    (tmp_path / "output" / "a").symlink_to(tmp_path / "outside")
    with pytest.raises(SiteError, match="is a link; expected a folder"):
        carried_out(tmp_path, edited("one", "a/c"))
    carried_out(tmp_path, edited("one", "d"))
    assert [path.name for path in (tmp_path / "outside").iterdir()] == ["b"]


def test_a_link_in_place_of_a_file_is_replaced(tmp_path: Path) -> None:
    carried_out(tmp_path, edited("one", "a"))
    (tmp_path / "outside").write_bytes(b"x")
    (tmp_path / "output" / "a").unlink()
    (tmp_path / "output" / "a").symlink_to(tmp_path / "outside")
    assert carried_out(tmp_path, edited("one", "a")) == Result(1, 0, 0)
    assert not (tmp_path / "output" / "a").is_symlink()


def test_no_page_takes_the_place_of_the_lists(tmp_path: Path) -> None:
    with pytest.raises(SiteError):
        carried_out(tmp_path, edited("one", f"{FOLDER}/one"))


def test_a_record_removes_no_file_that_the_output_does_not_list(tmp_path: Path) -> None:
    carried_out(tmp_path, edited("one", "a"))
    files = [Written(path, data_fingerprint(b"x"), 1) for path in ("a", "CNAME")]
    record = PartitionRecord.of(PARTS, {"group": TargetRecord.of(PARTS, files)})
    Manifest(tmp_path / "manifest").keep("one", record)
    (tmp_path / "output" / "CNAME").write_bytes(b"x")
    carried_out(tmp_path, edited("one", "b"))
    assert sorted(walk(tmp_path / "output")) == ["CNAME", "b"]


@pytest.mark.parametrize("path", ["x" * 300, "a/" + "é" * 255 + "/b", "y/" * 3000 + "z"])
def test_a_record_of_a_path_that_no_file_can_have_ends_no_build(tmp_path: Path, path: str) -> None:
    on_record(tmp_path, "one", "a", path)
    carried_out(tmp_path, section("two", "b"))
    assert Manifest(tmp_path / "manifest").partitions() == ["two"]


def test_a_list_that_a_full_disk_cuts_short_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory = Inventory(tmp_path / "output")
    inventory.begin()
    monkeypatch.setattr("broadsheet.incremental.inventory.os.write", lambda _, data: len(data) - 1)
    with pytest.raises(SiteError, match="No space left"):
        inventory.note("one", ["a"])


@pytest.mark.skipif(not FORKS, reason="all work is done in one process")
def test_processes_that_rendered_much_make_way_for_new_ones(tmp_path: Path) -> None:
    def partition(key: str) -> Partition:
        render = lambda: [File(key, str(os.getpid()).encode())]  # noqa: E731
        return Partition(key, PARTS, lambda: [Target("much", PARTS, render, weight=50_000)])

    plan = [partition(key) for key in ("one", "two", "three")]
    Writer(tmp_path / "output", Manifest(tmp_path / "manifest"), jobs=2).carry_out(plan)
    rendered = {(tmp_path / "output" / part.key).read_text() for part in plan}
    assert len(rendered) == 3
    assert str(os.getpid()) not in rendered
