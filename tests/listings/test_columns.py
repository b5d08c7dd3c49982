"""Nothing of a record is lost without a word: what no field keeps is named, and counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, Loss, parse
from broadsheet.listings.columns import MAX_NAMED, Columns, Record, example, holds

from . import samples


def read(value: Any, *, strict: bool = False) -> Listing:
    text = value if isinstance(value, str) else json.dumps(value)
    return parse(text.encode(), file="x", strict=strict)


def test_a_column_that_is_not_read_is_named_once_with_a_count() -> None:
    listing = read("title,abstract,mood\nKites,We fly.,glad\nBread,We bake.,warm\n")
    assert listing.notices == (
        'column "mood" is not read: it holds "glad" (2 papers, first in line 2)',
    )
    assert isinstance(listing.notices[0], Loss)


def test_the_nearest_known_name_is_suggested_unless_its_field_is_filled() -> None:
    (notice,) = read("title,abstrct\nKites,We fly\n").notices
    assert notice.endswith("; did you mean abstract?")
    (notice,) = read("title,abstract,abstrct\nKites,We fly.,We fly\n").notices
    assert "did you mean" not in notice
    for name in ("jobTitle", "authors"):  # another word, and a name that is known
        (notice,) = read([{"title": "Kites", name: [1]}]).notices
        assert "did you mean" not in notice


@pytest.mark.parametrize("empty", ["", " ", None, [], {}, False, [None], {"a": ""}, "NA", "N/a "])
def test_what_says_nothing_is_not_named(empty: object) -> None:
    assert not holds(empty)
    assert read([{"title": "Kites", "abstract": "We fly.", "mood": empty}]).notices == ()


@pytest.mark.parametrize("said", [0, 1.5, "a", [0], {"a": {"b": "c"}}, True])
def test_anything_else_is(said: object) -> None:
    assert len(read([{"title": "Kites", "abstract": "We fly.", "mood": said}]).notices) == 1


def test_a_value_that_its_field_cannot_keep_is_named() -> None:
    listing = read([{"title": "Kites", "doi": "soon"}, {"title": "Bread", "doi": "10.1000/b"}])
    assert listing.notices == ('column "doi" is not read where it holds "soon" in line 1',)


@pytest.mark.parametrize(
    "more",
    [
        {"publishDate": "2025-06-01"},
        {"published": "10.1000/x.4", "doi": "10.1000/x"},
        {"year": 2024},
    ],
)
def test_a_second_day_that_says_else_is_named(more: dict[str, Any]) -> None:
    listing = read([{"title": "Kites", "datePublished": "2025-06-02", **more}])
    assert listing.entries[0].published == "2025-06-02"
    assert [column.name for column in listing.columns if column.field is None] == [*more][:1]


@pytest.mark.parametrize("more", [{"publishDate": "2 June 2025"}, {"year": 2025}])
def test_a_second_day_that_says_the_same_is_not(more: dict[str, Any]) -> None:
    assert not read([{"title": "Kites", "datePublished": "2025-06-02", **more}]).notices


def test_an_editor_among_the_authors_is_named() -> None:
    people = [{"creatorType": "author", "name": "Ada Kite"}, {"creatorType": "editor", "name": "E"}]
    listing = read([{"title": "Kites", "creators": people}])
    assert listing.entries[0].authors == ("Ada Kite",)
    assert "'creatorType': 'editor'" in listing.notices[0]


def test_names_are_bounded() -> None:
    row = {"title": "Kites", "abstract": "We fly."} | {f"mood{n}": "glad" for n in range(90)}
    notices = read([row]).notices
    (notice,) = notices
    assert notice.startswith('90 columns are not read: "mood0" ("glad"), "mood1" ("glad"), ')
    assert notice.endswith(f' "mood{MAX_NAMED - 1}" ("glad") and {90 - MAX_NAMED} more')
    assert isinstance(notice, Loss)


def test_many_columns_share_a_notice_but_misspelled_ones() -> None:
    row = {"title": "Kites", "abstrct": "We fly."} | {f"mood{n}": "glad" for n in range(5)}
    misspelled, others = read([row]).notices
    assert misspelled.startswith('column "abstrct"')
    assert misspelled.endswith("did you mean abstract?")
    assert others.startswith("5 columns are not read: ")


def test_a_columns_own_name_is_not_suggested_for_it() -> None:
    (notice,) = read([{"title": "Kites", "version": {"a": "b"}}]).notices
    assert "did you mean" not in notice


def test_what_is_said_of_an_author_beside_the_name_is_named() -> None:
    authors = [{"name": "Ada Kite", "authorId": "1", "affiliation": "Meadow Labs"}]
    listing = read([{"title": "Kites", "authors": authors}])
    assert listing.notices == (
        'column "authors.affiliation" is not read: it holds "Meadow Labs" in line 1',
    )


def test_a_new_field_of_hugging_faces_is_named_and_users_are_not() -> None:
    item = samples.API_ITEM | {"mood": "glad"}
    item["submittedBy"] = {"name": "windy", "avatarUrl": "https://cdn.example.org/a.png"}
    item["paper"] = samples.API_ITEM["paper"] | {"prize": "first", "discussionId": "7"}  # type: ignore[operator]
    assert read([item]).notices == (
        'column "mood" is not read: it holds "glad"',
        'column "paper.prize" is not read: it holds "first"',
    )


def test_an_element_of_arxivs_answer_that_is_not_read_is_named() -> None:
    text = samples.API_ATOM.replace(
        "<arxiv:doi>", "<arxiv:journal_ref>Kite Letters 3</arxiv:journal_ref><arxiv:doi>"
    )
    (notice,) = read(text).notices
    assert notice.startswith('element "journal_ref" is not read: it holds "Kite Letters 3"')


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("@misc{a, title={Kites}, series={Kite Letters}, file={a.pdf}}\n", 'field "series"'),
        ("TY  - JOUR\nTI  - Kites\nPB  - Kite Letters\nDB  - x\nER  -\n", 'tag "PB"'),
    ],
)
def test_fields_and_tags_of_reference_managers_are_named(text: str, noun: str) -> None:
    (notice,) = read(text).notices
    assert notice.startswith(f'{noun} is not read: it holds "Kite Letters"')


LOSSES = {
    "a column": ([{"title": "Kites", "mood": "glad"}], "mood"),
    "a record": ([{"title": "Kites"}, 7], "paper 2 of 2 is a number"),
    "a row": ("title,abstract\nKites,a,b\nBread,We bake.\n", "a row has 3 cells"),
    "a long title": ([{"title": "Kites " * 999}], "shortened"),
    "a list beside the papers": (
        {"papers": [{"title": "Kites", "abstract": "We fly."}] * 2, "talks": [{"title": "Hi"}]},
        '"talks"',
    ),
}


@pytest.mark.parametrize("name", LOSSES)
def test_strict_refuses_whatever_would_be_lost(name: str) -> None:
    value, found = LOSSES[name]
    assert read(value).entries
    with pytest.raises(ListingError) as caught:
        read(value, strict=True)
    assert found in str(caught.value)
    assert str(caught.value).startswith("x")
    assert str(caught.value).endswith("(refused by --strict)")


def test_strict_takes_what_is_kept_whole() -> None:
    for text in (samples.JSONL, samples.CSV, samples.API, samples.RSS, samples.RIS):
        assert read(text, strict=True).entries


@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=6),
    st.lists(st.text(max_size=5), max_size=4),
)
def test_each_value_is_taken_ignored_or_reported(values: dict[str, Any], taken: list[str]) -> None:
    columns = Columns()
    record = Record(values, columns)
    for name in taken:
        record.get(name)
    record.close()
    told = {column.name for column in columns}
    assert told == {name for name, value in values.items() if holds(value) or (
        name in taken and value != "")}  # fmt: skip


def test_examples_are_short_whatever_the_value() -> None:
    deep: Any = "x"
    for _ in range(500):
        deep = [deep, "y" * 500]
    assert len(example(deep)) < 80
    assert len(example("z" * 9_000)) < 80
