"""Hugging Face's papers page as HTML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import parse, parse_name, resolve_date

from .. import samples


def test_the_page_gives_what_the_answer_gives_and_its_day() -> None:
    page = parse(samples.PAPERS_PAGE.encode(), file="page.html")
    answer = parse(samples.API.encode(), file="day.json")
    assert (page.format, page.date) == ("huggingface_html", date(2025, 1, 2))
    assert [replace(entry, line=1) for entry in page.entries] == list(answer.entries)
    assert page.entries[0].line == 7


def test_entities_within_the_attribute_are_read() -> None:
    item = samples.API_OLD_ITEM | {"title": """Loaves & "Rolls" <are> 'bread' &amp; $x$"""}
    page = samples.papers_page({"dailyPapers": [item]})
    assert parse(page.encode(), file="f").entries[0].title == item["title"]


def test_weeks_and_months_and_queries() -> None:
    for day, first, period in (
        ("2025-W32", date(2025, 8, 4), "week"),
        ("August 2025", date(2025, 8, 1), "month"),
    ):
        page = samples.papers_page({"date": day, "dailyPapers": [samples.API_ITEM], "query": "q w"})
        listing = parse(page.encode(), file="f")
        assert (listing.date, listing.period, listing.query) == (first, period, "q w")


def test_a_page_without_papers_is_a_valid_empty_listing() -> None:
    page = samples.papers_page({"date": "2025-08-09T00:00:00.000Z", "dailyPapers": []})
    listing = parse(page.encode(), file="f")
    assert (listing.entries, listing.empty) == ((), "nothing listed")
    assert listing.date == date(2025, 8, 9)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (samples.PAPERS_PAGE[:2000], "lists no papers"),
        (samples.papers_page({"dailyPapers": [[1]]}), "is a list"),
        (samples.PAPERS_PAGE.replace("dailyPapers&quot;: [", "dailyPapers&quot;: ]"), "broken"),
        (
            "<!doctype html><html><head><title>503 Service Unavailable</title></head></html>",
            'an HTML page titled "503 Service Unavailable"',
        ),
        ("<html>" + "<div>" * 5000, "can't be read"),
    ],
)
def test_pages_that_cannot_be_read_are_errors(page: str, found: str) -> None:
    with pytest.raises(ListingError, match=found) as caught:
        parse(page.encode(), file="page.html")
    assert caught.value.file == "page.html"
    assert "expected" in caught.value.message or found == "broken"


@pytest.mark.parametrize(
    ("stated", "day", "period"),
    [
        ({"dateString": "2025-01-02"}, date(2025, 1, 2), "day"),
        ({"periodType": "day", "date_string": "2025-01-02T00:00:00.000Z"}, date(2025, 1, 2), "day"),
        ({"periodType": "week", "dateString": "2025-W01"}, date(2024, 12, 30), "week"),
        ({"periodType": "month", "dateString": "2025-01"}, date(2025, 1, 1), "month"),
        ({"nextDate": "2025-01-03", "prevDate": "2025-01-01"}, None, "day"),
    ],
)
def test_the_pages_own_date_in_each_of_its_spellings(
    stated: dict[str, str], day: date | None, period: str
) -> None:
    page = samples.papers_page({**stated, "dailyPapers": [samples.API_ITEM]})
    listing = parse(page.encode(), file="2025-01-03.page.html")
    assert (listing.date, listing.period) == (day, period)


def test_a_page_of_another_day_than_its_name_says_is_refused() -> None:
    file = "2025-01-03.huggingface.html"
    page = samples.papers_page({"dateString": "2025-01-02", "dailyPapers": [samples.API_ITEM]})
    listing = parse(page.encode(), file=file)
    with pytest.raises(ListingError, match="the listing says 2025-01-02"):
        resolve_date(listing, parse_name(file), None, file)


def test_a_page_without_date_is_of_the_day_on_which_all_its_papers_came() -> None:
    def page(*days: str) -> str:
        items = [
            {**samples.API_ITEM, "paper": {"id": f"2501.0000{n}", "title": f"Kites {n}",
             "submittedOnDailyAt": f"{day}T00:00:00.000Z"}, "title": f"Kites {n}"}
            for n, day in enumerate(days, 1)
        ]  # fmt: skip
        return samples.papers_page({"dailyPapers": items})

    for days, day in (
        (("2025-01-02", "2025-01-02"), date(2025, 1, 2)),
        (("2025-01-02", "2025-01-03"), None),
        (("2025-01-02",), None),  # one paper may be of any other day's list
    ):
        assert parse(page(*days).encode(), file="page.html").date == day
