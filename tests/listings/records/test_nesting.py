"""Where records stand in JSON is told by what they are."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings import Listing, parse
from broadsheet.listings.records.nesting import find
from broadsheet.listings.records.record_cells import cells
from tests.growth import assert_linear

from .. import samples

PAPER = {
    "title": "Lines that hold",
    "abstract": "We hold lines.",
    "arxiv_id": "2601.00002",
    "authors": ["Rick Roe"],
    "categories": ["cs.RO"],
}
OTHER = PAPER | {"title": "Reels that turn", "arxiv_id": "2601.00003"}


def read(value: Any) -> Listing:
    return parse(json.dumps(value).encode(), file="x")


AROUND = {
    "papers": {"date": "2026-01-05", "papers": [PAPER, OTHER]},
    "data": {"total": 2, "offset": 0, "data": [PAPER, OTHER]},
    "any name": {"ok": True, "die_arbeiten": [PAPER, OTHER]},
    "deep": {"response": {"message": {"body": {"items": [PAPER, OTHER]}}}},
    "items of another kind": {"hits": {"hits": [{"_id": 1, "_source": p} for p in (PAPER, OTHER)]}},
    "a list of days": [{"day": 1, "papers": [PAPER]}, {"day": 2, "papers": [OTHER]}],
    "lists by day": {"2026-01-05": [PAPER], "2026-01-06": [OTHER]},
    "ids to papers": {"2601.00002": PAPER, "2601.00003": OTHER},
    "lists of lists": [[PAPER], [OTHER]],
    "a titled collection": {
        "title": "My list",
        "url": "https://kites.example",
        "items": [PAPER, OTHER],
    },
    "beside people": {"authors": [{"name": "Rick Roe"}], "works": [PAPER, OTHER]},
}


@pytest.mark.parametrize("name", AROUND)
def test_records_are_read_as_in_a_bare_list(name: str) -> None:
    bare = read([PAPER, OTHER])
    assert read(AROUND[name]).entries == bare.entries
    assert bare.entries[0].arxiv == "2601.00002"
    assert bare.entries[0].categories == ("cs.RO",)


def test_the_day_of_the_object_around_is_the_listings() -> None:
    listing = read(AROUND["papers"])
    assert str(listing.date) == "2026-01-05"
    assert read(AROUND["data"]).date is None


def test_a_single_paper_is_a_listing_and_its_references_are_not() -> None:
    cited = {"title": "Older lines", "abstract": "Held.", "doi": "10.1000/old"}
    listing = read(PAPER | {"references": [cited, cited]})
    assert [entry.title for entry in listing.entries] == ["Lines that hold"]
    assert listing.notices[0].startswith('column "references" is not read')
    assert listing.entries[0].doi is None


def test_ids_are_not_taken_from_objects_about_other_papers() -> None:
    (entry,) = read([{"title": "Kites", "related": {"doi": "10.1000/other"}}]).entries
    assert entry.doi is None


def test_a_titles_object_may_be_wrapped() -> None:
    (entry,) = read([{"id": 1, "work": {"meta": PAPER}, "link": "https://k.example/1"}]).entries
    assert (entry.title, entry.arxiv) == ("Lines that hold", "2601.00002")


def test_ids_and_titles_in_a_bare_list_are_a_plain_list() -> None:
    listing = read(["2601.00002", "https://arxiv.org/abs/2601.00003"])
    assert [one.arxiv for one in listing.wanted] == ["2601.00002", "2601.00003"]


def test_a_record_with_an_id_and_no_title_is_wanted() -> None:
    listing = read([PAPER, {"title": "", "arxiv_id": "2601.00009"}])
    assert [entry.arxiv for entry in listing.entries] == ["2601.00002"]
    assert [one.arxiv for one in listing.wanted] == ["2601.00009"]
    assert any("named without a title" in notice for notice in listing.notices)


KEYS = st.sampled_from(
    "title abstract authors author name value data results items hits _source node edges message "
    "externalIds ArXiv DOI doi url link abstract_inverted_index issued date-parts content info "
    "versions categories comments paper display_name tldr given family creators year".split()
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(["2601.00002", "https://arxiv.org/abs/2601.00002v1", "10.1000/x", "2026"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


@given(VALUES)
def test_any_json_gives_a_listing_or_an_error(value: Any) -> None:
    found = samples.outcome(read, value)
    if isinstance(found, Listing):
        assert found.entries or found.empty
        for entry in found.entries:
            assert entry.title.strip()
            assert all(name.strip() for name in entry.authors)


@given(VALUES)
def test_each_leaf_of_a_record_is_in_one_of_its_cells(value: Any) -> None:
    record = {"title": "Kites", "x": value}
    found = list(cells(record))
    assert len({cell.path for cell in found}) == len(found)
    assert json.dumps([cell.value for cell in found]).count('"Kites"') >= 1
    assert find([record]).records == [record]


BY_COLUMNS = {
    "lists": {"title": ["Kites", "Lines"], "doi": ["10.1000/k", "10.1000/l"]},
    "maps": {"title": {"0": "Kites", "1": "Lines"}, "doi": {"0": "10.1000/k", "1": "10.1000/l"}},
    "names beside rows": {
        "columns": ["title", "doi"], "index": [0, 1],
        "data": [["Kites", "10.1000/k"], ["Lines", "10.1000/l"]],
    },
    "rows with a header": [["title", "doi"], ["Kites", "10.1000/k"], ["Lines", "10.1000/l"]],
}  # fmt: skip


@pytest.mark.parametrize("name", BY_COLUMNS)
def test_a_table_in_json_is_one(name: str) -> None:
    listing = read(BY_COLUMNS[name])
    assert [(e.title, e.doi) for e in listing.entries] == [
        ("Kites", "10.1000/k"),
        ("Lines", "10.1000/l"),
    ]


def test_objects_one_after_another_are_records() -> None:
    text = "\n".join(json.dumps(paper, indent=2) for paper in (PAPER, OTHER))
    assert parse(text.encode(), file="x").entries == tuple(
        replace(entry, line=None) for entry in read([PAPER, OTHER]).entries
    )


def test_authors_and_days_under_other_names_are_guessed_by_their_shape() -> None:
    people = [{"given": "Jane", "family": "Doe"}, {"given": "Rick", "family": "Roe"}]
    listing = read([{"title": "Kites", "z_authors": people, "deposit_date": "2026-01-02"}])
    (entry,) = listing.entries
    assert (entry.authors, entry.published) == (("Jane Doe", "Rick Roe"), "2026-01-02")
    assert [notice.partition(" by ")[0] for notice in listing.notices] == [
        'column "z_authors" is taken for the authors',
        'column "deposit_date" is taken for the published',
    ]


def test_a_title_and_an_id_are_a_paper() -> None:
    (entry,) = read({"title": "Kites", "id": "2601.00002"}).entries
    assert (entry.title, entry.arxiv) == ("Kites", "2601.00002")


def test_a_short_list_of_labels_beside_the_records_is_no_list_of_papers() -> None:
    (entry,) = read(
        {
            "hits": {"hits": [{"metadata": {"titles": [{"title": "Kites"}],
                                            "arxiv_eprints": [{"value": "2601.00121"}]}}]},
            "sort_options": [{"value": "mostrecent", "title": "Most Recent"}],
        }
    ).entries  # fmt: skip
    assert (entry.title, entry.arxiv) == ("Kites", "2601.00121")


def test_an_answer_with_one_record_says_nothing_of_its_envelope() -> None:
    listing = read(
        {
            "status": "ok",
            "message-type": "work",
            "message": {"title": ["Kites"], "DOI": "10.1000/k"},
        }
    )
    assert (listing.entries[0].doi, listing.notices) == ("10.1000/k", ())


def test_an_arxiv_id_in_one_of_the_places_of_a_work_is_kept() -> None:
    places = [
        {
            "landing_page_url": "http://arxiv.org/abs/2601.00107",
            "source": {"id": "https://kites.example/S1"},
        }
    ]
    (entry,) = read([{"title": "Kites", "abstract": "We fly.", "locations": places}]).entries
    assert entry.arxiv == "2601.00107"


def test_attachments_beside_papers_are_left_out() -> None:
    listing = read(
        [
            {"key": "A", "version": 1, "data": {"itemType": "preprint", "title": "Kites", "url": "https://arxiv.org/abs/2601.00143"}},
            {"key": "B", "version": 1, "data": {"itemType": "attachment", "title": "PDF", "url": "https://kites.example/a.pdf"}},
        ]
    )  # fmt: skip
    assert [entry.title for entry in listing.entries] == ["Kites"]
    assert listing.notices == ("1 attachment or note is left out",)


def test_several_homepages_are_the_authors() -> None:
    (entry,) = read([{"title": "Kites", "homepage": "https://a.example;https://b.example"}]).entries
    assert entry.project is None


def _paper(title: str) -> dict[str, str]:
    return {"title": title, "abstract": f"We see {title}.", "url": "https://k.example/" + title}


@pytest.mark.parametrize(
    ("value", "titles", "told"),
    [
        ({"today": [_paper("a")], "more": {"old": [_paper("b")]}}, "ab", ""),
        ({"by": {"wind": [_paper("a")], "rope": [_paper("b")]}}, "ab", '"by.wind", "by.rope"'),
        ({"best": _paper("a"), "papers": [_paper("b"), _paper("c")]}, "abc", ""),
        ({"best": _paper("a"), "second": {"of": _paper("b")}}, "a", "second.of.title"),
        ({"intro": "We liked all of these", "papers": [_paper("a")]}, "a", "We liked all of these"),
        ({"x": {"y": {"papers": [_paper("a")]}},
          "people": [{"name": "Ada", "url": "https://k.example"}] * 3}, "a", 'list "people" of 3'),
        ({"paper": _paper("a"), "references": [_paper("b"), _paper("c")]}, "a", "references"),
        # What stands in a record is its own.
        ({**_paper("a"), "journal": {"title": "K", "url": "https://k.example/k"}}, "a", ""),
    ],
)  # fmt: skip
def test_papers_in_several_places_are_all_read_and_what_else_there_is_named(
    value: Any, titles: str, told: str
) -> None:
    listing = parse(json.dumps(value).encode(), file="x")
    assert "".join(entry.title for entry in listing.entries) == titles
    assert told in "\n".join(map(str, listing.notices))


def test_lists_deep_down_are_found() -> None:
    value: Any = [_paper("a")]
    for _ in range(12):
        value = {"in": value}
    assert len(find(value).records) == 1


def test_many_places_are_searched_in_linear_time() -> None:
    def places(size: int) -> dict[str, Any]:
        return {f"{n}": {"x": _paper("a"), "y": {"z": [_paper("b")]}} for n in range(size)}

    assert_linear(find, places, 400)
    assert_linear(find, lambda n: {"k" * 50 * n: {f"{m}": {} for m in range(n)}}, 200)


def test_a_table_of_googles_whose_answer_is_passed_to_a_function() -> None:
    table = {
        "cols": [{"id": "A", "label": "Title"}, {"id": "B", "label": "Date"}],
        "rows": [{"c": [{"v": "Kites"}, {"v": "Date(2025,11,4)", "f": "2025-12-04"}]},
                 {"c": [{"v": "Reels"}, None]}],
    }  # fmt: skip
    text = f"/*O_o*/\nquery.setResponse({json.dumps({'status': 'ok', 'table': table})});"
    first, second = parse(text.encode(), file="x").entries
    assert (first.title, first.published, second.title) == ("Kites", "2025-12-04", "Reels")


def test_the_day_of_one_record_is_no_day_of_the_listing() -> None:
    listing = parse(b'{"title": "Kites", "date": "2019-05-03", "doi": "10.1000/k"}', file="x")
    assert (listing.date, listing.entries[0].published) == (None, "2019-05-03")
