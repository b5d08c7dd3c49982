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

UNSUBSCRIBE = "https://unsubscribe.invalid/"
"""Stands in the HTML where each reader's own address goes, so that styles are inlined once."""

Render = Callable[[str, Mapping[str, object]], str]


def html(issue: Issue, sender: Sender, unsubscribe: str | None, render: Render) -> str:
    """The issue as HTML. `render` fills a template (autoescaping) with values."""
    text = _inlined(issue, sender, unsubscribe is not None, render)
    return text.replace(UNSUBSCRIBE, _attribute(unsubscribe)) if unsubscribe else text


@lru_cache(maxsize=8)
def fitting(issue: Issue, sender: Sender, leaves: bool, render: Render) -> Issue:
    """The issue with as many papers as a message can hold: `MOST_STORIES`, or fewer where their
    titles, leads and notes are long. `leaves` says whether it names a way to unsubscribe."""
    most = MOST_STORIES
    while True:
        found = trimmed(issue, most)
        size = len(_inlined(found, sender, leaves, render).encode("utf-8", "replace"))
        if size <= LARGEST or most == 1:
            return found
        most = max(1, min(most - 1, most * LARGEST // size))


@lru_cache(maxsize=8)
def _inlined(issue: Issue, sender: Sender, leaves: bool, render: Render) -> str:
    text = render(
        TEMPLATE,
        {
            "issue": issue,
            "sender": sender,
            "unsubscribe": UNSUBSCRIBE if leaves else None,
            "preview": preview(issue),
        },
    )
    return _inliner().inline(text)


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def preview(issue: Issue) -> str:
    """What an inbox shows behind the subject: the first titles."""
    titles = [section.stories[0].title for section in issue.sections if section.stories]
    return " · ".join(titles[:4])


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
