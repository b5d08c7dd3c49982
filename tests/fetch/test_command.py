"""`broadsheet fetch` at the command line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli.fetch import fetch

from .conftest import Answer, Server, feed, papers


@pytest.fixture
def run(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Result:
        # The command has the real clock: tests here make no second request.
        (tmp_path / ".broadsheet" / "fetch.json").unlink(missing_ok=True)
        return CliRunner().invoke(fetch, [*arguments, "--base-url", server.url])

    return call


def test_a_days_papers_go_into_seeds(server, run, tmp_path):
    server.says("/api/daily_papers", Answer(papers(1, 2)))
    result = run("huggingface", "--date", "2025-12-01")
    assert result.exit_code == 0
    (path,) = (tmp_path / "seeds").iterdir()
    assert path.name.startswith("2025-12-01.huggingface.")
    assert "huggingface 2025-12-01: 2 papers, written to seeds/2025-12-01." in result.output
    assert (tmp_path / ".broadsheet" / "fetch.json").exists()


def test_without_dates_it_is_today(server, run):
    server.says("/api/daily_papers", Answer(papers(1)))
    before = datetime.now(UTC).date()
    assert run("huggingface").exit_code == 0
    asked = date.fromisoformat(server.asked[0].query["date"])
    assert timedelta(0) <= asked - before <= timedelta(days=1)


def test_another_folder_and_a_contact_can_be_named(server, run, tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_CONTACT", "me@digest.example")
    server.says("/rss/cs.LG", Answer(feed(date(2025, 12, 1), 1)))
    result = run("arxiv", "--category", "cs.LG", "--seeds", "raw")
    assert result.exit_code == 0
    assert len(list((tmp_path / "raw").iterdir())) == 1
    assert "me@digest.example" in server.asked[0].headers["User-Agent"]


def test_failure_is_told_in_a_line_and_exits_with_1(server, run, tmp_path):
    server.says("/api/daily_papers", Answer(status=404))
    result = run("huggingface", "--date", "2025-12-01")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {server.url}/api/daily_papers?date=2025-12-01")
    assert "answers 404" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "seeds").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["huggingface", "--date", "2025-12-01", "--since", "2025-12-01"],
        ["huggingface", "--date", "yesterday"],
        ["arxiv"],
    ],
)
def test_wrong_usage_exits_with_2(run, arguments):
    assert run(*arguments).exit_code == 2
