"""The writer's word on paths: one file each, and none outside the output folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.errors import SiteError
from broadsheet.site.manifest import GroupRecord, Manifest, SectionRecord, Written
from broadsheet.site.plan import File, Group, Section
from broadsheet.site.writer import Writer

PARTS = {"content": "1"}


@pytest.mark.parametrize("path", ["../outside", "a"])
def test_a_file_on_record_is_kept_only_once_and_only_inside(tmp_path: Path, path: str) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "a").write_bytes(b"x")
    (tmp_path / "outside").write_bytes(b"x")
    manifest = Manifest(tmp_path / "manifest")
    files = (Written("a", "", 1), Written(path, "", 1))
    manifest.begin()
    manifest.keep("one", SectionRecord(PARTS, {"group": GroupRecord(PARTS, files)}))
    manifest.finish()
    group = Group("group", PARTS, lambda: [File("a", b"x")])
    with pytest.raises(SiteError, match="two pages would be written"):
        Writer(output, manifest).carry_out([Section("one", PARTS, lambda: [group])])
    assert (tmp_path / "outside").read_bytes() == b"x"
