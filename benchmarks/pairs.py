"""Builds by this source tree and by an earlier commit, in turn, on the same archive.

    python benchmarks/pairs.py COMMIT [--papers 10000] [--pairs 5] [--jobs 1]

Tells the processor's time in user mode of a first build, of a build with nothing to do, and of the
build after one more day: of both, and the ratio of each pair, whose spread says how far to trust
it. Whatever else the machine does in between meets both alike. The commit is checked out in
.bench/, and removed in the end.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import build
import measure
import performance
from measure import Run

_FIRST, _IDLE, _DAY = "first build", "nothing to do", "one more day"
_MADE = Path("theme", "static", "js", "vendor")  # by vendor.py, and not in git

Pair = tuple[Run, Run]


@contextmanager
def tree_of(commit: str) -> Iterator[Path]:
    """A commit's source tree. Raises CalledProcessError where there is no such commit."""
    tree = build.BENCH / "pairs"
    git = ["git", "-C", build.ROOT, "worktree"]
    subprocess.run([*git, "remove", "--force", tree], check=False, capture_output=True)
    shutil.rmtree(tree, ignore_errors=True)
    subprocess.run([*git, "add", "--detach", tree, commit], check=True, capture_output=True)
    try:
        shutil.copytree(build.ROOT / _MADE, tree / _MADE, dirs_exist_ok=True)
        yield tree
    finally:
        subprocess.run([*git, "remove", "--force", tree], check=False, capture_output=True)


def compared(commit: str, papers: int, pairs: int, jobs: int) -> dict[str, list[Pair]]:
    """Runs of the earlier commit and of this tree, by what was built."""
    source = build.digest(papers)
    listings = sorted((source / "listings").iterdir())
    found: dict[str, list[Pair]] = {_FIRST: [], _IDLE: [], _DAY: []}
    with tree_of(commit) as before:
        trees = (before, build.ROOT)
        folders = [
            build.checkout(source, name, tree)
            for name, tree in zip(("before", "now"), trees, strict=True)
        ]

        def both(*command: str | Path) -> Pair:
            ran = [
                measure.run(
                    [build.BROADSHEET, *command], folder, {"PYTHONPATH": str(tree / "plugins")}
                )
                for folder, tree in zip(folders, trees, strict=True)
            ]
            return ran[0], ran[1]

        for number in range(pairs):
            build.tell(f"Pair {number + 1} of {pairs}")
            for folder in folders:
                for made in ("output", ".broadsheet"):
                    shutil.rmtree(folder / made, ignore_errors=True)
            found[_FIRST].append(both("build", "--jobs", str(jobs)))
        both("build")  # each has met its own cache then
        for number in range(pairs):
            build.tell(f"Nothing to do: pair {number + 1} of {pairs}")
            found[_IDLE].append(both("build"))
        for listing in listings[:pairs]:
            build.tell(f"One more day: {listing.name}")
            both("import", listing)
            found[_DAY].append(both("build", "--jobs", str(jobs)))
    return found


def told(found: dict[str, list[Pair]]) -> str:
    """The pairs as text."""
    rows = []
    for name, pairs in found.items():
        ratios = sorted(now.user / before.user for before, now in pairs)
        rows.append(
            [
                name,
                build.seconds(median(before.user for before, _ in pairs)),
                build.seconds(median(now.user for _, now in pairs)),
                f"{median(ratios):.2f}",
                f"{ratios[0]:.2f} to {ratios[-1]:.2f}",
                build.megabytes(max(before.memory for before, _ in pairs)),
                build.megabytes(max(now.memory for _, now in pairs)),
            ]
        )
    head = ["user time", "before", "now", "ratio", "spread", "memory before", "memory now"]
    return f"({build.machine()})\n\n{performance.table(head, rows)}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or ""), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commit", help="what to compare with")
    parser.add_argument("--papers", type=int, default=10_000, metavar="COUNT")
    parser.add_argument("--pairs", type=int, default=5, metavar="COUNT")
    parser.add_argument("--jobs", type=int, default=1, metavar="COUNT",
                        help="processes that render (default: 1, which varies least)")  # fmt: skip
    chosen = parser.parse_args(arguments)
    try:
        found = compared(chosen.commit, chosen.papers, chosen.pairs, chosen.jobs)
    except (measure.CommandError, subprocess.CalledProcessError) as error:
        build.tell("")
        sys.exit(f"error: {error}")
    build.tell("")
    print(told(found))


if __name__ == "__main__":
    main()
