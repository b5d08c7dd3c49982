"""Checking a digest's content: all that is wrong with it, in one run.

`check` is pure: texts in, problems out. `folder` reads the content folder for it, `online` asks
arXiv and other servers, `report` writes problems down.
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
