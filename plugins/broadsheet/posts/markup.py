"""A post's lines as each service writes them, and how it counts them. Pure.

Titles are strangers' words. What a service would make of them (mentions, hashtags, links, markup)
is taken from them, so that a title can call nobody and lead nowhere but to its own page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from .text import Line, Lines, Run

MASTODON_LINK = 23
"""Characters that Mastodon counts for a link, however long."""

_BREAK = "\u2060"  # WORD JOINER: not seen, and ends what services look for
# Mentions and hashtags, also in the forms that services fold to them, cashtags, Telegram's
# commands, emoji by name, and addresses: by scheme, by name (with any dot that hosts' names have),
# by number.
_CALLS = re.compile(
    r"[@#＠＃﹫﹟](?=\S)|[$＄﹩](?=[A-Z])|(?<![\w/])/(?=\w)|:(?=//|[\w+-]{1,40}:)|(?i:www)(?=[.。．｡])"
    r"|(?<=\w)[.。．｡](?=[^\W\d_]{2})|(?<=\d)\.(?=\d+\.\d+\.\d)"
)
_DISCORD = re.compile(r"[\\*_~`|<>\[\]()#+\-:]")


def inert(text: str) -> str:
    """Return words in which no service finds a mention, a hashtag, a command or an address."""
    return _CALLS.sub(lambda found: found[0] + _BREAK, text)


def _words(run: Run) -> str:
    """Return a run's words, inert but for the site's own address."""
    return run.text if run.shown else inert(run.text)


def slack(lines: Lines) -> str:
    """Return the lines in Slack's mrkdwn
    (https://docs.slack.dev/messaging/formatting-message-text)."""

    def write(run: Run) -> str:
        text = _slack_text(_words(run))
        if run.url:
            return f"<{_slack_address(run.url)}|{text}>"
        return f"*{text}*" if run.strong else text

    return _joined(lines, write)


def _slack_text(text: str) -> str:
    escaped = html.escape(text, quote=False)
    return re.sub(r"[*_~`|]", lambda found: found[0] + _BREAK, escaped)


def _slack_address(url: str) -> str:
    return html.escape(url.replace("|", "%7C"), quote=False)


def discord(lines: Lines) -> str:
    """Return the lines in Discord's Markdown, links without previews."""

    def write(run: Run) -> str:
        text = _DISCORD.sub(r"\\\g<0>", _words(run))
        if run.url:
            return f"[{text}](<{run.url.replace('>', '%3E')}>)"
        return f"**{text}**" if run.strong else text

    return _joined(lines, write)


def telegram(lines: Lines) -> str:
    """Return the lines in Telegram's HTML (https://core.telegram.org/bots/api#html-style)."""

    def write(run: Run) -> str:
        text = html.escape(_words(run), quote=False)
        if run.url:
            return f'<a href="{html.escape(run.url)}">{text}</a>'
        return f"<b>{text}</b>" if run.strong else text

    return _joined(lines, write)


def mastodon(lines: Lines) -> str:
    """Return the lines as plain text: of links only the one to the day is written."""
    return _joined(lines, lambda run: run.url if run.shown else inert(run.text))


def mastodon_size(lines: Lines) -> int:
    """Return the characters that Mastodon counts, at most: a link is `MASTODON_LINK`, and code
    points are never fewer than the graphemes that it counts."""
    links = [run for line in lines for run in line if run.shown]
    return len(mastodon(lines)) - sum(len(run.url) - MASTODON_LINK for run in links)


def utf16(text: str) -> int:
    """Return the length of a text as Telegram and Discord count it: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(lines: Lines) -> str:
    """Return the words alone."""
    return _joined(lines, lambda run: run.text)


def _joined(lines: Lines, write: Callable[[Run], str]) -> str:
    def row(line: Line) -> str:
        return "".join(map(write, line))

    return "\n".join(map(row, lines))
