"""Duplicates: one id, one arXiv id, nearly one title; and in time that doesn't explode."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from broadsheet.checks.duplicates import problems
from broadsheet.content.pages import PaperLocation, ScannedPaper
from tests.growth import assert_quick

DAY = date(2025, 8, 7)


def paper(
    title: str, n: int = 0, *, key: str | None = None, arxiv: str | None = None
) -> ScannedPaper:
    day = DAY + timedelta(days=n)
    return ScannedPaper(
        PaperLocation(key or f"{title}-{n}", f"{day:%Y/%m/%d}/vision.md", 7), title, arxiv
    )


def kinds(*papers: ScannedPaper) -> list[tuple[str, str]]:
    found = problems(papers, {one.location.path for one in papers})
    return [(one.severity, one.kind) for one in found]


def test_one_arxiv_id_twice_is_an_error_told_once_at_the_later_paper() -> None:
    first, second = paper("A", 0, arxiv="2508.00001"), paper("A", 1, arxiv="2508.00001")
    found = list(problems([second, first], {second.location.path}))
    assert [(one.kind, one.file) for one in found] == [("duplicate-arxiv", second.location.path)]
    assert first.location.path in found[0].message


def test_one_id_twice_is_an_error() -> None:
    assert kinds(paper("A", 0, key="a"), paper("Zebras", 1, key="a")) == [("error", "duplicate-id")]


def test_titles_alike_but_for_case_and_marks_are_one() -> None:
    one, two = "Learning to Walk: A Gait Study", "Learning to walk, a gait study"
    assert kinds(paper(one), paper(two, 1)) == [("error", "duplicate-title")]


def test_nearly_the_same_title_is_a_warning() -> None:
    one = "Efficient segmentation of very small histology images"
    assert kinds(paper(one), paper(one.replace("small", "smal"), 1)) == [
        ("warning", "duplicate-title")
    ]


def test_parts_and_versions_are_different_papers() -> None:
    one = "A thorough study of gradient noise, part 1"
    assert kinds(paper(one), paper(one.replace("1", "2"), 1)) == []


def test_one_title_under_two_arxiv_ids_is_only_a_warning() -> None:
    title = "Notes on convexity and its friends"
    assert kinds(paper(title, arxiv="2508.00001"), paper(title, 1, arxiv="2508.00002")) == [
        ("warning", "duplicate-title")
    ]


def test_papers_of_days_that_are_not_checked_are_not_told_of() -> None:
    one, two, three = (paper("A title of some words", n) for n in range(3))
    assert [p.file for p in problems([one, two, three], {three.location.path})] == [
        three.location.path
    ] * 2


@pytest.mark.slow
def test_ten_thousand_titles_of_common_words_are_compared_in_seconds() -> None:
    words = [f"word{n}" for n in range(300)]
    chance = random.Random(7)
    papers = [
        paper(" ".join(chance.choices(words, k=9)), n % 300, key=str(n)) for n in range(10_000)
    ]
    places = {one.location.path for one in papers}
    assert_quick(lambda: list(problems(papers, places)), 8)
