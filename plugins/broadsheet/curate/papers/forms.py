"""Parse a suggestion from the issue form (.github/ISSUE_TEMPLATE/suggest.yml). Pure.

GitHub renders a form as Markdown: a heading for each field, the answer below it, "_No response_"
for an empty one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...errors import ContentError, shown

_HEADING = re.compile(r"^### (Paper|Topic|Note|Your name)[ \t]*$", re.M)
_NONE = "_No response_"
LONGEST = 20_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A filled-in form: the paper's arXiv id or address, and the optional fields."""

    paper: str
    topic: str | None = None
    note: str | None = None
    curator: str | None = None


def parse(text: str) -> Suggestion:
    """Parse a form. Raises ContentError for a form without a paper."""
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
