"""`broadsheet doctor`: what a new digest lacks until it is ready, and its exit code."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import main
from broadsheet.doctor import ask
from broadsheet.errors import FetchError


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args), catch_exceptions=False)


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for role in ("AUTHOR", "COMMITTER"):
        for part in ("NAME", "EMAIL"):
            monkeypatch.setenv(f"GIT_{role}_{part}", "a@ada.net")
    run("init", ".", "--name", "Post", "--repository", "https://github.com/ada/post")
    return tmp_path


def git(*args: str) -> None:
    subprocess.run(["git", *args], check=True, capture_output=True)


def test_a_new_digest_is_led_to_being_ready(digest: Path) -> None:
    result = run("doctor")
    assert result.exit_code == 1
    assert "needed: this folder is no git repository\n    Run `git init" in result.stdout
    assert "4 things are needed" in result.stdout
    assert "Remove seeds/2026-01-05.example.txt.\n" in result.stdout  # it is not imported yet
    git("init", "-q", "-b", "main")
    git("init", "-q", "--bare", str(digest.parent / "origin.git"))
    git("remote", "add", "origin", str(digest.parent / "origin.git"))
    Path("seeds/2026-01-05.example.txt").unlink()
    Path("content/2026/03/02").mkdir(parents=True)
    Path("content/2026/03/02/day.yml").write_text("date: 2026-03-02\nlistings: []\npapers: []\n")
    Path("content/pages/about.md").write_text("Title: About\n\nAda makes it.\n")
    git("add", "-A")
    git("commit", "-qm", "One")
    git("push", "-q", "-u", "origin", "main")
    result = run("doctor")
    assert result.exit_code == 0, result.stdout
    assert "needed:" not in result.stdout
    assert "nothing needed is missing here; what is unseen is at the host" in result.stdout


@pytest.mark.usefixtures("digest")
def test_machines_get_json() -> None:
    rows = json.loads(run("doctor", "--format", "json").stdout)
    assert {row["level"] for row in rows} == {"needed", "advised", "unseen"}
    assert all(row["what"] and row["remedy"] for row in rows)


@pytest.mark.usefixtures("digest")
def test_settings_that_fail_are_told_and_the_rest_too() -> None:
    Path("pelicanconf.py").write_text("TIMEZONE = 1 / 0\n")
    result = run("doctor")
    assert result.exit_code == 1
    assert "needed: pelicanconf.py can't be read: ZeroDivisionError" in result.stdout
    assert "needed: this folder is no git repository" in result.stdout


@pytest.mark.usefixtures("digest")
def test_online_asks_and_says_what_it_could_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> object:
        raise FetchError("`gh` is not installed")

    monkeypatch.setattr(ask, "github", refuse)
    monkeypatch.setattr(ask, "answers", lambda url: "it answers with 404")
    result = run("doctor", "--online")
    assert "unseen: what GitHub has set: `gh` is not installed" in result.stdout
    assert "the site does not answer at https://ada.github.io/post/: it answers" in result.stdout
    monkeypatch.setattr(ask, "github", lambda path: None)
    assert "needed: GitHub has no repository ada/post" in run("doctor", "--online").stdout
