"""Telling whole listings from partial, empty and wrong answers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetch import Arxiv, HuggingFace, WantedDays, WebFeed, read_listing
from broadsheet.fetch.answer import AnswerKind, FetchedAnswer, judge, plain
from broadsheet.fetch.request import Request, SourceAddresses
from tests.growth import assert_quick

from .conftest import atom, feed, papers

DAY = date(2026, 1, 6)
(DAILY,) = HuggingFace().steps(WantedDays(day=DAY), DAY, SourceAddresses())
FEED, PAST = (
    step
    for today in (DAY, date(2026, 1, 9))
    for step in Arxiv(("cs.LG",)).steps(WantedDays(day=DAY), today, SourceAddresses())
    if isinstance(step, Request)
)


def judged(data: bytes, request: Request = DAILY) -> FetchedAnswer:
    return judge(data, request, "listing", read_listing)


def test_a_listing_is_complete_and_its_papers_are_known():
    answer = judged(papers(1, 2, 3))
    assert answer.kind is AnswerKind.COMPLETE
    assert [paper.arxiv for paper in answer.contents.papers] == [
        "2512.00001",
        "2512.00002",
        "2512.00003",
    ]


def test_a_feed_says_its_day():
    assert judged(feed(DAY, 1), FEED).contents.day == DAY


def test_an_empty_feed_is_a_whole_listing():
    answer = judged(feed(date(2026, 1, 4)), FEED)
    assert answer.kind is AnswerKind.EMPTY
    assert not answer.passing


def test_an_empty_list_is_a_whole_listing():
    assert judged(b"[]").kind is AnswerKind.EMPTY


def test_an_answer_without_papers_for_a_working_day_is_doubted():
    answer = judged(atom(), PAST)
    assert answer.kind is AnswerKind.DOUBTFUL
    assert answer.passing


def test_an_answer_that_holds_less_than_it_announces_is_partial():
    answer = judged(atom(1, 2, total=5), PAST)
    assert answer.kind is AnswerKind.PARTIAL
    assert answer.reason == "it holds 2 of the 5 papers it announces"
    assert judged(atom(1, 2, total=2), PAST).kind is AnswerKind.COMPLETE


@given(st.data())
def test_json_that_breaks_off_anywhere_is_noticed(data):
    whole = papers(1, 2)
    cut = data.draw(st.integers(0, len(whole) - 1))
    answer = judged(whole[:cut])
    assert answer.kind is AnswerKind.CUT_OFF
    assert answer.passing


@pytest.mark.parametrize(("whole", "request_"), [(feed(DAY, 1, 2), FEED), (atom(1, 2), PAST)])
def test_xml_that_breaks_off_anywhere_is_noticed(whole, request_):
    for cut in range(len(whole)):
        answer = judged(whole[:cut], request_)
        assert not answer.whole, cut
        assert answer.passing


PAGE = b"<!DOCTYPE html><html><head><title>502 &lt;Bad&gt; Gateway</title></head></html>"


@pytest.mark.parametrize("request_", [DAILY, FEED, PAST])
@pytest.mark.parametrize("page", [PAGE, b"\xef\xbb\xbf \n" + PAGE.lower()])
def test_a_web_page_is_told_from_a_listing(page, request_):
    answer = judged(page, request_)
    assert answer.kind is AnswerKind.ERROR_PAGE
    assert "gateway" in answer.reason.lower()
    assert answer.passing


@pytest.mark.parametrize("request_", [DAILY, FEED])
def test_words_are_told_from_a_listing(request_):
    answer = judged(b"Service temporarily unavailable", request_)
    assert answer.kind is AnswerKind.ERROR_PAGE
    assert "temporarily" in answer.reason


def test_a_json_error_is_told_from_a_listing():
    answer = judged(b'{"error": "Sorry, we are \\u001b[31mbusy"}')
    assert answer.kind is AnswerKind.ERROR_PAGE
    assert "busy" in answer.reason
    assert "\x1b" not in answer.reason


def test_arxivs_error_feed_is_told_from_a_listing():
    error = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Search Results</title><entry>'
        b"<id>https://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title>"
        b"<summary>incorrect id format for x</summary></entry></feed>"
    )
    answer = judged(error, PAST)
    assert answer.kind is AnswerKind.NOT_A_LISTING
    assert "incorrect id format for x" in answer.reason
    assert not answer.passing


@pytest.mark.parametrize("data", [b"1", b'"words"', b"null", b"[" * 100_000])
def test_other_json_is_no_listing(data):
    assert not judged(data).whole


@given(st.binary(max_size=300), st.sampled_from([DAILY, FEED, PAST]))
def test_anything_is_judged(data, request_):
    answer = judged(data, request_)
    assert not answer.whole
    assert answer.reason.isprintable()


def test_a_servers_words_are_made_safe_to_print():
    assert plain("a\n\x1b[31mred\u202e\t b") == "a \ufffd[31mred\ufffd b"
    assert len(plain("x" * 5000)) == 200


# Anybody's feed

(ANY_FEED,) = WebFeed("https://journal.example/feed").steps(WantedDays(), DAY, SourceAddresses())
assert isinstance(ANY_FEED, Request)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbf", b"\n"),
        (b'<?xml-stylesheet href="a.xsl" type="text/xsl"?>\n<!-- made -->\n', b""),
        (b"", b"\n<!-- cached at 2026-01-06, in 0.3 s -->\n"),
    ],
)
def test_a_feed_may_begin_and_end_as_feeds_do(before: bytes, after: bytes):
    body = feed(DAY, 1, 2)
    if before.startswith(b"<"):
        start = body.index(b"?>") + 2
        body = body[:start] + before + body[start:]
    else:
        body = before + body
    answer = judged(body + after, ANY_FEED)
    assert answer.kind is AnswerKind.COMPLETE, answer.reason
    assert len(answer.contents.papers) == 2


def test_a_feed_that_is_cut_off_is_told():
    for end in (20, 200):
        answer = judged(feed(DAY, 1, 2)[:-end], ANY_FEED)
        assert answer.kind is AnswerKind.CUT_OFF
        assert "</rss>" in answer.reason


def test_a_page_in_place_of_a_feed_is_refused_and_says_where_its_feed_is():
    head = b'<link rel="alternate" type="application/rss+xml" title="x" href="/feed.xml?a=1&amp;b">'
    page = b"<!DOCTYPE html><html><head><title>A blog</title>" + head + b"</head></html>"
    answer = judged(page, ANY_FEED)
    assert answer.kind is AnswerKind.ERROR_PAGE
    assert answer.reason == (
        'it is a web page that says "A blog", and names "/feed.xml?a=1&b" as its feed'
    )
    assert judged(page.replace(head, b""), ANY_FEED).reason.endswith('"A blog"')


@given(st.binary(max_size=300) | st.sampled_from([b"<rss>", b"<link " * 40]).map(bytes))
def test_any_bytes_in_place_of_a_feed_are_judged(data: bytes):
    assert judged(data, ANY_FEED).kind is not AnswerKind.COMPLETE


@pytest.mark.parametrize(
    "hostile",
    [b"<link " * 20_000, b"<html>" + b"<link application/rss+xml" * 5_000, b"<rss" * 50_000,
     b"<html>" + b"<link " + b"a" * 99_000, b"</" + b"a" * 100_000],
)  # fmt: skip
def test_no_answer_takes_long_to_judge(hostile: bytes):
    assert_quick(lambda: judged(hostile, ANY_FEED), 2)
