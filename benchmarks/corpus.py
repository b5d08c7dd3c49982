"""Papers for benchmarks, as entries by day and as a content folder: real ones where
BROADSHEET_DATA names a folder that has them, made-up ones otherwise.

    python benchmarks/corpus.py COUNT FOLDER     # a whole digest in FOLDER
"""

from __future__ import annotations

import json
import lzma
import os
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from broadsheet import content, importer
from broadsheet.importer.known import Known
from broadsheet.ledger import Arrival
from broadsheet.papers import Entry
from broadsheet.topics import Classifier

ROOT = Path(__file__).resolve().parent.parent
_FIRST = date(2024, 5, 27)

Days = dict[date, list[Entry]]


def papers(count: int) -> Days:
    """So many papers by their days, oldest first. Where there are fewer, they come again under
    new ids and later days."""
    data = os.environ.get("BROADSHEET_DATA")
    source = Path(data) / "papers.jsonl.xz" if data else None
    rows = list(_real(source) if source and source.exists() else _invented(count))
    days: Days = {}
    for number in range(count):
        when, entry = rows[number % len(rows)]
        again = number // len(rows)
        if again:
            when += timedelta(days=800 * again)
            entry = replace(entry, arxiv=None, title=f"{entry.title} (printing {again + 1})")
        days.setdefault(when, []).append(entry)
    return dict(sorted(days.items()))


def _real(path: Path) -> Iterator[tuple[date, Entry]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield (
                date.fromisoformat(row["date"]),
                Entry(
                    title=" ".join(row["title"].split()),
                    abstract=row["abstract"],
                    tex=True,
                    arxiv=row["id"],
                    authors=tuple(row["authors"]),
                    categories=tuple(row["categories"]),
                    upvotes=row.get("upvotes"),
                ),
            )


_WORDS = (
    "model learning network data language image attention gradient policy training graph sample "
    "robust sparse diffusion transformer agent reward token feature representation efficient deep "
    "neural bound optimal kernel latent causal federated prompt retrieval speech video scene"
).split()


def _invented(count: int) -> Iterator[tuple[date, Entry]]:
    chance = random.Random(7)
    for number in range(count):
        words = [chance.choice(_WORDS) for _ in range(180)]
        sentences = [" ".join(words[n : n + 15]).capitalize() + "." for n in range(0, 180, 15)]
        yield (
            _FIRST + timedelta(days=number // 60),
            Entry(
                title=" ".join(words[:7]).title() + f" {number}",
                abstract="In this paper, we propose " + " ".join(sentences),
                authors=tuple(f"Author {chance.randrange(5000)}" for _ in range(5)),
                upvotes=chance.randrange(100),
            ),
        )


def write(days: Days, folder: Path) -> None:
    """Make a digest's content folder of days, as the importer does."""
    root = folder / "content"
    root.mkdir(parents=True, exist_ok=True)
    for name in ("topics.yml", "tags.yml"):
        shutil.copy(ROOT / "content" / name, root / name)
    shutil.copytree(ROOT / "content" / "pages", root / "pages", dirs_exist_ok=True)
    text = (ROOT / "pelicanconf.py").read_text("utf-8")
    text = text.replace('THEME = "theme"', f"THEME = {str(ROOT / 'theme')!r}")
    text = text.replace('PLUGIN_PATHS = ["plugins"]', f"PLUGIN_PATHS = [{str(ROOT / 'plugins')!r}]")
    text = text.replace('SITEURL = ""', 'SITEURL = "https://digest.example"')
    (folder / "pelicanconf.py").write_text(text, "utf-8")
    vocabulary = importer.vocabulary(root)
    classifier = Classifier(vocabulary)
    digest = importer.Digest(
        content={}, known=Known(), classifier=classifier, vocabulary=vocabulary
    )
    for when, entries in days.items():
        made = importer.plan(
            importer.Incoming(
                date=when,
                arrival=Arrival(
                    file=f"{when}.benchmark.jsonl",
                    sha256=f"{when}",
                    source="benchmark",
                    papers=len(entries),
                ),
                entries=tuple(entries),
            ),
            digest,
        )
        for path, text in made.writes:
            content.write(root, path, text)
            if path.endswith(".md"):
                digest.known.add_page(when, path, text)
        digest.known.add_ledger(made.ledger)


if __name__ == "__main__":
    write(papers(int(sys.argv[1])), Path(sys.argv[2]))
