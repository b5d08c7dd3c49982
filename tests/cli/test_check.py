"""`broadsheet check` as a command: what it prints, and its exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import main
from tests.digests import Digest

IDLE = """\
  - slug: idle
    name: Idle
    kind: task
"""


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    made = Digest(tmp_path)
    made.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    monkeypatch.chdir(tmp_path)
    return made


def check(*args: str) -> Result:
    return CliRunner().invoke(main, ["check", *args], catch_exceptions=False)


def test_good_content_exits_with_0(digest: Digest) -> None:
    result = check()
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing to mend" in result.stderr


def test_unused_topics_and_tags_are_named_only_where_asked_for(digest: Digest) -> None:
    digest.write("content/tags.yml", digest.read("content/tags.yml") + IDLE)
    assert check().stdout == ""
    result = check("--unused")
    assert result.exit_code == 0
    assert "1 of 3 tags have no paper: idle [unused-tag]" in result.stdout


def test_errors_exit_with_1_and_warnings_do_not(digest: Digest) -> None:
    page = digest.read("content/2025/08/08/vision.md")
    digest.write("content/2025/08/08/vision.md", page.replace("[segmentation]", "[zebras]"))
    assert check().exit_code == 0
    digest.write("content/2025/08/08/vision.md", page.replace("08-08", "08-09"))
    result = check()
    assert result.exit_code == 1
    assert "content/2025/08/08/vision.md:3: error: date: 2025-08-09, but" in result.stdout


def test_json_holds_all_problems(digest: Digest) -> None:
    digest.write("content/2025/08/08/vision.md", "x")
    problems = json.loads(check("--format", "json").stdout)["problems"]
    assert [(one["line"], one["severity"]) for one in problems if one["kind"] == "page"] == [
        (1, "error")
    ]


def test_a_day_a_page_and_the_settings_can_be_named(digest: Digest) -> None:
    digest.write("content/2025/08/08/vision.md", "x")
    digest.set("TIMEZONE", "Moon/Base")
    assert check("content/2025/08/07").exit_code == 0
    assert check("content/2025/08/08/vision.md").exit_code == 1
    named = check("pelicanconf.py")
    assert named.exit_code == 1
    assert "pelicanconf.py:" in named.stdout
    assert "vision.md" not in named.stdout


def test_only_what_changed_since_a_commit(digest: Digest) -> None:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"} | {
        f"GIT_{role}_{part}": "a@example.org"
        for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
    }  # fmt: skip
    digest.write("content/2025/08/07/optimization.md", "broken before\n")
    subprocess.run(["git", "init", "-q"], check=True, env=env)
    assert "08/07/optimization.md" in check("--changed").stdout  # before the first commit: all
    for args in (["add", "-A"], ["commit", "-qm", "One"]):
        subprocess.run(["git", *args], check=True, env=env)
    assert "no content differs from HEAD" in check("--changed").output
    assert "no content differs" in check("--changed", "HEAD").output
    digest.write("content/2025/08/08/vision.md", "broken now\n")
    result = check("--changed", "HEAD")
    assert result.exit_code == 1
    assert "08/08/vision.md" in result.stdout
    assert "08/07" not in result.stdout


def test_a_corrected_title_is_told_against_a_commit(digest: Digest) -> None:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"} | {
        f"GIT_{role}_{part}": "a@example.org"
        for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
    }  # fmt: skip
    page = digest.read("content/2025/08/08/vision.md").replace("id: pixels-of-a-feather\n", "")
    digest.write("content/2025/08/08/vision.md", page)
    for args in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "One"]):
        subprocess.run(["git", *args], check=True, env=env)
    digest.write("content/2025/08/08/vision.md", page.replace("of a feather", "of a bird"))
    assert "[address]" not in check().stdout  # nothing says what it was
    result = check("--changed", "HEAD")
    assert result.exit_code == 1
    assert "vision.md:7: error: this paper's address was papers/pixels-of-a-feather/" in (
        result.stdout
    )
    shutil.rmtree(digest.folder / "content/2025/08/08")
    assert "content/2025/08/08/day.yml: warning: the day is gone" in check().stdout


def test_a_file_that_the_settings_do_not_name_is_told(digest: Digest) -> None:
    digest.write("content/notes/plan.md", "Title: Plan\n\nWords.\n")
    assert "content/notes/plan.md: warning: nothing reads this file" in check().stdout
    digest.set("PAGE_PATHS", ["pages", "notes"])
    assert "plan.md" not in check().stdout


def test_a_theme_without_templates_is_told_on_its_line(digest: Digest) -> None:
    digest.set("THEME", "content")
    result = check()
    assert result.exit_code == 1
    assert re.search(
        r"pelicanconf.py:[0-9]+: error: THEME = .*has no folder templates", result.stdout
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_settings_that_are_no_file_are_told(digest: Digest) -> None:
    settings = digest.folder / "pelicanconf.py"
    settings.unlink()
    os.mkfifo(settings)
    piped = check()
    settings.unlink()
    settings.symlink_to("nowhere.py")
    for result in (piped, check()):
        assert result.exit_code == 1
        assert "pelicanconf.py: error: can't be read" in result.stdout


def test_a_source_of_the_settings_that_is_wrong_is_told_on_its_line(digest: Digest) -> None:
    digest.set("BROADSHEET_SOURCES", [{"source": "arxiv", "category": "cs.LG"}])
    named = check("pelicanconf.py")
    assert named.exit_code == 1
    assert 'BROADSHEET_SOURCES (row 1): found the key "category"' in named.stdout
    assert "did you mean categories?" in named.stdout
