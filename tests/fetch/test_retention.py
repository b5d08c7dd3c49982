"""Which captures join those that are there."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetch.answer import Contents, PaperMark
from broadsheet.fetch.retention import Retention, StoredListing, retain


def contents(*numbers: int) -> Contents:
    return Contents(papers=tuple(PaperMark(f"title{n}", f"2512.{n:05}") for n in numbers))


def held(name: str, *numbers: int, data: bytes | None = None) -> StoredListing:
    return StoredListing(name, data or name.encode(), contents(*numbers))


def test_the_first_capture_is_kept():
    assert retain(b"x", contents(1, 2), []).retention is Retention.FIRST


def test_a_capture_with_more_papers_is_kept_beside_the_thinner():
    decision = retain(b"x", contents(1, 2, 3), [held("a", 1, 2)])
    assert decision.retention is Retention.FULLER
    assert decision.new == 1


def test_a_thinner_capture_is_let_go():
    decision = retain(b"x", contents(1), [held("thin", 1), held("full", 1, 2)])
    assert decision.retention is Retention.NOTHING_NEW
    assert decision.beside == "full"


def test_a_thinner_capture_is_let_go_even_when_votes_are_wanted():
    assert (
        retain(b"x", contents(1), [held("a", 1, 2)], refresh=True).retention
        is Retention.NOTHING_NEW
    )


def test_the_same_papers_are_kept_again_only_when_asked_for():
    there = [held("a", 1, 2)]
    assert retain(b"x", contents(2, 1), there).retention is Retention.NOTHING_NEW
    assert retain(b"x", contents(2, 1), there, refresh=True).retention is Retention.FRESHER


def test_the_same_bytes_are_never_kept_twice():
    there = [held("a", 1), held("b", 1, 2, data=b"x")]
    decision = retain(b"x", contents(1, 2), there, refresh=True)
    assert decision.retention is Retention.SAME
    assert decision.beside == "b"


def test_a_thinner_capture_with_a_new_paper_is_kept():
    assert retain(b"x", contents(1, 9), [held("a", 1, 2, 3)]).retention is Retention.FULLER


def test_papers_are_known_by_title_where_there_is_no_id():
    there = [StoredListing("a", b"a", Contents(papers=(PaperMark("title1"), PaperMark("title2"))))]
    assert retain(b"x", contents(1, 2), there).retention is Retention.NOTHING_NEW


numbers = st.lists(st.integers(1, 8), max_size=8, unique=True)


@given(st.lists(numbers, max_size=4), numbers, st.booleans())
def test_what_is_kept_adds_papers_and_what_is_let_go_adds_none(there, coming, refresh):
    known = {n for listing in there for n in listing}
    listings = [held(f"file{at}", *listing) for at, listing in enumerate(there)]
    decision = retain(b"new", contents(*coming), listings, refresh=refresh)
    if decision.retention in (Retention.SAME, Retention.NOTHING_NEW):
        assert set(coming) <= known
    if decision.retention is Retention.FULLER:
        assert decision.new == len(set(coming) - known) > 0
    if decision.retention is Retention.FRESHER:
        assert refresh
