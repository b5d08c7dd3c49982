"""The vectors of words: words of like use point the same way, and the more a word tells, the longer
is its vector.

The model is trained by benchmarks/train_related.py; it holds stems and whole numbers. numpy is
imported by this module, `window.py` and `profiles.py` alone, and those only where pages of papers
are made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MODEL = Path(__file__).with_name("words.vectors")
STAMP = "c24c824ef4d1d7bc"
"""A hash of the model. What is cached depends on code, and so on the model by this."""
SIZE = 96
"""The numbers of a vector."""

Vectors = NDArray[np.int8]


class WordVectors(NamedTuple):
    """A model: the number of each stem, the vectors by number (as bytes, and as they are reckoned
    with) and how long each is, and how long that of a word is which is no stem of the model."""

    numbers: dict[str, int]
    vectors: Vectors
    floats: NDArray[np.float32]
    lengths: list[int]
    strange: int


def encode(stems: Sequence[str], vectors: Vectors) -> bytes:
    """Return a model as it is kept: a line of stems, and the vectors."""
    return " ".join(stems).encode() + b"\n" + vectors.tobytes()


def decode(data: bytes) -> WordVectors:
    """Return the model of what `encode` returned."""
    line, _, numbers = data.partition(b"\n")
    stems = line.decode().split(" ")
    vectors = np.frombuffer(numbers, np.int8).reshape(len(stems), SIZE)
    squares = (vectors.astype(np.int64) ** 2).sum(1)
    lengths: list[int] = np.rint(np.sqrt(squares)).astype(int).tolist()
    strange = sorted(lengths)[len(stems) * 3 // 4]
    return WordVectors(
        {stem: number for number, stem in enumerate(stems)},
        vectors,
        vectors.astype(np.float32),
        lengths,
        strange,
    )


@cache
def load() -> WordVectors:
    """Return the model of the package."""
    return decode(MODEL.read_bytes())


@lru_cache(maxsize=1 << 12)
def stranger(word: str) -> NDArray[np.float32]:
    """Return the vector of a word that is no stem of the model: a direction of its own, by a hash
    of the word, so that papers that share it are nearer to each other."""
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=SIZE // 8).digest()
    signs = np.unpackbits(np.frombuffer(digest, np.uint8)).astype(np.float32) * 2 - 1
    step = round(load().strange / SIZE**0.5)
    return signs * np.float32(step)
