"""What stands once beside a list of papers and holds of all."""

from __future__ import annotations

import json

from hypothesis import given as every
from hypothesis import strategies as st

from broadsheet.listings import parse
from broadsheet.listings.records.shared import given, shared


def test_a_venue_and_a_year_beside_a_list_are_those_of_its_papers() -> None:
    kites = {"title": "Kites", "authors": ["Ada Kite"]}
    reels = {"title": "Reels", "authors": ["Bo Line"], "journal": "Reel Letters", "year": 2024}
    value = {"conference": {"name": "KiteConf", "year": 2025}, "papers": [kites, reels]}
    first, second = parse(json.dumps(value).encode(), file="x").entries
    assert (first.venue, first.published) == ("KiteConf", "2025")
    assert (second.venue, second.published) == ("Reel Letters", "2024")


def test_each_volume_gives_its_papers_its_own_and_names_are_told_no_more() -> None:
    paper = "<paper><title>{}</title><author><first>A</first><last>Kite</last></author></paper>"
    volume = "<volume><meta><booktitle>Meeting of kites {0}</booktitle><year>202{0}</year>"
    volumes = "".join(
        f"{volume.format(n)}</meta>{paper.format(f'Kites {n}')}{paper.format(f'Lines {n}')}"
        "</volume>"
        for n in (4, 5)
    )
    listing = parse(f"<collection>{volumes}</collection>".encode(), file="x")
    assert [(one.venue, one.published) for one in listing.entries] == [
        ("Meeting of kites 4", "2024"),
        ("Meeting of kites 4", "2024"),
        ("Meeting of kites 5", "2025"),
        ("Meeting of kites 5", "2025"),
    ]
    assert not [notice for notice in listing.notices if "booktitle" in notice]


_VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["venue", "year", "month", "meta", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@every(st.dictionaries(st.sampled_from(["venue", "year", "meta", "title"]), _VALUES), _VALUES)
def test_what_is_shared_overwrites_nothing(node: dict[str, object], record: object) -> None:
    made = given(record, shared(node))
    if isinstance(record, dict):
        assert {key: made[key] for key in record} == record
    else:
        assert made == record
