"""One odd paper of a listing never costs the others: it is left out or shortened, and named."""

from __future__ import annotations

import json

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse
from broadsheet.listings.bounds import MAX_NAME, MAX_NAMES, cut

from . import samples

TITLES, ABSTRACTS = samples.TITLES, samples.ABSTRACTS


def read(text: str) -> Listing:
    return parse(text.encode(), file="odd")


def rss(title: str) -> str:
    odd = samples.rss_item("2508.00001", title, "new", ABSTRACTS[0])
    return samples.rss(odd + samples.rss_item("2508.00002", TITLES[1], "new", ABSTRACTS[1]))


def rows(title: str) -> list[dict[str, object]]:
    return [{"title": title, "abstract": "We fly."}, {"title": TITLES[1], "abstract": "We bake."}]


API_TITLE = read(samples.API_ATOM).entries[-1].title
WITH_TITLE = {
    "rss": rss,
    "api": lambda title: samples.API_ATOM.replace(API_TITLE, title),
    "list": lambda title: samples.LIST_NEW.replace(TITLES[1], title),
    "mailing": lambda title: samples.MAILING.replace(TITLES[1], title),
    "json": lambda title: json.dumps(rows(title)),
    "jsonl": lambda title: "\n".join(map(json.dumps, rows(title))) + "\n",
    "csv": lambda title: f'title,abstract\n"{title}",We fly.\n{TITLES[1]},We bake.\n',
    "bibtex": lambda title: f"@misc{{a, title={{{title}}}}}\n@misc{{b, title={{{TITLES[1]}}}}}\n",
    "ris": lambda title: f"TY  - A\nTI  - {title}\nER  -\nTY  - A\nTI  - {TITLES[1]}\nER  -\n",
    "huggingface": lambda title: json.dumps(
        [{"paper": {"title": one, "id": f"2508.0000{n}", "summary": f"{n}."}}
         for n, one in enumerate((title, TITLES[1]))]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WITH_TITLE)
def test_a_paper_without_title_is_left_out_and_named(name: str) -> None:
    whole = read(WITH_TITLE[name]("A Title"))
    listing = read(WITH_TITLE[name](""))
    kept = [entry.title for entry in whole.entries if entry.title != "A Title"]
    assert [entry.title for entry in listing.entries] == kept
    assert len(kept) == len(whole.entries) - 1 > 0
    new = set(listing.notices) - set(whole.notices)
    assert any("no title" in one and one.endswith("left out") for one in new)


@pytest.mark.parametrize("name", WITH_TITLE)
def test_an_endless_title_is_shortened_and_named(name: str) -> None:
    whole = read(WITH_TITLE[name]("A Title"))
    listing = read(WITH_TITLE[name]("endless " * 2_000))
    assert len(listing.entries) == len(whole.entries)
    (title,) = (e.title for e in listing.entries if e.title.startswith("endless endless"))
    assert len(title) <= 300
    assert any('the title of "endless' in one and "shortened" in one for one in listing.notices)


@pytest.mark.parametrize("name", sorted(set(WITH_TITLE) - {"api", "list", "mailing"}))
def test_no_paper_at_all_is_an_error(name: str) -> None:
    found = samples.outcome(read, WITH_TITLE[name]("").replace(TITLES[1], ""))
    assert isinstance(found, ListingError)
    assert "no title" in str(found)


def test_an_endless_title_of_a_copied_page_is_a_title() -> None:
    endless = "Kites without end. " * 200
    listing = read(samples.PAIRS.replace(TITLES[1], endless))
    assert [entry.abstract for entry in listing.entries] == list(ABSTRACTS)
    assert len(listing.entries[1].title) <= 300


@pytest.mark.parametrize("item", [7, None, [1], "{'paper'", {"title": ["x"]}, {"paper": {}}])
def test_an_item_that_is_no_paper_is_left_out(item: object) -> None:
    listing = read(json.dumps([samples.API_ITEM, item, samples.API_ITEM]))
    assert len(listing.entries) == 1
    assert any("paper 2 of 3" in one for one in listing.notices)


@pytest.mark.parametrize(
    "line", ["7", "[" * 5_000, '{"title": "x"', '{"title": 9}', '{"title":' * 3_000, "nonsense"]
)
def test_a_line_that_is_no_paper_is_left_out(line: str) -> None:
    listing = read('{"title": "Kites"}\n' + line + '\n{"title": "Bread", "upvotes": 3}\n')
    assert [entry.title for entry in listing.entries] == ["Kites", "Bread"]
    assert listing.notices[0].startswith("line 2: ")


def test_a_listing_of_which_most_cannot_be_read_keeps_the_others() -> None:
    listing = read(json.dumps([{"title": "Kites"}, *[7] * 3_000]))
    assert [entry.title for entry in listing.entries] == ["Kites"]
    assert listing.notices[0] == "line 1: paper 2 of 3001 is a number; expected an object; left out"
    assert listing.notices[-1].endswith("notices more")


def test_a_row_of_another_length_is_left_out() -> None:
    listing = read("title,abstract\nKites,high, and low\nBread,We bake.\n")
    assert [entry.title for entry in listing.entries] == ["Bread"]
    assert listing.notices[0].startswith("line 2: a row has 3 cells")


def test_numbers_without_end_count_nothing() -> None:
    number = "9" * 20_000
    listing = read(f'[{{"title": "Kites", "upvotes": {number}}}, {{"title": "Bread"}}]')
    assert [(entry.title, entry.upvotes) for entry in listing.entries] == [
        ("Kites", None),
        ("Bread", None),
    ]


def test_authors_without_end_are_bounded() -> None:
    authors = [f"Ada {n}" for n in range(MAX_NAMES + 5)]
    long = ["x" * (MAX_NAME + 1)]
    listing = read(json.dumps([{"title": "a", "authors": authors}, {"title": "b", "tags": long}]))
    assert len(listing.entries[0].authors) == MAX_NAMES
    assert len(listing.entries[1].keywords[0]) == MAX_NAME
    assert [one.split(" has ")[0] for one in listing.notices] == [
        'line 1: the authors of "a"',
        'line 1: the keywords of "b"',
    ]


@pytest.mark.parametrize("limit", [5, 10, 300])
def test_texts_are_cut_at_a_words_end(limit: int) -> None:
    text = "kites and bread " * 30
    assert len(cut(text, limit)) <= limit
    assert cut(text, limit).endswith("…")
    assert cut(text[:limit], limit) == text[:limit]
