"""Train the word vectors by which papers are like each other (plugins/broadsheet/related/).

    BROADSHEET_DATA=DIR python benchmarks/train_related.py [--write]

It takes scipy, which nothing else here does. DIR holds papers.jsonl.xz and
papers-categories.jsonl.xz: arXiv's metadata (CC0). Each stem gets a vector such that the parts of
one paper are nearer to each other than to those of other papers: a title to its abstract, one half
of a paper's words to the other half. About half of each batch of papers are alike, so that words
that all papers on a subject use get short vectors, and words that tell such papers apart get long
ones. (In-batch negatives: van den Oord and others, "Representation learning with contrastive
predictive coding", 2018; Adam: Kingma and Ba, 2015.)

A hash of the paper's id says what a row is for: eight parts of ten are trained on, two are only for
the last word. Prints how often a title of these two finds its own abstract first among 3,000. With
--write, replaces the model in the package first; then `STAMP` of word_vectors.py is to be changed,
too (tests/related/test_word_vectors.py says to what). The same data give like models, not the same:
sums of floating-point numbers depend on the machine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from broadsheet.related.word_vectors import MODEL, SIZE, encode, load
from broadsheet.related.words import is_telling
from broadsheet.search.analysis.terms import text_terms
from broadsheet.text.plain import plain

SOURCES = ("papers.jsonl.xz", "papers-categories.jsonl.xz")
LEAST = 6  # the papers that a stem is in
ROUNDS = 6
BATCH = 384
ALIKE = 60  # papers in a group of like ones
WARMTH = 0.07
STEP = 0.01
LONGEST = 127.0
FOUND_AMONG = 3000

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Row(NamedTuple):
    """The terms of a paper's title and of its abstract."""

    title: list[str]
    abstract: list[str]


def rows(data: Path) -> tuple[list[Row], list[Row]]:
    """The papers that are trained on, and those that are not."""
    found: tuple[list[Row], list[Row]] = [], []
    seen: set[str] = set()
    for name in SOURCES:
        with lzma.open(data / name, "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                if row["id"] not in seen:
                    seen.add(row["id"])
                    unseen = hashlib.sha256(row["id"].encode()).digest()[0] % 10 < 2
                    terms = (text_terms(plain(row[key])) for key in ("title", "abstract"))
                    found[unseen].append(Row(*terms))
    return found


def bags(texts: Iterable[Sequence[str]], numbers: dict[str, int]) -> csr_matrix:
    """A row for each text, a column for each stem: 1 + ln of how often it stands there."""
    words: list[int] = []
    weights: list[float] = []
    starts = [0]
    for text in texts:
        counts = Counter(numbers[word] for word in text if word in numbers)
        words += counts
        weights += [1 + log(times) for times in counts.values()]
        starts.append(len(words))
    shape = (len(starts) - 1, len(numbers))
    return csr_matrix((np.array(weights, np.float32), words, starts), shape)


def halved(papers: csr_matrix, share: float, chance: np.random.Generator) -> list[csr_matrix]:
    """Each paper's words in two parts, by lot; the first has this share of them."""
    first = chance.random(papers.nnz) < share
    return [
        csr_matrix((papers.data * part, papers.indices, papers.indptr), papers.shape)
        for part in (first, ~first)
    ]


def unit(sums: Floats) -> tuple[Floats, Floats]:
    """Vectors of length 1, and the lengths that they had."""
    lengths = np.sqrt((sums * sums).sum(1, keepdims=True)) + np.float32(1e-6)
    return sums / lengths, lengths


def likely(products: Floats) -> Floats:
    """The share of each of a row's columns, by the exponential of the products."""
    grown = np.exp(products - products.max(1, keepdims=True))
    shares: Floats = grown / grown.sum(1, keepdims=True)
    return shares


def slopes(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """How the sums of both sides should change for each to be nearer to its own."""
    p, p_length = unit(left)
    q, q_length = unit(right)
    products = p @ q.T / WARMTH
    own = np.eye(len(p), dtype=np.float32)
    slope = (likely(products) + likely(products.T).T - 2 * own) / (2 * len(p) * WARMTH)
    to_p, to_q = slope @ q, slope.T @ p
    return (
        (to_p - p * (to_p * p).sum(1, keepdims=True)) / p_length,
        (to_q - q * (to_q * q).sum(1, keepdims=True)) / q_length,
    )


def latent(papers: csr_matrix, rarity: Floats, size: int, chance: np.random.Generator) -> Floats:
    """Where training begins: the stems' directions in the papers' latent semantic analysis, by a
    randomized decomposition (Halko and others, 2011), the first of which all papers share."""
    weighted = (papers @ diags(rarity)).tocsr()
    lengths = np.sqrt(weighted.multiply(weighted).sum(1)).A1
    weighted = (diags(1 / np.maximum(lengths, 1e-6)) @ weighted).astype(np.float32)
    spanned = weighted @ chance.standard_normal((len(rarity), size + 16)).astype(np.float32)
    for _ in range(4):
        spanned = weighted @ (weighted.T @ np.linalg.qr(spanned)[0])
    _, strengths, directions = np.linalg.svd(
        (weighted.T @ np.linalg.qr(spanned)[0]).T, full_matrices=False
    )
    chosen = slice(1, size + 1)
    begun = directions[chosen].T * np.sqrt(strengths[chosen]) * rarity[:, None]
    scaled: Floats = (begun / (begun.std() * sqrt(size))).astype(np.float32)
    return scaled


def order(papers: csr_matrix, vectors: Floats, chance: np.random.Generator) -> Ints:
    """An order of the papers in which about half stand among those most like them."""
    count = papers.shape[0]
    units = unit(papers @ vectors)[0]
    groups = count // ALIKE
    middles = units[chance.choice(count, groups, replace=False)]
    parts = np.array_split(units, count // 4096 + 1)
    group = np.concatenate([(part @ middles.T).argmax(1) for part in parts])
    among = chance.permutation(groups)[group] + chance.random(count)
    anywhere = chance.random(count) * groups
    return np.argsort(np.where(chance.random(count) < 0.5, among, anywhere))


def train(trained: list[Row], size: int, rounds: int) -> tuple[list[str], Floats]:
    """The stems, sorted, and their vectors."""
    held = Counter[str]()
    for row in trained:
        held.update(set(filter(is_telling, row.title + row.abstract)))
    stems = sorted(stem for stem, papers in held.items() if papers >= LEAST)
    numbers = {stem: number for number, stem in enumerate(stems)}
    titles = bags((row.title for row in trained), numbers)
    abstracts = bags((row.abstract for row in trained), numbers)
    papers = bags((row.title + row.title + row.abstract for row in trained), numbers)
    chance = np.random.default_rng(1)
    rarity = np.log(len(trained) / np.array([held[stem] for stem in stems], np.float32))
    vectors = latent(papers, rarity, size, chance)
    mean, square = np.zeros_like(vectors), np.zeros_like(vectors)
    batches = len(trained) // BATCH
    for done in range(rounds):
        print(f"round {done + 1} of {rounds}", flush=True)
        arranged = order(papers, vectors, chance)
        for number, batch in enumerate(chance.permutation(batches), done * batches + 1):
            chosen = arranged[batch * BATCH : (batch + 1) * BATCH]
            if chance.random() < 0.5:
                left, right = titles[chosen], halved(abstracts[chosen], 0.7, chance)[0]
            else:
                left, right = halved(papers[chosen], 0.5, chance)
            to_left, to_right = slopes(left @ vectors, right @ vectors)
            slope = left.T @ to_left + right.T @ to_right
            mean = 0.9 * mean + 0.1 * slope
            square = 0.999 * square + 0.001 * slope * slope
            pace = STEP * min(1, number / 100) * (1 - 0.95 * number / (rounds * batches))
            vectors -= (
                pace
                * (mean / (1 - 0.9**number))
                / (np.sqrt(square / (1 - 0.999**number)) + np.float32(1e-8))
            )
    return stems, vectors


def first(unseen: list[Row], stems: list[str], vectors: Floats) -> float:
    """The share of titles whose own abstract is nearest to them of all."""
    numbers = {stem: number for number, stem in enumerate(stems)}
    few = unseen[:FOUND_AMONG]
    titles = bags((row.title for row in few), numbers)
    abstracts = bags((row.abstract for row in few), numbers)
    products = unit(titles @ vectors)[0] @ unit(abstracts @ vectors)[0].T
    return float((products.argmax(1) == np.arange(len(few))).mean())


def main() -> None:
    """Train if asked to, and score on what was not trained on."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    options.add_argument("--write", action="store_true", help="replace the model in the package")
    options.add_argument("--rounds", type=int, default=ROUNDS, help="over all papers")
    chosen = options.parse_args()
    trained, unseen = rows(Path(os.environ.get("BROADSHEET_DATA", "")))
    if chosen.write:
        stems, vectors = train(trained, SIZE, chosen.rounds)
        scale = LONGEST / np.quantile(np.abs(vectors), 0.9999)
        whole = np.clip(np.rint(vectors * scale), -127, 127).astype(np.int8)
        MODEL.write_bytes(encode(stems, whole))
    model = load()
    print(f"{MODEL.stat().st_size:,} bytes, {len(model.numbers):,} stems")
    share = first(unseen, list(model.numbers), model.vectors.astype(np.float32))
    print(f"{share:.1%} of {FOUND_AMONG} unseen titles find their abstract first")


if __name__ == "__main__":
    main()
