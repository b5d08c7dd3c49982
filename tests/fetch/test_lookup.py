"""Looking up single papers: what comes, what doesn't and why, and what is asked of whom."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest

from broadsheet.errors import FetchError
from broadsheet.fetch import AbsentError, Lookup
from broadsheet.fetch.client import UnavailableError
from tests.fetch.conftest import Answer, Asked, Server, atom

QUERY = "/api/query"


def test_a_paper_is_asked_for_by_its_id(server: Server, lookup: Lookup) -> None:
    server.says(QUERY, Answer(atom(1)))
    found = lookup.arxiv(["2601.00001"])["2601.00001"]
    assert not isinstance(found, FetchError)
    assert (found.arxiv, found.title) == ("2601.00001", "Paper number 1")
    assert server.asked[0].query == {"id_list": "2601.00001", "max_results": "1"}


def test_a_paper_that_arxiv_does_not_know_is_absent(server: Server, lookup: Lookup) -> None:
    server.says(QUERY, Answer(atom()))
    found = lookup.arxiv(["2601.99999"])["2601.99999"]
    assert isinstance(found, AbsentError)
    assert str(found) == "arXiv knows no paper 2601.99999"
    assert len(server.asked) == 1


def test_an_old_papers_record_is_known_by_its_whole_id(server: Server, lookup: Lookup) -> None:
    server.says(QUERY, Answer(atom(1).replace(b"abs/2601.00001v1", b"abs/solv-int/9901001v1")))
    found = lookup.arxiv(["solv-int/9901001"])["solv-int/9901001"]
    assert not isinstance(found, FetchError)
    assert server.asked[0].query["id_list"] == "solv-int/9901001"


def test_the_record_of_another_paper_is_an_error(server: Server, lookup: Lookup) -> None:
    server.says(QUERY, Answer(atom(2)))
    found = lookup.arxiv(["2601.00001"])["2601.00001"]
    assert isinstance(found, FetchError)
    assert not isinstance(found, AbsentError)
    assert str(found) == 'the server answers with "2601.00002", expected 2601.00001'


@pytest.mark.parametrize("answer", [Answer(b"<html>"), Answer(status=503), Answer(atom(1)[:-3])])
def test_a_record_that_cannot_be_had_is_an_error(
    server: Server, lookup: Lookup, answer: Answer
) -> None:
    server.says(QUERY, answer)
    found = lookup.arxiv(["2601.00001"])["2601.00001"]
    assert isinstance(found, FetchError)
    assert "id_list=" in str(found)


def test_an_id_that_is_refused_costs_the_others_nothing(server: Server, lookup: Lookup) -> None:
    def arxiv(asked: Asked) -> Answer:
        numbers = [int(one[-5:]) for one in unquote(asked.query["id_list"]).split(",")]
        return Answer(b"no such id", 400) if 3 in numbers else Answer(atom(*numbers))

    server.on(QUERY, arxiv)
    ids = [f"2601.{n:05}" for n in range(1, 9)]
    found = lookup.arxiv(ids)
    assert list(found) == ids
    assert [name for name, one in found.items() if isinstance(one, FetchError)] == ["2601.00003"]
    assert len(server.asked) == 7  # all, two halves, two quarters, two single papers


def test_a_server_that_proves_unavailable_is_not_asked_again(
    server: Server, lookup: Lookup
) -> None:
    server.says(QUERY, Answer(b"malformed", 400), Answer(b"go away", 403))
    found = lookup.arxiv([f"2601.{n:05}" for n in range(1, 250)])
    assert len(found) == 249
    assert all(isinstance(one, UnavailableError) for one in found.values())
    assert len(server.asked) == 2


def test_works_are_asked_for_at_once_but_for_those_with_a_comma(
    server: Server, lookup: Lookup
) -> None:
    works = [{"DOI": doi, "title": [doi]} for doi in ("10.1000/A", "10.1000/b", "10.1000/c,d")]
    server.says("/works", Answer(json.dumps({"message": {"items": works[:2]}}).encode()))
    server.says("/works/10.1000/c%2Cd", Answer(json.dumps({"message": works[2]}).encode()))
    found = lookup.crossref(["10.1000/a", "10.1000/c,d", "10.1000/b"])
    assert {name: one.doi for name, one in found.items() if not isinstance(one, FetchError)} == {
        "10.1000/a": "10.1000/A", "10.1000/b": "10.1000/b", "10.1000/c,d": "10.1000/c,d",
    }  # fmt: skip
    assert server.asked[0].query["filter"] == "doi:10.1000/a,doi:10.1000/b"
