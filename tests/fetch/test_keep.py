"""Which captures join those that are there."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetch.answer import Contents, Mark
from broadsheet.fetch.keep import Held, Verdict, decide


def contents(*numbers: int) -> Contents:
    return Contents(papers=tuple(Mark(f"title{n}", f"2512.{n:05}") for n in numbers))


def held(name: str, *numbers: int, data: bytes | None = None) -> Held:
    return Held(name, data or name.encode(), contents(*numbers))


def test_the_first_capture_is_kept():
    assert decide(b"x", contents(1, 2), []).verdict is Verdict.FIRST


def test_a_capture_with_more_papers_is_kept_beside_the_thinner():
    decision = decide(b"x", contents(1, 2, 3), [held("a", 1, 2)])
    assert decision.verdict is Verdict.FULLER
    assert decision.new == 1


def test_a_thinner_capture_is_let_go():
    decision = decide(b"x", contents(1), [held("thin", 1), held("full", 1, 2)])
    assert decision.verdict is Verdict.NOTHING_NEW
    assert decision.beside == "full"


def test_a_thinner_capture_is_let_go_even_when_votes_are_wanted():
    assert decide(b"x", contents(1), [held("a", 1, 2)], refresh=True).verdict is Verdict.NOTHING_NEW


def test_the_same_papers_are_kept_again_only_when_asked_for():
    there = [held("a", 1, 2)]
    assert decide(b"x", contents(2, 1), there).verdict is Verdict.NOTHING_NEW
    assert decide(b"x", contents(2, 1), there, refresh=True).verdict is Verdict.FRESHER


def test_the_same_bytes_are_never_kept_twice():
    there = [held("a", 1), held("b", 1, 2, data=b"x")]
    decision = decide(b"x", contents(1, 2), there, refresh=True)
    assert decision.verdict is Verdict.SAME
    assert decision.beside == "b"


def test_a_thinner_capture_with_a_new_paper_is_kept():
    assert decide(b"x", contents(1, 9), [held("a", 1, 2, 3)]).verdict is Verdict.FULLER


def test_papers_are_known_by_title_where_there_is_no_id():
    there = [Held("a", b"a", Contents(papers=(Mark("title1"), Mark("title2"))))]
    assert decide(b"x", contents(1, 2), there).verdict is Verdict.NOTHING_NEW


numbers = st.lists(st.integers(1, 8), max_size=8, unique=True)


@given(st.lists(numbers, max_size=4), numbers, st.booleans())
def test_what_is_kept_adds_papers_and_what_is_let_go_adds_none(there, coming, refresh):
    known = {n for listing in there for n in listing}
    listings = [held(f"file{at}", *listing) for at, listing in enumerate(there)]
    decision = decide(b"new", contents(*coming), listings, refresh=refresh)
    if not decision.verdict.keeps:
        assert set(coming) <= known
    if decision.verdict is Verdict.FULLER:
        assert decision.new == len(set(coming) - known) > 0
    if decision.verdict is Verdict.FRESHER:
        assert refresh
