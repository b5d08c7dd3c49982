"""Importing files into a content folder."""

from __future__ import annotations

import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from broadsheet.content import disk, ledger
from broadsheet.content.ledger import DECLINED, PUBLISHED
from broadsheet.errors import ContentError, LedgerError, SiteError, VocabularyError
from broadsheet.importer import run
from broadsheet.io import files as files_on_disk

from .world import WORKS, entry, rows, vocabulary


@pytest.fixture
def root(tmp_path: Path) -> Path:
    vocabulary(tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def seed(tmp_path: Path):
    def put(name: str, *works: int, text: str | None = None) -> Path:
        file = tmp_path / name
        shown = rows([entry(WORKS[n]) for n in works]) if text is None else text
        file.write_text(shown, "utf-8")
        return file

    return put


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def statuses(root: Path, day: str = "2025/08/07"):
    text = (root / day / "day.yml").read_text("utf-8")
    return {record.id: record.status for record in ledger.parse(text).statuses}


def test_days_come_oldest_first_whatever_the_order_of_files(root, seed):
    later, earlier = seed("2025-08-07.a.jsonl", 0), seed("2025-08-05.a.jsonl", 0)
    outcome = run([later, earlier], root)
    assert [report.date.day for report in outcome.reports] == [5, 7]
    assert outcome.reports[1].duplicates == 1


def test_a_listing_whose_day_was_told_once_is_known_by_it(root, seed):
    file = seed("papers.jsonl", 0)
    assert not run([file], root, given=date(2025, 8, 7)).errors
    again = run([file, seed("others.jsonl", 1)], root)
    assert [(one.date, one.unchanged) for one in again.reports] == [(date(2025, 8, 7), True)]
    assert ["--date" in str(error) for error in again.errors] == [True]


def test_a_second_import_changes_no_byte(root, seed):
    seeds = [seed("2025-08-05.a.jsonl", 0, 3), seed("2025-08-07.a.jsonl", 2)]
    run(seeds, root)
    before = files(root)
    outcome = run(seeds, root)
    assert all(report.unchanged for report in outcome.reports)
    assert files(root) == before
    assert ".staging" not in {path.name for path in root.iterdir()}


def test_the_ledger_says_what_came_in(root, seed):
    run([seed("2025-08-07.arxiv.cs.LG.20250807T061500Z.jsonl", 0)], root)
    (imported,) = ledger.parse((root / "2025/08/07/day.yml").read_text()).listings
    assert (imported.source, imported.captured, imported.papers) == (
        "arxiv",
        "2025-08-07T06:15Z",
        1,
    )
    assert len(imported.sha256) == 64


def test_a_listing_that_cant_be_read_leaves_its_day_and_others_go_on(root, seed):
    bad = rows([entry(WORKS[0])]) + '{"title": "Broken'
    seeds = [seed("2025-08-05.a.jsonl", text=bad), seed("2025-08-07.a.jsonl", 2)]
    outcome = run(seeds, root)
    assert [str(error).split(":")[1] for error in outcome.errors] == ["2"]
    assert [report.date.day for report in outcome.reports] == [7]
    assert not (root / "2025/08/05").exists()


def test_a_page_of_the_day_that_cant_be_read_keeps_its_listing_out(root, seed):
    run([seed("2025-08-05.a.jsonl", 0, 2)], root)
    page = root / "2025/08/05/optimization.md"
    page.write_text(page.read_text().replace("authors: [", "upvotes: lots\nauthors: [", 1))
    before = files(root)
    outcome = run([seed("2025-08-05.b.jsonl", 0, 1), seed("2025-08-06.a.jsonl", 3)], root)
    assert "lots" in str(outcome.errors[0])
    assert [report.date.day for report in outcome.reports] == [6]
    assert {path: data for path, data in files(root).items() if "08/05" in path} == {
        path: data for path, data in before.items() if "08/05" in path
    }


def test_content_that_cant_be_looked_through_stops_the_run(root, seed):
    run([seed("2025-08-05.a.jsonl", 0)], root)
    page = root / "2025/08/05/optimization.md"
    page.write_text(page.read_text() + "\n```\nno end\n")
    with pytest.raises(ContentError, match="no end"):
        run([seed("2025-08-07.a.jsonl", 2)], root)
    assert not (root / "2025/08/07").exists()


def test_a_broken_ledger_of_another_day_stops_the_run(root, seed):
    run([seed("2025-08-05.a.jsonl", 0)], root)
    (root / "2025/08/05/day.yml").write_text("date: soon\n")
    with pytest.raises(LedgerError, match=r"2025/08/05/day.yml:1: .*soon"):
        run([seed("2025-08-07.a.jsonl", 2)], root)


def test_without_a_vocabulary_nothing_is_imported(root, seed):
    (root / "topics.yml").unlink()
    with pytest.raises(ContentError, match=r"topics.yml: can't be read"):
        run([seed("2025-08-07.a.jsonl", 0)], root)
    (root / "topics.yml").write_text("topics: 3\n")
    with pytest.raises(VocabularyError):
        run([seed("2025-08-07.a.jsonl", 0)], root)


def test_a_listing_without_a_day_takes_the_given_one(root, seed):
    outcome = run([seed("new.jsonl", 0)], root)
    assert "--date" in str(outcome.errors[0])
    outcome = run([seed("new.jsonl", 0)], root, given=date(2025, 8, 7))
    assert outcome.reports[0].date == date(2025, 8, 7)


class Killed(BaseException):
    """The import was killed."""


def kill_after(monkeypatch, moves: int) -> None:
    whole = files_on_disk.move

    def moved(source, target):
        nonlocal moves
        moves -= 1
        if moves < 0:
            raise Killed
        whole(source, target)

    monkeypatch.setattr(files_on_disk, "move", moved)


@pytest.mark.parametrize("moves", range(6))
def test_an_import_cut_off_anywhere_is_taken_up_by_the_next(root, seed, monkeypatch, moves):
    file = seed("2025-08-07.a.jsonl", 0, 2, 3, 5)
    with monkeypatch.context() as patch:
        kill_after(patch, moves)
        if moves < 5:
            with pytest.raises(Killed):
                run([file], root)
        else:
            run([file], root)
    run([file], root)
    clean = root.parent / "clean"
    vocabulary(clean)
    run([file], clean)
    pages = {path: data for path, data in files(clean).items() if path.endswith(".md")}
    assert {path: data for path, data in files(root).items() if path.endswith(".md")} == pages
    assert set(statuses(root).values()) == {PUBLISHED}
    assert statuses(root).keys() == statuses(clean).keys()


def test_a_paper_deleted_after_a_cut_stays_away(root, seed, monkeypatch):
    file = seed("2025-08-07.a.jsonl", 0, 3)
    with monkeypatch.context() as patch:
        kill_after(patch, 2)  # the journal written, the first page put into place
        with pytest.raises(Killed):
            run([file], root)
    assert not (root / "2025/08/07/day.yml").exists()
    (root / "2025/08/07/optimization.md").unlink()
    run([file], root)
    assert statuses(root) == {"2508.00001": DECLINED, "counting-pixels": PUBLISHED}
    assert not (root / "2025/08/07/optimization.md").exists()


def test_two_pages_with_one_id_stop_the_run(root, seed):
    run([seed("2025-08-05.a.jsonl", 0)], root)
    text = (root / "2025/08/05/optimization.md").read_text()
    (root / "2025/08/05/vision.md").write_text(text.replace("topic: optimization", "topic: vision"))
    with pytest.raises(
        ContentError, match=r"vision.md:7: .*in 2025/08/05/optimization.md; expected"
    ):
        run([seed("2025-08-07.a.jsonl", 2)], root)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_listings_read_before(root, tmp_path, request):
    """One listing's text is gone when the next is read: ten large ones need no more than two."""
    if request.config.getoption("--cov", default=None):
        pytest.skip("what coverage remembers grows with what runs")

    def most(count: int) -> int:
        files = [tmp_path / f"20{count:02}-01-{n + 1:02}.a.jsonl" for n in range(count)]
        for file in files:
            text = "A gradient. " + f"{'long' * 25} " * 83
            papers = [{"title": f"Convex {file.stem} {k}", "abstract": text} for k in range(12)]
            file.write_text("".join(json.dumps(one) + "\n" for one in papers))
        tracemalloc.start()
        run(files, root)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(1)  # loads what is only loaded when it is needed
    assert most(8) < most(2) * 1.5


def test_two_imports_at_once_are_told_so(root, seed):
    file = seed("2025-08-07.a.jsonl", 0)
    before = files(root)
    with (
        disk.locked(root),
        pytest.raises(SiteError, match="another import or edit of this folder is running"),
    ):
        run([file], root)
    assert files(root) == before
    assert run([file], root).reports[0].published == 1


def test_a_capture_of_a_later_day_that_tells_more_stamps_its_papers(root, seed):
    run([seed("2025-08-07.a.jsonl", text=rows([entry(WORKS[0], rich=False)]))], root)
    same_day = rows([entry(WORKS[0], rich=False, upvotes=3)])
    run([seed("2025-08-07.a.20250808T060000Z.jsonl", text=same_day)], root)
    page = (root / "2025/08/07/optimization.md").read_text("utf-8")
    assert "upvotes: 3" in page
    assert "updated" not in page  # votes alone are nothing to be told of
    fuller = seed("2025-08-07.a.20250809T060000Z.jsonl", 0)
    run([fuller], root)
    page = (root / "2025/08/07/optimization.md").read_text("utf-8")
    assert "authors: [Ada Example, Bo Example]" in page
    assert "updated: 2025-08-09" in page
    run([seed("2025-08-07.a.20250810T060000Z.jsonl", 0)], root)
    assert (root / "2025/08/07/optimization.md").read_text("utf-8") == page


def test_ids_alone_publish_nothing_and_are_told(root, seed):
    outcome = run([seed("2025-08-07.ids.txt", text="2508.00001\n2508.00002\n")], root)
    (report,) = outcome.reports
    assert (report.listed, report.published) == (0, 0)
    assert "2 papers are named without a title" in report.notices[0]


def test_the_day_of_the_files_name_chooses_among_a_lists_sections(root, seed):
    text = "".join(
        f"## {day} August 2025\n- [Kites of {word}](https://arxiv.org/abs/2508.0000{day})\n"
        for day, word in ((7, "Wood"), (6, "Silk"))
    )
    run([seed("2025-08-06.list.md", text=text)], root)
    run([seed("list.md", text=text)], root, given=date(2025, 8, 7))
    assert list(statuses(root, "2025/08/06")) == ["2508.00006"]
    assert list(statuses(root)) == ["2508.00007"]


def test_a_listing_that_is_too_large_or_no_file_leaves_the_others(root, seed, monkeypatch):
    monkeypatch.setattr("broadsheet.listings.MAX_BYTES", 20_000)
    large = seed("2025-08-05.a.jsonl", text="\n" * 30_000)
    missing = large.with_name("2025-08-06.a.jsonl")
    outcome = run([large, missing, seed("2025-08-07.a.jsonl", 2)], root)
    assert [str(one).partition(": ")[2][:13] for one in outcome.errors] == [
        "the file has ",
        "can't be read",
    ]
    assert [report.date.day for report in outcome.reports] == [7]


def test_a_capture_that_only_enriches_and_is_broken_keeps_no_paper_out(root, seed):
    broken = seed("2025-08-07.arxiv-enrich.xml", text="<feed><entry>")
    outcome = run([broken, seed("2025-08-07.a.jsonl", 2)], root)
    assert [Path(error.file or "").name for error in outcome.errors] == [broken.name]
    assert [report.published for report in outcome.reports] == [1]
