"""`broadsheet review`, driven by keys: what it shows and writes, and that titles stay words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot
from textual.widgets import DataTable, Static

from broadsheet.cli import main
from broadsheet.cli.review_app import ReviewApp
from broadsheet.content import disk, pages
from broadsheet.curate import Curator, apply
from broadsheet.curate.changes.folder import Folder
from broadsheet.curate.reviews.review_drafts import Drafts
from broadsheet.importer import run
from broadsheet.papers import Entry
from tests.digests import ROOT, Digest
from tests.importer.world import rows

from .pilots import answered, driven, settled, typed

DAY = date(2025, 8, 9)
HOSTILE = "Odd \x1b[31mred\x1b]0;x\x07 [bold]b[/bold] [link=x]y[/] \u202eevil :tada: {x}"
TITLES = ("Convex hulls", "Image stitching", HOSTILE, "Last of all")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A digest with a day on which four papers wait."""
    digest = Digest(tmp_path_factory.mktemp("review"))
    digest.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    digest.write("content/intake.yml", "limit: 0\n")
    listed = [
        Entry(title=title, abstract=f"We show {HOSTILE}.", authors=("Ada",), upvotes=9 - n)
        for n, title in enumerate(TITLES)
    ]
    digest.write("seeds/2025-08-09.a.jsonl", rows(listed))
    run([digest.folder / "seeds/2025-08-09.a.jsonl"], digest.folder / "content")
    return digest


@pytest.fixture
def digest(made: Digest, tmp_path: Path) -> Digest:
    """A copy of it."""
    copy = object.__new__(Digest)
    copy.folder, copy.output = tmp_path / "copy", tmp_path / "output"
    for path in made.folder.rglob("*"):
        if path.is_file():
            copy.write(path.relative_to(made.folder).as_posix(), path.read_bytes().decode())
    return copy


def app_of(digest: Digest) -> ReviewApp:
    root = digest.folder / "content"
    folder = Folder(root)
    items = folder.items(DAY)
    drafts = Drafts(root, DAY)

    def write(operations) -> str:
        who = Curator(name="Cy", today="2025-08-10")
        return apply(folder, operations, who, day=DAY, name="broadsheet review").message

    topics = folder.vocabulary.topics
    return ReviewApp(items, topics, DAY, write, drafts.read(items), drafts.keep)


def column(app: ReviewApp, name: str) -> list[str]:
    return [str(cell) for cell in app.query_one(DataTable).get_column(name)]


@pytest.mark.slow
def test_all_keys_are_written_in_one_go_and_undone_in_one(digest: Digest) -> None:
    before = {p: p.read_bytes() for p in (digest.folder / "content").rglob("*") if p.is_file()}
    app = app_of(digest)

    async def drive(pilot: Pilot[str]) -> None:
        assert column(app, "mark") == ["", "", "", ""]
        await typed(pilot, "p", "p", "u")
        assert column(app, "mark") == ["✓ pick", "", "", ""]
        assert app.query_one(DataTable).cursor_row == 1
        await answered(pilot, "t", "optim")
        await answered(pilot, "g", "sgd segmentation")
        await answered(pilot, "n", "Read this")
        assert column(app, "Topic")[1] == "optimization"
        await typed(pilot, "p", "d", "w")

    said = driven(app, drive) or ""
    assert "image-stitching: picked, in 2025/08/09/optimization.md" in said
    papers = pages.parse(digest.read("content/2025/08/09/optimization.md")).papers
    assert [one.id for one in papers] == ["convex-hulls", "image-stitching"]
    assert set(papers[1].tags) == {"sgd", "segmentation"}
    assert (papers[1].notes[0].text, papers[1].curator) == ("Read this", "Cy")
    waits = pages.parse(digest.read("content/2025/08/09/waiting.md")).papers
    assert [one.id for one in waits] == ["last-of-all"]
    done = CliRunner().invoke(main, ["undo", "--content", str(digest.folder / "content")])
    assert "undone: broadsheet review" in done.output
    assert before == {
        p: p.read_bytes() for p in (digest.folder / "content").rglob("*") if p.is_file()
    }


@pytest.mark.slow
def test_a_hostile_title_is_shown_as_words(digest: Digest) -> None:
    app = app_of(digest)

    async def drive(pilot: Pilot[str]) -> None:
        await typed(pilot, "j", "j", "space")
        shown = [*column(app, "Title"), str(app.query_one("#text", Static).render())]
        for text in shown:
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
        assert "[bold]b[/bold]" in shown[2]
        assert ":tada: {x}" in shown[2]
        await typed(pilot, "d")
        await answered(pilot, "slash", "[bold]")
        assert len(column(app, "Title")) == 1
        assert "\x1b" not in app.export_screenshot()

    driven(app, drive)


@pytest.mark.slow
def test_a_filter_narrows_and_the_rest_can_be_declined_at_once(digest: Digest) -> None:
    app = app_of(digest)

    async def drive(pilot: Pilot[str]) -> None:
        await answered(pilot, "slash", "convex")
        assert column(app, "Title") == ["Convex hulls"]
        await typed(pilot, "p")
        await pilot.press("slash")
        await settled(pilot)
        await pilot.press(*["backspace"] * 6, "enter")
        await settled(pilot)
        await typed(pilot, "D")
        assert column(app, "mark") == ["✓ pick", "✗ decline", "✗ decline", "✗ decline"]
        assert app.review.counts() == (1, 3, 0)
        await typed(pilot, "u")
        assert app.review.counts() == (1, 0, 0)

    driven(app, drive)


@pytest.mark.slow
def test_slips_are_told_and_change_nothing(digest: Digest) -> None:
    app = app_of(digest)

    async def drive(pilot: Pilot[str]) -> None:
        await typed(pilot, "u", "w")
        await answered(pilot, "g", "-sgd")
        await answered(pilot, "g", "No Slug")
        await answered(pilot, "t", "cooking")
        await answered(pilot, "n", " ")
        await typed(pilot, "question_mark", "escape", "t", "down", "up", "escape")
        assert app.review.steps == ()

    assert driven(app, drive) is None


def test_what_was_not_written_is_there_at_the_next_review(digest: Digest) -> None:
    async def leave(pilot: Pilot[str]) -> None:
        await typed(pilot, "p", "d", "q", "n", "q", "y")

    assert driven(app_of(digest), leave) is None
    assert not (digest.folder / "content/2025/08/09/optimization.md").exists()
    app = app_of(digest)

    async def go_on(pilot: Pilot[str]) -> None:
        assert column(app, "mark") == ["✓ pick", "✗ decline", "", ""]
        await typed(pilot, "w")

    assert "picked" in (driven(app, go_on) or "")
    assert app_of(digest).review.steps == ()


def test_a_paper_that_went_meanwhile_is_told_and_no_decision_is_lost(digest: Digest) -> None:
    app = app_of(digest)

    async def drive(pilot: Pilot[str]) -> None:
        await typed(pilot, "p")
        (digest.folder / "content/2025/08/09/waiting.md").unlink()
        await typed(pilot, "w")
        assert app.is_running
        assert len(app.review.steps) == 1

    assert driven(app, drive) is None


@pytest.mark.slow
def test_published_papers_are_shown_too_and_can_be_declined(digest: Digest) -> None:
    root = digest.folder / "content"
    items = Folder(root).items(date(2025, 8, 7))
    assert [item.waits for item in items] == [False, False]
    assert Folder(root).newest_waiting() == DAY
    app = ReviewApp(items, (), date(2025, 8, 7), lambda operations: repr(operations))

    async def drive(pilot: Pilot[str]) -> None:
        await typed(pilot, "p", "d")
        assert column(app, "mark") == ["✗ decline", "published"]
        await typed(pilot, "w")

    assert driven(app, drive) == "(Decline(paper='steps-that-shrink', why=None),)"


def test_the_command_writes_and_sums_up(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(
        "broadsheet.cli.review.sys", SimpleNamespace(stdin=terminal, stdout=terminal)
    )
    monkeypatch.setenv("BROADSHEET_CURATOR", "Di")

    async def drive(pilot: Pilot[str]) -> None:
        await typed(pilot, "p", "d", "d", "w")

    monkeypatch.setattr(ReviewApp, "run", lambda app: driven(app, drive))
    root = str(digest.folder / "content")
    result = CliRunner().invoke(main, ["review", "--content", root], catch_exceptions=False)
    assert result.output == (
        f"convex-hulls: picked, in {root}/2025/08/09/optimization.md\n"
        "2 declined; `broadsheet undo` takes all back\n"
    )
    assert "curator: Di" in digest.read("content/2025/08/09/optimization.md")
    said = CliRunner().invoke(main, ["review", "2025-08-30", "--content", root]).output
    assert said == f"error: 2025-08-30 has no papers in {root}\n"
    (digest.folder / "content/2025/08/09/waiting.md").unlink()
    said = CliRunner().invoke(main, ["review", "--content", root]).output
    assert said == f"error: no paper waits in {root}; expected a day, such as 2025-08-07\n"


def test_only_this_command_loads_textual() -> None:
    package = ROOT / "plugins/broadsheet"
    users = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"^\s*(from|import) (textual|rich)\b", path.read_text("utf-8"), re.M)
    }
    assert users == {"cli/review_app.py", "cli/review_dialogs.py"}
    importers = [
        path.name
        for path in package.rglob("*.py")
        if re.search(r"^(from|import) .*review_(app|dialogs)\b", path.read_text("utf-8"), re.M)
    ]
    assert importers == ["review_app.py"]


def test_without_a_terminal_it_says_what_to_use(digest: Digest) -> None:
    result = CliRunner().invoke(main, ["review", "--content", str(digest.folder / "content")])
    assert result.exit_code == 2
    assert "expected a terminal" in result.output
    assert disk.WAITING == "waiting.md"
