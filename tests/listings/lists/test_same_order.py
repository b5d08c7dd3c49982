"""Papers told by the order that their lines have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings import parse
from broadsheet.listings.lists.same_order import records_of
from broadsheet.listings.lists.turns import turns
from tests.growth import assert_linear

from ..samples import ABSTRACTS, TITLES

NAMES = ("Ada Kite and Bo Line", "Cy Crumb, Dee Keeper", "Eli Ash, Flo Reel and Gus Rope")
LOWER = ("kites as sails for small boats in weak wind", "Kites", "The Rope, the Reel and the Wind")


def written(form: str, titles: tuple[str, ...]) -> str:
    papers = zip(titles, NAMES, ABSTRACTS, strict=True)
    return "".join(
        form.format(title=title, names=names, text=text, n=n, dots=names.replace(" and ", " · "))
        for n, (title, names, text) in enumerate(papers)
    )


@pytest.mark.parametrize("titles", [tuple(TITLES), LOWER])
@pytest.mark.parametrize(
    "form",
    [
        "{names}\n{title}\narXiv:2601.0000{n}\n{text}\n\n",
        "ada.k\n  9:4{n} AM\n{title}\nhttps://arxiv.org/abs/2601.0000{n}\narXiv.org\n{title}\n{text}\n"
        "{n} replies\n\n",
        "{title}\n1{n} Jan 2026\n{names}\nMeadow House\n{text}\nOpen\nShare\n4{n}\n\n",
        "Poster\nMon, Jan 5, 2026 • 11:00 AM\n{title}\n{names}\nGreat Hall #{n}\nAbstract\n{text}\n"
        "Show more\n\n",
        "{title}\n\n{names}\n1 Meadow House; 2 Hill House\n\nAbstract\n{text}\n\n\n",
        "open code\n{title}\n{names}\n\n",
    ],
)
def test_each_line_is_what_its_place_holds(form: str, titles: tuple[str, ...]) -> None:
    listing = parse(written(form, titles).encode(), file="2026-01-05.x.txt")
    assert [entry.title for entry in listing.entries] == [*titles]
    if "{names}" in form:
        assert [len(entry.authors) for entry in listing.entries] == [2, 2, 3]
    if "{text}" in form:
        assert [entry.abstract for entry in listing.entries] == [*ABSTRACTS]


def test_the_banner_and_the_end_of_a_page_are_no_papers() -> None:
    form = "{title}\n1{n} Jan 2026\n{names}\n{text}\nOpen\nShare\n\n"
    text = f"Explore\nHot\n\n{written(form, LOWER)}About us\nTerms\n"
    assert [e.title for e in parse(text.encode(), file="2026-01-05.x.txt").entries] == [*LOWER]


@given(
    st.lists(st.sampled_from(["Kites Fly", "Ada Kite, Bo Line", "2601.00001", "It flies. So.", ""]))
)
def test_no_line_is_in_two_papers(rows: list[str]) -> None:
    records = records_of(turns("\n".join(rows)) or []) or []
    numbers = [turn.number for one in records for turn in (*one.title, *one.parts)]
    assert len(numbers) == len(set(numbers))


def test_reading_is_linear() -> None:
    form = "ada\n{title}\n{names}\n{text}\nShare\n\n"
    assert_linear(
        lambda text: records_of(turns(text) or []), lambda n: written(form, LOWER) * n, 100
    )
