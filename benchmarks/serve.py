"""How soon `broadsheet serve` shows an edited page.

    python benchmarks/serve.py [--write] [COUNT ...]

A digest of so many papers is served, and one paper of its newest day is edited again and again;
what is told is the time from saving the file until the day's page, open in a browser, is told to
reload and has the new words. Between edits the rest of the site is built in peace. With
--write the table goes into docs/performance.md.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import build
import measure
import performance

SIZES = (1000, 10_000)
EDITS = 7
REST = 3  # seconds before each edit: a person reads, too
PATIENCE = 120  # seconds for a server to start, or for an edit to show
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@dataclass(frozen=True, slots=True)
class Served:
    """Seconds from each edit to its showing."""

    papers: int
    seconds: tuple[float, ...]


def served(count: int) -> Served:
    """Serve a digest of so many papers and edit it."""
    folder = build.checkout(build.digest(count), "served")
    build.first_build(folder, "--siteurl", "")
    server = subprocess.Popen(
        [build.BROADSHEET, "serve", "--port", "0"],
        cwd=folder,
        env=measure.ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = _started(server)
        page = max((folder / "content").glob("[0-9]*/*/*/*.md"))
        path = "/".join(page.parts[-4:-1])
        return Served(count, tuple(_edit(page, address, path, one) for one in range(EDITS)))
    finally:
        server.terminate()
        server.wait()


def _started(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        found = _ADDRESS.search(line)
        if found:
            return found[0]
    raise SystemExit("broadsheet serve ended before it served")


def _edit(page: Path, address: str, path: str, number: int) -> float:
    """Seconds until an open page has been told of an edit, and shows it when it reloads."""
    time.sleep(REST)
    word = f"edited{number}"
    text = page.read_text("utf-8").rstrip()
    stream = f"{address}__serve/events?page=/{path}/"
    with urllib.request.urlopen(stream, timeout=PATIENCE) as events:
        page.write_text(f"{text} {word}\n", "utf-8")
        started = time.perf_counter()
        while not events.readline().startswith(b"event: built"):
            pass
        with urllib.request.urlopen(f"{address}{path}/") as answer:
            shown = word in answer.read().decode()
        seconds = time.perf_counter() - started
    if not shown:
        raise SystemExit(f"{page} was edited, and the page that was shown anew is as before")
    return seconds


def told(made: list[Served]) -> str:
    """The measurements as text."""
    rows = [
        [
            f"{one.papers:,} papers",
            *(build.seconds(f(one.seconds)) for f in (median, max)),
        ]
        for one in made
    ]
    return (
        f"{EDITS} edits of a paper of the newest day, {REST} s after the one before: from saving "
        "until the day's open page is told to reload and has the new words "
        f"({build.machine()}).\n\n" + performance.table(["", "median", "longest"], rows)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, metavar="COUNT")
    parser.add_argument("--write", action="store_true", help="put the table into the docs")
    asked = parser.parse_args()
    text = told([served(count) for count in asked.counts or SIZES])
    print(text)
    if asked.write:
        performance.put("serving", text)


if __name__ == "__main__":
    sys.exit(main())
