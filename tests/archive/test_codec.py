"""Days kept as plain data come back as they were."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.archive.codec import packed, unpacked
from broadsheet.archive.day_reader import read_day
from broadsheet.archive.ledger_summary import LedgerSummary
from broadsheet.archive.model import Day, PublishedPaper
from broadsheet.content.disk import DaySources, SourceFile
from broadsheet.papers import Note, Paper
from tests.digests import LEDGER, OPTIMIZATION

TEXT = st.text(max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
MAYBE = st.none() | TEXT
COUNT = st.none() | st.integers(0, 999)
NOTE = st.builds(Note, text=TEXT, curator=MAYBE)
PAPER = st.builds(
    Paper,
    id=TEXT,
    title=TEXT,
    abstract=TEXT,
    arxiv=MAYBE,
    authors=TEXTS,
    author_count=COUNT,
    tags=TEXTS,
    upvotes=COUNT,
    notes=st.lists(NOTE, max_size=2).map(tuple),
    extra=st.lists(st.tuples(TEXT, TEXT | st.lists(TEXT, max_size=2)), max_size=2).map(tuple),
)
INTAKE = st.builds(
    LedgerSummary,
    sources=TEXTS,
    listed=st.integers(0, 9),
    declined=st.integers(0, 9),
    doubles=TEXTS,
    captured=MAYBE,
    nothing=MAYBE,
)
WHEN = date(2025, 8, 7)


def day_of(paper: Paper, intake: LedgerSummary | None = None) -> Day:
    placed = PublishedPaper(
        paper=paper, date=WHEN, topic="vision", path="2025/08/07/vision.md", line=7
    )
    return Day(
        date=WHEN,
        papers=(placed,),
        intros=(("vision", "Before all."),),
        ledger_summary=intake,
        missing=("gone",),
        fingerprint="0",
    )


@given(PAPER, st.none() | INTAKE)
def test_a_day_comes_back_as_it_was(paper: Paper, intake: LedgerSummary | None) -> None:
    day = day_of(paper, intake)
    value = packed(day)
    assert value is not None
    assert unpacked(value) == day
    assert repr(unpacked(value)) == repr(day)


def test_a_parsed_day_comes_back_with_its_ledger_s_numbers() -> None:
    folder = "2025/08/07"
    sources = DaySources(
        WHEN,
        (SourceFile(f"{folder}/optimization.md", OPTIMIZATION.encode()),),
        SourceFile(f"{folder}/day.yml", LEDGER.encode()),
    )
    day = read_day(sources, ("optimization",))
    assert day.ledger_summary == LedgerSummary(
        sources=("huggingface",), listed=3, declined=0, doubles=("2025-08-05",)
    )
    value = packed(day)
    assert value is not None
    assert unpacked(value) == day


def test_values_that_would_come_back_changed_are_not_kept() -> None:
    for odd in (("a", "b"), {1: "one"}, {"a set"}):
        assert packed(day_of(Paper(id="a", title="A", extra=(("mine", odd),)))) is None
