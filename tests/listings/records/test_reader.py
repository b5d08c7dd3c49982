"""JSON Lines, JSON lists and CSV with columns of obvious names."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse

from .. import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="table")


def error(text: str) -> str:
    with pytest.raises(ListingError) as caught:
        read(text)
    return str(caught.value)


def test_json_lines() -> None:
    listing = read(samples.JSONL)
    assert listing.format == "jsonl"
    assert [(e.line, e.title, e.abstract) for e in listing.entries] == list(
        zip((1, 2, 3), samples.TITLES, samples.ABSTRACTS, strict=True)
    )
    entry = listing.entries[0]
    assert (entry.arxiv, entry.version) == ("2501.00001", 2)
    assert (entry.authors, entry.categories) == (("Ada Kite", "Bo Line"), ("cs.LG", "cs.RO"))
    assert (entry.upvotes, entry.published) == (1, "2025-01-02")


def test_a_json_list_gives_the_same() -> None:
    rows = [json.loads(line) for line in samples.JSONL.splitlines()]
    listing = read(json.dumps(rows))
    assert listing.format == "json"
    assert [e.title for e in listing.entries] == list(samples.TITLES)


def test_csv_with_cells_of_two_lines() -> None:
    listing = read(samples.CSV)
    assert listing.format == "csv"
    first, second = listing.entries
    assert first.title == samples.TITLES[0]
    assert first.abstract == samples.ABSTRACTS[0] + " In two lines."
    assert (first.arxiv, first.authors) == ("2501.00001", ("Ada Kite", "Bo Line"))
    assert (first.categories, first.keywords) == (("cs.LG", "cs.RO"), ("kites", "wind"))
    assert (first.code, first.summary) == ("https://github.com/example/kites", "Kites fly.")
    assert (second.line, second.authors, second.code) == (4, ("Cy Crumb", "Ada Kite"), None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_any_usual_delimiter(delimiter: str) -> None:
    text = f"title{delimiter}abstract\nKites{delimiter}We fly.\n"
    assert [(e.title, e.abstract) for e in read(text).entries] == [("Kites", "We fly.")]


def test_a_summary_is_the_abstract_where_there_is_no_other() -> None:
    entry = read("title,summary\nKites,We fly.\n").entries[0]
    assert (entry.abstract, entry.summary) == ("We fly.", None)


def test_unknown_columns_are_passed_over() -> None:
    assert read("nr,title,mood,abstract\n1,Kites,glad,We fly.\n").entries[0].abstract == "We fly."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title,abstract\nKites,We fly.\nBread\n", "table:3: a row has 1 cells; expected 2"),
        ("title,abstract\n,We fly.\n", "table:2: a paper has no title"),
        ('title,abstract\n"Kites,We fly.\n', "table:2: the CSV is broken"),
        ('{"title": "Kites"}\n{"title": "Br\n', "table:2: the JSON is broken or cut off"),
        ('[7, {"title": ""}]', "table:1: paper 1 of 2 is a number"),
    ],
)
def test_rows_that_cannot_be_read_are_errors(text: str, found: str) -> None:
    assert error(text).startswith(found)


NAMES = st.lists(
    st.text(alphabet="abcé ", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=3
)
WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(st.tuples(WORDS, WORDS, NAMES), max_size=5, unique_by=lambda row: row[0].lower()))
def test_what_is_written_as_json_lines_or_csv_is_read_back(rows: list[Any]) -> None:
    lines = [json.dumps({"title": t, "abstract": a, "authors": n}) + "\n" for t, a, n in rows]
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["title", "abstract", "authors"])
    writer.writerows([t, a, ";".join(n) + ";"] for t, a, n in rows)
    for text in ("".join(lines), table.getvalue()):
        found = samples.outcome(read, text)
        if isinstance(found, ListingError):
            # Two titles that differ by marks alone, or what is empty without unseen characters.
            assert any(words in found.message for words in ("no title", "is empty"))
        elif found.format in ("jsonl", "csv") and not found.notices:
            assert [" ".join(e.authors) for e in found.entries] == [
                " ".join(" ".join(n).split()) for _, _, n in rows
            ]
            assert len(found.entries) == len(rows)


def test_lists_as_objects_with_numbers_for_keys() -> None:
    rows = {
        "title": {"0": "Kites", "1": "Lines"},
        "authors": {"0": {"0": "Kite, Ada"}, "1": ["B C"]},
    }
    listing = read(json.dumps(rows))
    assert [entry.authors for entry in listing.entries] == [("Ada Kite",), ("B C",)]
    assert listing.notices == ()


@pytest.mark.parametrize("name", ["tldr", "ai_summary"])
def test_a_machines_summary_is_no_abstract(name: str) -> None:
    (entry,) = read(json.dumps([{"title": "Kites", name: "Kites fly."}])).entries
    assert (entry.abstract, entry.summary) == ("", "Kites fly.")
    (entry,) = read(json.dumps([{"title": "Kites", "summary": "Kites fly."}])).entries
    assert (entry.abstract, entry.summary) == ("Kites fly.", None)
