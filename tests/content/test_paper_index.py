"""Ids of new papers."""

from __future__ import annotations

from broadsheet.content.pages import new_id
from broadsheet.content.paper_index import KnownPapers


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
