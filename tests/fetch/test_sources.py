"""Which addresses are asked for which days, and what captures are called."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import FetchError
from broadsheet.fetch import Arxiv, HuggingFace, WantedDays, WebFeed
from broadsheet.fetch.request import Request, Silence, SourceAddresses, Step, file_name
from broadsheet.fetch.sources.arxiv import EASTERN, announcement_window, check_category
from broadsheet.listings.names import parse_name

TODAY = date(2026, 1, 7)
FIRST = date(2023, 5, 4)
ADDRESSES = SourceAddresses()


def arxiv(*categories: str, words: tuple[str, ...] = (), **wanted: Any) -> tuple[Step, ...]:
    return Arxiv(categories, words).steps(WantedDays(**wanted), TODAY, ADDRESSES)


def huggingface(**wanted: Any) -> tuple[Request, ...]:
    return HuggingFace().steps(WantedDays(**wanted), TODAY, ADDRESSES)


def arxiv_past(day: date, category: str = "cs.LG") -> Request:
    (step,) = arxiv(category, day=day)
    assert isinstance(step, Request)
    return step


def test_without_dates_it_is_today():
    assert WantedDays().days(TODAY, FIRST) == (TODAY,)


def test_since_goes_up_to_today():
    found = WantedDays(since=date(2026, 1, 5)).days(TODAY, FIRST)
    assert found == (date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7))


@pytest.mark.parametrize(
    ("day", "since", "told"),
    [
        (date(2026, 1, 8), None, "still to come"),
        (None, date(2026, 1, 8), "still to come"),
        (date(2023, 5, 3), None, "before the first listing"),
        (date(2026, 1, 5), date(2026, 1, 5), "one is enough"),
    ],
)
def test_days_that_cannot_be_asked_for_are_refused(day, since, told):
    with pytest.raises(FetchError, match=told):
        WantedDays(day=day, since=since).days(TODAY, FIRST)


def test_hugging_face_is_asked_day_by_day():
    one, two = huggingface(since=date(2026, 1, 6))
    assert one.url == "https://huggingface.co/api/daily_papers?date=2026-01-06&limit=100"
    assert two.day == TODAY


def test_arxiv_without_dates_is_the_feed_of_each_category():
    steps = arxiv("cs.LG", "stat.ML")
    assert [step.url for step in steps if isinstance(step, Request)] == [
        "https://rss.arxiv.org/rss/cs.LG",
        "https://rss.arxiv.org/rss/stat.ML",
    ]


def test_arxiv_of_days_gone_by_comes_from_the_api_that_of_today_from_the_feed():
    past, now = arxiv("cs.LG", since=date(2026, 1, 6))
    assert isinstance(past, Request)
    assert isinstance(now, Request)
    assert past.url.startswith("https://export.arxiv.org/api/query?search_query=cat:cs.LG+AND+")
    assert now.url == "https://rss.arxiv.org/rss/cs.LG"
    assert now.says_day
    assert not past.says_day


def test_arxiv_is_not_asked_for_weekends_gone_by():
    (step,) = arxiv("cs.LG", day=date(2026, 1, 4))
    assert isinstance(step, Silence)
    assert "Sundays" in step.reason


def test_the_api_is_asked_up_to_the_minute_before_the_closing():
    # Tuesday's listing: from Friday 14:00 to Monday 14:00 in New York, 19:00 UTC in winter.
    request = arxiv_past(date(2026, 1, 6))
    assert "submittedDate:[202601021900+TO+202601051859]" in request.url


def test_an_archive_is_asked_for_with_all_its_classes():
    assert "cat:math.*+AND" in arxiv_past(date(2026, 1, 6), "math").url
    assert "cat:hep-th+AND" in arxiv_past(date(2026, 1, 6), "hep-th").url


@pytest.mark.parametrize(
    ("day", "opens", "closes"),
    [
        ("2025-07-14", "2025-07-10T18:00", "2025-07-11T18:00"),  # Monday: Thursday to Friday
        ("2025-07-15", "2025-07-11T18:00", "2025-07-14T18:00"),  # Tuesday: over the weekend
        ("2025-07-16", "2025-07-14T18:00", "2025-07-15T18:00"),
        ("2025-07-18", "2025-07-16T18:00", "2025-07-17T18:00"),
        ("2025-03-11", "2025-03-07T19:00", "2025-03-10T18:00"),  # the clocks go forward between
    ],
)
def test_announcements_follow_arxivs_schedule(day, opens, closes):
    window = announcement_window(date.fromisoformat(day))
    assert window == tuple(
        datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (opens, closes)
    )


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_every_moment_is_announced_once(day):
    following = day + timedelta(days=1)
    while announcement_window(following) is None:
        following += timedelta(days=1)
    window, after = (
        announcement_window(day),
        announcement_window(following),
    )
    if window is None:
        assert day.weekday() >= 5
        return
    assert window[1] == after[0]
    assert window[0] < window[1] < datetime(day.year, day.month, day.day, tzinfo=UTC)


@pytest.mark.parametrize("good", ["cs.LG", "math", "hep-th", "cond-mat.mes-hall", "q-fin.ST"])
def test_arxivs_categories_are_known_by_their_form(good):
    check_category(good)


@pytest.mark.parametrize(
    "bad", ["", "..", "cs/LG", "cs.LG/../x", "../seeds", "cs.LG?x=1", "cs.LG\n", "CS", "a" * 31]
)
def test_what_is_no_category_never_reaches_an_address_or_a_path(bad):
    with pytest.raises(FetchError, match="not an arXiv category"):
        Arxiv((bad,))


def test_a_page_that_is_nearly_full_has_a_next():
    (first,) = huggingface()
    assert HuggingFace().next_page(first, 74, None) is None
    second = HuggingFace().next_page(first, 97, None)
    assert second is not None
    assert second.url.endswith("/api/daily_papers?date=2026-01-07&limit=100&p=1")
    third = HuggingFace().next_page(second, 100, None)
    assert third is not None
    assert third.url.endswith("&p=2")
    assert HuggingFace().next_page(third, 0, None) is None


def test_the_apis_pages_go_on_to_its_total():
    first = arxiv_past(date(2026, 1, 6))
    second = Arxiv(("cs.LG",)).next_page(first, 1000, 1300)
    assert second is not None
    assert "start=1000&max_results=1000" in second.url
    assert Arxiv(("cs.LG",)).next_page(second, 300, 1300) is None
    assert Arxiv(("cs.LG",)).next_page(first, 1000, None) is None


def test_a_feed_has_one_page():
    (feed,) = arxiv("cs.LG")
    assert isinstance(feed, Request)
    assert Arxiv(("cs.LG",)).next_page(feed, 2000, 9000) is None


@given(
    st.datetimes(datetime(2023, 1, 1), datetime(2040, 1, 1)),
    st.sampled_from([None, "cs.LG", "hep-th", "cond-mat.mes-hall"]),
)
def test_a_files_name_says_what_it_is(moment, category):
    captured = moment.replace(microsecond=0, tzinfo=UTC)
    request = Request(url="", source="arxiv", extension="xml", category=category)
    name = parse_name(file_name(request, TODAY, captured, "xml"))
    assert (name.date, name.source, name.category, name.time) == (
        TODAY,
        "arxiv",
        category,
        captured,
    )


def test_a_files_name_tells_the_time_in_utc():
    captured = datetime(2025, 12, 1, 10, 0, 0, tzinfo=EASTERN)
    request = Request(url="", source="huggingface", extension="json")
    name = file_name(request, date(2025, 12, 1), captured, "json")
    assert name == "2025-12-01.huggingface.20251201T150000Z.json"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://journal.example/feed.xml", "journal-example"),
        ("https://www.nature.example/nphys.rss", "nature-example-nphys"),
        ("https://export.arxiv.org/rss/cs.LG", "export-arxiv-org-cs-lg"),
        ("https://a.example/feeds?list=3&format=rss", "a-example-list-3-format"),
        ("https://a.example/" + "x" * 300, "a-example"),
        ("https://\u043f\u0440\u0438.example/", "example"),
        ("https://feed/", "feed"),
    ],
)
def test_a_feed_is_named_after_its_address(url, name):
    assert WebFeed(url).capture == name
