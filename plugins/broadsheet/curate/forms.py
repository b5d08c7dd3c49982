"""A suggestion as the issue form (.github/ISSUE_TEMPLATE/suggest.yml) gives it. Pure.

GitHub writes a form as Markdown: a heading a field, its answer below, "_No response_" where there
is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import ContentError, shown

_HEADING = re.compile(r"^### (Paper|Topic|Note|Your name)[ \t]*$", re.M)
_NONE = "_No response_"
LONGEST = 20_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a form says: a paper's arXiv id or address, and what else was filled in."""

    paper: str
    topic: str | None = None
    note: str | None = None
    curator: str | None = None


def parse(text: str) -> Suggestion:
    """Read a form. Raises ContentError for one that names no paper."""
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise ContentError(f"the form has {len(text)} characters; expected at most {LONGEST}")
    parts = _HEADING.split(text)
    answers: dict[str, str] = {}
    for name, answer in zip(parts[1::2], parts[2::2], strict=True):
        if answer.strip() and answer.strip() != _NONE:
            answers.setdefault(name, answer.strip())
    paper = answers.get("Paper", "")
    if not paper or "\n" in paper:
        raise ContentError(
            f'found {shown(paper)} under "### Paper"; expected an arXiv id or address'
        )
    return Suggestion(
        paper=paper,
        topic=_line(answers.get("Topic")),
        note=answers.get("Note"),
        curator=_line(answers.get("Your name")),
    )


def _line(text: str | None) -> str | None:
    return " ".join(text.split())[:100] if text else None
