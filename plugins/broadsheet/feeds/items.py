"""Items made of a paper, or of a whole day or week.

What changes by the hour, such as votes, is left out, so that an item changes only when there is
something to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from html import escape
from typing import NamedTuple

from ..archive.people import PaperLine
from ..locale import ENGLISH, Words
from ..papers import Paper
from .guids import guid
from .model import Category, Item, Related

MOST_AUTHORS = 50
"""The most authors in an item; of more, the last entry says how many others there are."""
FEW_AUTHORS = 4
"""The same in a brief item, of an archive document."""


class Headline(NamedTuple):
    """A paper in the item of a day or week: title, page, authors, a sentence on it ("" for none),
    its votes, and when it was last changed. A tuple, since a build makes thousands."""

    title: str
    link: str
    authors: tuple[str, ...]
    summary: str
    votes: int | None
    updated: datetime


def headline(
    paper: Paper,
    *,
    date: date,
    zone: tzinfo,
    link: str,
    title: str,
    summary: str = "",
    listed: str | None = None,
    words: Words = ENGLISH,
) -> Headline:
    """Return a paper's headline; arguments are as those of `item`."""
    changed = updated(paper, begin(date, zone), zone, listed)
    authors = author_names(paper, words)
    return Headline(title, link, authors, summary, paper.upvotes, changed)


def item(
    paper: Paper,
    *,
    date: date,
    zone: tzinfo,
    link: str,
    title: str,
    html: Callable[[str], str],
    summary: str,
    topic: Category,
    said: str = "",
    tags: Sequence[Category] = (),
    links: Sequence[Related] = (),
    listed: str | None = None,
    identity: str = "",
    words: Words = ENGLISH,
) -> Item:
    """Return a paper as an item.

    `date` is the day that first published the paper, even if it has been moved since: the item is
    published when that day begins in `zone`, and updated when it was `listed`, or when the day of
    `paper.updated` begins, whichever is latest. `html` makes safe HTML of the paper's Markdown
    (abstract and curators' notes); `title` and `summary` are plain text, `said` is HTML of what a
    model wrote.
    """
    published = begin(date, zone)
    parts = [html(paper.abstract), said]
    parts += [_note(html(note.text), note.curator, words) for note in paper.notes]
    if links:
        parts.append("<p>" + " · ".join(map(_anchor, links)) + "</p>")
    return Item(
        guid=guid("paper", paper.id, identity),
        link=link,
        title=title,
        html="\n".join(part for part in parts if part),
        summary=summary,
        authors=author_names(paper, words),
        categories=(topic, *tags),
        links=tuple(links),
        published=published,
        updated=updated(paper, published, zone, listed),
    )


def of_line(
    line: PaperLine,
    *,
    date: date,
    zone: tzinfo,
    link: str,
    title: str,
    summary: str,
    topic: Category,
    identity: str = "",
) -> Item:
    """Return a paper as a brief item, by its line; arguments are as those of `item`."""
    published = begin(date, zone)
    return Item(
        guid=guid("paper", line.id, identity),
        link=link,
        title=title,
        html="",
        summary=summary,
        authors=line.authors,
        categories=(topic,),
        published=published,
        updated=updated(line, published, zone, line.listed),
    )


def day_item(
    *,
    kind: str,
    key: str,
    title: str,
    link: str,
    papers: Sequence[tuple[str, Sequence[Headline]]],
    published: datetime,
    begin: str = "",
    identity: str = "",
    words: Words = ENGLISH,
) -> Item:
    """Return a whole day or week (`kind`) as one item: `begin`, which is HTML, then papers'
    headlines under headings."""
    parts = [begin] if begin else []
    count = 0
    for heading, members in papers:
        if not members:
            continue
        count += len(members)
        parts.append(f"<h3>{escape(heading, quote=False)}</h3>\n<ul>")
        for member in members:
            authors = (
                f"<br>{escape(_few(member.authors, words), quote=False)}" if member.authors else ""
            )
            votes = ""
            if member.votes:
                votes = words.ngettext("%(count)s vote", "%(count)s votes", member.votes)
                votes = f" · {votes}" if authors else f"<br>{votes}"
            summary = f"<br>{escape(member.summary, quote=False)}" if member.summary else ""
            parts.append(
                f'<li><a href="{escape(member.link)}">{escape(member.title, quote=False)}</a>'
                f"{authors}{votes}{summary}</li>"
            )
        parts.append("</ul>")
    newest = max([published, *(member.updated for _, members in papers for member in members)])
    return Item(
        guid=guid(kind, key, identity),
        link=link,
        title=title,
        html="\n".join(parts),
        summary=words.ngettext("%(count)s paper", "%(count)s papers", count),
        published=published,
        updated=newest,
    )


def begin(day: date, zone: tzinfo) -> datetime:
    """Return the moment when a day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def author_names(paper: Paper, words: Words = ENGLISH, most: int = MOST_AUTHORS) -> tuple[str, ...]:
    """Return a paper's authors; of more than `most`, the first ones and how many others."""
    total = max(len(paper.authors), paper.author_count or 0)
    if not paper.authors or total <= most:
        return paper.authors
    shown = paper.authors[: most - 1]
    others = total - len(shown)
    return (*shown, words.ngettext("%(count)s other", "%(count)s others", others))


def brief(item: Item, paper: Paper, words: Words = ENGLISH) -> Item:
    """Return a paper's item as archive documents have it: without text, links and tags."""
    authors = author_names(paper, words, FEW_AUTHORS)
    return replace(item, html="", links=(), authors=authors, categories=item.categories[:1])


def _few(authors: Sequence[str], words: Words) -> str:
    if len(authors) <= 3:
        return ", ".join(authors)
    return words.gettext("%(names)s and others", names=words.gettext(", ").join(authors[:2]))


def updated(
    paper: Paper | PaperLine, published: datetime, zone: tzinfo, listed: str | None = None
) -> datetime:
    """Return the moment when a paper's item was last changed."""
    moment = datetime.fromisoformat(listed) if listed else published
    return max(published, moment, _updated(paper, zone) or published)


def _updated(paper: Paper | PaperLine, zone: tzinfo) -> datetime | None:
    """Return the moment of a paper's `updated:`; None where it is missing or not a date."""
    if not paper.updated:
        return None
    try:
        moment = datetime.fromisoformat(paper.updated)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _note(html: str, curator: str | None, words: Words) -> str:
    by = f" ({escape(curator, quote=False)})" if curator else ""
    heading = escape(words.gettext("Curator’s note"), quote=False)
    return f"<blockquote><p><strong>{heading}{by}</strong></p>\n{html}</blockquote>"


def _anchor(link: Related) -> str:
    return f'<a href="{escape(link.address)}">{escape(link.label, quote=False)}</a>'
