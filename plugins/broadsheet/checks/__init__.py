"""Check a digest's content and report all problems in one run.

`check` is pure: texts in, problems out. `folder` reads the content folder, `online` asks arXiv and
other servers, `report` formats problems. May import content, subscriptions, fetch and below.
"""

from __future__ import annotations

from .content import CheckInputs, check
from .problem import ERROR, NOTE, WARNING, Problem, in_order, of_error
from .report import FORMATS, report, summary

__all__ = [
    "ERROR",
    "FORMATS",
    "NOTE",
    "WARNING",
    "CheckInputs",
    "Problem",
    "check",
    "in_order",
    "of_error",
    "report",
    "summary",
]
