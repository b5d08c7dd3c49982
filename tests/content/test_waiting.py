"""The file of a day's waiting papers: read, changed one paper at a time, written byte for byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content import pages, waiting
from broadsheet.content.disk import DaySources, SourceFile, is_waiting, read_day, waiting_path
from broadsheet.content.paper_index import PaperIndex
from broadsheet.errors import ContentError, VocabularyError
from broadsheet.papers import Paper
from broadsheet.topics import parse_topics
from tests.digests import TOPICS, Digest

DAY = date(2025, 8, 7)
PAPER = Paper(id="a-paper", title="A paper", abstract="Its abstract.", tags=("sgd",), upvotes=3)
OTHER = Paper(id="b", title="B", abstract="Words.")


def section(paper: Paper, why: str = "over the limit of 3 a day") -> str:
    return pages.format_section(waiting.waiting(paper, "vision", why))


FILE = waiting.empty(DAY).put("a-paper", section(PAPER)).put("b", section(OTHER, "excluded by x"))


def test_it_tells_people_what_it_is_and_why_each_paper_waits() -> None:
    text = FILE.text() or ""
    head = "---\ntitle: Waiting\ndate: 2025-08-07\ntopic: waiting\n---\n\n"
    assert text.startswith(f"{head}Papers that")
    assert "topic: vision\nwaits: over the limit of 3 a day\n```\n\nIts abstract.\n" in text
    assert text.count("\n## ") == 2


def test_what_is_read_is_what_was_written() -> None:
    again = waiting.parse(FILE.text() or "", DAY)
    assert again == FILE
    assert [(one.topic, one.why) for one in again.papers.values()] == [
        ("vision", "over the limit of 3 a day"), ("vision", "excluded by x"),
    ]  # fmt: skip


def test_taking_all_out_leaves_no_file_unless_a_person_wrote_in_it() -> None:
    assert FILE.without("b").without("a-paper").text() is None
    text = (FILE.text() or "").replace("Papers that", "Mind these.\n\nPapers that")
    kept = waiting.parse(text, DAY).without("b").without("a-paper").text()
    assert kept is not None
    assert "Mind these." in kept


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("tail", ["", "\n\n\n", "\n \n"])
def test_all_other_bytes_stay(end: str, tail: str) -> None:
    text = "\ufeff" + ((FILE.text() or "").rstrip("\n") + tail).replace("\n", end)
    read = waiting.parse(text, DAY)
    assert read.text() == text
    changed = read.put("a-paper", section(PAPER, "another reason")).text() or ""
    assert changed.replace("another reason", "over the limit of 3 a day") == text
    more = read.put("c", section(Paper(id="c", title="C"))).text() or ""
    assert more.startswith(text.rstrip(f" {end}"))
    assert [paper.id for paper in pages.parse(more).papers] == ["a-paper", "b", "c"]


def test_a_chosen_section_loses_the_two_lines_alone() -> None:
    by_hand = (
        section(PAPER)
        .replace("id: a-paper", "id:  'a-paper' # mine")
        .replace("Its abstract.", "Its abstract.\n\n> Read it.")
    )
    file = waiting.empty(DAY).put("a-paper", by_hand)
    wanted = by_hand.replace("topic: vision\n", "").replace(
        "waits: over the limit of 3 a day\n", ""
    )
    assert waiting.chosen_section(file.papers["a-paper"]) == wanted
    plain = waiting.chosen_section(FILE.papers["a-paper"])
    assert plain == pages.format_section(PAPER)


def test_a_block_that_no_command_can_edit_keeps_its_lines() -> None:
    flow = "## A\n\n```yaml\n{id: a, topic: vision, waits: long}\n```\n\nX.\n"
    file = waiting.empty(DAY).put("a", flow)
    assert waiting.chosen_section(file.papers["a"]) == flow


@given(st.text(max_size=40), st.text(max_size=80))
def test_any_paper_comes_back_out_as_it_went_in(title: str, abstract: str) -> None:
    paper = Paper(id="x", title=" ".join(title.split()) or "T", abstract=abstract)
    try:
        whole = pages.parse(pages.format_page(pages.PageHeading("-", DAY, "t"), [paper])).papers[0]
        file = FILE.put("x", section(paper, "why"))
    except ContentError:
        return  # script, or a link, which no page may hold
    assert waiting.chosen(waiting.parse(file.text() or "", DAY).papers["x"].paper) == whole


def test_no_topic_may_have_the_files_name() -> None:
    with pytest.raises(VocabularyError, match='can\'t be called "waiting"'):
        parse_topics(TOPICS.replace("slug: vision", "slug: waiting"))


def test_the_file_is_no_page_of_its_day(digest: Digest) -> None:
    digest.write(f"content/{waiting_path(DAY)}", FILE.text() or "")
    day = read_day(digest.folder / "content", DAY, waiting=True)
    assert read_day(digest.folder / "content", DAY) == replace(day, waiting=None)
    assert day.waiting is not None
    assert is_waiting(day.waiting.path)
    assert day.waiting not in (*day.pages, *day.sources)
    without = DaySources(day.date, day.pages, day.ledger)
    assert day.fingerprint() == without.fingerprint()
    assert day.fingerprint(waiting=True) != without.fingerprint(waiting=True)


def test_what_waits_is_known_but_stands_nowhere() -> None:
    source = SourceFile(waiting_path(DAY), (FILE.text() or "").encode())
    index = PaperIndex()
    index.add_day(DaySources(DAY, (), None, (), source))
    assert index.present == {}
    assert set(index.waiting) == {"a-paper", "b"}
