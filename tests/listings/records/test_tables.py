"""CSV with any header, or none."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse
from broadsheet.listings.records.tables import shape

from .. import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="x")


LINK = "https://arxiv.org/abs/2601.0000"


@pytest.mark.parametrize(
    "header",
    ["Paper,Link", "paper title,URL", "Name,arXiv", "Arbeit,Wo", "Work,pdf_url", "論文,リンク"],
)
def test_a_title_and_an_address_are_known_whatever_they_are_called(header: str) -> None:
    text = f"{header}\nKites that steer,{LINK}1\nLines that hold,{LINK}2\n"
    listing = read(text)
    assert listing.format == "csv"
    assert [(e.title, e.arxiv) for e in listing.entries] == [
        ("Kites that steer", "2601.00001"),
        ("Lines that hold", "2601.00002"),
    ]


def test_what_is_guessed_is_told() -> None:
    listing = read(
        "Arbeit,Inhalt,Wo\n"
        + f'Kites that steer,"{samples.ABSTRACTS[0]}",{LINK}1\n'
        + f'Lines that hold,"{samples.ABSTRACTS[1]}",{LINK}2\n'
    )
    assert [e.abstract for e in listing.entries] == list(samples.ABSTRACTS[:2])
    assert [notice.partition(" by ")[0] for notice in listing.notices] == [
        'column "Arbeit" is taken for the title',
        'column "Inhalt" is taken for the abstract',
    ]


def test_a_table_without_header() -> None:
    listing = read(f"Kites that steer;{LINK}1\nLines that hold;{LINK}2\n")
    assert [(e.title, e.arxiv) for e in listing.entries] == [
        ("Kites that steer", "2601.00001"),
        ("Lines that hold", "2601.00002"),
    ]
    assert 'column "column 1" is taken for the title' in listing.notices[0]


def test_prose_with_commas_is_no_table() -> None:
    assert shape("We fly, and we land,\nwe bake, and we eat,\nwe sail, and we sleep.\n") is None
    assert shape(samples.PAIRS) is None
    assert shape(f"- Kites, {LINK}1\n- Lines, {LINK}2\n") is None


QUOTES = {
    "at the end": 'title,abstract\nKites,We fly.\nLines,We hold.\n"Reels,We turn.\n',
    "in the middle": 'title,abstract\nKites,We fly.\n"Reels,We turn.\nLines,We hold.\n',
    "after a quote": 'title,abstract\nKites,We fly.\n"Reels"s,We turn.\nLines,We hold.\n',
}


@pytest.mark.parametrize("name", QUOTES)
def test_a_quote_that_does_not_close_costs_its_row_alone(name: str) -> None:
    listing = read(QUOTES[name])
    assert [entry.title for entry in listing.entries] == ["Kites", "Lines"]
    line = 4 if name == "at the end" else 3
    assert listing.notices[0].startswith(f"line {line}: the CSV is broken")
    assert listing.notices[0].endswith("left out")


def test_reading_on_after_broken_rows_is_bounded() -> None:
    listing = read("title,abstract\nKites,We fly.\n" + '"Reels"s,We turn.\n' * 5_000)
    assert [entry.title for entry in listing.entries] == ["Kites"]
    assert any("lines are not read" in notice for notice in listing.notices)


def test_two_columns_of_one_name_are_two() -> None:
    listing = read("title,mood,mood\nKites,glad,sad\n")
    assert sorted(notice.partition(" is ")[0] for notice in listing.notices) == [
        'column "mood (3)"',
        'column "mood"',
    ]


def test_ids_that_a_spreadsheet_took_for_numbers() -> None:
    listing = read("title,arxiv id\nKites,2601.0001\nLines,704.001\nReels,2601.00003\n")
    assert [entry.arxiv for entry in listing.entries] == ["2601.00010", "0704.0010", "2601.00003"]


def test_a_number_is_no_id_in_a_column_of_another_name() -> None:
    (entry,) = read("title,loss\nKites,1850.12345\n").entries
    assert entry.arxiv is None


CELLS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)


@given(
    st.lists(CELLS | st.sampled_from(["title", "Paper", "Link", "doi"]), min_size=1, max_size=5),
    st.lists(st.lists(CELLS | st.just(f"{LINK}1"), max_size=5), max_size=5),
    st.sampled_from(",;\t|"),
)
def test_any_table_gives_a_listing_or_an_error(
    header: list[str], rows: list[list[str]], delimiter: str
) -> None:
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows([header, *rows])
    found: Any = samples.outcome(read, table.getvalue())
    assert isinstance(found, (Listing, ListingError))
    if isinstance(found, Listing):
        assert found.entries or found.empty


def test_why_no_format_fits_is_told_for_each() -> None:
    found = samples.outcome(read, "Arbeit,Ort\nEins,Hier\n")
    assert isinstance(found, ListingError)
    for word in ("JSON", "BibTeX", "RIS", '"Arbeit", "Ort"', "no line holds an id", "Hugging Face"):
        assert word in found.message
    assert "expected one of these" in found.message


@pytest.mark.parametrize("above", ["sep=,\n", "Export of 2026-01-05\nQuery: kites\n\n"])
def test_lines_above_the_header_are_passed_over(above: str) -> None:
    listing = read(above + "Title,Authors,DOI\nKites,Jane Doe,10.1000/k\n")
    (entry,) = listing.entries
    assert (entry.title, entry.authors, entry.doi) == ("Kites", ("Jane Doe",), "10.1000/k")
    assert entry.line == above.count("\n") + 2
    assert bool(listing.notices) == above.startswith("Export")


def test_the_tags_of_catalogues_are_known() -> None:
    (entry,) = read("AU\tTI\tAB\tDI\tPY\nDoe, J; Roe, R\tKites\tWe fly.\t10.1/k\t2026\n").entries
    assert (entry.title, entry.abstract, entry.published) == ("Kites", "We fly.", "2026")


def test_a_table_with_its_names_in_the_first_column_is_turned() -> None:
    text = "Title\tKites\tReels\nAuthors\tAda Kite; Bo Line\tCy Crumb\nYear\t2026\t2025\n"
    first, second = parse(text.encode(), file="x").entries
    assert (first.title, first.authors, first.published) == (
        "Kites",
        ("Ada Kite", "Bo Line"),
        "2026",
    )
    assert (second.title, second.authors, second.published) == ("Reels", ("Cy Crumb",), "2025")


def test_a_long_table_whose_first_column_has_the_names_is_read_to_its_end() -> None:
    titles = "\t".join(f"Kites of wind {number}" for number in range(60))
    rows = [
        f"Title\t{titles}",
        "Authors" + "\tAda Kite" * 60,
        "Year" + "\t2026" * 60,
        "Abstract" + f"\t{'We fly kites. ' * 90}" * 60,
    ]
    listing = parse("\n".join(rows).encode(), file="x")
    assert len(listing.entries) == 60
    assert all(entry.abstract.startswith("We fly kites.") for entry in listing.entries)


PADDED = """Week of 2 June;;;
;;;
Paper;Link;Who;Why
"=HYPERLINK(""https://arxiv.org/abs/2506.00321v1"";""Slow QblueQ bikes"")";;Ada;glad
Fast trains;"=HYPERLINK(""https://doi.org/10.1000/rail"")";Bo;
""".replace("Q", 4 * '"')


def test_a_sheet_with_a_heading_above_its_header_and_linked_cells() -> None:
    listing = read(PADDED.replace("\n", "\r\n"))
    assert [(one.title, one.arxiv, one.doi) for one in listing.entries] == [
        ('Slow "blue" bikes', "2506.00321", None),
        ("Fast trains", None, "10.1000/rail"),
    ]
    assert listing.notices[0] == 'what stands above the header is not read: "Week of 2 June"'


def test_prose_above_a_line_that_could_be_a_header_is_no_table() -> None:
    listing = read("Papers, links, and why\n- Kites https://arxiv.org/abs/2506.00321\n")
    assert listing.format == "list"
