"""Commands that are killed, or meet an error, at each system call that changes the content folder:
whatever runs next sees all of the edit or nothing of it.
"""

from __future__ import annotations

import json
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet import curate, fetch, listings
from broadsheet.cli import main
from broadsheet.content import journal, transaction
from broadsheet.content.journal import Edit
from broadsheet.content.ledger import section_hash
from broadsheet.content.pages import scan
from broadsheet.curate.changes.folder import Folder
from tests.digests import LEDGER, OPTIMIZATION, TOPICS, VISION, Digest
from tests.fetch.conftest import atom
from tests.importer.world import WORKS, entry, rows
from tests.killing import FULL, counted, failing, killed
from tests.soak import SOAK, sampled

CONTENT = Path("content")
SEED = "seeds/2025-08-07.a.jsonl"

JULY = OPTIMIZATION.replace("2025-08-07", "2025-07-07").replace("2508.00001", "2507.00001")
JULY = JULY.replace("steps-that-shrink", "july-steps").replace("Steps that shrink", "July steps")
JULY = JULY.replace("On flat valleys", "On July valleys")

WAITING = """\
---
title: Waiting
date: 2025-08-08
topic: waiting
---

## ---

```yaml
id: "2508.00008"
arxiv: "2508.00008"
topic: optimization
waits: over the limit of 12 a day
```

A convex dash.

## On dashes

```yaml
id: on-dashes
topic: vision
waits: no rule of intake.yml includes it
```

An image of one.
"""
WAITING_LEDGER = """\
date: 2025-08-08
listings: []
papers:
- {"id": "2508.00008", "title": "---", "arxiv": "2508.00008", "became": "waiting"}
- {"id": "on-dashes", "title": "On dashes", "became": "waiting"}
"""

COMMANDS = {
    "move to a page that is there": ["move", "2508.00001", "--date", "2025-07-07"],
    "move to a new page, later in order": ["move", "2508.00001", "--topic", "vision"],
    "move to a new day before": ["move", "pixels-of-a-feather", "--date", "2025-06-30"],
    "move that empties a page": ["move", "pixels-of-a-feather", "--topic", "optimization"],
    "retire": ["retire", "2508.00001", "--why", "Its authors asked."],
    "retire that empties a page": ["retire", "pixels-of-a-feather"],
    "retag": ["retag", "2508.00001", "--add", "segmentation", "--drop", "sgd"],
    "retag --rename": ["retag", "--rename", "sgd", "descent"],
    "reclassify": ["reclassify", "--write"],
    "topic rename": ["topic", "rename", "vision", "seeing", "--name", "Seeing"],
    "topic merge": ["topic", "merge", "vision", "--into", "optimization"],
    "tag merge": ["tag", "merge", "sgd", "--into", "segmentation"],
    "note --edit": ["note", "steps-that-shrink", "Other words.", "--edit", "1"],
    "note": ["note", "2508.00001", "Read this first.", "--curator", "Cy Example"],
    "add": ["add", "2601.00007", "--topic", "vision"],
    "add of several": ["add", "2601.00007", "2601.00008"],
    "pick": ["pick", "2508.00008", "--curator", "Cy Example"],
    "pick that empties the file of what waits": ["pick", "2508.00008", "on-dashes"],
    "decline": ["decline", "2508.00008", "2508.00001"],
    "upgrade": ["upgrade"],
    "import": ["import"],
}
# A check finds fault with what these do: no version 2 is known, and a redirect leads to a day whose
# papers are all gone.
ODD = ("upgrade", "retire that empties a page", "move to a new day before")
POINTS = 4  # of each command, evenly among all its system calls
FEW = (0, 2, 5, 7)  # eighths of them, in an ordinary run


@pytest.fixture(autouse=True)
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    """A digest of two months, with a listing to import; the current folder is its own."""
    made = Digest(tmp_path / "digest")
    made.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    made.write("content/2025/07/07/optimization.md", JULY)
    ledger = LEDGER.replace("2025-08-07", "2025-07-07").replace("2508.00001", "2507.00001")
    ledger = ledger.replace("steps-that-shrink", "july-steps").replace("Steps that", "July")
    made.write("content/2025/07/07/day.yml", ledger.replace("old-news", "older-news"))
    made.write("content/subscriptions/steps.yml", "title: Steps\ntags: [sgd]\n")
    section = VISION[VISION.index("## ") :]
    as_imported = {"id": "pixels-of-a-feather", "title": "Pixels of a feather",
                   "became": "published", "written": section_hash(section)}  # fmt: skip
    made.write("content/2025/08/08/day.yml", f"{WAITING_LEDGER}- {json.dumps(as_imported)}\n")
    topics = TOPICS.replace("image, segmentation, pixel", "segmentation")
    made.write("content/topics.yml", topics.replace("convex]", "convex, pixel]"))
    made.write("content/2025/08/08/waiting.md", WAITING)
    made.write(SEED, rows([entry(WORKS[1]), entry(WORKS[4]), entry(WORKS[5])]))
    monkeypatch.chdir(made.folder)
    monkeypatch.setattr(fetch.Lookup, "arxiv", lambda self, ids: {
        one: listings.parse(atom(int(one[-1])), file=one).entries[0] for one in ids
    })  # fmt: skip
    monkeypatch.setattr("broadsheet.topics.CONTENT_VERSION", 1)
    return made


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args), catch_exceptions=False)


def work(command: str) -> Callable[[], Result | None]:
    return upgraded if command == "upgrade" else lambda: run(*COMMANDS[command])


def upgraded() -> None:
    """An upgrade to a version that there is none of yet: it rewrites every page."""
    folder = Folder(CONTENT)
    with folder.exclusive():
        steps = {1: lambda texts: {path: text + "\n" for path, text in texts.items()
                                   if path.endswith(".md")}}  # fmt: skip
        made = curate.upgrade(folder.texts(), to=2, steps=steps)
        folder.carry_out(curate.Change(writes=made, message="upgraded"))


def state() -> dict[str, bytes | None]:
    """The content folder: its files' bytes, and its folders."""
    return {
        path.as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(CONTENT.rglob("*"))
    }


def ids() -> list[str]:
    return sorted(
        one.location.id
        for path in CONTENT.glob("20*/*/*/*.md")
        for one in scan(path.read_text("utf-8"))
    )


@pytest.fixture
def again(digest: Digest, tmp_path: Path) -> Callable[[], None]:
    """Puts the content folder back to what it was."""
    kept = tmp_path / "kept"
    shutil.copytree(CONTENT, kept)

    def put_back() -> None:
        shutil.rmtree(CONTENT)
        shutil.copytree(kept, CONTENT)

    return put_back


def points(command: str, again: Callable[[], None]) -> tuple[list[int], dict[str, bytes | None]]:
    """At which calls to end a command, and the folder when it is left to its end."""
    count = counted(CONTENT, work(command))
    done = state()
    again()
    if not SOAK:
        return sorted({count * eighth // 8 for eighth in FEW}), done
    step = max(1, count // POINTS)
    # A journal is put into place, and files are moved, in the second half.
    return sorted({*range(0, count, step), *range(count // 2, count, max(1, step // 2))}), done


# What may run next, and changes nothing itself: each settles what was cut off.
NEXT = (["check"], ["explain", "july-steps"], ["import", "no-such-seed"], ["try", "steps"])


@pytest.mark.slow(except_each=6)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_killed_command_has_done_all_or_nothing(
    command: str, again: Callable[[], None], digest: Digest
) -> None:
    before = state()
    calls, done = points(command, again)
    outcomes = set()
    for n, call in enumerate(calls):
        assert killed(CONTENT, call, work(command))
        assert not list(CONTENT.glob("2*/**/.*"))  # nothing that git would take along
        if n % 2:
            following = NEXT[n // 2 % len(NEXT)]
            assert "Traceback" not in run(*following).output
            found = state()
            assert found in (before, done)
            outcomes.add("all" if found == done else "nothing")
            assert run("check").exit_code == 0 or command in ODD
        result = work(command)()
        assert state() == done
        if result is not None and result.exit_code:
            assert not (CONTENT / ".staging").exists()
            assert "already" in result.output
        again()
    assert outcomes == {"all", "nothing"} or command == "import"


@pytest.mark.slow(except_each=5)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_meets_a_full_disk_has_done_all_or_nothing(
    command: str, again: Callable[[], None]
) -> None:
    before = state()
    calls, done = points(command, again)
    for call in sampled(calls, 2):
        try:
            failing(CONTENT, call, FULL, work(command))
        except transaction.SiteError:
            assert command == "upgrade"
        assert run("check").exit_code == 0 or command in ODD
        assert state() in (before, done)
        work(command)()
        assert state() == done
        again()


@pytest.mark.parametrize("command", ["move to a page that is there", "retire", "import"])
def test_writes_that_are_cut_short_change_nothing(command: str, again: Callable[[], None]) -> None:
    """No file may grow beyond some size, as on a disk that is full: the system itself refuses."""
    before = state()
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        for size in (1, 40, 400):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
            result = run(*COMMANDS[command])
            resource.setrlimit(resource.RLIMIT_FSIZE, old)
            assert result.exit_code == 1
            assert "File too large" in result.output
            assert result.output.count("\n") == 1
            assert state() == before
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_killed_undo_has_done_all_or_nothing(digest: Digest, tmp_path: Path) -> None:
    before = state()
    run(*COMMANDS["pick that empties the file of what waits"])
    picked = state()
    kept = tmp_path / "picked"
    shutil.copytree(digest.folder, kept)

    def put_back() -> None:
        for name in ("content", ".broadsheet"):
            shutil.rmtree(name)
            shutil.copytree(kept / name, name)

    count = counted(CONTENT, lambda: run("undo"))
    assert state() == before
    for call in range(0, count, max(1, count // 6)):
        put_back()
        assert killed(CONTENT, call, lambda: run("undo"))
        run("check")
        assert state() in (before, picked)
        if state() == picked:
            assert "undone" in run("undo").output
        assert state() == before
        assert "no command to undo" in run("undo").output


def journal_written(command: str, moves: int) -> None:
    """A command killed after so many files were moved into place."""
    done = 0
    whole = transaction.files.move

    def move(source: Path, target: Path) -> None:
        nonlocal done
        if target.is_relative_to(CONTENT) and ".staging" not in target.as_posix():
            if done == moves:
                raise KeyboardInterrupt
            done += 1
        whole(source, target)

    transaction.files.move = move
    try:
        run(*COMMANDS[command])
    except KeyboardInterrupt:
        pass
    finally:
        transaction.files.move = whole
    assert (CONTENT / ".staging/journal").exists()


def test_a_move_whose_target_was_deleted_since_keeps_its_paper(digest: Digest) -> None:
    before = state()
    journal_written("move to a new page, later in order", 1)
    (CONTENT / "2025/08/07/vision.md").unlink()
    assert run("check").exit_code == 0
    assert state() == before


def test_a_move_goes_on_around_what_people_edited_in_its_target(digest: Digest) -> None:
    journal_written("move to a page that is there", 1)
    target = CONTENT / "2025/07/07/optimization.md"
    target.write_text(target.read_text("utf-8").replace("flat valleys", "very flat valleys"))
    wanted = ids()
    assert wanted.count("2508.00001") == 2
    result = run("check")
    assert "it is finished now" in result.output
    assert "very flat valleys" in target.read_text("utf-8")
    assert ids().count("2508.00001") == 1


def test_a_move_whose_source_was_edited_since_is_taken_back(digest: Digest) -> None:
    journal_written("move to a page that is there", 1)
    source = CONTENT / "2025/08/07/optimization.md"
    source.write_text(source.read_text("utf-8").replace("too long", "far too long"))
    result = run("check")
    assert "taken back" in result.output
    assert "far too long" in source.read_text("utf-8")
    assert ids().count("2508.00001") == 1


def test_where_both_pages_were_edited_nothing_is_overwritten_and_people_are_asked(
    digest: Digest,
) -> None:
    journal_written("move to a page that is there", 1)
    for path in ("2025/08/07/optimization.md", "2025/07/07/optimization.md"):
        page = CONTENT / path
        page.write_text(page.read_text("utf-8").replace("valleys", "dales"))
    edited = {path: data for path, data in state().items() if ".staging" not in path}
    for command in (["check"], ["note", "july-steps", "x"], ["import"], ["build"]):
        result = run(*command) if command != ["build"] else None
        if result is None:
            told = digest.command("build")
            code, said = told.code, told.err
        else:
            code, said = result.exit_code, result.output
        assert code == 1
        assert "expected each paper in one page alone" in said
        assert "Traceback" not in said
    assert {path: data for path, data in state().items() if ".staging" not in path} == edited
    shutil.rmtree(CONTENT / ".staging")
    page.write_text(JULY)
    assert run("check").exit_code == 0


def test_a_build_finishes_a_move_that_was_cut_off(digest: Digest) -> None:
    journal_written("move to a new page, later in order", 1)
    said = digest.command("build")
    assert (said.code, "it is finished now" in said.err) == (0, True)
    assert "vision" in digest.page("papers/2508.00001/")
    assert not (CONTENT / ".staging").exists()


def test_git_never_sees_what_an_edit_prepares(digest: Digest) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    subprocess.run(["git", "add", "content"], check=True)
    assert killed(CONTENT, 12, work("retag --rename"))
    assert (CONTENT / ".staging").exists()
    said = subprocess.run(
        ["git", "status", "--porcelain", "content"], check=True, capture_output=True, text=True
    ).stdout
    assert "staging" not in said


def test_half_an_edit_is_never_read_where_it_cant_be_settled(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal_written("move to a new page, later in order", 1)

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", "content/2025")

    with monkeypatch.context() as patch:
        patch.setattr(transaction.files, "move", refuse)
        result = run("check")
    assert result.exit_code == 1
    assert "an edit was cut off and can't be settled" in result.output
    assert run("check").exit_code == 0


@pytest.mark.parametrize("damage", ["", "broadsheet edit 1 00\n{}", "\0" * 900, "folder"])
def test_a_damaged_journal_is_told_and_nothing_is_guessed(digest: Digest, damage: str) -> None:
    journal_written("move to a new page, later in order", 1)
    before = {path: data for path, data in state().items() if ".staging" not in path}
    book = CONTENT / ".staging/journal"
    book.unlink()
    if damage == "folder":
        book.mkdir()
    else:
        book.write_text(damage)
    result = run("check")
    assert result.exit_code == 1
    assert result.output.startswith("error: content/.staging")
    assert result.output.count("\n") == 1
    assert {path: data for path, data in state().items() if ".staging" not in path} == before


def test_a_link_in_place_of_the_staging_folder_is_not_followed(
    digest: Digest, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("x")
    (CONTENT / ".staging").symlink_to(outside)
    for command in (["check"], COMMANDS["retire"], ["import"]):
        result = run(*command)
        assert result.exit_code == 1
        assert "found a file or a link" in result.output
    assert (outside / "precious").read_text() == "x"


def test_a_journal_of_a_strangers_neither_leaves_the_folder_nor_steers_the_terminal(
    digest: Digest, tmp_path: Path
) -> None:
    outside = tmp_path / "precious"
    outside.write_text("x")
    staging = CONTENT / ".staging"
    for path, told in (("../../precious", "leaves the content folder"), ("a.md", "\ufffd[31mX")):
        staging.mkdir()
        book = journal.journal_of(Edit(name="\x1b[31mX"), [(path, None, b"taken over")])
        (staging / "journal").write_bytes(journal.encode(book))
        (staging / "0.new").write_bytes(b"taken over")
        result = run("check")
        assert told in result.output
        assert "\x1b" not in result.output
        assert outside.read_text() == "x"
        shutil.rmtree(staging, ignore_errors=True)
