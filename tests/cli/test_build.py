"""`broadsheet build`: what its options say, and what is refused before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import main
from broadsheet.cli.build import build


@pytest.fixture(autouse=True)
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    # Reading the settings is where a build begins; no further than that.
    Path("pelicanconf.py").write_text("raise ValueError('read')\n")
    return tmp_path


def run(*extra: str) -> Result:
    arguments = [word for one in extra for word in ("-e", one)]
    return CliRunner().invoke(main, [build.name or "", *arguments])


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ("BROADSHEET_SERCH=false", "did you mean BROADSHEET_SEARCH?"),
        ("BROADSHEET_NOTHING_LIKE_IT=1", "expected one of BROADSHEET_AUTHOR_FEEDS, "),
        ("siteurl=1", "expected a setting's name, in capitals"),
    ],
)
def test_a_name_that_can_be_no_setting_is_wrong_usage(extra: str, said: str) -> None:
    done = run(extra)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "read" not in done.stderr.split("Error: ")[1].split(":")[0]


@pytest.mark.parametrize(
    ("extra", "warned"),
    [("SITENAM=1", "warning: SITENAM is no setting"), ("SITENAME=1", ""), ("MY_THEMES_OWN=1", "")],
)
def test_a_name_that_a_theme_may_read_is_warned_of_at_most(extra: str, warned: str) -> None:
    done = run(extra)
    assert done.exit_code == 1
    assert "can't be read: ValueError: read" in done.stderr  # so it went on
    assert ("warning" in done.stderr) == bool(warned)
    assert warned in done.stderr
