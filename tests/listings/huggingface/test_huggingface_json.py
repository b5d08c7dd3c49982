"""Hugging Face's daily_papers answers, of all years."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse

from .. import samples


def read(value: Any) -> Listing:
    text = value if isinstance(value, str) else json.dumps(value)
    return parse(text.encode(), file="day.json")


def error(value: Any) -> str:
    with pytest.raises(ListingError) as caught:
        read(value)
    return str(caught.value)


def test_everything_that_an_item_gives_is_kept() -> None:
    listing = read(samples.API)
    assert (listing.format, listing.date, listing.notices) == ("huggingface_json", None, ())
    entry = listing.entries[0]
    assert entry.title == "Steering Kites by the Pull on Their Line"
    assert entry.abstract.split("\n\n") == [
        samples.ABSTRACTS[0].partition(" In forty")[0],
        "In forty" + samples.ABSTRACTS[0].partition(" In forty")[2],
    ]
    assert entry.arxiv == "2501.00001"
    assert entry.authors == ("Ada Kite", "Bo Line")
    assert entry.keywords == ("kites", "wind")
    assert entry.code == "https://github.com/example/kites"
    assert entry.project == "https://kites.example.org/"
    assert entry.media == "https://cdn.example.org/kites.png"
    assert entry.organisation == "Meadow Labs"
    assert entry.submitter == "windy"
    assert (entry.upvotes, entry.comments) == (7, 2)
    assert entry.summary == "Kites fly themselves."
    assert entry.published == "2025-01-01"
    assert not entry.tex


def test_the_shape_of_2024() -> None:
    entry = read(samples.API).entries[1]
    assert entry.media == "https://cdn.example.org/bread.png"
    assert (entry.upvotes, entry.comments, entry.submitter) == (0, 1, None)


def test_of_two_titles_the_one_with_its_tex_is_kept() -> None:
    assert read(samples.API).entries[1].title == "When Is an $L_2$ Dough Ready?"
    item = samples.API_OLD_ITEM | {"title": "Ready doughs"}
    assert read([item]).entries[0].title == "When Is an L_2 Dough Ready?"


def test_items_kept_as_python_source_in_an_object_with_its_day() -> None:
    listing = read(samples.API_ARCHIVED)
    assert listing.date == date(2025, 1, 2)
    assert listing.entries == read(samples.API).entries


@pytest.mark.parametrize("key", ["data", "papers", "dailyPapers"])
def test_lists_within_an_object(key: str) -> None:
    assert read({key: [samples.API_ITEM]}).entries == read([samples.API_ITEM]).entries


def test_a_single_item_and_a_paper_without_its_item() -> None:
    assert len(read(samples.API_ITEM).entries) == 1
    bare = read([samples.API_ITEM["paper"]])
    assert (bare.format, bare.entries[0].submitter) == ("huggingface_json", "windy")


def test_no_papers_is_a_valid_empty_listing() -> None:
    listing = read("[]")
    assert (listing.entries, listing.empty) == ((), "nothing listed")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"error": "Sorry, we can't find this day"}, "Sorry, we can't find this day"),
        ([{"paper": {"id": "2501.00001"}}], "paper 1 of 1 has no title"),
        ([7], "paper 1 of 1 is a number"),
        (["{'paper': open('x')}"], "paper 1 of 1 is the text"),
        (["[" * 500], "paper 1 of 1 is the text"),
        ({"status": "ok", "date": "2025-01-02"}, "found an object with"),
        ('[{"paper": {"title": "Ki', "day.json:1: the JSON is broken or cut off"),
        ('[{"paper":\n\n{"title" 3}}]', "day.json:3: the JSON is broken or cut off"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("[" + "9" * 10_000 + "]", "paper 1 of 1 is a number"),
        ("[[1, 2], [3]]", "paper 1 of 2 is a list"),
    ],
)
def test_what_is_no_list_of_papers_is_an_error(value: Any, found: str) -> None:
    assert found in error(value)
    assert error(value).startswith("day.json:1:" if ":3:" not in found else "day.json:3:")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("githubRepo", "javascript:alert(1)"),
        ("githubRepo", "https://"),
        ("githubRepo", 7),
        ("projectPage", "ftp://example.org/x"),
        ("projectPage", "https://exa mple.org/"),
        ("upvotes", -3),
        ("upvotes", 1e308),
        ("upvotes", True),
        ("ai_keywords", "kites"),
        ("authors", [None, 3, {}, {"name": " "}]),
        ("publishedAt", "0000-99-99"),
        ("organization", "Meadow"),
    ],
)
def test_values_that_make_no_sense_are_left_out(field: str, value: Any) -> None:
    paper: dict[str, Any] = {"id": "2501.00001", "title": "Kites", "summary": "We fly."}
    entry = read([{"paper": paper | {field: value}}]).entries[0]
    assert entry == read([{"paper": paper}]).entries[0]


def test_links_wrapped_in_two_lines_are_joined() -> None:
    paper = {"id": "2501.00001", "title": "Kites", "githubRepo": "https://github.com/x/\n  kites"}
    assert read([{"paper": paper}]).entries[0].code == "https://github.com/x/kites"


def test_one_paper_twice_is_one_and_a_notice() -> None:
    listing = read([samples.API_ITEM, samples.API_OLD_ITEM, samples.API_ITEM])
    assert len(listing.entries) == 2
    assert "listed twice" in listing.notices[0]


def test_lone_surrogates_and_zero_bytes_go() -> None:
    paper = {"title": "Ki\ud800tes\u0000", "summary": "We\ud800 fly."}
    entry = read(json.dumps([{"paper": paper}])).entries[0]
    assert (entry.title, entry.abstract) == ("Kites", "We fly.")


def test_the_stars_of_the_code_are_kept() -> None:
    paper = {"id": "2508.00001", "title": "Kites", "summary": "We fly.", "discussionId": "x"}
    listed = json.dumps([{"paper": paper | {"githubStars": 1200}}])
    read = parse(listed.encode(), file="2025-08-07.huggingface.json")
    assert [entry.stars for entry in read.entries] == [1200]
