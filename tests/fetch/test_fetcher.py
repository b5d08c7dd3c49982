"""Fetching from a real server into seeds/, day by day."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from broadsheet.errors import FetchError
from broadsheet.fetch import Limits, Lookup, Status

from .conftest import Answer, Asked, atom, feed, papers

DAILY = "/api/daily_papers"
QUERY = "/api/query"
RSS = "/rss/cs.LG"
PAGE = Answer(b"<!doctype html><title>We are down</title>")


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return tmp_path / "seeds"


def files(seeds: Path) -> list[str]:
    return sorted(path.name for path in seeds.iterdir()) if seeds.exists() else []


def statuses(outcomes) -> list[Status]:
    return [outcome.status for outcome in outcomes]


def by_day(listings: dict[str, bytes]):
    """A server that knows some days' listings, and no pages beyond the first."""

    def answer(asked: Asked) -> Answer:
        return Answer(listings.get(asked.query["date"], b"[]") if "p" not in asked.query else b"[]")

    return answer


# Hugging Face


def test_todays_papers_are_written_as_served(server, fetcher, seeds):
    body = papers(1, 2).replace(b", ", b" ,\r\n\t ")
    server.says(DAILY, Answer(body))
    (outcome,) = fetcher().huggingface()
    assert server.asked[0].query == {"date": "2025-12-02", "limit": "100"}
    assert outcome.status is Status.WRITTEN
    assert outcome.papers == 2
    assert outcome.file == seeds / "2025-12-02.huggingface.20251202T093000Z.json"
    assert outcome.file.read_bytes() == body
    assert "2 papers, written to" in outcome.message
    assert files(seeds) == [outcome.file.name]


def test_a_compressed_listing_is_written_unfolded(server, fetcher, seeds):
    body = papers(1, 2)
    server.says(DAILY, Answer(gzip.compress(body), headers={"Content-Encoding": "gzip"}))
    (outcome,) = fetcher().huggingface()
    assert outcome.file.read_bytes() == body


def test_the_days_since_one_are_fetched_one_by_one(server, fetcher, seeds, clock):
    server.on(DAILY, by_day({"2025-12-01": papers(1), "2025-12-02": papers(2)}))
    outcomes = fetcher().huggingface(since=date(2025, 11, 30))
    assert statuses(outcomes) == [Status.EMPTY, Status.WRITTEN, Status.WRITTEN]
    assert [outcome.day for outcome in outcomes] == [date(2025, 11, 30), *_days(1, 2)]
    assert files(seeds) == [
        "2025-11-30.huggingface.20251202T093000Z.json",
        "2025-12-01.huggingface.20251202T093001Z.json",
        "2025-12-02.huggingface.20251202T093002Z.json",
    ]
    assert clock.slept == [1.0, 1.0]


def _days(*numbers: int) -> list[date]:
    return [date(2025, 12, number) for number in numbers]


def test_the_users_date_wins_over_the_clock(server, fetcher, seeds):
    server.says(DAILY, Answer(papers(1)))
    (outcome,) = fetcher().huggingface(day=date(2025, 8, 7))
    assert server.asked[0].query["date"] == "2025-08-07"
    assert outcome.file.name == "2025-08-07.huggingface.20251202T093000Z.json"


def test_days_to_come_are_not_asked_for(server, fetcher):
    with pytest.raises(FetchError, match="still to come"):
        fetcher().huggingface(day=date(2025, 12, 3))
    assert server.asked == []


def test_a_long_listing_is_fetched_page_by_page(server, fetcher, seeds):
    def answer(asked: Asked) -> Answer:
        page = int(asked.query.get("p", "0"))
        return Answer(papers(*range(100 * page, min(100 * page + 100, 230))))

    server.on(DAILY, answer)
    outcomes = fetcher().huggingface()
    assert [outcome.papers for outcome in outcomes] == [100, 100, 30]
    assert len(files(seeds)) == 3
    known = {
        item["paper"]["id"]
        for name in files(seeds)
        for item in json.loads((seeds / name).read_bytes())
    }
    assert len(known) == 230


def test_a_server_that_knows_no_pages_is_left_after_the_second(server, fetcher, seeds):
    server.says(DAILY, Answer(papers(*range(100))))
    assert statuses(fetcher().huggingface()) == [Status.WRITTEN]
    assert len(server.asked) == 2


@pytest.mark.slow
def test_a_server_whose_pages_never_end_is_left(server, fetcher, seeds):
    def answer(asked: Asked) -> Answer:
        page = int(asked.query.get("p", "0"))
        return Answer(papers(*range(100 * page, 100 * page + 100)))

    server.on(DAILY, answer)
    outcomes = fetcher().huggingface()
    assert outcomes[-1].status is Status.FAILED
    assert "goes on after 50 pages" in outcomes[-1].message


def test_a_fuller_capture_is_one_more_file(server, fetcher, seeds, clock):
    server.says(DAILY, Answer(papers(1, 2)), Answer(papers(1, 2, 3)))
    (first,) = fetcher().huggingface()
    clock.later(hours=2)
    (second,) = fetcher().huggingface()
    assert second.status is Status.WRITTEN
    assert "3 papers, 1 of them new" in second.message
    assert first.file.read_bytes() == papers(1, 2)
    assert second.file.read_bytes() == papers(1, 2, 3)


def test_a_thinner_capture_changes_nothing(server, fetcher, seeds, clock):
    server.says(DAILY, Answer(papers(1, 2, 3)), Answer(papers(1, 2)))
    (first,) = fetcher().huggingface()
    clock.later(hours=2)
    (second,) = fetcher().huggingface()
    assert second.status is Status.NOTHING_NEW
    assert second.file == first.file
    assert files(seeds) == [first.file.name]
    assert first.file.read_bytes() == papers(1, 2, 3)


def test_a_day_gone_by_without_papers_is_kept_for_what_it_says(server, fetcher, seeds):
    server.says(DAILY, Answer(b"[]"))
    (outcome,) = fetcher().huggingface(day=date(2025, 11, 30))
    assert outcome.status is Status.EMPTY
    assert outcome.file.read_bytes() == b"[]"


def test_no_papers_today_may_just_be_early_and_is_not_kept(server, fetcher, seeds):
    server.says(DAILY, Answer(b"[]"))
    (outcome,) = fetcher().huggingface()
    assert outcome.status is Status.EMPTY
    assert "no papers yet" in outcome.message
    assert files(seeds) == []


def test_an_empty_answer_later_changes_nothing(server, fetcher, seeds, clock):
    server.says(DAILY, Answer(papers(1, 2, 3)), Answer(b"[]"))
    (first,) = fetcher().huggingface()
    clock.later(hours=2)
    (second,) = fetcher().huggingface()
    assert second.status is Status.EMPTY
    assert "no papers yet" in second.message
    assert files(seeds) == [first.file.name]


def test_refresh_keeps_the_same_papers_again(server, fetcher, seeds, clock):
    server.says(DAILY, Answer(papers(1, 2)), Answer(papers(2, 1)))
    fetcher().huggingface()
    clock.later(hours=2)
    (again,) = fetcher().huggingface(refresh=True)
    assert again.status is Status.WRITTEN
    assert len(files(seeds)) == 2


def test_a_page_copied_as_text_does_not_stand_in_the_way(server, fetcher, seeds):
    seeds.mkdir()
    text = seeds / "2025-12-02.huggingface.txt"
    text.write_bytes(b"Daily Papers\nDec 2\n\nPaper number 1\n\nOf things.\n")
    server.says(DAILY, Answer(papers(1)))
    (outcome,) = fetcher().huggingface()
    assert outcome.status is Status.WRITTEN
    assert text.read_bytes().startswith(b"Daily Papers")


# Conditional requests


def conditional(body: bytes, etag: str = '"v1"'):
    def answer(asked: Asked) -> Answer:
        if asked.headers.get("If-None-Match") == etag:
            return Answer(status=304)
        return Answer(body, headers={"ETag": etag})

    return answer


def test_an_unchanged_listing_is_not_sent_again(server, fetcher, seeds):
    server.on(DAILY, conditional(papers(1, 2)))
    (first,) = fetcher().huggingface()
    (second,) = fetcher().huggingface()
    assert "If-None-Match" not in server.asked[0].headers
    assert server.asked[1].headers["If-None-Match"] == '"v1"'
    assert second.status is Status.UNCHANGED
    assert second.file == first.file
    assert second.papers == 2


@pytest.mark.parametrize("change", ["gone", "edited", "forgotten"])
def test_a_condition_is_only_made_when_the_listing_is_there_as_it_came(
    server, fetcher, seeds, tmp_path, clock, change
):
    server.on(DAILY, conditional(papers(1, 2)))
    (first,) = fetcher().huggingface()
    if change == "gone":
        first.file.unlink()
    elif change == "edited":
        first.file.write_bytes(papers(1))
    else:
        (tmp_path / ".broadsheet" / "fetch.json").unlink()
    clock.later(hours=1)
    (second,) = fetcher().huggingface()
    assert "If-None-Match" not in server.asked[1].headers
    assert second.file.read_bytes() == papers(1, 2)


def test_pages_go_on_after_one_that_is_unchanged(server, fetcher, seeds, clock):
    first = papers(*range(100))
    more = [papers(100), papers(100, 101)]

    def answer(asked: Asked) -> Answer:
        return Answer(more.pop(0)) if "p" in asked.query else conditional(first)(asked)

    server.on(DAILY, answer)
    fetcher().huggingface()
    clock.later(hours=1)
    outcomes = fetcher().huggingface()
    assert statuses(outcomes) == [Status.UNCHANGED, Status.WRITTEN]
    assert outcomes[1].papers == 2


def test_the_same_bytes_without_validators_are_unchanged(server, fetcher, seeds, clock):
    server.says(DAILY, Answer(papers(1)))
    fetcher().huggingface()
    clock.later(hours=1)
    (second,) = fetcher().huggingface()
    assert second.status is Status.UNCHANGED
    assert len(files(seeds)) == 1


def test_a_damaged_memory_is_told(server, fetcher, seeds, tmp_path):
    server.says(DAILY, Answer(papers(1)))
    (tmp_path / ".broadsheet").mkdir()
    (tmp_path / ".broadsheet" / "fetch.json").write_text("{")
    told: list[str] = []
    (outcome,) = fetcher(progress=told.append).huggingface()
    assert "damaged" in told[0]
    assert outcome.status is Status.WRITTEN


# Trouble


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (PAGE, 'a web page that says "We are down"'),
        (Answer(papers(1, 2)[:-9]), "breaks off"),
        (Answer(b""), "nothing at all"),
        (Answer(b'{"error": "Too busy"}'), 'an error that says "Too busy"'),
        (Answer(b"true"), "neither a list nor an object"),
        (Answer(papers(1), missing=7), "is broken"),
        (Answer(status=404), "answers 404"),
        (Answer(status=500), "answers 500"),
        (Answer(bytes(300_000)), "longer than 200,000 bytes"),
    ],
)
def test_what_is_no_whole_listing_is_an_error_and_is_not_written(
    server, fetcher, seeds, answer, told
):
    server.says(DAILY, answer)
    (outcome,) = fetcher().huggingface()
    assert outcome.status is Status.FAILED
    assert told in str(outcome.error)
    assert server.url in str(outcome.error)
    assert "\n" not in str(outcome.error)
    assert files(seeds) == []


@pytest.mark.parametrize(
    "trouble",
    [
        PAGE,
        Answer(papers(1, 2)[:-9]),
        Answer(b""),
        Answer(papers(1), missing=7),
        Answer(status=503),
    ],
)
def test_passing_trouble_is_waited_out(server, fetcher, seeds, trouble, clock):
    server.says(DAILY, trouble, Answer(papers(1, 2)))
    (outcome,) = fetcher().huggingface()
    assert outcome.papers == 2
    assert clock.slept == [2.0]
    assert outcome.file.name == "2025-12-02.huggingface.20251202T093002Z.json"


def test_trouble_with_one_day_leaves_the_others(server, fetcher, seeds):
    good = by_day({"2025-11-30": papers(1), "2025-12-02": papers(3)})

    def answer(asked: Asked) -> Answer:
        return Answer(status=404) if asked.query["date"] == "2025-12-01" else good(asked)

    server.on(DAILY, answer)
    outcomes = fetcher().huggingface(since=date(2025, 11, 30))
    assert statuses(outcomes) == [Status.WRITTEN, Status.FAILED, Status.WRITTEN]


def test_a_server_in_trouble_is_not_asked_for_the_other_days(server, fetcher):
    server.says(DAILY, Answer(status=429, headers={"Retry-After": "7200"}))
    outcomes = fetcher().huggingface(since=date(2025, 11, 1))
    assert len(server.asked) == 1
    assert statuses(outcomes) == [Status.FAILED, Status.FAILED]
    assert "7200 s" in outcomes[0].message
    assert "31 more not asked for" in outcomes[1].message


def test_trouble_on_a_later_page_keeps_the_first(server, fetcher, seeds):
    def answer(asked: Asked) -> Answer:
        return Answer(status=500) if "p" in asked.query else Answer(papers(*range(100)))

    server.on(DAILY, answer)
    assert statuses(fetcher().huggingface()) == [Status.WRITTEN, Status.FAILED]
    assert len(files(seeds)) == 1


def test_real_answers_are_kept_to_the_byte(server, fetcher, seeds, clock):
    """Of several years: listings in today's shape and in those of old."""
    folder = os.environ.get("BROADSHEET_DATA")
    if not folder:
        pytest.skip("BROADSHEET_DATA isn't set: no real listings to serve")
    captured = sorted(Path(folder, "listings", "huggingface").glob("*.json"))
    bodies = {path.stem: path.read_bytes() for path in captured}
    server.on(DAILY, by_day(bodies))
    for day, body in bodies.items():
        (outcome,) = fetcher(limits=Limits()).huggingface(day=date.fromisoformat(day))
        assert outcome.status is Status.WRITTEN
        assert outcome.file.read_bytes() == body
        (again,) = fetcher(limits=Limits()).huggingface(day=date.fromisoformat(day))
        assert again.status is Status.UNCHANGED
    assert len(files(seeds)) == len(bodies) > 0


# arXiv


def test_the_newest_announcement_is_named_by_its_own_day(server, fetcher, seeds):
    # The clock says the 2nd, the feed still shows the 1st.
    body = feed(date(2025, 12, 1), 1, 2)
    server.says(RSS, Answer(body))
    (outcome,) = fetcher().arxiv(["cs.LG"])
    assert outcome.day == date(2025, 12, 1)
    assert outcome.file.name == "2025-12-01.arxiv.cs.LG.20251202T093000Z.xml"
    assert outcome.file.read_bytes() == body


def test_arxiv_is_asked_every_three_seconds_at_most(server, fetcher, clock):
    for category in ("cs.LG", "cs.CL", "stat.ML"):
        server.says(f"/rss/{category}", Answer(feed(date(2025, 12, 2), 1)))
    outcomes = fetcher().arxiv(["cs.LG", "cs.CL", "stat.ML", "cs.LG"])
    assert statuses(outcomes) == [Status.WRITTEN] * 3
    times = [asked.at for asked in server.asked]
    assert [(b - a).total_seconds() for a, b in pairwise(times)] == [3, 3]


def test_the_three_seconds_hold_between_feeds_queries_and_runs(server, fetcher, context, clock):
    server.says(RSS, Answer(feed(date(2025, 12, 2), 1)))
    server.says(QUERY, Answer(atom(1)))
    fetcher().arxiv(["cs.LG"])
    with Lookup(context) as lookup:
        lookup.arxiv(["2601.00001"])
    assert clock.slept == [3.0]


def test_an_empty_announcement_is_kept_for_what_it_says(server, fetcher, seeds, clock):
    clock.moment = datetime(2025, 11, 30, 12, tzinfo=UTC)
    body = feed(date(2025, 11, 30))
    server.says(RSS, Answer(body))
    (outcome,) = fetcher().arxiv(["cs.LG"], day=date(2025, 11, 30))
    assert outcome.status is Status.EMPTY
    assert outcome.file.read_bytes() == body
    assert outcome.file.name == "2025-11-30.arxiv.cs.LG.20251130T120000Z.xml"


def test_an_empty_announcement_that_nobody_named_is_told_and_not_kept(
    server, fetcher, seeds, clock
):
    clock.moment = datetime(2025, 11, 30, 12, tzinfo=UTC)
    server.says(RSS, Answer(feed(date(2025, 11, 30))))
    (outcome,) = fetcher().arxiv(["cs.LG"])
    assert outcome.status is Status.EMPTY
    assert outcome.message == "arxiv cs.LG 2025-11-30: no papers"
    assert files(seeds) == []


def test_a_day_that_is_asked_for_again_and_is_empty_is_not_tried_repeatedly(
    server, fetcher, seeds, clock
):
    server.says(RSS, Answer(feed(date(2025, 12, 2), 1)))
    server.says(QUERY, Answer(atom()))
    outcomes = fetcher().arxiv(["cs.LG"], again=1)
    assert statuses(outcomes) == [Status.WRITTEN, Status.EMPTY]
    assert len(server.asked) == 2
    assert len(files(seeds)) == 1


def test_a_day_that_is_not_announced_yet_is_told_and_not_written(server, fetcher, seeds):
    server.says(RSS, Answer(feed(date(2025, 12, 1), 1)))
    (outcome,) = fetcher().arxiv(["cs.LG"], day=date(2025, 12, 2))
    assert outcome.status is Status.NOT_YET
    assert "2025-12-01" in outcome.message
    assert files(seeds) == []


def test_a_feed_that_names_no_day_is_an_error(server, fetcher, seeds):
    body = feed(date(2025, 12, 1), 1).replace(b"pubDate", b"language")
    server.says(RSS, Answer(body))
    (outcome,) = fetcher().arxiv(["cs.LG"])
    assert outcome.status is Status.FAILED
    assert "of which day" in outcome.message


def test_a_feed_of_a_day_to_come_is_an_error(server, fetcher, seeds):
    server.says(RSS, Answer(feed(date(2031, 12, 1), 1)))
    (outcome,) = fetcher().arxiv(["cs.LG"])
    assert outcome.status is Status.FAILED
    assert "2031-12-01, still to come" in outcome.message
    assert files(seeds) == []


def test_days_gone_by_come_from_the_api_and_weekends_are_passed_over(server, fetcher, seeds):
    server.says(QUERY, Answer(atom(1, 2)))
    server.says(RSS, Answer(feed(date(2025, 12, 2), 3)))
    outcomes = fetcher().arxiv(["cs.LG"], since=date(2025, 11, 29))
    assert statuses(outcomes) == [Status.SILENT, Status.SILENT, Status.WRITTEN, Status.WRITTEN]
    assert [asked.path for asked in server.asked] == [QUERY, RSS]
    assert server.asked[0].query["search_query"] == (
        "cat:cs.LG AND submittedDate:[202511271900 TO 202511281859]"
    )
    assert files(seeds) == [
        "2025-12-01.arxiv.cs.LG.20251202T093000Z.xml",
        "2025-12-02.arxiv.cs.LG.20251202T093003Z.xml",
    ]


def test_the_apis_pages_are_fetched_to_the_end(server, fetcher, seeds):
    def answer(asked: Asked) -> Answer:
        start = int(asked.query["start"])
        return Answer(atom(*range(start, min(start + 1000, 1200)), total=1200, start=start))

    server.on(QUERY, answer)
    outcomes = fetcher(limits=Limits(size=5_000_000)).arxiv(["cs.LG"], day=date(2025, 12, 1))
    assert [outcome.papers for outcome in outcomes] == [1000, 200]
    assert len(files(seeds)) == 2


def test_an_answer_with_fewer_papers_than_it_announces_is_asked_for_again(server, fetcher, seeds):
    server.says(QUERY, Answer(atom(1, total=3)), Answer(atom(1, 2, 3)))
    (outcome,) = fetcher().arxiv(["cs.LG"], day=date(2025, 12, 1))
    assert outcome.papers == 3
    server.says(QUERY, Answer(atom(1, total=3)))
    (outcome,) = fetcher().arxiv(["cs.LG"], day=date(2025, 11, 28))
    assert outcome.status is Status.FAILED
    assert "1 of the 3 papers" in outcome.message
    assert len(files(seeds)) == 1


def test_no_papers_on_a_working_day_is_believed_only_after_asking_again(server, fetcher, seeds):
    server.says(QUERY, Answer(atom()), Answer(atom(1)))
    (outcome,) = fetcher().arxiv(["cs.LG"], day=date(2025, 12, 1))
    assert outcome.status is Status.WRITTEN
    server.asked.clear()
    server.says(QUERY, Answer(atom()))
    (outcome,) = fetcher().arxiv(["cs.LG"], day=date(2025, 11, 28))
    assert len(server.asked) == 4
    assert outcome.status is Status.EMPTY
    assert "holiday" in outcome.message
    assert len(files(seeds)) == 1


def test_arxiv_needs_a_category(fetcher):
    with pytest.raises(FetchError, match="no arXiv category was given"):
        fetcher().arxiv([])
