"""What the likeness of papers is made of, fitted to judged pairs (plugins/broadsheet/related/).

    BROADSHEET_DATA=DIR python benchmarks/fit_related.py

The pairs are tests/data/related-pairs.tsv; DIR holds the sources of train_related.py.
Fits, by logistic regression, how likely a pair is sensible, given the product of the vectors, that
of the terms' shares and whether the topic is the same; topics and tags are
those that content/ gives a paper by its words. Prints what each is worth beside the vectors', and
how often a sensible pair is thought more alike than another: of all pairs, and of those of one
paper, by this fit and by window.py's figures. The fit is for all pairs: ten parts are each scored
by what was fitted to the other nine.
"""

from __future__ import annotations

import json
import lzma
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadsheet import tex
from broadsheet.papers import Paper
from broadsheet.related import window
from broadsheet.related.profiles import LENGTH, Profiles
from broadsheet.related.word_vectors import SIZE
from broadsheet.topics import Classifier, parse_vocabulary

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("papers.jsonl.xz", "papers-categories.jsonl.xz")
SENSIBLE = 2
PARTS = 10
WHOLE = LENGTH * LENGTH

Floats = NDArray[np.float64]


def pairs() -> list[tuple[str, str, int]]:
    """The judged pairs: two ids, and a grade."""
    lines = (ROOT / "tests" / "data" / "related-pairs.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line[0] != "#"]
    return [(paper, other, int(grade)) for paper, other, grade in rows]


def papers(data: Path, wanted: set[str]) -> Iterator[tuple[str, Paper]]:
    """Papers with their topics; each once."""
    content = ROOT / "content"
    classifier = Classifier(
        parse_vocabulary(
            (content / "topics.yml").read_text("utf-8"), (content / "tags.yml").read_text("utf-8")
        )
    )
    left = set(wanted)
    for name in SOURCES:
        with lzma.open(data / name, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["id"] in left:
                    left.remove(row["id"])
                    title, abstract = (tex.restore(row[k], tex=True) for k in ("title", "abstract"))
                    found = classifier.classify(title, abstract, [])
                    yield (
                        found.topic,
                        Paper(id=row["id"], title=title, abstract=abstract, tags=found.tags),
                    )


def features(
    found: list[tuple[str, Paper]], judged: list[tuple[str, str, int]]
) -> NDArray[np.float64]:
    """What the likeness of each pair is made of."""
    numbers = {paper.id: number for number, (_, paper) in enumerate(found)}
    profiles = Profiles.of(found)
    vectors = np.frombuffer(profiles.vectors, np.int8).reshape(-1, SIZE).astype(float)
    rows = []
    for paper, other, _ in judged:
        a, b = numbers[paper], numbers[other]
        own, terms = profiles.terms[a], profiles.terms[b]
        rows.append(
            (
                vectors[a] @ vectors[b] / WHOLE,
                sum(own[term] * terms[term] for term in own.keys() & terms.keys()) / WHOLE,
                profiles.topics[a] == profiles.topics[b],
            )
        )
    return np.array(rows, float)


def fit(rows: Floats, sensible: Floats) -> Floats:
    """What each column is worth, and a constant, by Newton's method."""
    columns = np.column_stack([rows, np.ones(len(rows))])
    worths = np.zeros(columns.shape[1])
    small = np.diag([0.01] * rows.shape[1] + [0.0])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-columns @ worths))
        slope = columns.T @ (likely - sensible) + small @ worths
        bend = (columns * (likely * (1 - likely))[:, None]).T @ columns + small
        worths = worths - np.linalg.solve(bend, slope)
    return worths


def above(scores: Floats, sensible: Floats) -> float:
    """How often a sensible pair's score is above another's; half, where they are the same."""
    apart = scores[sensible == 1][:, None] - scores[sensible == 0][None, :]
    return float((apart > 0).mean() + (apart == 0).mean() / 2)


def above_within(scores: Floats, sensible: Floats, sources: NDArray[np.int64]) -> float:
    """The same of one paper's pairs, on average over papers that have both kinds."""
    shares = []
    for source in np.unique(sources):
        own = sources == source
        if 0 < sensible[own].sum() < own.sum():
            shares.append(above(scores[own], sensible[own]))
    return float(np.mean(shares))


def main() -> int:
    data = os.environ.get("BROADSHEET_DATA")
    if not data:
        print("set BROADSHEET_DATA to the folder with papers.jsonl.xz", file=sys.stderr)
        return 2
    judged = pairs()
    wanted = {paper for pair in judged for paper in pair[:2]}
    rows = features(list(papers(Path(data), wanted)), judged)
    sensible = np.array([grade >= SENSIBLE for *_, grade in judged], float)
    names = sorted({paper for paper, *_ in judged})
    sources = np.array([names.index(paper) for paper, *_ in judged])
    part = np.random.default_rng(1).integers(PARTS, size=len(names))[sources]
    scores = np.zeros(len(judged))
    for number in range(PARTS):
        worths = fit(rows[part != number], sensible[part != number])
        scores[part == number] = rows[part == number] @ worths[:-1] + worths[-1]
    worths = fit(rows, sensible)
    told = zip(("shares", "topic"), worths[1:-1] / worths[0], strict=True)
    print(f"{len(judged)} pairs of {len(names)} papers, {sensible.mean():.0%} sensible")
    print("beside the vectors' 1:", ", ".join(f"{name} {worth:.3f}" for name, worth in told))
    chosen = rows @ np.array([1, 0.5, window.SAME_TOPIC / WHOLE])
    for name, one in (("vectors", rows[:, 0]), ("fitted", scores), ("window.py", chosen)):
        of_one = above_within(one, sensible, sources)
        print(f"{name}: {above(one, sensible):.3f} of all, {of_one:.3f} of those of one paper")
    return 0


if __name__ == "__main__":
    sys.exit(main())
