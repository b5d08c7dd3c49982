"""A curator's terminal, and the runner of a workflow, which obeys what a step prints: whatever
strangers call papers, files and columns, no command prints what steers either."""

from __future__ import annotations

import ast
import contextlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet import cli
from broadsheet.cli import main, terminal
from tests.digests import VISION, Digest

STEERING = "\x1b]0;name\x07\x1b[2J\x9b31m\u202e\x7f\x08##[add-mask]e"
ORDER = "\n::add-mask::e"  # in a file's name
OURS = re.compile("::(?:error|warning|notice) file=[^:]*::")
TITLE = f"Pixels {STEERING} of a feather"


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A built digest whose titles, names and files would steer a terminal."""
    made = Digest(tmp_path_factory.mktemp("named") / "digest")
    page = VISION.replace("Pixels of a feather", TITLE)
    made.write(
        "content/2025/08/08/vision.md", page.replace("tags:", 'authors: ["Ada \\e[1m"]\ntags:')
    )
    made.write(
        "content/subscriptions/pixels.yml", 'title: "Pixels \\e]0;x\\a\\x9b31m"\nwords: pixels\n'
    )
    made.build()
    listing = [{"title": f"A paper {STEERING}", "abstract": STEERING, f"x{STEERING}": STEERING}]
    made.write(f"seeds/2025-08-09.new{STEERING}s{ORDER}.json", json.dumps(listing))
    page = VISION.replace("2025-08-08", "2025-08-09")
    made.write(f"content/2025/08/09/x{STEERING}{ORDER}.md", page)
    return made


def said(digest: Digest, *command: str) -> str:
    """What a command prints, as a terminal with colours gets it."""
    with contextlib.chdir(digest.folder):
        done = CliRunner().invoke(main, command, color=True)
    assert done.exit_code in (0, 1), done.output
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "try pixels", "search pixels", "search pixels --json", "search pixels --verbatim",
        f"search pixels{STEERING}x", "check", "check --format json", "check --format github",
        "import --dry-run", "explain pixels-of-a-feather", f"explain {STEERING}",
        f"build --explain papers/{STEERING}/", f"try x{STEERING}", "doctor --format json",
    ],
)  # fmt: skip
def test_no_command_prints_what_steers_a_terminal(named: Digest, command: str) -> None:
    told = said(named, *command.split(" "))
    assert told.strip()
    assert [char for char in told if not char.isprintable() and char not in "\n\t"] == []
    orders = [line for line in told.split("\n") if line.lstrip().startswith("::")]
    assert "##[" not in told
    assert not orders or command == "check --format github"
    assert [line for line in orders if not OURS.match(line)] == []


def test_json_is_the_same_to_a_program(named: Digest, capsys: pytest.CaptureFixture[str]) -> None:
    (paper,) = json.loads(said(named, "search", "pixels", "--json"))["papers"]
    assert paper["title"] == TITLE
    value = {"a": "\U000e0041\u00a0\u2028 é 中", "b": [1, None]}
    assert json.loads(terminal.escaped(json.dumps(value, ensure_ascii=False))) == value
    terminal.echo_json(["##[error]"], indent=0)
    told = capsys.readouterr().out
    assert "##[" not in told
    assert json.loads(told) == ["##[error]"]


def test_words_and_their_layout_stay(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.echo("é 中\u00a0a\n\tb\r\x1b")
    assert capsys.readouterr().out == "é 中 a\n\tb\ufffd\ufffd\n"
    terminal.echo("a::b\n \u00a0::stop-commands::x\n##[error]")
    assert capsys.readouterr().out == "a::b\n  : :stop-commands::x\n## [error]\n"


def test_commands_print_by_one_module_alone() -> None:
    for path in Path(cli.__file__).parent.glob("*.py"):
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute) and node.attr in ("echo", "secho")
            and isinstance(node.value, ast.Name) and node.value.id == "click"
        ]  # fmt: skip
        assert bool(calls) == (path.name == "terminal.py"), path.name
