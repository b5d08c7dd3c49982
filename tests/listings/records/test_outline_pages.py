"""Outliners' pages, whose blocks name a paper's properties."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings import parse
from broadsheet.listings.records.outline_pages import records


def _page(title: str, *lines: object) -> dict[str, object]:
    children = [one if isinstance(one, dict) else {"string": one} for one in lines]
    return {"title": title, "children": children}


def test_properties_of_blocks_are_those_of_the_pages_paper() -> None:
    pages = [
        _page("@kite2026", "Title:: Steering Kites", "Author(s):: [[Ada Kite]], [[Bo Line]]",
              "URL : https://doi.org/10.1000/k", "Tags:: #kites #wind", "read it twice"),
        _page("@reel2026", {"string": "Metadata::", "children": [
            {"string": "Title:: Reels"}, {"string": "Date:: [[January 4th, 2026]]"},
            {"string": "Abstract::", "children": [{"string": "They turn."}]}]}),
    ]  # fmt: skip
    listing = parse(json.dumps(pages).encode(), file="x")
    first, second = listing.entries
    assert (first.title, first.authors) == ("Steering Kites", ("Ada Kite", "Bo Line"))
    assert (first.doi, first.keywords) == ("10.1000/k", ("kites", "wind"))
    assert (second.title, second.published, second.abstract) == (
        "Reels",
        "2026-01-04",
        "They turn.",
    )
    assert any('"blocks" is not read: it holds' in notice for notice in listing.notices)


def test_records_with_lists_called_children_are_no_pages() -> None:
    assert records([{"title": "Kites", "children": [{"string": "a"}]}]) is None
    assert records([{"title": "Kites", "authors": ["A. Kite"]}]) is None


@given(
    st.recursive(
        st.none() | st.text(max_size=12) | st.sampled_from(["Title:: x", "DOI:: 10.1/x"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["title", "children", "string"]), inner, max_size=3)
        ),
        max_leaves=20,
    )
)
def test_any_value_is_pages_or_none(value: object) -> None:
    found = records(value)
    assert found is None or all("title" in one or "blocks" in one or one for one in found)
