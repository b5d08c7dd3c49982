"""The installed package by itself: a wheel carries all that a new digest needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def _run(unpacked: Path, folder: Path, *arguments: str) -> str:
    program = "from broadsheet.cli import main; main()"
    made = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return made.stdout


@pytest.mark.slow
def test_a_new_digest_builds_with_the_wheel_alone(unpacked: Path, tmp_path: Path) -> None:
    _run(unpacked, tmp_path, "init", "mine", "--offline")
    folder = tmp_path / "mine"
    assert "5 published" in _run(unpacked, folder, "import")
    assert _run(unpacked, folder, "build").startswith("5 papers")
    assert "My digest" in (folder / "output/index.html").read_text("utf-8")
    assert (folder / "output/theme/js/vendor/lunr.js").is_file()
    assert (folder / "output/theme/css/main.css").is_file()
    again = _run(unpacked, folder, "build")
    assert " 0 written" in again


@pytest.mark.slow
def test_a_wheel_holds_no_tests_and_no_content_of_ours(unpacked: Path) -> None:
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")}
    assert "broadsheet/theme/templates/base.html" in names
    assert "broadsheet/content/topics.yml" in names
    assert "broadsheet/py.typed" in names
    assert "broadsheet/locale/messages/ar.po" in names
    assert "broadsheet/requirements/libraries.txt" in names
    assert "broadsheet/templates/github/dot-github/workflows/check.yml" in names
    assert not any(name.startswith(("tests", "seeds", "broadsheet/content/2")) for name in names)


@pytest.mark.slow
def test_init_overwrites_nothing(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/pelicanconf.py").write_text("mine")
    told = _run(unpacked, tmp_path, "init", "mine", "--offline")
    assert "left mine/pelicanconf.py as it is" in told
    assert (tmp_path / "mine/pelicanconf.py").read_text() == "mine"
    assert (tmp_path / "mine/.github/workflows/publish.yml").is_file()
