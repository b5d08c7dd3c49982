"""What the command says of itself: help, examples, completion."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from shutil import which

import click
import pytest
from click.testing import CliRunner

from broadsheet.cli import main
from broadsheet.cli.examples import EXAMPLES
from tests.commands import parse


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """All commands with their whole names, those of groups too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")


COMMANDS = dict(_commands(main))


def test_every_command_has_an_example_and_no_example_has_lost_its_command() -> None:
    assert sorted(EXAMPLES) == sorted(COMMANDS)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_shown_whole_and_are_of_their_command(name: str) -> None:
    shown = CliRunner().invoke(main, [*name.split(), "--help"], terminal_width=80).output
    for line in EXAMPLES[name]:
        assert f"  {line}\n" in shown
        assert len(line) < 79


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines])
def test_examples_are_such_as_the_command_takes(line: str) -> None:
    """Their arguments are parsed, and nothing is run."""
    if inner := re.search(r"\$\((.*?)\)", line):
        line = inner[1]
    parse(shlex.split(line))


@pytest.mark.parametrize(
    "name", ["", *(n for n, c in COMMANDS.items() if isinstance(c, click.Group))]
)
def test_summaries_are_whole_sentences_within_the_width(name: str) -> None:
    shown = CliRunner().invoke(main, [*name.split(), "--help"], terminal_width=80).output
    table = shown.partition("Commands:\n")[2]
    assert table
    assert "..." not in table
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_learns_to_complete_the_command(shell: str) -> None:
    script = CliRunner().invoke(main, ["completion", shell])
    assert script.exit_code == 0
    assert f"_BROADSHEET_COMPLETE={shell}_complete" in script.output
    words = {"COMP_WORDS": "broadsheet fe", "COMP_CWORD": "1" if shell != "fish" else "fe"}
    asked = CliRunner().invoke(
        main, [], prog_name="broadsheet", env={"_BROADSHEET_COMPLETE": f"{shell}_complete", **words}
    )
    assert re.search(r"\bfetch\b", asked.output)
    assert "import" not in asked.output


@pytest.mark.skipif(which("bash") is None, reason="bash is not installed")
def test_bash_takes_the_script() -> None:
    script = CliRunner().invoke(main, ["completion", "bash"]).output
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_an_unknown_shell_is_named() -> None:
    told = CliRunner().invoke(main, ["completion", "tcsh"])
    assert told.exit_code == 2
    assert "tcsh" in told.output


def test_python_runs_the_package_as_the_command() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "broadsheet", "--help"], capture_output=True, text=True, check=True
    )
    assert made.stdout.startswith("Usage: broadsheet [OPTIONS] COMMAND")
