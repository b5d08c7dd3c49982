"""Each line of "What can be asked" is asked, and finds what it says."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace

from broadsheet.search import Document
from broadsheet.search.query.answer import search

from .published import indexed, publish
from .test_exact import SCRIPTS

PLAIN = Document(id="p", url="papers/p/", date="2025-08-07", title="Stones")


def paper(number: int, **values: Any) -> Document:
    return replace(PLAIN, id=f"p{number}", url=f"papers/p{number}/", **values)


PAPERS = [
    paper(0, date="2024-03-01", title="Learned graphs of stones", authors=("Richard Roe",)),
    paper(1, date="2025-05-30", title="A graph survey", categories=("math.OC",)),
    paper(2, date="2025-06-02", title="Graph learning", authors=("Jane Roe",),
          categories=("cs.LG",)),
    paper(3, date="2025-06-03", title="Transformers of ResNets",
          identifiers=("arxiv:2501.00005",)),
    paper(4, date="2025-07-21", title="A conformer", abstract="Learning transforms a graph."),
    paper(5, date="2025-08-07", title="Arms", topic="robotics", tags=("nas",),
          authors=("Jane Roe",)),
]  # fmt: skip
FOUND = {
    "graph learning": {0, 2, 4},
    '"graph learning"': {2},
    "graph -survey": {0, 2, 4},
    "roe 2025": {2, 5},
    "2501.00005": {3},
    'in:robotics tag:nas author:"Jane Roe"': {5},
    "category:cs.LG": {2},
    "category:math.*": {1},
    "since:2025-06 until:2025-W30": {2, 3, 4},
    "on:2025-08-07": {5},
    "transform*": {3, 4},
    "*net": {3},
    "transfromer~1": {3, 4},
    "title:graph": {0, 1, 2},
    "authors:roe": {0, 2, 5},
    "+graph learning^5": {0, 1, 2, 4},
}


def lines() -> list[str]:
    """The queries of the help, as the script has them."""
    script = (SCRIPTS / "search-help.js").read_text("utf-8")
    told = re.findall(r"""^    \[(?:"([^"]+)"|'([^']+)'), gettext""", script, re.M)
    return [one for double, single in told for one in (double or single).split("  ")]


def test_every_line_is_asked_here() -> None:
    assert set(lines()) == set(FOUND)


@pytest.mark.parametrize("query", FOUND)
def test_a_line_finds_what_it_says(query: str) -> None:
    answer = search(indexed(publish(PAPERS)), query, limit=10)
    assert {PAPERS[number].id for number in answer.hits} == {f"p{n}" for n in FOUND[query]}
