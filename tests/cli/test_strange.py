"""Strange input to every command: whatever stands in the folders, a command does its work or tells
in one line what is wrong, and never shows where in the code it met it.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet import cli, fetch, listings
from broadsheet.cli import UNEXPECTED, main
from tests.digests import ABOUT, LEDGER, OPTIMIZATION, TAGS, TOPICS, VISION, Digest
from tests.fetch.conftest import atom
from tests.importer.world import WORKS, entry, rows
from tests.soak import SOAK

PAGE = "content/2025/08/07/optimization.md"
DAY = "content/2025/08/07/day.yml"
SEED = "seeds/2025-08-09.a.jsonl"
LISTING = rows([entry(WORKS[1]), entry(WORKS[4])])

COMMANDS: dict[str, list[str]] = {
    "check": ["check"],
    "explain": ["explain", "pixels-of-a-feather"],
    "try": ["try", "steps"],
    "diff": ["diff", "HEAD"],
    "import": ["import"],
    "add": ["add", "2601.00007"],
    "note": ["note", "pixels-of-a-feather", "Words."],
    "retag": ["retag", "pixels-of-a-feather", "--add", "descent"],
    "rename": ["retag", "--rename", "segmentation", "cutting"],
    "move": ["move", "pixels-of-a-feather", "--topic", "optimization"],
    "retire": ["retire", "pixels-of-a-feather"],
    "upgrade": ["upgrade"],
    "mail": ["mail", "build", "--kind", "daily"],
    "init": ["init", "."],
    "build": ["build"],
}


def put(path: str, data: bytes | str) -> None:
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data if isinstance(data, bytes) else data.encode())


def folder(path: str) -> None:
    if Path(path).exists():
        Path(path).unlink()
    Path(path).mkdir(parents=True)


def circle(path: str) -> None:
    Path(path).unlink(missing_ok=True)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).symlink_to(Path(path).name)


def name(path: str, raw: bytes) -> None:
    Path(path).mkdir(parents=True, exist_ok=True)
    Path(path, os.fsdecode(raw)).write_text(VISION, "utf-8")


def votes(count: str) -> str:
    return LISTING.replace('"arxiv"', f'"upvotes": {count}, "arxiv"')


def on(day: str) -> str:
    return VISION.replace("2025-08-08", day).replace("pixels-of-a-feather", "other")


DEEP = "[" * 5000
NUMBER = "9" * 5000

STRANGE: dict[str, Callable[[], object]] = {
    "a folder for a page": lambda: folder(PAGE),
    "a folder for a ledger": lambda: folder(DAY),
    "a folder for topics": lambda: folder("content/topics.yml"),
    "a folder for tags": lambda: folder("content/tags.yml"),
    "a folder for redirects": lambda: folder("content/redirects.yml"),
    "a folder for a subscription": lambda: folder("content/subscriptions/steps.yml"),
    "a folder for a seed": lambda: folder(SEED),
    "a folder for the settings": lambda: folder("pelicanconf.py"),
    "a file for the subscriptions": lambda: put("content/subscriptions", "x"),
    "a file for a month": lambda: put("content/2025/09", "x"),
    "a file for a day": lambda: put("content/2025/08/20", "x"),
    "a file for the cache": lambda: put(".broadsheet", "x"),
    "binary page": lambda: put(PAGE, bytes(range(256)) * 9),
    "binary ledger": lambda: put(DAY, bytes(range(256)) * 9),
    "binary topics": lambda: put("content/topics.yml", bytes(range(256))),
    "binary redirects": lambda: put("content/redirects.yml", b"\xff\xfe\x00"),
    "binary seed": lambda: put(SEED, bytes(range(256)) * 9),
    "binary static page": lambda: put("content/pages/about.md", b"Title: x\n\n\xff\x00"),
    "NULs in a page": lambda: put(PAGE, OPTIMIZATION.replace("Gradient", "\0\0")),
    "NULs in a ledger": lambda: put(DAY, LEDGER.replace("old-news", "\0")),
    "NULs in the settings": lambda: put("pelicanconf.py", "X = 1\n\0"),
    "NULs in topics": lambda: put("content/topics.yml", TOPICS.replace("gradient", "\0")),
    "huge votes": lambda: put(PAGE, OPTIMIZATION.replace("upvotes: 12", f"upvotes: {NUMBER}")),
    "huge counts": lambda: put(DAY, LEDGER.replace('"papers": 3', f'"papers": {NUMBER}')),
    "huge version": lambda: put("content/topics.yml", TOPICS.replace("1", NUMBER, 1)),
    "huge weights": lambda: put("content/topics.yml", TOPICS.replace("2.0", NUMBER)),
    "endless weights": lambda: put("content/topics.yml", TOPICS.replace("2.0", ".inf")),
    "huge votes in a seed": lambda: put(SEED, votes(NUMBER)),
    "endless votes in a seed": lambda: put(SEED, votes("1e999")),
    "deep YAML in a page": lambda: put(PAGE, OPTIMIZATION.replace("[sgd]", DEEP)),
    "deep YAML in front matter": lambda: put(PAGE, f"---\ntitle: {DEEP}\n---\n"),
    "deep YAML in a ledger": lambda: put(DAY, f"date: 2025-08-07\npapers: {DEEP}\n"),
    "deep JSON in a ledger": lambda: put(DAY, LEDGER + f'- {{"id": {DEEP}\n'),
    "deep YAML in topics": lambda: put("content/topics.yml", f"topics: {DEEP}\n"),
    "deep YAML in tags": lambda: put("content/tags.yml", f"tags: {DEEP}\n"),
    "deep YAML in redirects": lambda: put("content/redirects.yml", DEEP),
    "deep YAML in a subscription": lambda: put("content/subscriptions/steps.yml", f"tags: {DEEP}"),
    "deep JSON in a seed": lambda: put(SEED, DEEP),
    "tags in tags": lambda: put("content/tags.yml", TAGS.replace("[st", "[{a: [b]}, st")),
    "a list for topics": lambda: put("content/topics.yml", "- a\n- b\n"),
    "a date for topics": lambda: put("content/topics.yml", "2025-08-07"),
    "an alias": lambda: put("content/topics.yml", "a: &a [*a]\n"),
    "a Python tag": lambda: put("content/tags.yml", "tags: !!python/object/apply:os.getcwd []\n"),
    "two documents": lambda: put("content/tags.yml", TAGS + "---\n" + TAGS),
    "no keys in a ledger": lambda: put(DAY, "? [a, b]\n: {c: d}\n"),
    "odd keys in a block": lambda: put(PAGE, OPTIMIZATION.replace("upvotes: 12", "? {a: b}\n: c")),
    "odd keys in redirects": lambda: put("content/redirects.yml", "- {[a]: b}\n"),
    "odd keys in a subscription": lambda: put("content/subscriptions/steps.yml", "? [a]\n: b\n"),
    "tabs in YAML": lambda: put(DAY, "date:\t2025-08-07\n\tpapers:\n"),
    "a year too early": lambda: put("content/0206/01/05/vision.md", on("0206-01-05")),
    "a year too late": lambda: put("content/9999/12/31/vision.md", on("9999-12-31")),
    "a month that is none": lambda: put("content/2025/13/01/vision.md", VISION),
    "a seed too early": lambda: put("seeds/0206-01-05.a.jsonl", LISTING),
    "a seed too late": lambda: put("seeds/9999-12-31.a.jsonl", LISTING),
    "a page's name that is no text": lambda: name("content/2025/08/08", b"vision\xff.md"),
    "a day's name that is no text": lambda: name("content/2025/08/\udcff", b"vision.md"),
    "a seed's name that is no text": lambda: name("seeds", b"2025-08-09.\xff.txt"),
    "a static page's name that is no text": lambda: name("content/pages", b"\xff.md"),
    "a subscription's name that is no text": lambda: name("content/subscriptions", b"\xff.yml"),
    "names that differ by case": lambda: put("content/2025/08/08/Vision.md", on("2025-08-08")),
    "a topic in capitals": lambda: put(PAGE, OPTIMIZATION.replace("topic: o", "topic: O")),
    "an id in capitals": lambda: put(PAGE, OPTIMIZATION.replace("id: steps", "id: Steps")),
    "a circle of links for a page": lambda: circle(PAGE),
    "a circle of links for topics": lambda: circle("content/topics.yml"),
    "a circle of links for redirects": lambda: circle("content/redirects.yml"),
    "a circle of links for a month": lambda: circle("content/2025/11"),
    "a circle of links for a seed": lambda: circle(SEED),
    "an unknown template": lambda: put("content/pages/x.md", "Title: X\nTemplate: nowhere\n\nX\n"),
    "a date that is none": lambda: put("content/pages/x.md", "Title: X\nDate: soon\n\nX\n"),
    "a status that is none": lambda: put("content/pages/x.md", "Title: X\nStatus: odd\n\nX\n"),
    "a slug that leaves": lambda: put("content/pages/x.md", "Title: X\nsave_as: ../../x\n\nX\n"),
    "settings that raise": lambda: put("pelicanconf.py", "raise RuntimeError('no\\nway')\n"),
    "settings that end it all": lambda: put("pelicanconf.py", "import sys; sys.exit(3)\n"),
    "settings without grammar": lambda: put("pelicanconf.py", "SITENAME = = 1\n"),
    "settings of other kinds": lambda: put("pelicanconf.py", "PATH = [1]\nTHEME = {}\n"),
    "settings as bytes": lambda: put("pelicanconf.py", b"\xff\xfe"),
}  # fmt: skip
# Building takes long: what the other commands meet in the same readers is not built once more.
NOT_BUILT = ("deep", "huge", "odd keys", "NULs", "binary", "seed", "circle", "a seed")
BUILT = ("binary static page", "NULs in a page", "huge votes", "circle of links for redirects")


@pytest.fixture(autouse=True)
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    made = Digest(tmp_path)
    made.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    made.write("content/pages/about.md", ABOUT)
    made.write(SEED, LISTING)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BROADSHEET_TRACEBACK", raising=False)
    found = listings.parse(atom(7), file="x").entries[0]
    monkeypatch.setattr(fetch.Lookup, "arxiv", lambda self, ids: dict.fromkeys(ids, found))
    return made


def told(command: list[str]) -> None:
    """Run a command: it ends in good order, or with one line."""
    done = CliRunner().invoke(main, command)
    assert done.exit_code in (0, 1, 2), (command, done.output)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "Traceback" not in done.output
    lines = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    if done.exit_code == 1 and command[0] != "check":
        assert lines, (command, done.output)
        assert len(lines) == 1 or command[0] == "import", done.output
    assert all(line.isprintable() and len(line) < 6000 for line in lines)


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize(("number", "case"), list(enumerate(STRANGE)), ids=STRANGE)
def test_strange_input_gets_one_line_from_every_command(number: int, case: str) -> None:
    STRANGE[case]()
    # Outside a soak run every command meets every other case.
    for command in COMMANDS if SOAK else list(COMMANDS)[number % 2 :: 2]:
        skipped = any(word in case for word in NOT_BUILT) and not any(b in case for b in BUILT)
        if command != "build" or not skipped:
            told(COMMANDS[command])


TOUCHED = ("check", "import", "move", "retire", "explain", "init", "note", "try", "upgrade")


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that anybody reaches, unlike those of other tests."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o777)
        yield Path(made)


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("where", ["content/2025/08/07", PAGE, DAY, "content/topics.yml", SEED,
                                   "content/subscriptions", "content/pages/about.md", "seeds",
                                   "content", "content/2025", "pelicanconf.py", "."])  # fmt: skip
def test_what_may_not_be_read_or_written_is_told(
    where: str, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process that is nobody's, since root may read and write all."""
    for command in TOUCHED:  # all is loaded that they take
        told(COMMANDS[command])
    made = Digest(open_folder)
    made.write(SEED, LISTING)
    made.write("content/subscriptions/steps.yml", "title: Steps\ntags: [sgd]\n")
    monkeypatch.chdir(open_folder)
    for path in (open_folder, *open_folder.rglob("*")):
        os.chown(path, 65534 if os.geteuid() == 0 else -1, -1)
    Path(where).chmod(0o500 if where == "." else 0)
    child = os.fork()
    if not child:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            for command in TOUCHED:
                told(COMMANDS[command])
            code = 0
        except BaseException as error:
            os.write(2, f"{where}: {error!r}".encode())
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    Path(where).chmod(0o755)
    assert status == 0


def test_a_folder_that_may_not_be_written_gets_no_new_digest(open_folder: Path) -> None:
    target = open_folder / "file" / "digest"
    (open_folder / "file").write_text("x")
    done = CliRunner().invoke(main, ["init", str(target)])
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"error: {open_folder}/file/digest/")


def test_an_init_that_was_cut_off_is_completed(open_folder: Path) -> None:
    def files() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in open_folder.rglob("*") if path.is_file()}

    assert CliRunner().invoke(main, ["init", str(open_folder)]).exit_code == 0
    whole = files()
    (open_folder / "content/tags.yml").unlink()
    assert CliRunner().invoke(main, ["init", str(open_folder)]).exit_code == 0
    assert files() == whole
    (open_folder / "content/tags.yml").write_text("mine")
    again = CliRunner().invoke(main, ["init", str(open_folder)])
    assert f"left {open_folder}/content/tags.yml as it is" in again.stdout
    assert (open_folder / "content/tags.yml").read_text() == "mine"
    assert (open_folder / "content/tags.yml").read_text() == "mine"


ODD_WORDS = [
    "", " ", "\udcff", "x" * 5000, "../nowhere", "papers/../x", "\x1b[31m", "[", "\\", "a\nb",
    "9" * 400, "loop", "content/loop/x", "https://arxiv.org/abs/" + "9" * 50,
]  # fmt: skip
ASKED = [
    ["check", "?"], ["check", "--changed", "?"], ["check", "--settings", "?"],
    ["check", "--content", "?"], ["explain", "?"], ["try", "?"], ["move", "?", "--topic", "?"],
    ["move", "pixels-of-a-feather", "--topic", "?"], ["retire", "?"], ["retag", "?", "-a", "?"],
    ["retag", "pixels-of-a-feather", "-a", "?"], ["retag", "pixels-of-a-feather", "-d", "?"],
    ["retag", "--rename", "?", "?"], ["note", "?", "?"], ["add", "?"], ["add", "--form", "?"],
    ["add", "2601.00007", "--topic", "?"], ["import", "?"], ["import", "--seeds", "?"],
    ["import", "--content", "?"], ["upgrade", "--content", "?"], ["diff", "?"],
    ["build", "-s", "?"], ["build", "-e", "?"], ["mail", "build", "--daily", "?"],
    ["ping", "-s", "?"], ["fetch", "huggingface", "--date", "?"],
]  # fmt: skip


@pytest.mark.parametrize("word", ODD_WORDS, ids=range(len(ODD_WORDS)))
def test_strange_words_get_one_line_from_every_command(word: str) -> None:
    circle("loop")
    for asked in ASKED if SOAK else ASKED[ODD_WORDS.index(word) % 2 :: 2]:
        told([part.replace("?", word) for part in asked])


def test_what_nobody_thought_of_is_one_line_with_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fall(*args: object) -> None:
        raise RuntimeError("a\nb\x1b[31m")

    monkeypatch.setattr("broadsheet.checks.check", fall)
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == UNEXPECTED
    assert done.stderr.startswith("error: unexpected RuntimeError: a b\ufffd[31m; ")
    assert done.stderr.count("\n") == 1
    for args, env in (["--traceback", "check"], {}), (["check"], {"BROADSHEET_TRACEBACK": "1"}):
        done = CliRunner().invoke(main, args, env=env)
        assert isinstance(done.exception, RuntimeError)
    assert cli.UNEXPECTED not in (0, 1, 2)


def test_a_full_disk_is_told_as_one_and_as_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("broadsheet.checks.check", fall)
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 1
    assert done.stderr == f"error: nothing more can be written: {os.strerror(errno.ENOSPC)}\n"
