"""RSS 2.0, as the RSS Advisory Board's specification and its Best Practices Profile have it, with
the whole text as `content:encoded` and authors as `dc:creator`.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape

from .model import KEPT, Feed, Item
from .text import cdata, clean, line, rfc822, xml, xml_line

_OPEN = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:fh="http://purl.org/syndication/history/1.0">\n'
)


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0."""
    links = [("self", feed.address, "application/rss+xml")]
    if feed.hub:
        links.append(("hub", feed.hub, ""))
    if feed.current:
        links.append(("current", feed.current, ""))
    if feed.previous:
        links.append(("prev-archive", feed.previous, "application/atom+xml"))
    parts = [
        _OPEN,
        "<channel>\n",
        f"<title>{_title(feed.title)}</title>\n",
        f"<link>{xml(feed.home)}</link>\n",
        f"<description>{_title(feed.description)}</description>\n",
        f"<language>{xml(feed.language)}</language>\n",
        f"<lastBuildDate>{rfc822(feed.updated)}</lastBuildDate>\n",
        "<docs>https://www.rssboard.org/rss-specification</docs>\n",
        "<generator>Broadsheet</generator>\n",
        *("<fh:archive/>\n" for _ in (1,) if feed.current),
        *(
            f'<atom:link rel="{rel}" href="{xml(href)}"'
            + (f' type="{kind}"' if kind else "")
            + "/>\n"
            for rel, href, kind in links
        ),
        *map(_item, feed.items),
        "</channel>\n</rss>\n",
    ]
    return "".join(parts).encode()


def _title(text: str) -> str:
    """A plain title, or a feed's description; of & and < readers make the least of trouble when
    written so (the profile's word)."""
    return line(text).replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;")


@lru_cache(maxsize=KEPT)
def _item(item: Item) -> str:
    parts = [
        "<item>\n",
        f"<title>{_title(item.title)}</title>\n",
        f"<link>{xml(item.link)}</link>\n",
        f'<guid isPermaLink="false">{xml(item.guid)}</guid>\n',
        f"<pubDate>{rfc822(item.published)}</pubDate>\n",
        *(f"<dc:creator>{xml_line(author)}</dc:creator>\n" for author in item.authors),
        *(f"<category>{xml_line(one.name)}</category>\n" for one in item.categories),
    ]
    if item.summary:
        # A description is HTML, so plain text is escaped once for HTML and once for XML.
        summary = escape(clean(item.summary), quote=False)
        parts.append(f"<description>{xml(summary)}</description>\n")
        parts.append(f"<content:encoded>{cdata(item.html)}</content:encoded>\n</item>\n")
    else:  # the whole text is all that there is to describe it
        parts.append(f"<description>{cdata(item.html)}</description>\n</item>\n")
    return "".join(parts)
