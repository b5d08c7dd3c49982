"""Papers by their topics and tags, made of papers in brief."""

from __future__ import annotations

from datetime import date

from broadsheet.archive.briefs import briefs_of
from broadsheet.archive.model import Day, Month, PublishedPaper
from broadsheet.locale import ENGLISH
from broadsheet.pages.term_views import MonthTerms, leading_titles
from broadsheet.papers import Paper
from broadsheet.render.labels import Labels
from broadsheet.render.papers import brief_row, title_row
from broadsheet.topics import Topic, Vocabulary

_LABELS = Labels(Vocabulary(topics=(Topic("vision", "Vision"),), tags=()))


def _day(iso: str, *papers: Paper) -> Day:
    when = date.fromisoformat(iso)
    placed = [
        PublishedPaper(paper=paper, date=when, topic="vision", path="x.md", line=1)
        for paper in papers
    ]
    return Day(date=when, fingerprint=iso, papers=tuple(placed))


_MONTH = Month(
    key="2025-03",
    days=(
        _day(
            "2025-03-03",
            Paper(id="one", title="On $x$", authors=("Uma Writer",), tags=("maps",), upvotes=3),
            Paper(id="two", title="On two", authors=("A B", "C D", "E F", "G H", "I J")),
        ),
        _day(
            "2025-03-05",
            Paper(id="three", title="On three", tags=("maps", "sea"), pinned=True, author_count=9),
            Paper(id="four", title="On *four*", tags=("maps",), upvotes=8, categories=("cs.CV",)),
        ),
    ),
)


def test_a_paper_in_brief_makes_the_row_that_the_paper_makes() -> None:
    placed = [one for day in _MONTH.days for one in day.papers]
    rows = [title_row(one, _LABELS) for one in placed]
    assert [brief_row(one, _LABELS) for one in briefs_of(_MONTH, ENGLISH)] == rows


def test_a_terms_papers_stand_by_day_the_newest_first_and_the_pinned_lead_its_titles() -> None:
    terms = MonthTerms(briefs_of(_MONTH, ENGLISH), _LABELS)
    papers = terms.papers("tag", "maps")
    assert [one.id for one in papers] == ["three", "four", "one"]
    assert [
        (day.iso, day.count, [row.path for row in rows]) for day, rows in terms.by_day(papers)
    ] == [
        ("2025-03-05", 2, ["papers/three/", "papers/four/"]),
        ("2025-03-03", 1, ["papers/one/"]),
    ]
    assert [row.path for row in terms.newest("topic", "vision")][-1] == "papers/two/"
    assert leading_titles(papers) == ["On three", "On *four*", "On $x$"]
