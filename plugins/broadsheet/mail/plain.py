"""An issue as plain text: 72 columns, each address on a line of its own. Pure."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from .model import Issue, IssueSection, Sender, Story

WIDTH = 72


def plain(issue: Issue, sender: Sender, unsubscribe: str | None) -> str:
    """Return the issue as text; `unsubscribe` is its reader's address for leaving."""
    title = f"{sender.name}: {issue.about}" if issue.about else sender.name
    lines = [
        *_wrapped(title.upper(), ""),
        issue.heading,
        f"{issue.total} paper{'s' * (issue.total != 1)}: {issue.address}",
    ]
    for section in issue.sections:
        if section.stories:
            lines += ["", "", *_section(section)]
    lines += ["", "", "--", f"You get this because you subscribed to {sender.name}."]
    if unsubscribe:
        lines.append(f"To leave: {unsubscribe}")
    lines.append(f"On the web: {sender.home or issue.address}")
    return "\n".join(lines) + "\n"


def _section(section: IssueSection) -> Iterator[str]:
    yield from _wrapped(section.heading, "")
    yield "=" * min(_columns(section.heading), WIDTH)
    for story in section.stories:
        yield ""
        yield from _story(story)
    rest = section.total - len(section.stories)
    if rest:
        yield ""
        yield f"... and {rest} more: {section.address}"


def _story(story: Story) -> Iterator[str]:
    yield from _wrapped(story.title, "")
    facts = [story.authors] if story.authors else []
    if story.votes:
        facts.append(f"{story.votes} vote{'s' * (story.votes != 1)}")
    if facts:
        yield from _wrapped(", ".join(facts), "  ")
    if story.lead:
        yield from _wrapped(story.lead, "  ")
    for note in story.notes:
        yield from _wrapped(f"Curator’s note: {note}", "  > ")
    yield f"  {story.address}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _columns(text: str) -> int:
    """Return the width of a text in columns: wide East Asian characters take two."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
