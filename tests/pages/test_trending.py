"""What trends."""

from __future__ import annotations

from datetime import date, timedelta

from broadsheet.archive.briefs import Brief
from broadsheet.archive.ranking import SHOWN, ranked, score
from broadsheet.pages.trending import rises
from broadsheet.render.labels import Labels
from broadsheet.topics import parse_vocabulary
from tests.digests import TAGS, TOPICS, Digest

NEWEST = date(2025, 8, 30)


def _brief(key: str, age: int, votes: int | None = None, notes: int = 0, tag: str = "") -> Brief:
    iso = (NEWEST - timedelta(age)).isoformat()
    return Brief(key, key, iso, "vision", (tag,) if tag else (), "", votes, notes, "")


def _keys(papers: list[Brief], span: int) -> list[str]:
    return [one.id for one in ranked(papers, NEWEST, span)]


def test_votes_count_and_fade() -> None:
    assert score(_brief("a", 0, 9), NEWEST, 30) == 10
    assert score(_brief("a", 15, 9), NEWEST, 30) == 5
    assert score(_brief("a", 30, 9), NEWEST, 30) == 2.5
    assert _keys([_brief("old", 6, 30), _brief("new", 0, 10)], 7) == ["new", "old"]
    assert _keys([_brief("old", 6, 30), _brief("new", 0, 10)], 90) == ["old", "new"]


def test_notes_count_where_nobody_votes() -> None:
    papers = [_brief("plain", 0), _brief("noted", 1, notes=1), _brief("older", 2)]
    assert _keys(papers, 7) == ["noted", "plain", "older"]


def test_a_span_holds_its_days_and_no_more() -> None:
    papers = [_brief("inside", 6), _brief("outside", 7, 1000)]
    assert _keys(papers, 7) == ["inside"]
    assert len(ranked([_brief(str(n), 0) for n in range(99)], NEWEST, 7)) == SHOWN


def test_a_tag_rises_when_it_is_more_of_all() -> None:
    names = Labels(parse_vocabulary(TOPICS, TAGS))
    papers = [_brief(f"b{n}", 40) for n in range(20)] + [_brief(f"n{n}", 3) for n in range(20)]
    assert rises(papers, NEWEST, names) == ()
    papers += [_brief(f"s{n}", 2, tag="sgd") for n in range(6)]
    (row,) = [one for one in rises(papers, NEWEST, names) if one.kind == "tag"]
    assert (row.label, row.count, row.before) == ("Stochastic gradient descent", 6, 0)
    assert row.weeks[-1] == 6


def test_the_page_counts_from_the_newest_day(digest: Digest) -> None:
    digest.build()
    page = digest.page("trending/")
    assert "8 August 2025" in page
    assert page.index("steps-that-shrink") < page.index("pixels-of-a-feather")
