"""Start-up: what commands leave unloaded, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

from tests.digests import Digest

PROGRAM = """
import sys
from broadsheet.cli import main
try:
    main({arguments!r}, standalone_mode=False)
except SystemExit:  # as a check does that finds errors
    pass
print(*sys.modules)
"""

SYSTEM = {"email", "importlib.metadata", "multiprocessing", "shutil", "socket", "subprocess",
          "tempfile"}  # fmt: skip
READERS = {"anyascii", "bs4", "markdownify", "pylatexenc", "rapidfuzz"}
NETWORK = {"httpcore", "httpx", "smtplib"}
TERMINAL = {"pydantic", "textual"}
IMPORTING = {"broadsheet.importer", "broadsheet.topics.classify", "merge3", "pycrfsuite"}
RENDERING = {
    "broadsheet.feeds.targets", "broadsheet.render.templates", "broadsheet.search.index.targets",
    "broadsheet.text.lead",
}  # fmt: skip
SITE = {"docutils", "jinja2", "lunr", "lxml", "markdown", "nh3", "pelican", "rich", "yaml"}


def loaded(digest: Digest, *arguments: str) -> set[str]:
    """The modules that a command has loaded when it is done."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(arguments=list(arguments))],
        capture_output=True,
        text=True,
        check=True,
        cwd=digest.folder,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_a_build_with_nothing_to_do_loads_only_what_it_asks(built: Digest) -> None:
    assert not loaded(built, "build") & (READERS | NETWORK | TERMINAL | IMPORTING)
    # There is word of the last one.
    assert not loaded(built, "build") & (SITE | SYSTEM)


def test_help_loads_no_library_but_that_of_the_command_line(built: Digest) -> None:
    assert not loaded(built, "--help") & (READERS | NETWORK | TERMINAL | IMPORTING | SITE)


def test_a_check_loads_neither_the_network_nor_what_imports_and_pages_take(built: Digest) -> None:
    others = NETWORK | TERMINAL | IMPORTING | RENDERING | {"broadsheet.listings.formats"}
    assert not loaded(built, "check") & others
