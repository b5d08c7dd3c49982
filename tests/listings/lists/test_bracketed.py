"""Titles with their addresses in brackets behind them."""

from __future__ import annotations

from broadsheet.listings import Listing, parse

PROSE = "shows in nine long flights over beaches that kites with two lines fly well in any wind."


def read(text: str) -> Listing:
    return parse(text.encode(), file="x")


def test_a_title_that_begins_a_text_has_what_stands_behind_as_its_abstract() -> None:
    (entry,) = read(
        f"**Kites fly anywhere** (https://arxiv.org/abs/2601.00001). It {PROSE}\n"
    ).entries
    assert (entry.title, entry.arxiv) == ("Kites fly anywhere", "2601.00001")
    assert entry.abstract == f"It {PROSE}"
    (item,) = read(
        f"- Kites fly anywhere (https://arxiv.org/abs/2601.00001), a paper that {PROSE}\n"
    ).entries
    assert item.title == "Kites fly anywhere"
    assert item.abstract == f"a paper that {PROSE}"


def test_titles_within_a_sentence_are_told_by_quotes_or_capitals() -> None:
    listing = read(
        f"The paper Kites of the North (https://arxiv.org/abs/2601.00001) {PROSE}\n\n"
        f"In “Ropes that pull” [https://arxiv.org/abs/2601.00002], Jane Doe {PROSE}\n"
    )
    assert [(entry.title, entry.arxiv) for entry in listing.entries] == [
        ("Kites of the North", "2601.00001"),
        ("Ropes that pull", "2601.00002"),
    ]


def test_an_address_behind_words_that_are_no_title_is_wanted() -> None:
    listing = read(
        f"The paper Kites of the North (https://arxiv.org/abs/2601.00001) {PROSE}\n\n"
        f"We liked one more (https://arxiv.org/abs/2601.00002), which {PROSE}\n"
    )
    assert [entry.arxiv for entry in listing.entries] == ["2601.00001"]
    assert [one.arxiv for one in listing.wanted] == ["2601.00002"]
