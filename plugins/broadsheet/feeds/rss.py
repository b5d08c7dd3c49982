"""RSS 2.0 (https://www.rssboard.org/rss-specification) by the RSS Advisory Board's Best Practices
Profile: the text as `content:encoded`, authors as `dc:creator`, links to a hub and to archive
documents (RFC 5005, section 4) as `atom:link`.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape

from .model import MEMO_SIZE, Feed, Item
from .text import cdata, clean, line, rfc822, xml, xml_line

_OPEN = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:fh="http://purl.org/syndication/history/1.0">\n'
)


def rss(feed: Feed) -> bytes:
    """Return a feed as RSS 2.0."""
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
        *(
            f"<image><url>{xml(icon)}</url><title>{_title(feed.title)}</title>"
            f"<link>{xml(feed.home)}</link></image>\n"
            for icon in (feed.icon,)
            if icon
        ),
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
    """Return a plain title, or a feed's description. & and < are written as the profile advises for
    readers that take titles for HTML."""
    return line(text).replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;")


@lru_cache(maxsize=MEMO_SIZE)
def _item(item: Item) -> str:
    """Return an item as an `item` element."""
    parts = [
        "<item>\n",
        f"<title>{_title(item.title)}</title>\n",
        f"<link>{xml(item.link)}</link>\n",
        f'<guid isPermaLink="false">{xml(item.guid)}</guid>\n',
        f"<pubDate>{rfc822(item.published)}</pubDate>\n",
        *(f"<dc:creator>{xml_line(author)}</dc:creator>\n" for author in item.authors),
        *(f"<category>{xml_line(category.name)}</category>\n" for category in item.categories),
    ]
    if item.summary:
        # A description is HTML: plain text is escaped for HTML, and then for XML.
        summary = escape(clean(item.summary), quote=False)
        parts.append(f"<description>{xml(summary)}</description>\n")
        parts.append(f"<content:encoded>{cdata(item.html)}</content:encoded>\n</item>\n")
    else:  # without a summary, the text is the description
        parts.append(f"<description>{cdata(item.html)}</description>\n</item>\n")
    return "".join(parts)
