"""The build's benchmark on a few papers: that it runs and tells; no time is asserted."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest

import build
import corpus
import hugo
import measure
import performance
import subscriptions
from broadsheet.subscriptions import loader
from tests.digests import ROOT


@pytest.fixture(autouse=True)
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up papers, and a folder of the test's own."""
    monkeypatch.delenv("BROADSHEET_DATA", raising=False)
    monkeypatch.setattr(build, "BENCH", tmp_path / "bench")
    monkeypatch.setattr(performance, "PATH", tmp_path / "performance.md")


def test_papers_are_as_many_as_asked_for_and_later_days_follow() -> None:
    days = corpus.papers(130)
    assert sum(map(len, days.values())) == 130
    assert [len(entries) for entries in corpus.later(130, days=2, size=40).values()] == [40, 40]
    assert min(corpus.later(130)) > max(days)
    titles = [entry.title for entries in days.values() for entry in entries]
    later = [entry.title for entries in corpus.later(130).values() for entry in entries]
    assert len({*titles, *later}) == 130 + 700


def test_papers_of_another_printing_have_other_titles_and_no_arxiv_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"id": "2501.00001", "date": "2025-01-02", "title": "Steps", "abstract": "We step.",
           "authors": ["Ada Example"], "categories": ["cs.LG"]}  # fmt: skip
    with lzma.open(tmp_path / "papers.jsonl.xz", "wt") as file:
        file.write(json.dumps(row) + "\n")
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path))
    days = corpus.papers(3)
    entries = [entry for listed in days.values() for entry in listed]
    assert [entry.title for entry in entries] == [
        "Steps (printing 3)", "Steps (printing 2)", "Steps",
    ]  # fmt: skip
    assert [entry.arxiv for entry in entries] == [None, None, "2501.00001"]
    assert len(days) == 3


@pytest.mark.soak
def test_first_builds_and_daily_builds_are_measured_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build.main(
        ["--only", "first,daily,growth", "--papers", "30", "--archive", "30", "--growth", "30",
         "--runs", "1", "--write"]
    )  # fmt: skip
    told = capsys.readouterr().out
    page = performance.PATH.read_text("utf-8")
    for heading in ("First builds", "Daily builds", "Growth"):
        assert f"## {heading}" in told
        assert f"<!-- {heading.lower()} -->" in page
    rows = {line.split("|")[1].strip(): line for line in page.splitlines() if "|" in line}
    assert {"Broadsheet", "Broadsheet, no search", "fresh checkout: build after it"} <= rows.keys()
    assert "30" in rows
    assert rows["nothing to do"].split("|")[4].strip().startswith("0 of ")
    assert rows["fresh checkout: nothing to do"].split("|")[4].strip().startswith("0 of ")
    assert not (tmp_path / "bench" / "work" / "restored-30").exists()


@pytest.mark.slow
def test_a_digest_is_used_again_until_its_makers_change(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build.digest(30)
    mark = folder / "content" / "mark"
    mark.touch()
    assert build.digest(30) == folder
    assert mark.exists()
    (folder / "made-by").write_text("an older importer")
    build.digest(30)
    assert not mark.exists()


@pytest.mark.slow
def test_hugo_gets_every_paper_day_and_topic(tmp_path: Path) -> None:
    source = build.digest(30)
    assert hugo.write(source / "content", tmp_path / "hugo") == 30
    papers = list((tmp_path / "hugo" / "content").glob("2*/*/*/*/[!_]*.md"))
    assert len(papers) == 30
    values, text = json.JSONDecoder().raw_decode(papers[0].read_text("utf-8"))
    assert values["url"].startswith("/papers/")
    assert values["topics"] == [papers[0].parent.name]
    assert len(values["authors"]) == 5
    assert papers[0].read_text("utf-8")[text:].strip().startswith("In this paper")


@pytest.mark.slow
def test_a_commands_memory_is_that_of_all_its_processes_together(tmp_path: Path) -> None:
    hold = "import time; held = b'x' * 60_000_000; time.sleep(0.7)"
    both = (
        "import subprocess, sys\n"
        f"subprocess.Popen([sys.executable, '-c', {hold!r}])\n"
        f"{hold}\nprint('done')"
    )
    # In a process of its own: what this one holds would count as the memory of its children.
    code = (
        "import sys, pathlib, measure\n"
        "run = measure.run([sys.executable, '-c', sys.argv[1]], pathlib.Path(sys.argv[2]))\n"
        "print(run.memory, run.output)"
    )
    made = subprocess.run(
        [sys.executable, "-c", code, both, tmp_path],
        env=os.environ | {"PYTHONPATH": str(ROOT / "benchmarks")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    memory, output = made.stdout.split()
    assert output == "done"
    assert 110_000_000 < int(memory) < 250_000_000


def test_a_failing_command_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(measure.CommandError, match="no such thing"):
        measure.run(["sh", "-c", "echo no such thing; exit 3"], tmp_path)


def test_a_text_replaces_what_stood_between_its_marks_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# P\n\nProse.\n\n<!-- a -->\nold\n<!-- /a -->\n\nMore.\n")
    performance.put("a", "new", page)
    performance.put("b", "another", page)
    performance.put("b", "once more", page)
    assert page.read_text() == (
        "# P\n\nProse.\n\n<!-- a -->\nnew\n<!-- /a -->\n\nMore.\n\n"
        "<!-- b -->\nonce more\n<!-- /b -->\n"
    )


@pytest.mark.soak
def test_days_with_subscriptions_are_measured_beside_days_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build.main(["--only", "subscriptions", "--archive", "60", "--subscriptions", "9",
                "--runs", "1", "--write"])  # fmt: skip
    told = capsys.readouterr().out
    assert "| 9 " in told
    assert "Subscriptions slow a day by" in told
    assert "<!-- subscriptions -->" in (tmp_path / "performance.md").read_text()
    assert not list((tmp_path / "bench" / "work").glob("*followed"))


def test_subscriptions_are_the_same_each_time_and_can_be_read(tmp_path: Path) -> None:
    corpus.write(corpus.papers(60), tmp_path)
    root = tmp_path / "content"
    subscriptions.write(40, root)
    files = sorted((root / "subscriptions").iterdir())
    first = [path.read_bytes() for path in files]
    assert len(loader.read(root)) == 40
    subscriptions.write(40, root)
    assert [path.read_bytes() for path in files] == first
