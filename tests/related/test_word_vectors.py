"""The vectors of words."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from broadsheet.related.word_vectors import (
    MODEL,
    SIZE,
    STAMP,
    decode,
    encode,
    load,
    stranger,
)


def _nearness(a: str, b: str) -> float:
    """The cosine of two stems' vectors."""
    model = load()
    rows = [model.vectors[model.numbers[word]].astype(float) for word in (a, b)]
    return float(rows[0] @ rows[1] / np.linalg.norm(rows[0]) / np.linalg.norm(rows[1]))


def test_the_stamp_is_that_of_the_model() -> None:
    # Links are kept between builds; they are made anew where code changed, and the stamp is code.
    assert hashlib.sha256(MODEL.read_bytes()).hexdigest()[:16] == STAMP


@pytest.mark.parametrize(
    ("word", "like", "unlike"),
    [("cloth", "garment", "quantiz"), ("speech", "voic", "tumor"), ("lidar", "radar", "poem")],
)
def test_words_of_like_use_are_nearer(word: str, like: str, unlike: str) -> None:
    assert _nearness(word, like) > 0.4 > _nearness(word, unlike)


def test_words_that_all_papers_use_have_short_vectors() -> None:
    model = load()
    lengths = [model.lengths[model.numbers[word]] for word in ("propos", "method", "lidar")]
    assert max(lengths[:2]) * 2 < lengths[2]


def test_a_model_is_read_as_it_was_written() -> None:
    vectors = np.arange(-SIZE, SIZE, dtype=np.int8).reshape(2, SIZE)
    model = decode(encode(["crane", "mud"], vectors))
    assert model.numbers == {"crane": 0, "mud": 1}
    assert (model.vectors == vectors).all()


def test_words_beyond_the_model_point_each_its_own_way_and_always_the_same() -> None:
    crane, gull = stranger("zzcrane"), stranger("zzgull")
    length = np.linalg.norm(crane)
    assert abs(length - load().strange) < SIZE**0.5
    assert (crane == stranger("zzcrane")).all()
    assert abs(int(crane @ gull)) < length**2 / 2
    assert stranger("\ud800").shape == (SIZE,)
