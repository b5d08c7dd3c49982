"""An issue as HTML that mail programs show: the theme's mail/issue.html with its styles inlined.

Outlook and many web mailers read no style sheet, so each rule goes into the elements' own style
attributes; what can't (dark mode) stays in a style element for those that do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import css_inline

from .model import MOST_STORIES, Issue, Sender, trimmed

TEMPLATE = "mail/issue.html"
LARGEST = 98_000
"""Bytes of HTML: Gmail shows the first 102 kB of a message, and hides the rest with its foot."""

Render = Callable[[str, Mapping[str, object]], str]


def html(issue: Issue, sender: Sender, unsubscribe: str | None, render: Render) -> str:
    """The issue as HTML; `unsubscribe` is where its reader leaves. `render` fills a template
    (autoescaping) with values.

    It is filled for each reader anew, rather than once with a mark in the address's place: whatever
    the mark, a paper's link could hold it too, and would get the reader's token.
    """
    text = render(
        TEMPLATE,
        {
            "issue": issue,
            "sender": sender,
            "unsubscribe": unsubscribe,
            "preview": preview(issue),
        },
    )
    return _inliner().inline(text)


@lru_cache(maxsize=8)
def fitting(issue: Issue, sender: Sender, leave: str | None, render: Render) -> Issue:
    """The issue with as many papers as a message can hold: `MOST_STORIES`, or fewer where their
    titles, leads and notes are long. `leave` is the longest address for leaving that any reader
    has, so that all get the same papers."""
    most = MOST_STORIES
    while True:
        found = trimmed(issue, most)
        size = len(html(found, sender, leave, render).encode("utf-8", "replace"))
        if size <= LARGEST or most == 1:
            return found
        most = max(1, min(most - 1, most * LARGEST // size))


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def preview(issue: Issue) -> str:
    """What an inbox shows behind the subject: the first titles."""
    titles = [section.stories[0].title for section in issue.sections if section.stories]
    return " · ".join(titles[:4])
