"""Atom (RFC 4287), with links to archive documents (RFC 5005, section 4) and to a WebSub hub."""

from __future__ import annotations

from functools import lru_cache

from .model import MEMO_SIZE, Feed, Item
from .text import cdata, rfc3339, xml, xml_line


def atom(feed: Feed) -> bytes:
    """Return a feed as an Atom document; as an archive document where it has a `current` feed."""
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
        *(f"<icon>{xml(icon)}</icon>\n" for icon in (feed.icon,) if icon),
        *("<fh:archive/>\n" for _ in (1,) if feed.current),
        *(
            f'<link rel="{rel}" href="{xml(href)}"' + (f' type="{kind}"' if kind else "") + "/>\n"
            for rel, href, kind in links
        ),
        *map(_entry, feed.items),
        "</feed>\n",
    ]
    return "".join(parts).encode()


@lru_cache(maxsize=MEMO_SIZE)
def _entry(item: Item) -> str:
    """Return an item as an entry (RFC 4287, section 4.1.2)."""
    parts = [
        "<entry>\n",
        f"<id>{xml(item.guid)}</id>\n",
        f"<title>{xml_line(item.title)}</title>\n",
        f'<link rel="alternate" href="{xml(item.link)}" type="text/html"/>\n',
        *(
            f'<link rel="related" href="{xml(link.address)}" title="{xml_line(link.label)}"/>\n'
            for link in item.links
        ),
        f"<published>{rfc3339(item.published)}</published>\n",
        f"<updated>{rfc3339(item.updated)}</updated>\n",
        *(f"<author><name>{xml_line(name)}</name></author>\n" for name in item.authors),
        *(
            f'<category term="{xml_line(category.slug)}" label="{xml_line(category.name)}"/>\n'
            for category in item.categories
        ),
    ]
    if item.html:
        parts.append(f'<content type="html">{cdata(item.html)}</content>\n')
    else:  # an entry needs a summary or a text: the title, if there is nothing else
        parts.append(f"<summary>{xml(item.summary or item.title)}</summary>\n")
    parts.append("</entry>\n")
    return "".join(parts)
