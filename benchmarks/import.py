"""How fast raw listings become content: an archive of Hugging Face's daily listings into an empty
site, then the same once more, which has nothing to do.

    BROADSHEET_DATA=DIR python benchmarks/import.py [--profile]

DIR holds huggingface-daily-papers.tar.xz. Without it, as many days of made-up papers are imported.
Prints days, papers, what became of them, failures one by one, seconds and peak memory; exits with 1
where the second import took 2 seconds or did anything.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import random
import resource
import shutil
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from broadsheet.importer import ImportOutcome, run

ARCHIVE = "huggingface-daily-papers.tar.xz"
ROOT = Path(__file__).resolve().parent.parent
NO_OP = 2.0  # seconds that a second import may take


def unpack(archive: Path, seeds: Path) -> None:
    """The archive's listings as files that are named for their day and source."""
    with tarfile.open(archive) as tar:
        for member in tar:
            found = tar.extractfile(member) if member.isfile() else None
            name = Path(member.name)
            if found is not None and name.suffix == ".json":
                (seeds / f"{name.stem}.huggingface.json").write_bytes(found.read())


def invent(seeds: Path, days: int = 415, papers: int = 30) -> None:
    """Listings of made-up papers, the same each time."""
    source = random.Random(2025)
    words = ["model", "image", "graph", "policy", "noise", "token", "reward", "scene", "proof"]
    for n in range(days):
        day = date(2024, 1, 1) + timedelta(n)
        rows = [
            {
                "title": f"{' '.join(source.choices(words, k=6)).capitalize()} {n}-{paper}",
                "abstract": f"We study {' '.join(source.choices(words, k=180))}.",
                "authors": [f"Author {source.randrange(999)}" for _ in range(5)],
                "upvotes": source.randrange(200),
            }
            for paper in range(papers)
        ]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (seeds / f"{day}.made.jsonl").write_text(text, "utf-8")


def peak() -> float:
    """The most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass(frozen=True)
class Timed:
    """An import: what it did, its seconds by the clock and of the processor, and its peak memory
    after each tenth of the listings."""

    outcome: ImportOutcome
    seconds: float
    processor: float
    memory: tuple[tuple[int, float], ...]


def timed(files: Sequence[Path], content: Path) -> Timed:
    """Import and measure."""
    memory: list[tuple[int, float]] = []
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done % max(1, len(files) // 10) == 0:
            memory.append((done, peak()))

    started = time.perf_counter(), time.process_time()
    outcome = run(files, content, done=count)
    return Timed(
        outcome,
        time.perf_counter() - started[0],
        time.process_time() - started[1],
        tuple(memory),
    )


def main() -> None:
    """Import twice and tell how it went."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    options.add_argument("--profile", action="store_true", help="tell where the time goes, too")
    chosen = options.parse_args()
    archive = Path(os.environ.get("BROADSHEET_DATA", "")) / ARCHIVE
    with tempfile.TemporaryDirectory() as folder:
        seeds, content = Path(folder, "seeds"), Path(folder, "content")
        seeds.mkdir()
        content.mkdir()
        for name in ("topics.yml", "tags.yml"):
            shutil.copy(ROOT / "content" / name, content)
        if archive.is_file():
            unpack(archive, seeds)
        else:
            print(f"no {ARCHIVE} in BROADSHEET_DATA: importing made-up papers")
            invent(seeds)
        files = sorted(seeds.iterdir())
        profile = cProfile.Profile()
        if chosen.profile:
            profile.enable()
        first = timed(files, content)
        if chosen.profile:
            profile.disable()
        tell(first)
        again = timed(files, content)
        idle = all(report.unchanged for report in again.outcome.reports)
        print(
            f"second import   {again.seconds:.2f} s, {'nothing to do' if idle else 'NOT a no-op'}"
        )
        if chosen.profile:
            pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    if not idle or again.seconds > NO_OP:
        sys.exit(1)


def tell(first: Timed) -> None:
    """Print what a first import did."""
    outcome = first.outcome
    reports = outcome.reports
    listed = sum(report.listed for report in reports)
    print(f"listings        {len(reports)} imported, {len(outcome.errors)} refused")
    print(f"days            {len({report.date for report in reports})}")
    print(f"papers listed   {listed:,}")
    print(f"  published     {sum(report.published for report in reports):,}")
    print(f"  duplicates    {sum(report.duplicates for report in reports):,}")
    print(f"  other         {sum(report.known + report.declined for report in reports):,}")
    print(f"notices         {sum(len(report.notices) for report in reports):,}")
    print(
        f"first import    {first.seconds:.1f} s ({first.processor:.1f} s of the processor), "
        f"{listed / first.seconds:,.0f} papers a second"
    )
    print("peak memory     " + ", ".join(f"{mb:.0f} MB after {n}" for n, mb in first.memory))
    for error in outcome.errors:
        print(f"refused: {error}")


if __name__ == "__main__":
    main()
