"""Settings: every wrong one, on its line."""

from __future__ import annotations

import re
from pathlib import Path

import broadsheet
from broadsheet.checks.settings import NAMES, check
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


def test_names_that_are_no_settings_are_told_with_the_nearest(tmp_path: Path) -> None:
    digest = Digest(tmp_path)
    digest.write(
        "pelicanconf.py",
        digest.read("pelicanconf.py")
        + "BROADSHEET_FEEDS_ITEMS = 20\nBROADSHEET_COLOUR = 'red'\nSITESUBTITEL = ''\nMY_OWN = 1\n",
    )
    lines = digest.read("pelicanconf.py").split("\n")
    found = check(digest.folder / "pelicanconf.py", of_pelican)
    told = [(lines[(one.line or 0) - 1].split(" ")[0], one.severity) for one in found]
    assert told == [
        ("BROADSHEET_FEEDS_ITEMS", "error"),
        ("BROADSHEET_COLOUR", "error"),
        ("SITESUBTITEL", "warning"),
    ]
    assert found[0].message.endswith("; did you mean BROADSHEET_FEED_ITEMS?")
    assert found[2].message.endswith("; did you mean SITESUBTITLE?")


def test_every_setting_that_the_package_reads_is_known() -> None:
    package = Path(broadsheet.__file__).parent
    read = {
        name
        for path in package.rglob("*.py")
        for name in re.findall(
            r"(?:(?:values|settings)(?:\.get\(|\[|, )|SETTING = )\"(BROADSHEET_[A-Z_]+)\"",
            path.read_text("utf-8"),
        )
    }
    assert len(read) > 10
    assert read <= NAMES
