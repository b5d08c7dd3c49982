"""Telling whole listings from partial, empty and wrong answers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetch import Arxiv, HuggingFace, Wanted, read_listing
from broadsheet.fetch.answer import Answer, AnswerKind, judge, plain
from broadsheet.fetch.request import Request, SourceAddresses

from .conftest import atom, feed, papers

DAY = date(2026, 1, 6)
(DAILY,) = HuggingFace().steps(Wanted(day=DAY), DAY, SourceAddresses())
FEED, PAST = (
    step
    for today in (DAY, date(2026, 1, 9))
    for step in Arxiv(("cs.LG",)).steps(Wanted(day=DAY), today, SourceAddresses())
    if isinstance(step, Request)
)


def judged(data: bytes, request: Request = DAILY) -> Answer:
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
