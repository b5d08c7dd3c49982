"""The command as a whole: what it lists, and what it does not load."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from broadsheet.cli import SUBCOMMANDS, main
from tests.digests import Digest


def test_help_lists_every_command() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for name in SUBCOMMANDS:
        assert f"\n  {name} " in result.output


def test_every_command_goes_by_the_name_it_is_listed_by() -> None:
    for name in SUBCOMMANDS:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0, result.output
        assert result.output.startswith(f"Usage: main {name} ")


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["no-such-command"]).exit_code == 2


@pytest.mark.parametrize(
    "arguments", [["build", "--until"], ["fetch", "--since"], ["import", "--date"], ["review"]]
)
def test_a_day_that_is_none_is_told_with_what_is_expected(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, [*arguments, "2025-13-01"])
    assert result.exit_code == 2
    assert 'found "2025-13-01", expected a day such as 2025-12-01' in result.stderr


def test_a_build_loads_neither_the_network_nor_the_readers_of_listings(digest: Digest) -> None:
    program = (
        "import sys\n"
        "from broadsheet.cli import main\n"
        "main(['build', '--jobs', '1'], standalone_mode=False)\n"
        "late = ('httpx', 'lxml', 'rapidfuzz', 'pycrfsuite', 'pylatexenc', 'anyascii',\n"
        "        'broadsheet.listings', 'broadsheet.importer', 'broadsheet.fetch')\n"
        "print([name for name in late if name in sys.modules])"
    )
    made = subprocess.run(
        [sys.executable, "-c", program],
        cwd=digest.folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert made.stdout.splitlines()[-1] == "[]"


def test_a_file_of_the_content_is_named_as_it_is_typed_where_the_command_runs(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    front = "---\ntitle: Kites: how they fly\ndate: 2025-08-07\ntopic: vision\n---\n\n"
    digest.write("content/2025/08/07/vision.md", f"{front}## A kite\n\n```yaml\nid: a-kite\n```\n")
    told = 'content/2025/08/07/vision.md:2: this YAML can\'t be read: "title: Kites: how they fly"'
    note = ["note", "a-kite", "Words."]
    monkeypatch.chdir(digest.folder)
    assert CliRunner().invoke(main, note).stderr.startswith(f"error: {told}")
    monkeypatch.chdir(digest.folder.parent)
    result = CliRunner().invoke(main, [*note, "--content", f"{digest.folder.name}/content"])
    assert result.stderr.startswith(f"error: {digest.folder.name}/{told}")
