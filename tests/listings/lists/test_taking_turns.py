"""Texts in which titles, names, addresses and texts take turns, without marks."""

from __future__ import annotations

import pytest

from broadsheet.listings import Listing, parse
from broadsheet.listings.lists import taking_turns
from broadsheet.listings.lists.turns import PAGE, turns
from tests.growth import assert_linear

from ..samples import ABSTRACTS, TITLES

NAMES = ("Ada Kite, Bo Line", "Cy Crumb", "Dee Keeper and Eli Ash")
PLACES = tuple(f"https://arxiv.org/abs/2601.0000{n}" for n in (1, 2, 3))
PAPERS = tuple(zip(TITLES, NAMES, PLACES, ABSTRACTS, strict=True))


def read(text: str) -> Listing:
    return parse(text.encode(), file="2026-01-05.x.txt")


def written(form: str) -> str:
    return "".join(
        form.format(title=title, names=names, place=place, text=text, n=n, s="s" if n else "")
        for n, (title, names, place, text) in enumerate(PAPERS)
    )


FORUM = (
    "r/kites\nu/flyer{n}\n•\n{n}h ago\n[R] {title}\nNews\n{place}\n2{n}\nVote up\n1{n}\n"
    "See all replies\n\nSend on\n"
)


@pytest.mark.parametrize(
    "form",
    [
        "{title}\n{names}\n{place}\n",
        "{title}\n\n{names}\n\n{place}\n\n",
        "{n}h ago\n{title}\n{place}\nvia flyer{n} {n} hours ago | save | {n} replies\n",
        FORUM,
        "[05-Jan-26 14:0{n}] ash#{n}\n{place}\n\n{{Embed}}\n{place}\narXiv.org\n{title}\n\n",
        "Kites, [5 Jan 2026 at 08:0{n}:11]\n📄 {title}\n\nAuthors: {names}\n🔗 {place}\n\n{text}\n"
        "\n#kites #day{n}\n\n",
        "Bulletin of Kites              5 January 2026\n\n{title}\n{names}\n{text}\n{place}\n"
        "Bulletin of Kites              page {n}\n\n",
    ],
)
def test_papers_with_addresses(form: str) -> None:
    listing = read(written(form))
    assert [entry.title for entry in listing.entries] == list(TITLES)
    assert [f"https://arxiv.org/abs/{entry.arxiv}" for entry in listing.entries] == list(PLACES)
    if "{names}" in form:
        assert listing.entries[0].authors == ("Ada Kite", "Bo Line")
    if "{text}" in form:
        assert listing.entries[2].abstract == ABSTRACTS[2]


@pytest.mark.parametrize(
    "form",
    [
        "pdf\nbib\nabs\n{title}\n{names}\n\n",
        "0{n}:00-0{n}:20  {title}\n             {names}\n",
        "P-0{n}\n{title}\n{names}\n1Hill University\n{text}\n\n",
        "{title}\npdf file\n{names}\nPosted: 0{n} Jan 2026, Changed: 0{n} Jan 2026\nShow more\n",
    ],
)
def test_papers_with_names_alone(form: str) -> None:
    listing = read(f"Kite Days 2026\n{written(form)}")
    assert [entry.title for entry in listing.entries] == list(TITLES)
    assert [len(entry.authors) for entry in listing.entries] == [2, 1, 2]
    assert any("names no paper" in one or "name no paper" in one for one in listing.notices)


def test_talks_under_their_speakers() -> None:
    listing = read(
        'Seminar\n\n2 Feb    Prof. Ada Kite (Hill)\n         "Flying at Night"\n'
        '9 Feb    Bo Line (Meadow)\n         "Reels and Their Lines"\n'
    )
    assert [(entry.title, entry.authors) for entry in listing.entries] == [
        ("Flying at Night", ("Ada Kite",)),
        ("Reels and Their Lines", ("Bo Line",)),
    ]


def test_titles_with_the_sites_of_papers_behind_them() -> None:
    listing = read(
        "new | past | ask\n1.\t\tKites Learn to Land (arxiv.org)\n"
        "21 points by ash 5 hours ago | hide | 8 replies\n"
        "2.\t\tMy garden shed (sheds.example)\n9 points by poe 3 hours ago | hide | 4 replies\n"
        "3.\t\tReels in the Wind (arxiv.org)\n5 points by line 7 hours ago | hide | 1 replies\n"
    )
    assert [entry.title for entry in listing.entries] == [
        "Kites Learn to Land",
        "Reels in the Wind",
    ]


def test_cards_with_texts_and_neither_names_nor_addresses() -> None:
    form = "4 Jan 2026\nkites\n{title}\nHill University\n{text}\nOpen\n1{n}\nKeep\n"
    entries = read(f"Explore\nLikes\n{written(form)}").entries
    assert [(entry.title, entry.authors) for entry in entries] == [(title, ()) for title in TITLES]


def test_a_copied_search_tells_the_day_and_the_categories() -> None:
    form = (
        "{n}.\narXiv:2601.0000{n} [pdf, ps, other] cs.RO cs.LG\n{title}\nAuthors: {names}\n"
        "Abstract: {text} △ Less\nSubmitted {n}1 January, 2026; originally announced in 2026.\n"
        "Comments: 8 pages\n\n"
    )
    first, second, _ = read(f"Showing 1-3 of 3 results\nSort by\n\n{written(form)}").entries
    assert (first.title, first.arxiv) == (TITLES[0], "2601.00000")
    assert (second.published, second.categories) == ("2026-01-11", ("cs.RO", "cs.LG"))
    assert first.abstract == ABSTRACTS[0]


def test_posts_that_quote_their_titles() -> None:
    form = 'Flyer {n}\n@flyer{n}\n· {n}h\nWe read "{title}" with Ada Kite.\n\n{place}\n\n4 posts\n'
    entries = read(written(form)).entries
    assert [entry.title for entry in entries] == list(TITLES)
    assert entries[0].authors == ("Ada Kite",)


def test_what_a_page_repeats_is_its_own() -> None:
    found = turns(written(FORUM))
    assert found is not None
    assert {turn.said for turn in found if turn.kind == PAGE} >= {"News", "Vote up", "Send on"}


def test_markdown_and_prose_are_left_to_others() -> None:
    links = "".join(f"- [{title}]({place})\n" for title, _, place, _ in PAPERS)
    assert taking_turns.read(links) is None
    assert taking_turns.read("\n\n".join(ABSTRACTS)) is None
    assert taking_turns.read("Committee\nAda Kite, Bo Line\nChairs\nCy Crumb, Dee Poe\n") is None


@pytest.mark.slow
def test_reading_is_linear() -> None:
    assert_linear(taking_turns.read, lambda n: written(FORUM) * n, 60)
    assert_linear(taking_turns.read, lambda n: "Kites of the North\nAda Kite, Bo Line\n" * n, 200)
    assert_linear(taking_turns.read, lambda n: f"{PLACES[0]}\n" * n + "Kites and Reels\n" * n, 200)
    assert_linear(taking_turns.read, lambda n: f"{ABSTRACTS[0]}\n" * n, 200)
