"""The writer's word on paths: one file each, and none outside the output folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadsheet.cache import save
from broadsheet.errors import SiteError
from broadsheet.site.manifest import GroupRecord, Manifest, SectionRecord, Written
from broadsheet.site.plan import File, Group, Section
from broadsheet.site.writer import Result, Writer

PARTS = {"content": "1"}


def section(key: str, path: str) -> Section:
    group = Group("group", PARTS, lambda: [File(path, b"x")])
    return Section(key, PARTS, lambda: [group])


def carried_out(folder: Path, *sections: Section) -> Result:
    return Writer(folder / "output", Manifest(folder / "manifest")).carry_out(sections)


def on_record(folder: Path, key: str, *paths: str) -> None:
    """Have it on record that files of one byte were written."""
    manifest = Manifest(folder / "manifest")
    manifest.begin()
    files = [Written(path, "", 1) for path in paths]
    manifest.keep(key, SectionRecord(PARTS, {"group": GroupRecord.of(PARTS, files)}))
    manifest.finish()


def test_a_file_has_one_section(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="two pages would be written"):
        carried_out(tmp_path, section("one", "a"), section("two", "a"))


def test_a_file_on_record_is_kept_for_one_section(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "a").write_bytes(b"x")
    for key in ("one", "two"):
        on_record(tmp_path, key, "a")
    with pytest.raises(SiteError, match="two pages would be written"):
        carried_out(tmp_path, section("one", "a"), section("two", "a"))


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
    (tmp_path / "output").mkdir()
    (tmp_path / "outside").write_bytes(b"x")
    on_record(tmp_path, "one", "a", path)
    assert Manifest(tmp_path / "manifest").section("one") is None
    assert carried_out(tmp_path, section("one", "a")).written == 1
    assert (tmp_path / "outside").read_bytes() == b"x"


@pytest.mark.parametrize(
    "group",
    [{"parts": {}, "files": [["a", "", 1]]}, [{}, ["a"], [""], []], [{}, "a", "b", "c"], [{}], 1],
)
def test_a_record_of_another_form_is_not_trusted(tmp_path: Path, group: object) -> None:
    save(tmp_path / "manifest" / "one.json", {"parts": PARTS, "groups": {"group": group}})
    assert Manifest(tmp_path / "manifest").section("one") is None
    assert carried_out(tmp_path, section("one", "a")).written == 1


def test_a_journal_that_names_files_outside_removes_none(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"x")
    (tmp_path / "manifest").mkdir()
    (tmp_path / "manifest" / "journal").write_text("../outside\na\n")
    carried_out(tmp_path, section("one", "b"))
    assert (tmp_path / "outside").read_bytes() == b"x"


def test_a_file_that_a_build_began_is_written_anew(tmp_path: Path) -> None:
    carried_out(tmp_path, section("one", "a"))
    (tmp_path / "output" / "a").write_bytes(b"y")
    (tmp_path / "manifest" / "journal").write_text("a\n")
    assert carried_out(tmp_path, section("one", "a")) == Result(1, 0, 0)
    assert (tmp_path / "output" / "a").read_bytes() == b"x"


def test_what_the_plan_no_longer_holds_is_removed(tmp_path: Path) -> None:
    def both() -> Iterator[Section]:
        yield section("one", "a/b")
        yield section("two", "c")

    carried_out(tmp_path, *both())
    assert carried_out(tmp_path, section("two", "c")) == Result(0, 1, 1)
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == ["c"]
