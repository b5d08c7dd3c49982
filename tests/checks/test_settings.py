"""Settings: every wrong one, on its line."""

from __future__ import annotations

from pathlib import Path

from broadsheet.checks.settings import check
from broadsheet.io.settings import of_pelican
from tests.digests import Digest


def test_good_settings_have_no_problem(tmp_path: Path) -> None:
    assert check(Digest(tmp_path).folder / "pelicanconf.py", of_pelican) == []


def test_all_wrong_settings_are_told_on_their_lines(tmp_path: Path) -> None:
    digest = Digest(tmp_path)
    digest.set("BROADSHEET_FEED_ITEMS", 0)
    digest.set("TIMEZONE", "Moon/Base")
    text = digest.read("pelicanconf.py")
    found = check(digest.folder / "pelicanconf.py", of_pelican)
    named = {text.split("\n")[(one.line or 0) - 1].split(" ")[0] for one in found}
    assert named == {"BROADSHEET_FEED_ITEMS", "TIMEZONE"}


def test_settings_that_are_no_program_are_told(tmp_path: Path) -> None:
    digest = Digest(tmp_path)
    digest.write("pelicanconf.py", "SITENAME = 'x'\nTHEME = (\n")
    found = check(digest.folder / "pelicanconf.py", of_pelican)
    assert len(found) == 1
    assert found[0].line == 2
