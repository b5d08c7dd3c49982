"""Graphs of JSON-LD."""

from __future__ import annotations

import json
from typing import Any

import pytest

from broadsheet.listings import parse

ADA = {"@type": "Person", "@id": "#ada", "name": "Ada Kite", "jobTitle": "Flyer"}
JOURNAL = {"@type": "Periodical", "@id": "#j", "name": "Winds"}
PAGE = {"@type": "CollectionPage", "@id": "#page", "name": "Our papers"}


def paper(kind: Any = "ScholarlyArticle", **more: Any) -> dict[str, Any]:
    people = [{"@id": "#ada"}, {"@type": "Person", "name": "Bo Line"}]
    return {"@type": kind, "headline": "Kites", "author": people, "isPartOf": {"@id": "#j"}, **more}


@pytest.mark.parametrize(
    "kind", ["ScholarlyArticle", "schema:Article", "https://schema.org/Thesis", ["Thing", "Report"]]
)
def test_what_a_paper_refers_to_is_its_own_and_other_nodes_are_no_papers(kind: Any) -> None:
    graph = {"@context": "https://schema.org", "@graph": [PAGE, paper(kind), ADA, JOURNAL]}
    listing = parse(json.dumps(graph).encode(), file="x")
    (entry,) = listing.entries
    assert (entry.title, entry.authors, entry.venue) == ("Kites", ("Ada Kite", "Bo Line"), "Winds")
    told = "\n".join(listing.notices)
    assert "jobTitle" in told
    assert '"@graph, CollectionPage" of 1 object is not read' in told


@pytest.mark.parametrize("to", ["#none", "#self", 7, None, ["#ada"]])
def test_references_that_lead_nowhere_are_no_authors(to: Any) -> None:
    graph = {"@graph": [paper(**{"@id": "#self", "author": {"@id": to}}), ADA, PAGE]}
    (entry,) = parse(json.dumps(graph).encode(), file="x").entries
    assert (entry.title, entry.authors) == ("Kites", ())


def test_what_of_a_node_is_not_put_in_is_named() -> None:
    graph = {"@graph": [paper(), {**ADA, "knows": ["#bo"]}, JOURNAL]}
    told = "".join(parse(json.dumps(graph).encode(), file="x").notices)
    assert '"@graph, Person" of 1 object' in told
