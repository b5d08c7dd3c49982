"""A feed's item made of a paper, or of a whole day or week.

What changes by the hour, such as votes, is left out: an item stays as it is until something worth
telling has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from html import escape
from typing import NamedTuple

from ..papers import Paper
from .guids import guid
from .model import Category, Item, Related

MOST_AUTHORS = 50  # named in an item; of more, the last says how many others there are
FEW_AUTHORS = 4  # ... in a brief one


class Headline(NamedTuple):
    """A paper as a day's or a week's item lists it: its title, its page, who wrote it, a sentence
    on it ("" for none), and when it was last changed. A tuple, since a build makes thousands."""

    title: str
    link: str
    authors: tuple[str, ...]
    summary: str
    updated: datetime


def headline(
    paper: Paper, *, date: date, zone: tzinfo, link: str, title: str, summary: str = ""
) -> Headline:
    """A paper in a line; the fields are as those of its `item`."""
    return Headline(title, link, named(paper), summary, updated(paper, begin(date, zone), zone))


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
    tags: Sequence[Category] = (),
    links: Sequence[Related] = (),
    identity: str = "",
) -> Item:
    """A paper as an item.

    `date` is the day that first published it: the item is published when it begins in `zone`,
    wherever the paper stands now, and updated when the day of `paper.updated` begins, where that is
    later. `html` makes safe HTML of the paper's Markdown (the abstract and curators' notes);
    `title` and `summary` are plain text.
    """
    published = begin(date, zone)
    parts = [html(paper.abstract)]
    parts += [_note(html(note.text), note.curator) for note in paper.notes]
    if links:
        parts.append("<p>" + " · ".join(map(_anchor, links)) + "</p>")
    return Item(
        guid=guid("paper", paper.id, identity),
        link=link,
        title=title,
        html="\n".join(part for part in parts if part),
        summary=summary,
        authors=named(paper),
        categories=(topic, *tags),
        links=tuple(links),
        published=published,
        updated=updated(paper, published, zone),
    )


def day_item(
    *,
    kind: str,
    key: str,
    title: str,
    link: str,
    papers: Sequence[tuple[str, Sequence[Headline]]],
    published: datetime,
    identity: str = "",
) -> Item:
    """A whole day or week (`kind`) as one item: its papers' titles and summaries by heading."""
    parts = []
    count = 0
    for heading, members in papers:
        if not members:
            continue
        count += len(members)
        parts.append(f"<h3>{escape(heading, quote=False)}</h3>\n<ul>")
        for one in members:
            authors = f"<br>{escape(_few(one.authors), quote=False)}" if one.authors else ""
            summary = f"<br>{escape(one.summary, quote=False)}" if one.summary else ""
            parts.append(
                f'<li><a href="{escape(one.link)}">{escape(one.title, quote=False)}</a>'
                f"{authors}{summary}</li>"
            )
        parts.append("</ul>")
    newest = max([published, *(one.updated for _, members in papers for one in members)])
    return Item(
        guid=guid(kind, key, identity),
        link=link,
        title=title,
        html="\n".join(parts),
        summary=f"{count} paper{'s' * (count != 1)}",
        published=published,
        updated=newest,
    )


def begin(day: date, zone: tzinfo) -> datetime:
    """The moment in which a day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def named(paper: Paper, most: int = MOST_AUTHORS) -> tuple[str, ...]:
    """A paper's authors; of very many the first ones, and how many others."""
    total = max(len(paper.authors), paper.author_count or 0)
    if not paper.authors or total <= most:
        return paper.authors
    shown = paper.authors[: most - 1]
    return (*shown, f"{total - len(shown)} others")


def brief(item: Item, paper: Paper) -> Item:
    """A paper's item for an archive of many: what it is, where it is, its topic and its lead."""
    authors = named(paper, FEW_AUTHORS)
    return replace(item, html="", links=(), authors=authors, categories=item.categories[:1])


def _few(authors: Sequence[str]) -> str:
    if len(authors) <= 3:
        return ", ".join(authors)
    return f"{', '.join(authors[:2])} and others"


def updated(paper: Paper, published: datetime, zone: tzinfo) -> datetime:
    """The moment in which a paper's item was last changed."""
    return max(published, _stamped(paper, zone) or published)


def _stamped(paper: Paper, zone: tzinfo) -> datetime | None:
    """When a paper was last changed, by its `updated:`; a text that is no date counts for none."""
    if not paper.updated:
        return None
    try:
        moment = datetime.fromisoformat(paper.updated)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _note(html: str, curator: str | None) -> str:
    by = f" ({escape(curator, quote=False)})" if curator else ""
    return f"<blockquote><p><strong>Curator’s note{by}</strong></p>\n{html}</blockquote>"


def _anchor(link: Related) -> str:
    return f'<a href="{escape(link.address)}">{escape(link.label, quote=False)}</a>'
