"""What search engines read: a sitemap a month, an index of them, and robots.txt
(sitemaps.org/protocol.html).
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(root: str, pages: Iterable[tuple[str, str | None]]) -> bytes:
    """A sitemap of pages, each an address below `root` and the ISO date it is of, where it has
    one."""
    rows = [
        f"<url><loc>{escape(f'{root}/{path}')}</loc>"
        + (f"<lastmod>{when}</lastmod>" if when else "")
        + "</url>"
        for path, when in pages
    ]
    return _document("urlset", rows)


def index(root: str, maps: Iterable[str]) -> bytes:
    """The index of sitemaps, given by their paths."""
    return _document(
        "sitemapindex",
        [f"<sitemap><loc>{escape(f'{root}/{path}')}</loc></sitemap>" for path in maps],
    )


def _document(name: str, rows: Iterable[str]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f"<{name} {_NAMESPACE}>",
        *rows,
        f"</{name}>",
    ]
    return ("\n".join(lines) + "\n").encode()


def robots(root: str) -> bytes:
    """robots.txt: everything may be read; the sitemap where the site knows its address."""
    lines = ["User-agent: *", "Allow: /"]
    if root:
        lines.append(f"Sitemap: {root}/sitemap.xml")
    return ("\n".join(lines) + "\n").encode()
