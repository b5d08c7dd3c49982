"""The installed package by itself: a wheel carries all that a new digest needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as its wheel installs it."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def _run(installed: Path, folder: Path, *arguments: str) -> str:
    program = "from broadsheet.cli import main; main()"
    made = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return made.stdout


def test_a_new_digest_builds_with_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    _run(installed, tmp_path, "init", "mine", "--offline")
    folder = tmp_path / "mine"
    assert "5 published" in _run(installed, folder, "import")
    assert _run(installed, folder, "build").startswith("5 papers")
    assert "My digest" in (folder / "output/index.html").read_text("utf-8")
    assert (folder / "output/theme/js/vendor/lunr.js").is_file()
    assert (folder / "output/theme/css/main.css").is_file()
    again = _run(installed, folder, "build")
    assert " 0 written" in again


def test_a_wheel_holds_no_tests_and_no_content_of_ours(installed: Path) -> None:
    names = {path.relative_to(installed).as_posix() for path in installed.rglob("*")}
    assert "broadsheet/theme/templates/base.html" in names
    assert "broadsheet/content/topics.yml" in names
    assert "broadsheet/py.typed" in names
    assert "broadsheet/locale/messages/ar.po" in names
    assert "broadsheet/requirements/libraries.txt" in names
    assert "broadsheet/templates/github/dot-github/workflows/check.yml" in names
    assert not any(name.startswith(("tests", "seeds", "broadsheet/content/2")) for name in names)


def test_init_overwrites_nothing(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/pelicanconf.py").write_text("mine")
    told = _run(installed, tmp_path, "init", "mine", "--offline")
    assert "left mine/pelicanconf.py as it is" in told
    assert (tmp_path / "mine/pelicanconf.py").read_text() == "mine"
    assert (tmp_path / "mine/.github/workflows/publish.yml").is_file()
