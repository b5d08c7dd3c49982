"""A ledger in numbers: what a day's page tells of it."""

from __future__ import annotations

from broadsheet.archive.ledger_summary import ledger_summary
from broadsheet.content.ledger import parse
from broadsheet.pages.day_views import ledger_line

LEDGER = """\
date: 2025-08-07
listings:
- {"file": "2025-08-07.x.txt", "sha256": "00", "source": "arxiv", "papers": 6}
papers:
- {"id": "a", "title": "A", "became": "published"}
- {"id": "b", "title": "B", "became": "declined"}
- {"id": "c", "title": "C", "became": "declined", "waited": true}
- {"id": "d", "title": "D", "became": "waiting"}
- {"id": "e", "title": "E", "became": "waiting"}
- {"id": "f", "title": "F", "became": "duplicate", "of": "2025-08-05"}
"""


def test_what_was_not_chosen_is_counted_apart_from_what_was_taken_out() -> None:
    summary = ledger_summary(parse(LEDGER))
    assert summary is not None
    assert (summary.listed, summary.declined, summary.unchosen) == (6, 1, 3)
    assert ledger_line(summary, removed=0) == (
        "From arXiv: 6 listed, 1 published, 1 duplicate of 5 August 2025, 1 declined, 3 not chosen."
    )


def test_what_waits_by_the_ledger_and_stands_in_a_page_was_picked() -> None:
    summary = ledger_summary(parse(LEDGER), {"a", "d"})
    assert summary is not None
    assert summary.unchosen == 2
    assert "2 published" in (ledger_line(summary, removed=0) or "")
