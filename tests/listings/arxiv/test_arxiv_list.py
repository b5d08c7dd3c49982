"""arXiv's listing pages."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse, parse_name, resolve_date

from .. import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="new.html")


def test_the_page_of_new_papers() -> None:
    listing = read(samples.LIST_NEW)
    assert (listing.format, listing.date) == ("arxiv_list", date(2025, 8, 8))
    assert [(e.arxiv, e.announce) for e in listing.entries] == [
        ("2508.00001", "new"),
        ("2508.00002", "cross"),
        ("2401.00003", "replace"),
    ]
    entry = listing.entries[0]
    assert entry.title == "Steering $k$ Kites by the Pull on Their Line"
    assert entry.authors == ("Ada Kite", "Bo Line")
    assert entry.categories == ("cs.RO", "q-fin.TR")
    assert entry.tex


def test_links_behind_this_https_url_are_shown_and_known() -> None:
    entry = read(samples.LIST_NEW).entries[0]
    assert entry.abstract == samples.ABSTRACTS[0] + " See https://kites.example/x."
    assert entry.code == "https://github.com/example/kites"


def test_a_replacement_without_abstract_is_no_paper() -> None:
    (notice,) = read(samples.LIST_NEW).notices
    assert notice.endswith('"A Replaced Paper Without Abstract" is replaced; left out')


def test_of_the_recent_page_the_newest_day_is_taken() -> None:
    listing = read(samples.LIST_RECENT)
    assert listing.date == date(2025, 8, 8)
    assert [(e.arxiv, e.abstract, e.announce) for e in listing.entries] == [
        ("2508.00001", "", "new"),
        ("2508.00002", "", "cross"),
    ]
    assert listing.notices == (
        "1 paper of 2025-08-07 left out: a listing is of one day, here the newest",
    )


def test_pages_of_before_2024() -> None:
    page = samples.list_page(
        "<h3>New submissions for Fri, 4 Aug 23</h3><dl>"
        + samples.list_item(1, "2308.00001", samples.TITLES[0], abstract=samples.ABSTRACTS[0])
        + "</dl><h3>Replacements for Fri, 4 Aug 23</h3><dl>"
        + samples.list_item(2, "2208.00002", samples.TITLES[1], mark="(replaced)")
        + "</dl>"
    )
    listing = read(page)
    assert listing.date == date(2023, 8, 4)
    assert [entry.arxiv for entry in listing.entries] == ["2308.00001"]
    assert "is replaced" in listing.notices[0]


def test_a_page_without_papers_is_a_valid_empty_listing() -> None:
    for day, why in (
        ("Friday, 25 December 2026", "nothing announced"),
        ("Saturday, 9 August 2025", "weekend"),
    ):
        page = samples.list_page(
            f"<h3>Showing new listings for {day}</h3><div class='paging'>Total of 0 entries</div>"
        )
        listing = read(page)
        assert (listing.entries, listing.empty) == ((), why)


def test_a_withdrawn_paper_is_left_out_with_a_notice() -> None:
    page = samples.LIST_NEW.replace("Code at <a", "This paper has been withdrawn by Ada <a")
    listing = read(page)
    assert [entry.arxiv for entry in listing.entries] == ["2508.00002", "2401.00003"]
    assert "is withdrawn; left out" in listing.notices[0]


def test_a_page_cut_off_is_an_error() -> None:
    cut = samples.LIST_RECENT[: samples.LIST_RECENT.index("item2")]
    with pytest.raises(ListingError, match="too few under it: the page is cut off") as caught:
        read(cut)
    assert caught.value.line


def test_a_partial_page_has_a_notice() -> None:
    page = samples.LIST_RECENT.replace("showing 2 of 2", "showing first 2 of 370")
    assert "a partial page" in read(page).notices[0]


def test_a_page_without_a_day_is_an_error() -> None:
    page = samples.LIST_RECENT.replace("Fri, 8 Aug 2025", "").replace("Thu, 7 Aug 2025", "")
    with pytest.raises(ListingError, match="names no day"):
        read(page)


def catchup(title: str, abstract: str = "") -> str:
    return samples.list_page(
        "<dl id='articles'><h3>New submissions (showing 1 of 1 entries)</h3>"
        + samples.list_item(1, "2601.00001", samples.TITLES[0], abstract=abstract)
        + "</dl>"
    ).replace("<h1>Robotics</h1>", title)


@pytest.mark.parametrize("abstract", ["", samples.ABSTRACTS[0]])
def test_a_catchup_page_names_its_day_in_its_title(abstract: str) -> None:
    title = "<h1>Catchup results for Machine Learning on Mon, 05 Jan 2026</h1>"
    listing = read(catchup(title, abstract))
    assert (listing.date, listing.period) == (date(2026, 1, 5), "day")
    assert [(entry.arxiv, entry.abstract) for entry in listing.entries] == [
        ("2601.00001", abstract)
    ]


def test_a_months_page_is_of_any_day_of_its_month() -> None:
    title = "<h1>Machine Learning</h1><h2>Authors and titles for January 2026</h2>"
    page = catchup(title).replace("New submissions (showing 1 of 1 entries)", "")
    listing = read(page)
    assert (listing.date, listing.period) == (date(2026, 1, 1), "month")
    assert resolve_date(listing, parse_name("2026-01-09.a.html"), None, "x") == date(2026, 1, 9)
    with pytest.raises(ListingError, match="expected the same"):
        resolve_date(listing, parse_name("2026-02-01.a.html"), None, "x")


def test_of_several_days_the_one_of_the_files_name_is_taken() -> None:
    listing = parse(samples.LIST_RECENT.encode(), file="x", day=date(2025, 8, 7))
    assert listing.date == date(2025, 8, 7)
    assert [entry.arxiv for entry in listing.entries] == ["2508.00003"]
    assert listing.notices == (
        "2 papers of 2025-08-08 left out: a listing is of one day, here that of the file's name",
    )


def test_a_day_that_the_page_lacks_leaves_the_newest() -> None:
    listing = parse(samples.LIST_RECENT.encode(), file="x", day=date(2025, 8, 1))
    assert listing.date == date(2025, 8, 8)
