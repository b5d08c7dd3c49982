"""`broadsheet fetch` at the command line."""

from __future__ import annotations

import json
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import main
from broadsheet.fetch import Context
from tests.digests import ROOT

from .conftest import Answer, Asked, FakeClock, Server, atom, feed, papers

DAILY = "/api/daily_papers"


@pytest.fixture
def run(server: Server, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("broadsheet.fetch.Context", partial(Context, clock=clock.clock))

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["fetch", *arguments, "--base-url", server.url])

    return call


def settings(*sources: object, **more: object) -> None:
    rows = {"BROADSHEET_SOURCES": list(sources), "BROADSHEET_ENRICH": False, **more}
    lines = [f"{name} = {value!r}\n" for name, value in rows.items()]
    Path("pelicanconf.py").write_text("".join(lines), "utf-8")


def written(folder: Path) -> list[str]:
    """The captures in a folder, without their times."""
    return sorted(
        ".".join(path.name.split(".")[:-2]) for path in folder.glob("seeds/*") if path.is_file()
    )


def test_a_days_papers_go_into_seeds(server, run, tmp_path):
    server.says(DAILY, Answer(papers(1, 2)))
    result = run("huggingface", "--date", "2025-12-01")
    assert result.exit_code == 0
    assert written(tmp_path) == ["2025-12-01.huggingface"]
    assert "huggingface 2025-12-01: 2 papers, written to seeds" in result.output
    assert (tmp_path / ".broadsheet" / "fetch.json").exists()


def test_without_dates_it_is_today_and_the_last_days_again(server, run):
    server.says(DAILY, Answer(papers(1)))
    assert run("huggingface").exit_code == 0
    assert [asked.query["date"] for asked in server.asked] == [
        "2025-11-29", "2025-11-30", "2025-12-01", "2025-12-02",
    ]  # fmt: skip


def test_how_many_days_are_asked_again_can_be_said(server, run):
    server.says(DAILY, Answer(papers(1)))
    assert run("huggingface", "--again", "0").exit_code == 0
    assert [asked.query["date"] for asked in server.asked] == ["2025-12-02"]


def test_another_folder_and_a_contact_can_be_named(server, run, tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_CONTACT", "me@digest.example")
    server.says("/rss/cs.LG", Answer(feed(date(2025, 12, 1), 1)))
    result = run("arxiv", "--category", "cs.LG", "--seeds", "raw", "--again", "1")
    assert result.exit_code == 0
    assert len(list((tmp_path / "raw").iterdir())) == 1
    assert "me@digest.example" in server.asked[0].headers["User-Agent"]


def test_failure_is_told_in_a_line_and_exits_with_1(server, run, tmp_path):
    server.says(DAILY, Answer(status=404))
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
        ["huggingface", "--again", "1000"],
        ["arxiv"],
        ["feed"],
        ["--again", "2", "huggingface"],
        ["--seeds", "raw", "arxiv", "--category", "cs.LG"],
    ],
)
def test_wrong_usage_exits_with_2(run, arguments):
    assert run(*arguments).exit_code == 2


# All sources of the settings


def test_alone_it_fetches_from_all_sources_of_the_settings(server, run, tmp_path):
    settings(
        {"source": "huggingface"},
        {"source": "arxiv", "categories": ["cs.LG", "cs.CL"]},
        {"source": "feed", "url": f"{server.url}/blog.xml", "name": "blog"},
        BROADSHEET_FETCH_AGAIN=0,
    )
    server.says(DAILY, Answer(papers(1, 2)))
    for category in ("cs.LG", "cs.CL"):
        server.says(f"/rss/{category}", Answer(feed(date(2025, 12, 2), 3)))
    server.says("/blog.xml", Answer(feed(date(2025, 12, 2), 4)))
    result = run()
    assert result.exit_code == 0, result.output
    assert written(tmp_path) == [
        "2025-12-02.arxiv.cs.CL", "2025-12-02.arxiv.cs.LG",
        "2025-12-02.blog", "2025-12-02.huggingface",
    ]  # fmt: skip


def test_without_the_setting_it_is_hugging_face(server, run, tmp_path):
    Path("pelicanconf.py").write_text("BROADSHEET_FETCH_AGAIN = 0\n", "utf-8")
    server.says(DAILY, Answer(papers(1, 2)))
    assert run().exit_code == 0
    assert written(tmp_path) == ["2025-12-02.huggingface"]


def test_a_source_that_fails_leaves_the_others_and_is_named_at_the_end(server, run, tmp_path):
    settings(
        {"source": "feed", "url": f"{server.url}/gone.xml", "name": "gone"},
        {"source": "arxiv", "categories": ["cs.LG"]},
        {"source": "huggingface"},
    )
    server.says("/rss/cs.LG", Answer(b"<html><title>We are down</title></html>"))
    server.says("/api/query", Answer(status=404))
    server.says(DAILY, Answer(papers(1)))
    result = run("--again", "0")
    assert result.exit_code == 1
    assert written(tmp_path) == ["2025-12-02.huggingface"]
    told = result.stderr.splitlines()
    assert len(told) == 3
    assert "answers 404" in told[0]
    assert "We are down" in told[1]
    assert told[2] == "failed: gone; arxiv cs.LG (2 of 3 sources)"


def test_a_bug_in_one_source_leaves_the_others(server, run, tmp_path, monkeypatch):
    settings({"source": "arxiv", "categories": ["cs.LG"]}, {"source": "huggingface"})

    def broken(*_: object) -> None:
        raise ZeroDivisionError("no day has zero hours")

    monkeypatch.setattr("broadsheet.fetch.sources.arxiv._feed", broken)
    server.says(DAILY, Answer(papers(1)))
    result = run("--again", "0")
    assert result.exit_code == 1
    assert "unexpected ZeroDivisionError" in result.stderr
    assert written(tmp_path) == ["2025-12-02.huggingface"]


def test_days_can_be_named_for_all_sources(server, run, tmp_path):
    settings(
        {"source": "feed", "url": f"{server.url}/blog.xml", "name": "blog"},
        {"source": "huggingface"},
    )
    server.says(DAILY, Answer(papers(1)))
    result = run("--date", "2025-12-01")
    assert result.exit_code == 0
    assert "blog 2025-12-01: a feed shows its newest papers alone" in result.output
    assert written(tmp_path) == ["2025-12-01.huggingface"]


def test_settings_without_a_source_are_an_error(run):
    settings()
    result = run()
    assert result.exit_code == 1
    assert "BROADSHEET_SOURCES = []" in result.stderr


def test_a_digest_whose_day_fills_up_gets_the_late_papers(server, run, clock, tmp_path):
    """The next day's run asks again, the import marks what is late, and nothing is kept twice."""
    settings({"source": "huggingface"})
    shutil.copytree(ROOT / "content", "content", ignore=shutil.ignore_patterns("2025", "pages"))
    listed = {"2025-12-02": [1, 2]}

    def answer(asked: Asked) -> Answer:
        return Answer(papers(*listed.get(asked.query["date"], [])))

    server.on(DAILY, answer)
    assert run().exit_code == 0
    imported = CliRunner().invoke(main, ["import"])
    assert "2 listed, 2 published (" in imported.stdout, imported.output
    listed["2025-12-02"].append(3)
    listed["2025-12-03"] = [4]
    for _ in range(2):
        clock.later(hours=24)
        assert run().exit_code == 0
    assert written(tmp_path) == ["2025-12-02.huggingface"] * 2 + ["2025-12-03.huggingface"]
    imported = CliRunner().invoke(main, ["import"])
    assert "3 listed, 1 published, 1 late, 2 known (" in imported.stdout
    ledger = (tmp_path / "content/2025/12/02/day.yml").read_text("utf-8")
    assert '"late": "2025-12-03T09:30Z"' in ledger
    assert ledger.count('"late"') == 1


# arXiv


def test_a_day_that_was_missed_is_asked_for_and_one_that_is_held_is_not(server, run, tmp_path):
    settings({"source": "arxiv", "categories": ["cs.LG"]})
    server.says("/rss/cs.LG", Answer(feed(date(2025, 12, 1), 1)))
    server.says("/api/query", Answer(atom(2)))
    assert run("--again", "4").exit_code == 0
    # Monday's announcement is in the feed; the weekend has none; Friday's was missed.
    assert written(tmp_path) == ["2025-11-28.arxiv.cs.LG", "2025-12-01.arxiv.cs.LG"]
    assert [asked.path for asked in server.asked] == ["/rss/cs.LG", "/api/query"]


def test_words_are_asked_for_in_the_query(server, run, tmp_path):
    server.says("/api/query", Answer(atom(2)))
    result = run("arxiv", "-c", "cs.LG", "-w", "diffusion", "-w", "state space", "--again", "0")
    assert result.exit_code == 0, result.output
    (asked,) = server.asked
    assert asked.query["search_query"].startswith("cat:cs.LG AND submittedDate:[")
    assert asked.query["search_query"].endswith(
        ' AND (ti:"diffusion" OR abs:"diffusion" OR ti:"state space" OR abs:"state space")'
    )
    assert written(tmp_path) == ["2025-12-02.arxiv.cs.LG"]


def test_no_paper_with_a_word_is_no_trouble_and_nothing_is_kept(server, run, tmp_path):
    server.says("/api/query", Answer(atom()))
    result = run("arxiv", "-c", "cs.LG", "-w", "diffusion")
    assert result.exit_code == 0
    assert len(server.asked) == 2  # today and yesterday: the days before are a weekend
    assert written(tmp_path) == []


# Feeds


def test_a_feed_is_kept_as_served_and_only_for_new_papers(server, run, clock, tmp_path):
    first = feed(date(2025, 12, 2), 1, 2).replace(b"pubDate", b"language")
    same = first.replace(b"<item>", b"\n<item>")
    more = first.replace(b"number 2", b"number 3").replace(b"00002", b"00003")
    server.says("/feed", Answer(first), Answer(same), Answer(more))
    for expected in (1, 1, 2):
        assert run("feed", f"{server.url}/feed", "--name", "things").exit_code == 0
        assert len(written(tmp_path)) == expected
        clock.later(hours=24)
    names = sorted(path.name for path in (tmp_path / "seeds").iterdir())
    assert names == [
        "2025-12-02.things.20251202T093000Z.xml", "2025-12-04.things.20251204T093000Z.xml",
    ]  # fmt: skip
    assert (tmp_path / "seeds" / names[0]).read_bytes() == first


def test_a_feed_is_kept_under_the_day_that_it_names_unless_its_date_is_not_kept_up(
    server, run, tmp_path
):
    for name, day in (("fresh", date(2025, 12, 1)), ("stale", date(2019, 5, 6))):
        server.says(f"/{name}", Answer(feed(day, 1)))
        assert run("feed", f"{server.url}/{name}", "--name", name).exit_code == 0
    assert written(tmp_path) == ["2025-12-01.fresh", "2025-12-02.stale"]


def test_a_feed_in_json_is_told_by_its_first_character(server, run, tmp_path):
    body = json.dumps([{"title": "A paper", "abstract": "Of things."}]).encode()
    server.says("/feed", Answer(body))
    assert run("feed", f"{server.url}/feed", "--name", "things").exit_code == 0
    (path,) = (tmp_path / "seeds").iterdir()
    assert path.suffix == ".json"
    assert path.read_bytes() == body


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("example.org/feed", "is not a feed's address"),
        ("ftp://example.org/feed", "is not a feed's address"),
        ("https://example.org/a feed", "is not a feed's address"),
        ("https://[::1/feed", "is not a feed's address"),
        ("http://example.org/feed", "expected an https address"),
        ("https://me:secret@example.org/feed", "has a password in its address"),
    ],
)
def test_what_is_no_feeds_address_is_refused(run, url, told):
    result = run("feed", url)
    assert result.exit_code == 1
    assert told in result.stderr
    assert "secret" not in result.stderr
