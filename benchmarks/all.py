"""All tables of docs/performance.md, in a quarter of an hour on two idle cores.

    python benchmarks/all.py [--write] [--quick]     # what `make bench` runs

Runs the benchmarks one after another, each as its own command, and tells what each took. With
--write the tables go into docs/performance.md. --quick takes small archives, to see that all of it
works; its figures say nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import measure

_FOLDER = Path(__file__).resolve().parent

# A script, its options, those that make it quick, and whether it writes a table.
Step = tuple[str, tuple[str, ...], tuple[str, ...], bool]
STEPS: tuple[Step, ...] = (
    ("import.py", (), (), False),
    ("topics.py", (), (), False),
    ("build.py", (), ("--only", "first,daily,growth,subscriptions", "--papers", "100",
                      "--archive", "120", "--growth", "60,120", "--runs", "1",
                      "--subscriptions", "20"), True),
    ("serve.py", (), ("50",), True),
    ("search.py", (), ("--papers", "300", "--peer-papers", "100"), True),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Run all; ends with 1 if one of them failed, after the others."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or ""), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true",
                        help="put the tables into docs/performance.md")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="small archives; nothing is written")
    chosen = parser.parse_args(arguments)
    print(f"On {measure.interpreter()}.", flush=True)
    began = time.monotonic()
    took: list[str] = []
    failed = False
    for script, options, quick, writes in STEPS:
        write = ("--write",) if writes and chosen.write and not chosen.quick else ()
        words = [sys.executable, _FOLDER / script, *(quick if chosen.quick else options), *write]
        started = time.monotonic()
        code = subprocess.run(words, check=False).returncode
        failed = failed or code != 0
        took.append(f"{script} {time.monotonic() - started:.0f} s{' (failed)' if code else ''}")
    print(f"\n{', '.join(took)}: {(time.monotonic() - began) / 60:.1f} minutes in all")
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
