"""Reclassifying: what no person touched follows the vocabulary, all else stays and is told."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.cli import main
from broadsheet.content import ledger, pages
from broadsheet.curate import ContentState
from broadsheet.curate.bulk import reclassify as core
from broadsheet.importer import run as import_listings
from broadsheet.papers import Paper
from broadsheet.topics import parse_vocabulary
from tests.digests import Digest
from tests.importer.world import TAGS, TOPICS, WORKS, entry, rows

DAY = "content/2025/08/08"
NEW_TOPICS = (
    TOPICS.replace("convex", "dash")
    + """\
  - slug: replies
    name: Replies
    words: {3.0: [reply, valley]}
"""
)


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    """A day of imported papers: 2508.00002, on-flat-valleys and 2508.00008 in optimization by the
    word "convex", counting-pixels in vision, and 2508.00005 waiting there."""
    made = Digest(tmp_path)
    for path in ("2025/08/07/optimization.md", "2025/08/07/day.yml", "2025/08/08/vision.md"):
        (made.folder / "content" / path).unlink()
    made.write("content/topics.yml", TOPICS)
    made.write("content/tags.yml", TAGS)
    made.write("content/intake.yml", "exclude:\n- words: title:cameras\n")
    made.write(
        "seeds/2025-08-08.a.jsonl", rows([entry(WORKS[n], upvotes=n) for n in (1, 2, 3, 4, 7)])
    )
    import_listings([made.folder / "seeds/2025-08-08.a.jsonl"], made.folder / "content")
    monkeypatch.chdir(tmp_path)
    return made


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args), catch_exceptions=False)


def where(digest: Digest) -> dict[str, str]:
    found = {}
    for path in sorted((digest.folder / "content").glob("20*/*/*/*.md")):
        page = pages.parse(path.read_text("utf-8"))
        for one in page.papers:
            assert one.id not in found
            found[one.id] = str(dict(one.extra).get("topic", page.topic))
    return found


def state(digest: Digest) -> dict[str, bytes]:
    return {
        path.as_posix(): path.read_bytes()
        for path in sorted((digest.folder / "content").rglob("*"))
        if path.is_file()
    }


def test_untouched_papers_follow_the_vocabulary(digest: Digest) -> None:
    before = where(digest)
    assert run("reclassify").output.startswith("0 of 5 papers to another topic")
    digest.write("content/topics.yml", NEW_TOPICS.replace("camera", "frame"))
    digest.write(
        "content/tags.yml", TAGS + "  - slug: counts\n    name: Counting\n    kind: task\n"
    )
    shown, old = run("reclassify"), state(digest)
    assert state(digest) == old
    assert "2508.00002: optimization -> replies\n" in shown.output
    assert "2 of 5 papers to another topic, 1 to other tags alone; 0 left" in shown.output
    assert "nothing is written yet" in shown.output
    written = run("reclassify", "--write")
    assert written.exit_code == 0
    after = where(digest)
    assert set(after) == set(before)
    assert {key for key in after if after[key] != before[key]} == {"2508.00002", "on-flat-valleys"}
    assert after["2508.00002"] == after["on-flat-valleys"] == "replies"
    assert pages.parse(digest.read(f"{DAY}/vision.md")).papers[0].tags == ("counts",)
    assert all(one.updated is None for one in pages.parse(digest.read(f"{DAY}/replies.md")).papers)
    assert run("check").exit_code == 0
    assert run("reclassify").output.startswith("0 of 5 papers")
    digest.write("seeds/2025-08-08.b.jsonl", rows([entry(WORKS[2], upvotes=50)]))
    import_listings([digest.folder / "seeds/2025-08-08.b.jsonl"], digest.folder / "content")
    assert where(digest) == after
    assert "upvotes: 50" in digest.read(f"{DAY}/replies.md")
    (digest.folder / "seeds/2025-08-08.b.jsonl").unlink()


def test_undo_takes_a_reclassification_back(digest: Digest) -> None:
    digest.write("content/topics.yml", NEW_TOPICS)
    before = state(digest)
    assert run("reclassify", "--write").exit_code == 0
    assert state(digest) != before
    assert run("undo").exit_code == 0
    assert state(digest) == before


def test_what_people_touched_is_left_and_told(digest: Digest) -> None:
    run("note", "2508.00002", "Read it.")
    run("move", "on-flat-valleys", "--date", "2025-08-09")
    page = digest.folder / DAY / "optimization.md"
    page.write_text(page.read_text().replace("convex dash", "convex, dash"))
    digest.write("content/topics.yml", NEW_TOPICS.replace("dash", "lash"))
    before = where(digest)
    said = run("reclassify", "--write").output
    assert where(digest) == before
    assert "2508.00002: optimization -> replies (a person edited it)" in said
    assert "2508.00008: optimization -> other (a person edited it)" in said
    assert "on-flat-valleys: optimization -> replies (a person edited it)" in said
    assert "3 left as they are" in said


def test_a_paper_that_was_picked_is_left_and_not_called_edited(digest: Digest) -> None:
    ledger = digest.read(f"{DAY}/day.yml")
    digest.write(f"{DAY}/day.yml", re.sub(r', "written": "\w+"', "", ledger))  # as a pick does
    digest.write("content/topics.yml", NEW_TOPICS)
    said = run("reclassify").output
    assert "2508.00002: optimization -> replies (a person picked, added or wrote it)" in said
    assert "edited it" not in said


def test_a_section_that_was_moved_by_hand_is_left(digest: Digest) -> None:
    def git(*args: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@x.example", *args], check=True
        )

    git("init", "-q", ".")
    git("add", "content")
    git("commit", "-qm", "x")
    old = digest.folder / DAY / "optimization.md"
    text = old.read_text()
    section = (
        "## On flat valleys" + text.partition("## On flat valleys")[2].partition("\n## ")[0] + "\n"
    )
    old.write_text(text.replace(section, ""))
    page = digest.folder / DAY / "vision.md"
    page.write_text(page.read_text() + "\n" + section)
    digest.write("content/topics.yml", NEW_TOPICS)
    said = run("reclassify", "--write").output
    assert where(digest)["on-flat-valleys"] == "vision"
    assert "on-flat-valleys: vision -> replies (its words never led there" in said
    assert where(digest)["2508.00002"] == "replies"
    assert run("reclassify", "--write", "--moved", "on-flat-valleys").exit_code == 0
    assert where(digest)["on-flat-valleys"] == "replies"


def test_days_and_papers_can_be_named(digest: Digest) -> None:
    digest.write("content/topics.yml", NEW_TOPICS)
    assert "1 of 1 paper to another topic" in run("reclassify", "2508.00002").output
    assert "of 5 papers" in run("reclassify", "2025-08-08").output
    assert "of 0 papers" in run("reclassify", "2025-08-07").output
    assert run("reclassify", "nobody").exit_code == 1


def test_papers_that_wait_wait_for_the_new_topic(digest: Digest) -> None:
    digest.write("content/topics.yml", TOPICS.replace("camera", "lens"))
    assert "2508.00005: vision -> other, where it waits" in run("reclassify", "--write").output
    assert where(digest)["2508.00005"] == "other"
    row = ledger.parse(digest.read(f"{DAY}/day.yml")).row("2508.00005")
    assert row is not None
    assert row.status == "waiting"
    assert run("check").exit_code == 0


def test_retired_papers_never_come_back_and_addresses_lead_on(digest: Digest) -> None:
    digest.write("content/2025/08/09/day.yml", "date: 2025-08-09\nlistings: []\npapers: []\n")
    run("retire", "2508.00002")
    run("decline", "2508.00005")
    digest.write("content/topics.yml", TOPICS.replace("pixel, camera", "lens"))
    assert run("reclassify", "--write").exit_code == 0
    assert set(where(digest)) == {"on-flat-valleys", "counting-pixels", "2508.00008"}
    assert not (digest.folder / DAY / "vision.md").exists()
    lead = digest.read("content/redirects.yml")
    assert '{"from": "2025/08/08/vision/", "to": "2025/08/08/"}' in lead
    assert '{"from": "topics/vision/", "to": "topics/"}' in lead
    assert run("check").exit_code == 0
    import_listings([digest.folder / "seeds/2025-08-08.a.jsonl"], digest.folder / "content")
    assert set(where(digest)) == {"on-flat-valleys", "counting-pixels", "2508.00008"}


WORDS = st.sampled_from(["gradient", "convex", "pixel", "camera", "other"])
ROWS = st.lists(
    st.tuples(st.integers(1, 2), WORDS, st.sampled_from(["optimization", "vision"]), st.booleans()),
    min_size=1, max_size=6,
)  # fmt: skip


@given(ROWS)
def test_no_reclassification_changes_the_set_of_papers(
    some: list[tuple[int, str, str, bool]],
) -> None:
    texts: dict[str, str] = {}
    by_day: dict[int, list[ledger.PaperStatus]] = {}
    for n, (number, word, topic, touched) in enumerate(some):
        day = date(2025, 8, number)
        section = pages.format_section(
            Paper(id=f"p{n}", title=f"A {word}", abstract=f"One {word}.")
        )
        path = f"2025/08/0{number}/{topic}.md"
        heading = pages.PageHeading(topic.title(), day, topic)
        texts[path] = texts.get(path, pages.format_page(heading, ())) + "\n" + section
        by_day.setdefault(number, []).append(
            ledger.PaperStatus(
                id=f"p{n}", title="A", status="published",
                written=None if touched else ledger.section_hash(section),
            )
        )  # fmt: skip
    for number, rows_of in by_day.items():
        made = ledger.Ledger(date=date(2025, 8, number), statuses=tuple(rows_of))
        texts[f"2025/08/0{number}/day.yml"] = ledger.format(made)
    state = ContentState(texts=texts, vocabulary=parse_vocabulary(TOPICS, TAGS))
    change = core.reclassify(state, core.survey(state, lambda day, key: True))
    merged = {path: text for path, text in {**texts, **change.writes}.items() if text is not None}
    before, after = placed(texts), placed(merged)
    assert set(before) == set(after)
    for n, (_, _, _, touched) in enumerate(some):
        assert before[f"p{n}"][0] == after[f"p{n}"][0]
        assert not touched or before[f"p{n}"] == after[f"p{n}"]
    again = ContentState(texts=merged, vocabulary=state.vocabulary)
    assert not core.survey(again, lambda day, key: True).changes


def placed(texts: dict[str, str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for path, text in texts.items():
        if path.endswith(".md"):
            page = pages.parse(text, file=path)
            for one in page.papers:
                assert one.id not in found
                found[one.id] = (path[:10], page.topic)
    return found
