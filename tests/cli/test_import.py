"""`broadsheet import`: what bad input gets, and what a good one says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet.cli import main
from tests.growth import assert_quick

from ..importer.world import WORKS, entry, rows, vocabulary

HEAD = "Daily Papers\nbyAK and the research community\nAug 7\n\n"
GOOD = HEAD + "Steps that shrink\n\nWe take convex steps.\n\nOn pixels\n\nEach pixel counts.\n"
NAME = "2025-08-07.huggingface.txt"


@pytest.fixture
def digest(tmp_path: Path, monkeypatch) -> Path:
    vocabulary(tmp_path / "content")
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def broadsheet(*arguments: str):
    return CliRunner().invoke(main, ["import", *arguments], catch_exceptions=False)


def seed(data: bytes | str, name: str = NAME) -> None:
    path = Path("seeds", name)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def test_all_of_seeds_is_imported_and_summed_up(digest):
    seed(GOOD)
    done = broadsheet()
    assert done.exit_code == 0
    assert done.stderr == ""
    assert done.stdout == (
        f"{NAME}: 2025-08-07: 2 listed, 2 published (optimization 1, vision 1)\n"
    )
    again = broadsheet()
    assert again.stdout == "1 listing already imported, nothing to do\n"


BAD = {
    "empty": (b"", 1, ("empty", "listing of papers")),
    "white space": (b"\xef\xbb\xbf \r\n\xc2\xa0\n", None, ("empty", "listing of papers")),
    "no date heading": ("Steps\n\nWe take steps.\n", None, ()),
    "contradicting date": (GOOD.replace("Aug 7", "Aug 8"), 3, ('"Aug 8"', "2025-08-07", "same")),
    "not a day of the calendar": (GOOD.replace("Aug 7", "Feb 30"), 3, ('"Feb 30"', "calendar")),
    "title without abstract": (HEAD + "Steps that shrink\n", 5, ("Steps that shrink", "abstract")),
    "binary": (GOOD.encode() + b"\x00\x01", 12, ("0x00", "UTF-8")),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, 1, ("picture", "UTF-8")),
    "cp1251": (GOOD.replace("convex", "convex змеи").encode("cp1251"), 7, ("0xE7", "Latin-1")),
}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("On pixels", "On <script>alert(1)</script>", "<script"),
        ("Each pixel", "[Each](javascript:x) pixel", "javascript:"),
        ("Each pixel", "[Each](data:text/html,x) pixel", "data:"),
    ],
)
def test_an_odd_paper_is_escaped_with_a_notice_and_costs_no_other(digest, old, new, found):
    seed(GOOD.replace(old, new))
    done = broadsheet()
    assert done.exit_code == 0
    assert "2 listed, 2 published" in done.stdout
    told = done.stdout + done.stderr
    assert f'holds "{found}"; escaped' in told
    assert "line 9: " in told


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_line_and_writes_nothing(digest, case):
    data, line, parts = BAD[case]
    seed(data)
    if case == "no date heading":
        Path("seeds", NAME).rename("seeds/listing.txt")
    refused(line, parts)


def refused(line: int | None, parts: tuple[str, ...], *arguments: str) -> None:
    before = sorted(Path("content").rglob("*"))
    done = broadsheet(*arguments)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    where = f":{line}: " if line else ""
    assert done.stderr.startswith("error: seeds/")
    assert where in done.stderr
    for part in (*parts, "expected"):
        assert part in done.stderr
    assert sorted(Path("content").rglob("*")) == before


def test_a_date_without_a_year_is_never_guessed(digest):
    seed(GOOD, "listing.txt")
    refused(3, ('"Aug 7" has no year', "--date"))
    assert broadsheet("--date", "2025-08-07").exit_code == 0
    assert Path("content/2025/08/07/day.yml").exists()


def test_an_abstract_without_a_title_is_told(digest):
    text = "We take convex steps, and many of them. " * 12
    seed(HEAD + text + "\n\n" + text + "\n")
    refused(5, ("title",))


def test_100_mb_in_one_line_are_refused_at_once(digest):
    with Path("seeds", NAME).open("wb") as file:
        file.write(b"x" * 1000)
        os.truncate(file.fileno(), 100_000_000)
    assert_quick(lambda: refused(None, ("100 MB", "at most 50 MB")), 1)


def test_10_mb_in_one_line_are_refused_soon(digest):
    seed(HEAD + "word " * 2_000_000)
    assert_quick(lambda: refused(None, ()), 10)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", " \t \n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n\n", "\n\u00a0\n"),
    ],
)
def test_other_line_ends_and_spaces_are_read_without_complaint(digest, change):
    seed(change(GOOD))
    done = broadsheet()
    assert (done.exit_code, done.stderr) == (0, "")
    assert "We take convex steps.\n" in Path("content/2025/08/07/optimization.md").read_text()


def test_the_same_title_and_abstract_twice_are_merged_and_reported(digest):
    seed(GOOD + "\nOn pixels\n\nEach pixel counts.\n")
    done = broadsheet()
    assert done.exit_code == 0
    assert "2 published" in done.stdout
    assert "listed twice" in done.stderr


def test_one_bad_listing_does_not_keep_others_out(digest):
    seed(b"", "2025-08-06.huggingface.txt")
    seed(GOOD)
    done = broadsheet()
    assert done.exit_code == 1
    assert "2 published" in done.stdout
    assert done.stderr.startswith("error: seeds/2025-08-06.huggingface.txt:1: the file is empty")


PAGE = "---\ntitle: Vision\ndate: 2025-08-06\ntopic: vision\n---\n\n## On trees\n\n"
BAD_PAGES = {
    "front matter that is no YAML": (PAGE.replace("title: Vision", "title: [x"), 2),
    "no front matter": (PAGE.replace("---\n", "", 1), 1),
    "script in a title": (PAGE.replace("On trees", "<script>x</script>"), 7),
    "dots in a topic": (PAGE.replace("topic: vision", "topic: ../vision"), 4),
    "dots in an id": (PAGE + "```yaml\nid: ../../x\n```\n", 10),
    "javascript for code": (PAGE + "```yaml\ncode: javascript:alert(1)\n```\n", 10),
    "two papers with one id": (PAGE + "```yaml\nid: a\n```\n\n## B\n\n```yaml\nid: a\n```\n", 13),
}


@pytest.mark.parametrize("case", BAD_PAGES)
def test_a_bad_page_stops_the_import_with_one_line(digest, case):
    text, line = BAD_PAGES[case]
    page = Path("content/2025/08/06/vision.md")
    page.parent.mkdir(parents=True)
    page.write_text(text)
    seed(GOOD)
    done = broadsheet()
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"error: content/2025/08/06/vision.md:{line}: ")
    assert done.stderr.count("\n") == 1
    assert "expected" in done.stderr
    assert not Path("content/2025/08/07").exists()


def test_missing_files_and_folders_are_told(digest):
    done = broadsheet("none.txt")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("error: none.txt: can't be read")
    done = broadsheet("--seeds", "nowhere")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert broadsheet("--date", "soon").exit_code == 2


@pytest.mark.parametrize("heading", ["Jan 5, 0206", "Week 52, 9999", "Dec 2100 ", "2101-W01"])
def test_a_heading_that_names_a_day_that_no_digest_has_is_refused(digest, heading):
    seed(GOOD.replace("Aug 7", heading), "listing.txt")
    if heading == "Dec 2100 ":
        assert broadsheet().exit_code == 0
    else:
        refused(None, ("found the day ", "1900 to 2100"))


@pytest.mark.parametrize("day", ["0206-01-05", "1899-12-31", "9999-12-31"])
def test_a_day_that_no_digest_has_is_refused(digest, day):
    seed(rows([entry(WORKS[0])]), f"{day}.a.jsonl")
    refused(None, (f"found the day {day}", "1900 to 2100"))
    Path("seeds", f"{day}.a.jsonl").rename("seeds/a.jsonl")
    refused(None, (f"found the day {day}", "1900 to 2100"), "--date", day)


def test_strict_refuses_what_would_be_lost(digest):
    seed("title,abstract,mood\nSteps,We take convex steps.,glad\n", "2025-08-07.a.csv")
    before = sorted(Path("content").rglob("*"))
    refused = broadsheet("--strict")
    assert refused.exit_code == 1
    assert 'error: seeds/2025-08-07.a.csv: column "mood" is not read' in refused.stderr
    assert sorted(Path("content").rglob("*")) == before
    assert broadsheet().exit_code == 0


def test_strict_refuses_a_paper_that_no_page_may_hold(digest):
    seed('[{"title": "Steps", "abstract": "We step."}, {"abstract": "?"}]', "2025-08-07.a.json")
    refused = broadsheet("--strict")
    assert refused.exit_code == 1
    assert "no title" in refused.stderr
    assert not Path("content/2025").exists()


def test_a_dry_run_shows_columns_and_papers_and_writes_nothing(digest):
    rows = "".join(f"Convex steps {n},We take steps.,https://arxiv.org/abs/2508.0000{n},glad\n"
                   for n in range(1, 6))  # fmt: skip
    seed("Paper,Abstract Note,Link,Mood\n" + rows, "2025-08-07.a.csv")
    before = {path: path.stat().st_mtime_ns for path in Path().rglob("*")}
    done = broadsheet("--dry-run", "seeds/2025-08-07.a.csv")
    assert done.exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in Path().rglob("*")} == before
    first, *rest = done.stdout.splitlines()
    assert first == "seeds/2025-08-07.a.csv: format csv, 5 papers of 2025-08-07"
    lines = [" ".join(line.split()) for line in rest]
    assert 'Abstract Note -> abstract 5 "We take steps."' in lines
    assert 'Link -> arxiv 5 "https://arxiv.org/abs/2508.00001"' in lines
    assert lines[lines.index("Not read:") + 1] == 'Mood 5 "glad"'
    assert [line for line in lines if line.startswith("## ")] == [
        "## Convex steps 1", "## Convex steps 2", "## Convex steps 3"
    ]  # fmt: skip
    assert "(optimization)" in lines
    assert 'column "Mood" is not read' in done.stderr

    broadsheet()
    page = Path("content/2025/08/07/optimization.md").read_text()
    assert done.stdout.partition("(optimization)\n\n")[2].partition("\n\n(")[0].strip() in page


def test_a_dry_run_says_what_it_can_of_other_formats(digest):
    seed(GOOD)
    Path("seeds", NAME).rename("seeds/copied.txt")
    done = broadsheet("--dry-run", "seeds/copied.txt")
    assert done.exit_code == 0
    assert 'format text, 2 papers of no known day: the heading "Aug 7" has no year' in done.stdout
    assert "abstract  -> abstract  2" in done.stdout
    Path("seeds/bad.txt").write_text("Dear all,\n\nplease find it.\n")
    refused = broadsheet("--dry-run", "seeds/bad.txt")
    assert refused.exit_code == 1
    assert "no format fits" in refused.stderr


def test_a_folder_without_listings_is_told(digest):
    done = broadsheet()
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "seeds holds no listing, nothing to import\n"


def test_a_folder_among_listings_is_told(digest):
    seed(GOOD)
    Path("seeds/more").mkdir()
    Path("seeds/.kept").mkdir()
    done = broadsheet()
    assert "2 published" in done.stdout
    assert done.stderr == "seeds/more: a folder, not read; expected listings in seeds itself\n"
