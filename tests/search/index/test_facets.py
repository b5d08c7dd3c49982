"""What filters let through and what is counted beside them, against a count by hand."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from broadsheet.search import Document, lunr_document
from broadsheet.search.analysis.words import terms_of, words

from ..published import publish, write
from ..samples import TAGS, TOPICS, made
from ..test_exact import LUNR, node, scripts

__all__ = ["scripts"]

PAPERS = [
    replace(one, categories=("q-bio.NC", "cs.LG")[: 1 + n % 2] if n % 7 == 0 else ())
    for n, one in enumerate(made(500))
]
NOTHING: dict[str, list[str]] = {"topics": [], "tags": [], "authors": []}


def has(word: str) -> Callable[[Document], bool]:
    return lambda one: any(word in terms_of(words(text)) for text in lunr_document(one).values())


AUTHOR = PAPERS[40].authors[0] if PAPERS[40].authors else PAPERS[41].authors[0]
CASES: list[tuple[dict[str, Any], Callable[[Document], bool]]] = [
    ({"text": "deep"}, has("deep")),
    ({"text": "deep model"}, lambda one: has("deep")(one) and has("model")(one)),
    ({"text": "deep^1 model"}, lambda one: has("deep")(one) or has("model")(one)),
    ({"text": "deep", "chosen": NOTHING | {"topics": ["vision"]}},
     lambda one: has("deep")(one) and one.topic == "vision"),
    ({"text": "", "chosen": NOTHING | {"topics": ["vision", "theory"]}},
     lambda one: one.topic in ("vision", "theory")),
    ({"text": "model", "chosen": NOTHING | {"tags": ["nas", "benchmark"]}},
     lambda one: has("model")(one) and {"nas", "benchmark"} <= set(one.tags)),
    ({"text": "tag:nas since:2025-04"}, lambda one: "nas" in one.tags and one.date >= "2025-04"),
    ({"text": "deep", "extra": "since:2025-04-05 until:2025-05-07"},
     lambda one: has("deep")(one) and "2025-04-05" <= one.date <= "2025-05-07"),
    ({"text": "on:2025-W15"}, lambda one: "2025-04-07" <= one.date <= "2025-04-13"),
    ({"text": "in:theory on:2025-04 model"},
     lambda one: one.topic == "theory" and one.date[:7] == "2025-04" and has("model")(one)),
    ({"text": "", "chosen": NOTHING | {"authors": [AUTHOR.upper()]}},
     lambda one: AUTHOR in one.authors),
    ({"text": f'author:"{AUTHOR}" until:2025'}, lambda one: AUTHOR in one.authors),
    ({"text": "cs.LG"}, lambda one: "cs.LG" in one.categories),
    ({"text": "category:cs.LG model"},
     lambda one: "cs.LG" in one.categories and has("model")(one)),
    ({"text": "category:CS category:q-bio.*"}, lambda one: "cs.LG" in one.categories),
    ({"text": "category:q-bio.NC"}, lambda one: "q-bio.NC" in one.categories),
    ({"text": "category:cs.*"}, lambda one: "cs.LG" in one.categories),
    ({"text": "category:cs.CV"}, lambda _: False),
    ({"text": "on:2031"}, lambda _: False),
    ({"text": "qqzx in:theory"}, lambda _: False),
    ({"text": "epsilon"}, has("epsilon")),
    ({"text": "ε"}, lambda one: has("epsilon")(one)),
]  # fmt: skip


@pytest.fixture(scope="module")
def answers(scripts: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("facets")
    write(publish(PAPERS), folder)
    questions = json.dumps([{"chosen": NOTHING} | question for question, _ in CASES])
    answers: list[dict[str, Any]] = node("facets.mjs", scripts, LUNR, folder, questions)["answers"]
    return answers


@pytest.mark.slow
@pytest.mark.parametrize("place", range(len(CASES)))
def test_filters_and_counts_are_those_of_a_count_by_hand(
    answers: list[dict[str, Any]], place: int
) -> None:
    question, expected = CASES[place]
    numbers = [number for number, one in enumerate(PAPERS) if expected(one)]
    found = [PAPERS[number] for number in numbers]
    answer = answers[place]
    assert sorted(answer["papers"]) == numbers, question
    assert answer["total"] == len(numbers)
    assert answer["months"] == Counter(one.date[:7] for one in found)
    assert answer["topics"] == Counter(one.topic for one in found)
    assert answer["tags"] == Counter(tag for one in found for tag in one.tags)


@pytest.mark.slow
def test_the_cases_find_something() -> None:
    found = [sum(map(expected, PAPERS)) for _, expected in CASES]
    assert sum(count > 0 for count in found) == len(CASES) - 3
    assert {one.topic for one in PAPERS} == {slug for slug, _ in TOPICS}
    assert {tag for one in PAPERS for tag in one.tags} == set(TAGS)
