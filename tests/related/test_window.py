"""Papers like a paper."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet.papers import Paper
from broadsheet.related.profiles import Profiles
from broadsheet.related.window import LOOKED_AT, MOST, SHARED, Likeness, Window


def _paper(title: str, abstract: str = "", topic: str = "vision") -> tuple[str, Paper]:
    return topic, Paper(id="x", title=title, abstract=abstract)


def _like(papers: list[tuple[str, Paper]], number: int, cut: int = 0) -> list[Likeness]:
    """What is like a paper of a window that was filled in two goes."""
    window = Window()
    window.add([Profiles.of(papers[:cut])])
    window.add([Profiles.of(papers[cut:])])
    return next(window.like(number))


FILLER = [_paper(f"Filler{n}zz", f"Word{n}zz other{n}zz word{n}zz") for n in range(100)]
GARMENTS = _paper(
    "Virtual try-on of garments", "A garment is warped onto a person. Try-on keeps the garment."
)
DRESSES = _paper(
    "Try-on of clothes by diffusion",
    "Clothes, that is garments, are put on a person: try-on of garments in video.",
)
OLD_FASHIONED = _paper(
    "Language models add like schoolchildren, the old-fashioned way",
    "Arithmetic circuits of language models carry digits in an old-fashioned way. We find "
    "arithmetic with many digits to be old-fashioned, too.",
)
OUTFITS = _paper(
    "Completing fashion outfits by retrieval",
    "We recommend fashion items for an outfit. Items are retrieved by compatibility, and outfits "
    "by the compatibility of their items.",
)


def test_the_likest_stands_first_with_the_words_that_tell() -> None:
    papers = [*FILLER, OLD_FASHIONED, DRESSES, GARMENTS]
    found = _like(papers, 102)
    assert [one.number for one in found] == [101]
    assert {"garment", "try"} <= set(found[0].shared)


def test_a_word_in_common_is_not_enough_where_all_else_differs() -> None:
    papers = [*FILLER, OLD_FASHIONED, OUTFITS, OLD_FASHIONED]
    assert _like(papers[:102], 101) == []
    assert [one.number for one in _like(papers, 102)] == [100]


def test_a_common_topic_makes_papers_more_alike() -> None:
    title, abstract = "Zzharbour boats", "Tidal basins of wet zzmud."
    one = _paper("Zzharbour walls", "Wet zzmud of a tidal basin.", "ports")
    alike, elsewhere = _paper(title, abstract, "ports"), _paper(title, abstract, "birds")
    assert _like([*FILLER, elsewhere, alike, one], 102)[0].number == 101
    assert _like([*FILLER, alike, elsewhere, one], 102)[0].number == 100


def test_how_a_window_was_filled_changes_nothing() -> None:
    chosen = random.Random(8)
    words = [f"w{letter}zz" for letter in "abcdefghijklmnopqrstuvwxyz"] + [
        "robot",
        "speech",
        "tumor",
    ]
    papers = [
        _paper(" ".join(chosen.choices(words, k=4)), " ".join(chosen.choices(words, k=14)))
        for _ in range(150)
    ]
    for end in (50, 120, 150):
        for number in range(end - 8, end):
            assert _like(papers[:end], number, 40) == _like(papers[:end], number)


def test_papers_are_never_their_own_relatives_and_few() -> None:
    papers = [GARMENTS] * 20 + FILLER
    found = _like(papers, 3)
    assert len(found) == MOST
    assert all(one.number != 3 and one.number < 20 for one in found)
    assert all(0 < len(one.shared) <= SHARED for one in found)


def test_of_papers_alike_the_newest_come_first() -> None:
    papers = [GARMENTS] * (LOOKED_AT + 5)
    assert [one.number for one in _like(papers, LOOKED_AT + 4)] == [
        LOOKED_AT + 3 - n for n in range(MOST)
    ]


def test_words_that_the_model_does_not_know_relate_papers_too() -> None:
    one = _paper("Zzharbour zzcranes", "Zzharbour zzcranes lift zzmud.")
    other = _paper("Zzcranes of a zzharbour", "A zzharbour has zzcranes.")
    found = _like([*FILLER, one, other], 101)
    assert [like.number for like in found] == [100]
    assert "zzharbour" in " ".join(found[0].shared)


def test_papers_without_words_have_no_relatives() -> None:
    assert _like([_paper(""), _paper(""), *FILLER], 0) == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no list of a process's threads")
def test_numpy_starts_no_threads() -> None:
    code = "import os, broadsheet.related.window; print(len(os.listdir('/proc/self/task')))"
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"
