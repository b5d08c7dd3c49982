"""An issue as HTML: the theme's mail/issue.html with its styles inlined. Pure.

Outlook and many web mail clients ignore style sheets, so each rule is written into the elements'
style attributes; rules that can't be (dark mode) stay in a style element.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import css_inline

from .model import MOST_STORIES, Issue, Sender, trimmed

TEMPLATE = "mail/issue.html"
LARGEST = 98_000
"""Bytes of HTML at most: Gmail clips a message after 102 kB, and hides its footer."""

Render = Callable[[str, Mapping[str, object]], str]
"""Renders a template, by name, with values; it escapes them."""


def html(issue: Issue, sender: Sender, unsubscribe: str | None, render: Render) -> str:
    """Return the issue as HTML; `unsubscribe` is its reader's address for leaving.

    The template is rendered for each reader rather than once with a placeholder for the address:
    a paper's text could contain any placeholder, and would then receive the reader's token.
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
    """Return the issue with as many papers as fit into `LARGEST` bytes, at most `MOST_STORIES`.
    `leave` is the longest address for leaving that a reader can have, so that all readers get the
    same papers."""
    most = MOST_STORIES
    while True:
        candidate = trimmed(issue, most)
        size = len(html(candidate, sender, leave, render).encode("utf-8", "replace"))
        if size <= LARGEST or most == 1:
            return candidate
        most = max(1, min(most - 1, most * LARGEST // size))


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def preview(issue: Issue) -> str:
    """Return the preview text that an inbox shows after the subject: the first titles."""
    titles = [section.stories[0].title for section in issue.sections if section.stories]
    return " · ".join(titles[:4])
