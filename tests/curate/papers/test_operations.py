"""Curators' operations: each alone, several at once, and taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadsheet.content import ledger, pages
from broadsheet.curate import (
    Annotate,
    Curator,
    Decline,
    Move,
    Operation,
    Outcome,
    Pick,
    Retag,
    Reword,
    apply,
    planned,
    undo,
)
from broadsheet.curate.changes.edit_history import FileBefore, PastEdit
from broadsheet.curate.changes.folder import Folder
from broadsheet.errors import ContentError
from broadsheet.importer import run
from broadsheet.io.cache import Store
from tests.digests import Digest
from tests.importer.world import WORKS, entry, rows

DAY = "content/2025/08/07"
CY = Curator(name="Cy", today="2025-08-09")
NOBODY = Curator(today="2025-08-09")


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """A digest on whose newest day three papers wait: two of arXiv, one known by title."""
    made = Digest(tmp_path)
    made.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    made.write("content/intake.yml", "limit: 0\n")
    listed = [entry(WORKS[n], upvotes=n) for n in (1, 3, 4)]
    made.write("seeds/2025-08-08.a.jsonl", rows(listed))
    run([made.folder / "seeds/2025-08-08.a.jsonl"], made.folder / "content")
    return made


WAITING = "content/2025/08/08/waiting.md"


def do(digest: Digest, *operations: Operation, curator: Curator = NOBODY) -> Outcome:
    return apply(Folder(digest.folder / "content"), operations, curator, name="a test")


def state(digest: Digest) -> dict[str, bytes]:
    return {
        path.relative_to(digest.folder).as_posix(): path.read_bytes()
        for path in sorted((digest.folder / "content").rglob("*"))
        if path.is_file()
    }


def row(digest: Digest, key: str) -> ledger.PaperStatus:
    found = ledger.parse(digest.read("content/2025/08/08/day.yml")).row(key)
    assert found is not None
    return found


def test_a_picked_paper_moves_to_a_page_of_its_day(digest: Digest) -> None:
    outcome = do(digest, Pick("2508.00002"))
    assert outcome.message == "2508.00002: picked, in 2025/08/08/optimization.md"
    text = digest.read("content/2025/08/08/optimization.md")
    assert "waits:" not in text
    assert "topic:" not in text.split("## ")[1]
    assert "2508.00002" not in digest.read(WAITING)
    assert (row(digest, "2508.00002").status, row(digest, "2508.00002").by) == ("published", None)
    assert row(digest, "2508.00002").written is not None  # imports may go on filling it


def test_who_picks_is_credited(digest: Digest) -> None:
    do(digest, Pick("Cameras that forget", "optimization"), curator=CY)
    paper = pages.parse(digest.read("content/2025/08/08/optimization.md")).papers[-1]
    assert (paper.title, paper.curator) == ("Cameras that forget", "Cy")
    assert row(digest, paper.id).by == "Cy"
    assert row(digest, paper.id).written is None


def test_a_declined_paper_is_gone_and_no_import_brings_it_back(digest: Digest) -> None:
    do(digest, Decline("counting"), curator=CY)  # the start of its title
    found = row(digest, "counting-pixels")
    assert (found.status, found.waited, found.by) == ("declined", True, "Cy")
    assert not (digest.folder / "content/redirects.yml").exists()  # it never had an address
    digest.write("seeds/2025-08-08.b.jsonl", rows([entry(WORKS[3], upvotes=99)]))
    (digest.folder / "content/intake.yml").unlink()
    run([digest.folder / "seeds/2025-08-08.b.jsonl"], digest.folder / "content")
    assert row(digest, "counting-pixels").status == "declined"
    assert do(digest, Decline("counting-pixels")).message == "counting-pixels: declined already"


def test_the_last_waiting_paper_takes_the_file_along(digest: Digest) -> None:
    do(digest, *map(Decline, ("2508.00002", "counting-pixels", "2508.00005")))
    assert not (digest.folder / WAITING).exists()


def test_a_waiting_paper_is_changed_where_it_waits(digest: Digest) -> None:
    do(
        digest,
        Move("2508.00005", "optimization"),
        Retag("2508.00005", ("sgd",)),
        Annotate("2508.00005", "A *fine* one."),
        Reword("2508.00005", "Cameras that $n$-forget", "Another abstract.\n\nOf two parts."),
        curator=CY,
    )
    paper = next(one for one in pages.parse(digest.read(WAITING)).papers if one.id == "2508.00005")
    assert dict(paper.extra)["topic"] == "optimization"
    assert (paper.tags, paper.curator, paper.updated) == (("sgd",), "Cy", None)
    assert paper.title == "Cameras that $n$-forget"
    assert paper.abstract == "Another abstract.\n\nOf two parts."
    do(digest, Pick("2508.00005"))
    assert "A *fine* one." in digest.read("content/2025/08/08/optimization.md")


def test_operations_build_on_each_other_in_one_change(digest: Digest) -> None:
    outcome = do(
        digest, Pick("2508.00002"), Retag("2508.00002", ("sgd",)), Move("2508.00002", "vision"),
        Decline("pixels-of-a-feather"), Annotate("2508.00002", "Read it."),
    )  # fmt: skip
    papers = pages.parse(digest.read("content/2025/08/08/vision.md")).papers
    assert [(one.id, one.tags) for one in papers] == [("2508.00002", ("sgd",))]
    assert papers[0].updated == "2025-08-09"
    assert [one.id for one in outcome.done][:2] == ["2508.00002"] * 2
    assert outcome.paths == (
        "2025/08/08/day.yml", "2025/08/08/vision.md", "2025/08/08/waiting.md", "redirects.yml",
    )  # fmt: skip


def test_one_that_fails_lets_none_through(digest: Digest) -> None:
    before = state(digest)
    for wrong, said in (
        (Pick("nobody"), "no paper"), (Pick("2508.00002", "cooking"), "expected one of"),
        (Move("2508.00002", day=date(2025, 8, 7)), "to be picked first"),
        (Retag("2508.00002", (), ("sgd",)), "has no tag"), (Annotate("2508.00002", " "), "empty"),
        (Reword("2508.00002", title=WORKS[1].title), "reads so already"),
        (Reword("2508.00002", title=" "), "title is empty"),
        (Reword("2508.00002", title="<script>"), "script"),
        (Reword("2508.00002", abstract="[x](javascript:y)"), "javascript"),
    ):  # fmt: skip
        with pytest.raises(ContentError, match=said):
            do(digest, Pick("counting-pixels"), wrong)
        assert state(digest) == before


def test_planning_writes_nothing(digest: Digest) -> None:
    before = state(digest)
    change, done = planned(Folder(digest.folder / "content"), [Pick("2508.00002")], NOBODY)
    assert "2025/08/08/optimization.md" in change.writes
    assert [one.changed for one in done] == [True]
    assert state(digest) == before


def test_what_is_published_already_is_said_and_stays(digest: Digest) -> None:
    before = state(digest)
    outcome = do(digest, Pick("pixels-of-a-feather"))
    assert outcome.message == "pixels-of-a-feather: published already"
    assert (outcome.paths, outcome.done[0].changed) == ((), False)
    assert state(digest) == before


def test_another_title_keeps_a_papers_address_and_all_else(digest: Digest) -> None:
    page = f"{DAY}/optimization.md"
    text = digest.read(page).replace("id: steps-that-shrink\n", "")
    digest.write(page, text)
    key = pages.parse(text).papers[0].id
    do(digest, Reword(key, title="Steps that grow"))
    new = digest.read(page)
    assert next(one.id for one in pages.parse(new).papers) == key
    lost = [line for line in text.split("\n") if line not in new.split("\n")]
    assert lost == ["## Steps that shrink: a study of $\\varepsilon$-decay"]


def test_another_abstract_keeps_the_notes(digest: Digest) -> None:
    do(digest, Reword("steps-that-shrink", abstract="# Short\n> and odd"))
    paper = pages.parse(digest.read(f"{DAY}/optimization.md")).papers[0]
    assert paper.abstract == "\\# Short\n\\> and odd"
    assert [note.text for note in paper.notes] == ["Worth reading with the next one."]


# Undo


def test_undo_takes_back_one_command_after_another(digest: Digest) -> None:
    folder = Folder(digest.folder / "content")
    states = [state(digest)]
    for operation in (
        Pick("2508.00002"),
        Decline("counting-pixels"),
        Move("pixels-of-a-feather", "optimization"),
        Decline("2508.00001"),
    ):
        do(digest, operation)
        states.append(state(digest))
    for before in reversed(states[:-1]):
        assert undo(folder).message.startswith("undone: a test: ")
        assert state(digest) == before
    with pytest.raises(ContentError, match="no command to undo"):
        undo(folder)


@pytest.mark.parametrize("path", [WAITING, "content/2025/08/08/optimization.md"])
def test_undo_never_overwrites_what_was_edited_since(digest: Digest, path: str) -> None:
    do(digest, Pick("2508.00002"))
    digest.write(path, digest.read(path) + "\n> Mine.\n")
    before = state(digest)
    with pytest.raises(ContentError, match="was edited after a test") as caught:
        undo(Folder(digest.folder / "content"))
    assert caught.value.file == path.removeprefix("content/")
    assert state(digest) == before


def test_undo_names_a_file_that_is_gone(digest: Digest) -> None:
    do(digest, Pick("2508.00002"))
    (digest.folder / "content/2025/08/08/optimization.md").unlink()
    with pytest.raises(ContentError, match="was edited after"):
        undo(Folder(digest.folder / "content"))


def test_an_edit_that_was_rolled_back_is_not_undone_for_an_older_one(digest: Digest) -> None:
    folder = Folder(digest.folder / "content")
    do(digest, Pick("2508.00002"))
    picked = state(digest)
    do(digest, Pick("counting-pixels"))
    for path, data in picked.items():  # as a rolled back edit leaves the folder
        (digest.folder / path).write_bytes(data)
    for path in set(state(digest)) - set(picked):
        (digest.folder / path).unlink()
    assert undo(folder).message.startswith("undone: a test: 2508.00002")


def test_a_lost_or_damaged_history_is_no_history(digest: Digest) -> None:
    do(digest, Pick("2508.00002"))
    kept = digest.folder / ".broadsheet/edits/last"
    kept.write_bytes(kept.read_bytes().replace(b"optimization", b"../../escape"))
    with pytest.raises(ContentError, match="no command to undo"):
        undo(Folder(digest.folder / "content"))


@pytest.mark.parametrize(
    "path", ["../x.md", "pages/about.md", "2025/08/07/.x.md", "/x", "images/a"]
)
def test_a_forged_history_reaches_no_other_file(digest: Digest, path: str) -> None:
    folder = Folder(digest.folder / "content")
    forged = PastEdit("x", "y", (FileBefore(path, "forged", None, None),))
    Store(digest.folder / ".broadsheet/edits").write("last", "edits 1", (forged,))
    with pytest.raises(ContentError, match="no command to undo"):
        undo(folder)


def test_only_the_last_edits_are_kept(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(digest.folder / "content")
    monkeypatch.setattr("broadsheet.curate.changes.edit_history.MOST", 3)
    for tag in ("a", "b", "c", "d"):
        do(digest, Retag("counting-pixels", (tag,)))
    assert [edit.said[-1] for edit in folder.history.edits()] == ["b", "c", "d"]
    monkeypatch.setattr("broadsheet.curate.changes.edit_history.LARGEST", 10)
    do(digest, Retag("counting-pixels", ("e",)))
    assert [edit.said[-1] for edit in folder.history.edits()] == ["e"]


def test_a_refused_edit_is_not_remembered(digest: Digest) -> None:
    folder = Folder(digest.folder / "content")
    with pytest.raises(ContentError):
        do(digest, Pick("nobody"))
    assert folder.history.edits() == ()
    do(digest, Pick("pixels-of-a-feather"))
    assert folder.history.edits() == ()
