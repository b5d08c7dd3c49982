"""Papers made up for the search tests, and the real ones where they are at hand."""

from __future__ import annotations

import json
import lzma
import os
import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

from broadsheet.search import Document

SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu tra ple sion ing ness ally"
ODD = (
    "state-of-the-art (e.g., GPT-4o O(ε⁻²) naïve Schrödinger's 数据集 𝒟-optimal 3.5× foo_bar "
    "survey — https://example.org/a-b C++ a/b/c İstanbul __proto__ constructor don’t Ω ﬁne"
)
PLAIN = "the of and model models network networks learning learned deep survey key data"
TOPICS = (("vision", "Computer vision"), ("language", "Language models"), ("theory", "Theory"))
TAGS = ("nas", "diffusion-models", "in-context-learning", "benchmark")


def made(count: int, seed: int = 7) -> list[Document]:
    """Papers of made-up words whose frequencies fall as those of real ones do, oldest first."""
    chance = random.Random(seed)
    words = PLAIN.split() + [
        "".join(chance.choices(SYLLABLES.split(), k=chance.randint(1, 3))) for _ in range(900)
    ]
    weights = list(accumulate(1 / (place + 2) for place in range(len(words))))

    def text(length: int) -> str:
        some = chance.choices(words, cum_weights=weights, k=length)
        if chance.random() < 0.4:
            some.insert(chance.randrange(length), chance.choice(ODD.split()))
        return " ".join(some).capitalize() + "."

    papers = []
    for number in range(count):
        topic, name = chance.choice(TOPICS)
        day = f"2025-{3 + number * 3 // count:02}-{1 + number % (count // 3 + 1) * 27 // count:02}"
        papers.append(
            Document(
                id=f"paper-{number}",
                url=f"papers/paper-{number}/",
                date=day,
                title=text(chance.randint(3, 9)),
                abstract=" ".join(text(chance.randint(6, 22)) for _ in range(chance.randint(0, 8))),
                authors=tuple(
                    f"{chance.choice('ABCDE')}. {chance.choice(words).title()}"
                    for _ in range(chance.randint(0, 5))
                ),
                topic=topic,
                topic_name=name,
                tags=tuple(chance.sample(TAGS, chance.randint(0, 3))),
            )
        )
    return sorted(papers, key=lambda paper: paper.date)


def data() -> Path:
    """The folder with the real papers; skips the test where there is none."""
    folder = os.environ.get("BROADSHEET_DATA")
    if not folder or not (Path(folder) / "papers.jsonl.xz").exists():
        pytest.skip("BROADSHEET_DATA names no folder with papers.jsonl.xz")
    return Path(folder)


def rows() -> Iterator[dict[str, object]]:
    """The real papers' rows."""
    with lzma.open(data() / "papers.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@cache
def real(count: int) -> list[Document]:
    """Every so manieth real paper, `count` in all, oldest first. Tags are words of their titles."""
    everything = list(rows())
    chosen = everything[:: len(everything) // count][:count]
    topics = dict(TOPICS)
    documents = []
    for row in chosen:
        text = f"{row['title']} {row['abstract']}".lower()
        topic = next((slug for slug in topics if slug in text), "other")
        documents.append(
            Document(
                id=str(row["id"]),
                url=f"papers/{row['id']}/",
                date=str(row["date"]),
                title=str(row["title"]),
                abstract=str(row["abstract"]),
                authors=tuple(row["authors"]),  # type: ignore[arg-type]
                topic=topic,
                topic_name=topics.get(topic, "Other"),
                tags=tuple(tag for tag in TAGS if tag.split("-")[0] in text),
            )
        )
    return sorted(documents, key=lambda paper: paper.date)
