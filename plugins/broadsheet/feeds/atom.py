"""Atom (RFC 4287), with older entries in archived documents (RFC 5005, section 4)."""

from __future__ import annotations

from functools import lru_cache

from .model import KEPT, Feed, Item
from .text import cdata, rfc3339, xml, xml_line


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    links = [
        ("self", feed.address, "application/atom+xml"),
        ("alternate", feed.home, "text/html"),
    ]
    if feed.hub:
        links.append(("hub", feed.hub, ""))
    if feed.current:
        links.append(("current", feed.current, "application/atom+xml"))
    if feed.previous:
        links.append(("prev-archive", feed.previous, "application/atom+xml"))
    history = ' xmlns:fh="http://purl.org/syndication/history/1.0"' if feed.current else ""
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        f'<feed xmlns="http://www.w3.org/2005/Atom"{history} xml:lang="{xml(feed.language)}">\n',
        f"<id>{xml(feed.guid)}</id>\n",
        f"<title>{xml_line(feed.title)}</title>\n",
        f"<subtitle>{xml_line(feed.description)}</subtitle>\n",
        f"<updated>{rfc3339(feed.updated)}</updated>\n",
        f"<author><name>{xml_line(feed.author)}</name></author>\n",
        "<generator>Broadsheet</generator>\n",
        *("<fh:archive/>\n" for _ in (1,) if feed.current),
        *(
            f'<link rel="{rel}" href="{xml(href)}"' + (f' type="{kind}"' if kind else "") + "/>\n"
            for rel, href, kind in links
        ),
        *map(_entry, feed.items),
        "</feed>\n",
    ]
    return "".join(parts).encode()


@lru_cache(maxsize=KEPT)
def _entry(item: Item) -> str:
    parts = [
        "<entry>\n",
        f"<id>{xml(item.guid)}</id>\n",
        f"<title>{xml_line(item.title)}</title>\n",
        f'<link rel="alternate" href="{xml(item.link)}" type="text/html"/>\n',
        *(
            f'<link rel="related" href="{xml(one.address)}" title="{xml_line(one.label)}"/>\n'
            for one in item.links
        ),
        f"<published>{rfc3339(item.published)}</published>\n",
        f"<updated>{rfc3339(item.updated)}</updated>\n",
        *(f"<author><name>{xml_line(name)}</name></author>\n" for name in item.authors),
        *(
            f'<category term="{xml_line(one.slug)}" label="{xml_line(one.name)}"/>\n'
            for one in item.categories
        ),
    ]
    if item.html:
        parts.append(f'<content type="html">{cdata(item.html)}</content>\n')
    else:  # the title again, rather than no text at all
        parts.append(f"<summary>{xml(item.summary or item.title)}</summary>\n")
    parts.append("</entry>\n")
    return "".join(parts)
