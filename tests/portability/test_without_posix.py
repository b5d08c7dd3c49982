"""The command works without fcntl, fork and what else Windows lacks (`sitecustomize.py`)."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import pytest

import broadsheet
from broadsheet.slugs import is_device
from tests.digests import ROOT
from tests.fetch.conftest import Answer, atom

ENVIRONMENT = os.environ | {
    "PYTHONPATH": os.pathsep.join(map(str, (Path(__file__).parent, ROOT / "plugins"))),
    "PYTHONTZPATH": "",  # time zones come from the package tzdata alone
    "PYTHONWARNDEFAULTENCODING": "1",  # UTF-8 is the default encoding on few systems
}

# Runs commands one after the other, and prints what came of each as JSON.
PROGRAM = """
import contextlib, io, json, os, sys, warnings
warnings.simplefilter("error", EncodingWarning)
from importlib import import_module
names = sys.argv[1].split()
for name in names:
    import_module(name)
from broadsheet.cli import main
told = []
for command in json.loads(sys.argv[2]):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = main(command, prog_name="broadsheet", standalone_mode=False)
        except SystemExit as end:
            code = end.code
    told.append([code or 0, out.getvalue()])
assert not hasattr(os, "fork") and "fcntl" not in sys.modules
print(json.dumps(told))
"""


def _modules() -> list[str]:
    found = pkgutil.walk_packages(broadsheet.__path__, "broadsheet.")
    return [module.name for module in found if not module.name.endswith("__main__")]


def _commands(folder: Path, *commands: list[str], modules: Sequence[str] = ()) -> list[str]:
    """What each command says, after modules are imported. Fails where one fails."""
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM, " ".join(modules), json.dumps(commands)],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert all(code == 0 for code, _ in told), told
    return [text for _, text in told]


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new digest, made, imported, built twice and checked on such a system."""
    folder = tmp_path_factory.mktemp("portable") / "mine"
    folder.mkdir()
    _, imported, built, again, checked, _ = _commands(
        folder,
        ["init", ".", "--offline"],
        ["import"],
        ["build", "--jobs", "3"],
        ["build"],
        ["check"],
        ["upgrade", "--dry-run", "--offline"],
        modules=_modules(),
    )
    assert "published" in imported
    assert "0 unchanged" in built
    assert " 0 written" in again
    assert checked.endswith("nothing to mend\n")
    return folder


@pytest.mark.slow
def test_a_paper_is_added(digest: Path, server, clock) -> None:
    server.says("/api/query", Answer(atom(1)))
    (told,) = _commands(digest, ["add", "2601.00001", "--base-url", server.url])
    assert "2601.00001" in told


@pytest.mark.slow
def test_every_file_has_a_name_that_windows_can_have(digest: Path) -> None:
    for path in digest.rglob("*"):
        name = path.name
        assert not re.search(r'[<>:"|?*\\\x00-\x1f]|[. ]\Z', name), path
        assert not is_device(name), path


@pytest.mark.slow
def test_it_is_served(digest: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "broadsheet", "serve", "--port", "0"],
        cwd=digest,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    try:
        said = ""
        for line in process.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                with urllib.request.urlopen(found.group(), timeout=10) as page:
                    assert page.status == 200
                return
        pytest.fail(said)
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
