"""An issue as plain text: 72 columns, each address on a line of its own. Pure."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from ..locale import Words
from .model import Issue, IssueSection, Sender, Story

WIDTH = 72


def plain(issue: Issue, sender: Sender, unsubscribe: str | None) -> str:
    """Return the issue as text; `unsubscribe` is its reader's address for leaving."""
    words = sender.words
    title = f"{sender.name}: {issue.about}" if issue.about else sender.name
    lines = [
        *_wrapped(title.upper(), ""),
        issue.heading,
        words.ngettext("%(count)s paper", "%(count)s papers", issue.total) + f": {issue.address}",
    ]
    for section in issue.sections:
        if section.stories:
            lines += ["", "", *_section(section, words)]
    subscribed = words.gettext("You get this because you subscribed to %(name)s.", name=sender.name)
    lines += ["", "", "--", subscribed]
    if unsubscribe:
        lines.append(words.gettext("To leave: %(address)s", address=unsubscribe))
    lines.append(words.gettext("On the web: %(address)s", address=sender.home or issue.address))
    return "\n".join(lines) + "\n"


def _section(section: IssueSection, words: Words) -> Iterator[str]:
    yield from _wrapped(section.heading, "")
    yield "=" * min(_columns(section.heading), WIDTH)
    for story in section.stories:
        yield ""
        yield from _story(story, words)
    rest = section.total - len(section.stories)
    if rest:
        yield ""
        more = words.ngettext("... and %(count)s more", "... and %(count)s more", rest)
        yield f"{more}: {section.address}"


def _story(story: Story, words: Words) -> Iterator[str]:
    yield from _wrapped(story.title, "")
    facts = [story.authors] if story.authors else []
    if story.votes:
        facts.append(words.ngettext("%(count)s vote", "%(count)s votes", story.votes))
    if facts:
        yield from _wrapped(words.gettext(", ").join(facts), "  ")
    if story.lead:
        yield from _wrapped(story.lead, "  ")
    if story.summary:
        yield from _wrapped(story.summary, "  > ")
    for note in story.notes:
        yield from _wrapped(words.gettext("Curator’s note") + f": {note}", "  > ")
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
