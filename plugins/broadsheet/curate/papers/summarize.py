"""Put a model's summary into a paper's block. Pure."""

from __future__ import annotations

from ...content.pages.summary_edits import set_machine_summary
from ...papers import MachineSummary
from .desk import Desk


def summarize(desk: Desk, key: str, summary: MachineSummary) -> str | None:
    """Put a model's summary into a paper's block, in place of another that no person edited.

    Return what was done; None, with nothing changed, where a person edited or wrote the one that
    is there. Followers are not told: the paper did not change.
    """
    old = desk.paper(key).machine_summary
    if old is not None and old.edited:
        return None
    desk.change(key, lambda page, file: set_machine_summary(page, key, summary, file))
    return f"{key}: {summary.kind} by {summary.model}"
