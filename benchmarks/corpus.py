"""Papers for benchmarks, as entries by day, as a content folder and as listings: real ones where
BROADSHEET_DATA names a folder that has them, made-up ones otherwise.

    python benchmarks/corpus.py COUNT FOLDER     # a whole digest in FOLDER, and listings of the
                                                 # days that come next in FOLDER/listings
"""

from __future__ import annotations

import itertools
import json
import lzma
import os
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from broadsheet import importer
from broadsheet.content import vocabularies
from broadsheet.content.ledger import ImportedListing
from broadsheet.content.paper_index import KnownPapers
from broadsheet.io.files import write_whole
from broadsheet.listings.sameness import title_key
from broadsheet.papers import Entry
from broadsheet.topics import Classifier

ROOT = Path(__file__).resolve().parent.parent
_FIRST = date(2024, 5, 27)

_NEXT = 700
"""The newest papers, which come on the days after all others: a paper that is there already, under
another title, would have no new author."""

Days = dict[date, list[Entry]]


def papers(count: int) -> Days:
    """So many papers by their days, oldest first. Where there are fewer, they come again under
    new ids on earlier days: builds with nothing to do plan all where days are yet to come."""
    days: Days = {}
    for when, entry in islice(_endless(_rows(count)[0]), count):
        days.setdefault(when, []).append(entry)
    return dict(sorted(days.items()))


def later(count: int, days: int = 7, size: int = 100) -> Days:
    """The days after those of `papers(count)`, of so many papers each that it has not: at most 700
    in all."""
    rows, following = _rows(count)
    newest = max(when for when, _ in rows)
    entries = [entry for _, entry in following]
    return {
        newest + timedelta(days=number + 1): entries[number * size : (number + 1) * size]
        for number in range(days)
    }


_Rows = list[tuple[date, Entry]]


def _rows(count: int) -> tuple[_Rows, _Rows]:
    """So many papers, or as many as there are, and those after them, which are held back."""
    real = source()
    rows = list(islice(_real(real) if real else _invented(count + _NEXT), count + _NEXT))
    end = min(count, len(rows) - min(_NEXT, len(rows) // 2))
    return rows[:end], rows[end : end + _NEXT]


def source() -> Path | None:
    """The file of real papers, where there is one."""
    data = os.environ.get("BROADSHEET_DATA")
    path = Path(data) / "papers.jsonl.xz" if data else None
    return path if path and path.exists() else None


def _endless(given: _Rows) -> Iterator[tuple[date, Entry]]:
    """Papers without end. Of those with one title the first comes again: the others have an arXiv
    id alone to tell them apart, and repeated papers have none."""
    rows = []
    titles = set()
    for row in given:
        yield row
        key = title_key(row[1].title)
        if key not in titles:
            titles.add(key)
            rows.append(row)
    for again in itertools.count(1):
        for when, entry in rows:
            title = f"{entry.title} (printing {again + 1})"
            yield when - timedelta(days=800 * again), replace(entry, arxiv=None, title=title)


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
    vocabulary = vocabularies.read(root)
    classifier = Classifier(vocabulary)
    digest = importer.ContentSnapshot(
        content={}, known=KnownPapers(), classifier=classifier, vocabulary=vocabulary
    )
    for when, entries in days.items():
        made = importer.plan(
            importer.Incoming(
                date=when,
                listing=ImportedListing(
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
            write_whole(root / path, text.encode(), sync=False)
            if path.endswith(".md"):
                digest.known.add_page(path, text)
        digest.known.add_ledger(made.ledger)


def write_listing(when: date, entries: list[Entry], folder: Path) -> Path:
    """A day as a listing in JSON Lines, named for its day."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{when}.benchmark.jsonl"
    rows = [
        {
            "title": entry.title,
            "abstract": entry.abstract,
            "authors": list(entry.authors),
            "categories": " ".join(entry.categories),
            "upvotes": entry.upvotes,
        }
        | ({"arxiv": entry.arxiv} if entry.arxiv else {})
        for entry in entries
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


if __name__ == "__main__":
    wanted, target = int(sys.argv[1]), Path(sys.argv[2])
    write(papers(wanted), target)
    for day, listed in later(wanted).items():
        write_listing(day, listed, target / "listings")
