"""The curators' commands on a real folder: what they change, and that a check and a build agree."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import main
from broadsheet.content.ledger import parse as parse_ledger
from broadsheet.content.pages import parse
from tests.digests import LEDGER, OPTIMIZATION, Digest
from tests.fetch.conftest import atom, impatient
from tests.importer.world import WORKS, entry, rows

DAY = "content/2025/08/07"
PAGE = f"{DAY}/optimization.md"


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    made = Digest(tmp_path)
    made.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    monkeypatch.chdir(tmp_path)
    return made


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args), catch_exceptions=False)


def good() -> bool:
    return run("check", "--format", "json").exit_code == 0


def test_a_moved_section_keeps_its_bytes_and_its_id(digest: Digest) -> None:
    section = OPTIMIZATION[OPTIMIZATION.index("## On flat") :]
    assert run("move", "2508.00001", "--topic", "vision").exit_code == 0
    moved = digest.read(f"{DAY}/vision.md")
    stamp = re.search(r"updated: \d{4}-\d{2}-\d{2}\n", moved)
    assert stamp is not None
    assert section in moved.replace(stamp[0], "")
    assert "On flat valleys" not in digest.read(PAGE)
    assert digest.read(f"{DAY}/day.yml") == LEDGER
    assert good()


def test_files_are_named_as_they_are_typed_and_new_ones_are_told_where_git_has_the_digest(
    digest: Digest,
) -> None:
    def move(topic: str) -> tuple[str, str]:
        said = run("move", "2508.00001", "--topic", topic)
        return said.stdout, said.stderr

    def git(*args: str) -> None:
        subprocess.run(["git", *args], cwd=digest.folder, check=True)

    said = "2508.00001: from content/2025/08/07/{}.md to content/2025/08/07/{}.md\n"
    git("init", "--quiet")
    assert move("vision") == (said.format("optimization", "vision"), "")  # git has nothing yet
    git("add", "content")
    new = "new to git, and left out by `git commit -a`: {}; `git add content` takes in all\n"
    assert move("other") == (
        said.format("vision", "other"),
        new.format(f"{DAY}/other.md, content/redirects.yml"),
    )
    assert move("vision")[1] == ""
    assert run("undo").stdout == f"undone: broadsheet move: {said.format('other', 'vision')}"


def test_a_move_to_a_day_without_a_ledger_makes_one(digest: Digest) -> None:
    assert run("move", "on flat valleys", "--date", "2025-08-20").exit_code == 0
    assert parse_ledger(digest.read("content/2025/08/20/day.yml")).statuses == ()
    assert good()


def test_a_day_without_a_ledger_that_a_move_empties_keeps_its_page(digest: Digest) -> None:
    (digest.folder / "content/2025/08/08/day.yml").unlink(missing_ok=True)
    assert run("move", "pixels-of-a-feather", "--date", "2025-08-07").exit_code == 0
    assert parse_ledger(digest.read("content/2025/08/08/day.yml")).statuses == ()
    assert good()
    digest.build()
    assert "http-equiv=refresh" in digest.page("2025/08/08/vision/")
    assert digest.page("2025/08/08/")


def test_an_emptied_page_goes_and_its_address_leads_on(digest: Digest) -> None:
    run("move", "pixels-of-a-feather", "--topic", "optimization")
    assert not (digest.folder / "content/2025/08/08/vision.md").exists()
    rows = digest.read("content/redirects.yml")
    assert '"from": "2025/08/08/vision/", "to": "2025/08/08/"' in rows
    assert '"from": "topics/vision/", "to": "topics/"' in rows
    digest.build()
    assert "http-equiv=refresh" in digest.page("2025/08/08/vision/")
    run("move", "pixels-of-a-feather", "--topic", "vision")
    assert '"2025/08/08/vision/"' not in digest.read("content/redirects.yml")
    assert good()


def test_a_page_with_a_persons_words_is_kept_when_its_papers_go(digest: Digest) -> None:
    text = digest.read("content/2025/08/08/vision.md")
    digest.write("content/2025/08/08/vision.md", text.replace("\n## ", "\nMy words.\n\n## ", 1))
    run("move", "pixels-of-a-feather", "--topic", "optimization")
    assert "My words." in digest.read("content/2025/08/08/vision.md")


def test_a_retired_paper_is_declined_and_says_why(digest: Digest) -> None:
    assert run("retire", "2508.00001", "--why", "Its authors <asked>.").exit_code == 0
    statuses = {
        record.id: record.status for record in parse_ledger(digest.read(f"{DAY}/day.yml")).statuses
    }
    assert statuses["2508.00001"] == "declined"
    digest.build()
    page = digest.page("papers/2508.00001/")
    assert "Its authors &lt;asked&gt;." in page
    assert 'href="/2025/08/07/"' in page
    assert "refresh" not in page
    assert good()


def test_a_section_deleted_by_hand_can_be_written_down(digest: Digest) -> None:
    digest.write(PAGE, OPTIMIZATION[: OPTIMIZATION.index("## On flat")])
    assert "retire 2508.00001" in run("check").output
    assert run("retire", "2508.00001").exit_code == 0
    assert "retire" not in run("check").output


def test_retag_changes_its_lines_alone(digest: Digest) -> None:
    result = run("retag", "steps-that-shrink", "--add", "segmentation", "--drop", "sgd")
    assert result.exit_code == 0
    old, new = OPTIMIZATION.split("\n"), digest.read(PAGE).split("\n")
    assert [line for line in old if line not in new] == []  # the other paper has the old line, too
    assert [line for line in new if line not in old and "updated" not in line] == [
        "tags: [segmentation]"
    ]
    assert parse(digest.read(PAGE)).papers[0].updated is not None


def test_a_week_whose_last_paper_goes_leads_on(digest: Digest) -> None:
    """A week that another month's paper still has keeps its page."""
    page = digest.read("content/2025/08/08/vision.md")
    for day in ("2025-07-31", "2025-08-01"):
        folder = f"content/{day.replace('-', '/')}"
        own = page.replace("2025-08-08", day).replace("pixels-of-a-feather", f"of-{day}")
        digest.write(f"{folder}/vision.md", own.replace("Pixels of a feather", f"On {day}"))
        digest.write(f"{folder}/day.yml", f"date: {day}\nlistings: []\npapers: []\n")
    assert run("retire", "of-2025-08-01").exit_code == 0
    assert "W31" not in digest.read("content/redirects.yml")
    assert run("retire", "of-2025-07-31").exit_code == 0
    assert '{"from": "2025/W31/", "to": "archive/"}' in digest.read("content/redirects.yml")
    assert good()
    digest.build()
    assert (digest.output / "2025/W31/index.html").is_file()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["move", "steps-that-shrunk", "--topic", "vision"], "did you mean steps-that-shrink?"),
        (["move", "at", "--topic", "vision"], "expected the id of one"),
        (["move", "2508.00001", "--topic", "cooking"], "expected one of optimization"),
        (["move", "2508.00001", "--topic", "optimization"], "is there already"),
        (["move", "2508.00001"], "expected --topic"),
        (["move", "2508.00001", "--date", "0206-01-05"], "expected one from 1900 to 2100"),
        (["move", "2508.00001", "--date", "9999-12-31"], "expected one from 1900 to 2100"),
        (["retag", "2508.00001", "--drop", "robots"], "it has sgd"),
        (["retag", "2508.00001", "--add", "../x"], "can't be a tag"),
        (["retire", "nobody"], "no paper"),
        (["add", "not-an-id"], "expected an id such as"),
    ],
)
def test_mistakes_are_told_in_a_line_and_change_nothing(
    digest: Digest, args: list[str], said: str
) -> None:
    before = {path: path.read_bytes() for path in digest.folder.rglob("*") if path.is_file()}
    result = run(*args)
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert before == {
        path: path.read_bytes() for path in digest.folder.rglob("*") if path.is_file()
    }


def test_explain_shows_words_and_weights(digest: Digest) -> None:
    said = run("explain", "steps-that-shrink").output
    assert "'gradient' in the abstract (weight 2)" in said
    assert "Topic: optimization" in said


WAITING = f"{DAY}/waiting.md"


@pytest.fixture
def choosing(digest: Digest) -> Digest:
    """The digest with two papers that wait."""
    digest.write("content/intake.yml", "limit: 0\n")
    digest.write("seeds/2025-08-07.a.jsonl", rows([entry(WORKS[3]), entry(WORKS[4])]))
    said = run("import").output
    assert "2 listed, 0 published, 2 waiting" in said
    assert "2 papers wait here" in run("check").output
    return digest


def test_several_papers_are_picked_and_one_command_takes_all_back(
    choosing: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = choosing.read(WAITING)
    monkeypatch.setenv("BROADSHEET_CURATOR", "Cy Example")
    said = run("pick", "Counting", "https://arxiv.org/abs/2508.00005v2")
    assert said.output == (
        "counting-pixels: picked, in content/2025/08/07/vision.md\n"
        "2508.00005: picked, in content/2025/08/07/other.md\n"
    )
    texts = [choosing.read(f"{DAY}/{topic}.md") for topic in ("vision", "other")]
    papers = [paper for text in texts for paper in parse(text).papers]
    assert [one.curator for one in papers] == ["Cy Example"] * 2
    assert not (choosing.folder / WAITING).exists()
    assert good()
    assert "and 1 more" in run("undo").output
    assert choosing.read(WAITING) == before


def test_what_waits_is_declined_explained_and_published_papers_retired(choosing: Digest) -> None:
    assert "Waits: over the limit of 0 a day\n\nTopic: vision" in run("explain", "counting").output
    assert (
        run("decline", "counting-pixels", "2508.00001", "--why", "Its authors asked.").exit_code
        == 0
    )
    assert "Its authors asked." in choosing.read("content/redirects.yml")
    assert "counting-pixels" not in choosing.read("content/redirects.yml")
    assert "was declined on 2025-08-07" in run("explain", "counting-pixels").output
    assert "was declined" in run("pick", "counting-pixels").output
    assert run("decline", "counting-pixels").output == "counting-pixels: declined already\n"
    assert good()


def test_a_site_has_nothing_of_what_waits(choosing: Digest) -> None:
    choosing.build()
    for path, data in choosing.files().items():
        for word in (b"counting-pixels", b"2508.00005", b"Cameras that forget"):
            assert word not in data, path
            assert word.decode() not in path
    assert "2 not chosen" in choosing.page("2025/08/07/")
    run("pick", "counting-pixels")
    choosing.build()
    assert choosing.page("papers/counting-pixels/")
    assert choosing.files() == choosing.fresh(choosing.folder.parent / "again")
    run("decline", "2508.00005")
    choosing.build()
    assert "1 not chosen" in choosing.page("2025/08/07/")


def test_a_hand_deleted_section_of_what_waits_can_be_written_down(choosing: Digest) -> None:
    (choosing.folder / WAITING).unlink()
    assert "run `broadsheet decline counting-pixels`" in run("check").output
    assert run("decline", "counting-pixels", "2508.00005").exit_code == 0
    assert "declined" not in run("check").output
    assert not (choosing.folder / "content/redirects.yml").exists()


def test_a_paper_that_waits_is_not_added_a_second_time(
    choosing: Digest, arxiv: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing.write("seeds/2025-08-07.b.jsonl", '{"title": "Paper number 7", "id": "2601.00007"}\n')
    run("import")
    result = run("add", "2601.00007", "--base-url", arxiv)
    assert result.exit_code == 1
    assert "broadsheet pick 2601.00007" in result.output


def test_all_that_waits_on_earlier_days_is_declined_at_once(choosing: Digest) -> None:
    choosing.write("seeds/2025-08-08.a.jsonl", rows([entry(WORKS[1])]))
    run("import")
    before = choosing.read(WAITING)
    assert run("decline").exit_code == run("decline", "x", "--before", "2025-08-08").exit_code == 2
    assert "0 papers declined" in run("decline", "--before", "2025-08-07").output
    assert run("decline", "--before", "2025-08-08").output == "2 papers declined that waited\n"
    assert not (choosing.folder / WAITING).exists()
    assert "2508.00002" in choosing.read("content/2025/08/08/waiting.md")
    assert good()
    assert "and 1 more" in run("undo").output
    assert choosing.read(WAITING) == before


def test_undo_without_anything_to_undo_says_so(digest: Digest) -> None:
    result = run("undo")
    assert result.exit_code == 1
    assert "there is no command to undo" in result.output


def test_upgrade_has_nothing_to_do(digest: Digest) -> None:
    assert "the newest" in run("upgrade").output


def test_newer_content_is_refused_by_all(digest: Digest) -> None:
    topics = digest.read("content/topics.yml").replace("version: 1", "version: 99")
    digest.write("content/topics.yml", topics)
    digest.write("seeds/x.txt", "x")
    for command in ("check", "upgrade", "import"):
        result = run(command)
        assert result.exit_code == 1
        assert "install a newer Broadsheet" in result.output


@pytest.fixture
def arxiv(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that knows the papers 2601.00007 and no other, and asks nobody to wait."""
    impatient(monkeypatch)
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)

    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = atom(7) if "2601.00007" in self.path else atom()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield f"http://127.0.0.1:{http.server_address[1]}"
    http.shutdown()
    http.server_close()


def test_add_fetches_and_inserts(digest: Digest, arxiv: str) -> None:
    result = run(
        "add", "https://arxiv.org/abs/2601.00007v2", "--base-url", arxiv, "--topic", "vision",
        "--note", "A *fine* one.", "--curator", "Cy Example",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    paper = parse(digest.read("content/2025/08/08/vision.md")).papers[-1]
    assert (paper.id, paper.title, paper.curator) == ("2601.00007", "Paper number 7", "Cy Example")
    assert paper.notes[0].text == "A *fine* one."
    assert parse_ledger(digest.read("content/2025/08/08/day.yml")).statuses[0].id == "2601.00007"
    assert good()
    again = run("add", "2601.00007", "--base-url", arxiv)
    assert again.exit_code == 1
    assert "in the digest already" in again.output


def test_add_reads_a_suggestions_form(digest: Digest, arxiv: str) -> None:
    digest.write("form.md", "### Paper\r\n\r\n2601.00007\r\n\r\n### Topic\r\n\r\nVision\r\n\r\n"
                 "### Note\r\n\r\n_No response_\r\n\r\n### Your name\r\n\r\nDi\r\n")  # fmt: skip
    assert run("add", "--form", "form.md", "--base-url", arxiv).exit_code == 0
    paper = parse(digest.read("content/2025/08/08/vision.md")).papers[-1]
    assert (paper.curator, paper.notes) == ("Di", ())


def test_a_retired_paper_can_be_taken_back(digest: Digest, arxiv: str) -> None:
    run("add", "2601.00007", "--base-url", arxiv, "--topic", "vision")
    run("retire", "2601.00007")
    result = run("add", "2601.00007", "--base-url", arxiv, "--topic", "vision")
    assert result.exit_code == 0, result.output
    assert "papers/2601.00007/" not in digest.read("content/redirects.yml")
    assert good()


def test_a_title_and_an_abstract_are_corrected(digest: Digest) -> None:
    digest.write("abstract.md", "We study $\\frac{a}{b}$.\n\nAt length.\n")
    made = run("edit", "2508.00001", "--title", "On $n$ valleys", "--abstract-file", "abstract.md")
    assert made.exit_code == 0
    assert "another title and abstract" in made.output
    page = digest.read(PAGE)
    assert "## On $n$ valleys\n" in page
    assert "We study $\\frac{a}{b}$.\n\nAt length.\n" in page
    assert good()
    assert "reads so already" in run("edit", "2508.00001", "--title", "On $n$ valleys").output


def test_a_text_is_corrected_in_an_editor(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    def typed(text: str, extension: str) -> str | None:
        shown.append(text)
        return text.replace("flat & wide", "flat and wide") if len(shown) == 1 else None

    monkeypatch.setattr("click.edit", typed)
    assert run("edit", "on flat valleys").exit_code == 0
    assert shown[0].startswith("On flat valleys\n\nWe study valleys")
    assert "flat and wide" in digest.read(PAGE)
    assert "## On flat valleys\n" in digest.read(PAGE)
    assert "nothing was changed" in run("edit", "2508.00001").output


def test_what_was_typed_is_kept_where_it_is_refused(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.edit", lambda text, extension: text + "[x](javascript:y)\n")
    before = digest.read(PAGE)
    said = run("edit", "2508.00001").output
    assert "a link to" in said
    assert "what you typed is in" in said
    assert "[x](javascript:y)" in digest.read(".broadsheet/edits/typed.md")
    assert digest.read(PAGE) == before


def test_an_abstract_that_is_no_text_is_refused(digest: Digest) -> None:
    (digest.folder / "abstract.md").write_bytes(b"x\xff")
    made = run("edit", "2508.00001", "--abstract-file", "abstract.md")
    assert made.exit_code == 1
    assert "abstract.md: byte 1 is no UTF-8" in made.output
