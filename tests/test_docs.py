"""Docs that are true: the commands that they show are run, the files that they name are there."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.commands import parse
from tests.digests import ROOT, Digest

DOCS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")

# Commands that reach for the network or need a server; they are parsed and not run.
_NOT_RUN = (
    "fetch", "add", "mail", "ping", "post", "serve", "diff", "doctor", "merge-driver", "resolve",
    "summarize",
)  # fmt: skip


def _commands(doc: Path) -> list[str]:
    return [
        line.split("  #")[0].strip()
        for block in _BLOCK.findall(doc.read_text("utf-8"))
        for line in block.replace("\\\n", " ").splitlines()
        if line.strip() and not line.startswith("#")
    ]


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_commands_in_docs_work(doc: Path, tmp_path: Path) -> None:
    digest = Digest(tmp_path / "digest")
    for command in _commands(doc):
        words = [word for word in shlex.split(command) if "=" not in word or "--" in word]
        if words[0] == "make":
            targets = [word for word in words[1:] if not word.startswith("-")]
            check = ["make", "-n", *targets]
            made = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
            assert made.returncode == 0, (command, made.stderr)
        elif words[0] == "broadsheet":
            if words[1] in _NOT_RUN:
                parse(words)
                continue
            result = digest.command(*words[1:])
            assert result.code == 0, (command, result.err)
            if words[1] == "init":
                digest.folder /= words[2]
                digest.output = digest.folder / "output"
        elif words[0] == "pip":
            assert words[1:] in (["install", "broadsheet"], ["install", "."]), command
        else:
            assert words[0] in ("git", "cd", "cp", "rsync", "python", "pelican", "export"), command


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_files_that_docs_name_are_there(doc: Path) -> None:
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", doc.read_text("utf-8"), flags=re.M | re.S)
    for target in _LINK.findall(prose):
        assert (doc.parent / target).exists(), target
