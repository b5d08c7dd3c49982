"""Ids of new papers."""

from __future__ import annotations

from broadsheet.content.pages import new_id
from broadsheet.content.paper_index import KnownPapers
from broadsheet.papers import Entry


def test_an_id_is_never_the_name_of_a_device() -> None:
    wanted = new_id("CON: Convex optimization networks", None)
    assert KnownPapers().free_id(wanted, 2025) == "con-2025"
    assert KnownPapers().free_id(wanted, 2025, {"con-2025"}) == "con-2025-2"


def test_an_id_that_is_used_gets_the_year_and_then_a_number() -> None:
    known = KnownPapers()
    taken: set[str] = set()
    for _ in range(3):
        taken.add(known.free_id("kites", 2025, taken))
    assert taken == {"kites", "kites-2025", "kites-2025-2"}
    assert known.free_id("kites", 2026, taken) == "kites-2026"


def test_an_entry_is_compared_with_a_bounded_number_of_papers_of_its_title() -> None:
    known = KnownPapers()
    for number in range(1000):
        known.add_name(f"kites-{number}", "Kites", f"2508.{number:05d}")
        known.add_name(f"lines-{number}", f"Lines {number}", "2509.00001")
    assert len(known.titled(Entry(title="Kites"))) == 200
    assert known.titled(Entry(title="Kites", arxiv="2508.00007")) == ["kites-7"]
    assert known.of_arxiv(Entry(title="Kites", arxiv="2508.00999")) == ["kites-999"]
    assert len(known.of_arxiv(Entry(title="Lines", arxiv="2509.00001"))) == 200
