"""Ids of new papers."""

from __future__ import annotations

from broadsheet.content.paper_index import KnownPapers


def test_an_id_is_never_the_name_of_a_device() -> None:
    known = KnownPapers()
    assert known.free_id("con", 2025) == "con-2025"
    assert known.free_id("con", 2025, {"con-2025"}) == "con-2025-2"
