"""Set a model's summary in a paper's block; all other bytes of the page stay. Pure."""

from __future__ import annotations

from dataclasses import replace

from ...papers import MachineSummary
from .edit import find, set_flow, verified
from .machine_summary import NAME, written


def set_machine_summary(text: str, key: str, summary: MachineSummary, file: str) -> str:
    """Return the page with a paper's summary by a model set. Raises ContentError for a block that
    can't be edited by command."""
    section = find(text, key, file)
    result = set_flow(text, section, NAME, written(summary), file)
    return verified(text, result, replace(section.paper, machine_summary=summary), file)
