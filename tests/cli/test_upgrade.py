"""`broadsheet upgrade`: templates around a person's edits, shown first, and nothing lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import main
from broadsheet.errors import BroadsheetError
from broadsheet.scaffold import pin, templates
from broadsheet.scaffold.folder import Digest

FETCH = ".github/workflows/fetch.yml"
CHECK = ".github/workflows/check.yml"


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args), catch_exceptions=False)


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run("init", ".", "--name", "Post").exit_code == 0
    return tmp_path


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later Broadsheet: another hour of fetching, another Python, a file more, a file fewer."""
    before = templates.render

    def render(*args: Any, **kwargs: Any) -> dict[str, str]:
        files = before(*args, **kwargs)
        files[FETCH] = files[FETCH].replace('cron: "17 5 * * *"', 'cron: "3 5 * * *"')
        files[CHECK] = files[CHECK].replace('"3.12"', '"3.13"')
        files[".github/new.yml"] = "new: 1\n"
        del files[".github/dependabot.yml"]
        return files

    monkeypatch.setattr(templates, "render", render)
    monkeypatch.setattr(pin, "version", lambda: "9.9")


def edit(path: str, before: str, after: str) -> str:
    text = Path(path).read_text()
    assert before in text
    Path(path).write_text(text.replace(before, after))
    return Path(path).read_text()


def test_the_same_version_changes_nothing(digest: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in digest.rglob("*") if path.is_file()}
    result = run("upgrade")
    assert result.exit_code == 0
    assert "nothing to do\ntemplates are those of" in result.stdout
    assert before == {path: path.stat().st_mtime_ns for path in digest.rglob("*") if path.is_file()}


def test_a_digest_without_a_record_is_told_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("content").mkdir()
    Path("content/topics.yml").write_text("version: 1\ntopics: []\n")
    result = run("upgrade")
    assert (result.exit_code, "`broadsheet init .`" in result.stdout) == (0, True)


@pytest.mark.usefixtures("digest", "newer")
def test_newer_templates_come_around_edits() -> None:
    edit(FETCH, "timeout-minutes: 30", "timeout-minutes: 45 # mine")
    Path(".github/ISSUE_TEMPLATE/mistake.yml").unlink()
    result = run("upgrade")
    assert result.exit_code == 0, result.output
    text = Path(FETCH).read_text()
    assert 'cron: "3 5 * * *"' in text
    assert "timeout-minutes: 45 # mine" in text
    assert '+    - cron: "3 5 * * *"' in result.stdout
    assert f"{FETCH}: updated around your edits\n" in result.stdout
    assert f"{CHECK}: updated\n" in result.stdout
    assert "mistake.yml: removed by you" in result.stdout
    assert not Path(".github/ISSUE_TEMPLATE/mistake.yml").exists()
    assert Path(".github/new.yml").read_text() == "new: 1\n"
    assert "dependabot.yml: no longer one of" in result.stdout
    assert Path("requirements/broadsheet.txt").read_text() == "broadsheet==9.9\n"
    assert json.loads(Path(".broadsheet-templates.json").read_text())["version"] == "9.9"
    assert "nothing to do\n" in run("upgrade").stdout


@pytest.mark.usefixtures("digest", "newer")
def test_a_dry_run_shows_and_writes_nothing(digest: Path) -> None:
    before = {path: path.read_bytes() for path in digest.rglob("*") if path.is_file()}
    result = run("upgrade", "--dry-run")
    assert '+    - cron: "3 5 * * *"' in result.stdout
    assert "nothing was written" in result.stdout
    assert before == {path: path.read_bytes() for path in digest.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("digest", "newer")
def test_a_conflict_leaves_the_file_and_is_settled_once() -> None:
    mine = edit(FETCH, 'cron: "17 5 * * *"', 'cron: "30 6 * * *"')
    result = run("upgrade")
    assert result.exit_code == 1
    assert "1 file with a conflict to settle" in result.stderr
    assert Path(FETCH).read_text() == mine
    beside = Path(f"{FETCH}.conflict")
    assert '<<<<<<< yours\n    - cron: "30 6 * * *"' in beside.read_text()
    assert run("upgrade").exit_code == 1
    assert "conflict to settle" in run("doctor").stdout
    beside.unlink()
    assert run("upgrade").exit_code == 0
    assert Path(FETCH).read_text() == mine


@pytest.mark.usefixtures("digest", "newer")
def test_settings_are_merged_too_and_an_interrupted_run_is_completed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = edit("pelicanconf.py", 'TIMEZONE = "UTC"', 'TIMEZONE = "Europe/Berlin"')
    whole = Digest._write
    count = iter(range(2))

    def cut(self: Digest, path: str, text: str) -> None:
        if next(count, None) is None:
            raise BroadsheetError("the disk is full")
        whole(self, path, text)

    monkeypatch.setattr(Digest, "_write", cut)
    assert run("upgrade").exit_code == 1
    monkeypatch.setattr(Digest, "_write", whole)
    assert run("upgrade").exit_code == 0
    assert 'cron: "3 5 * * *"' in Path(FETCH).read_text()
    assert Path("pelicanconf.py").read_text() == settings
    assert list(Path().rglob("*.conflict")) == []


@pytest.mark.usefixtures("digest")
def test_a_damaged_record_is_named() -> None:
    Path(".broadsheet-templates.json").write_text("{")
    result = run("upgrade")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: .broadsheet-templates.json: can't be read")


def test_a_digest_that_had_all_formats_keeps_their_addresses(digest: Path) -> None:
    """As written by a Broadsheet that knew no choice: neither record nor settings name formats."""
    names = ("BROADSHEET_FEED_FORMATS = ", "BROADSHEET_EXPORT_FORMATS = ")
    settings, path = digest / "pelicanconf.py", digest / ".broadsheet-templates.json"
    assert '\nBROADSHEET_FEED_FORMATS = ["atom"]\n' in settings.read_text()
    older = [line for line in settings.read_text().splitlines(True) if not line.startswith(names)]
    settings.write_text("".join(older))
    record = json.loads(path.read_text())
    record["files"]["pelicanconf.py"]["base"] = older
    for name in ("feed_formats", "export_formats"):
        del record["answers"][name]
    path.write_text(json.dumps(record))
    for _ in range(2):
        assert run("upgrade", "--yes").exit_code == 0
        values: dict[str, Any] = {}
        exec(settings.read_text(), values)
        assert values["BROADSHEET_FEED_FORMATS"] == ["rss", "atom", "json"]
        assert values["BROADSHEET_EXPORT_FORMATS"] == ["json", "bib", "ris", "md"]
    path.unlink()
    settings.write_text("".join(older))
    assert run("init", ".").exit_code == 0
    assert json.loads(path.read_text())["answers"]["feed_formats"] == ["rss", "atom", "json"]
