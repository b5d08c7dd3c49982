"""What search engines read: a sitemap a month, an index of them, and robots.txt
(sitemaps.org/protocol.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from html import escape

from ..incremental.plan import File, Target
from ..urls import AddressKind
from .kind import PageKind

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class SitemapFiles(PageKind):
    """robots.txt, and sitemaps where the site knows its address (SITEURL)."""

    name = "sitemaps"
    addresses = (
        AddressKind(r"robots\.txt|sitemap\.xml|sitemaps/pages\.xml"),
        AddressKind(
            r"sitemaps/([0-9]{4}-[0-9]{2})\.xml", lambda site, match: match[1] in site.months
        ),
    )

    def month_inputs(self, key: str) -> object:
        """Return the weeks that belong to a month."""
        return self._context.addresses.weeks_of(key)

    def month_targets(self, key: str) -> Iterable[Target]:
        """Return the target of a month's sitemap."""
        if self._settings.url:
            content = self._archive.months[key].fingerprint
            yield Target(
                f"sitemap {key}",
                self._context.parts((), content, self.month_inputs(key)),
                partial(self._month_files, key),
            )

    def site_targets(self) -> Iterable[Target]:
        """Return the target of robots.txt, the sitemap of what belongs to no month, and the
        index."""
        pages = self._context.addresses.of_site()
        yield Target(
            "robots",
            self._context.parts((), (pages, self._archive.keys)),
            partial(self._files, pages),
        )

    def _month_files(self, key: str) -> Iterator[File]:
        pages = self._context.addresses.of_month(key)
        yield File(f"sitemaps/{key}.xml", sitemap(self._settings.url, pages))

    def _files(self, pages: list[str]) -> Iterator[File]:
        url = self._settings.url
        yield File("robots.txt", robots(url))
        if url:
            yield File("sitemaps/pages.xml", sitemap(url, [(path, None) for path in pages]))
            maps = ["sitemaps/pages.xml", *(f"sitemaps/{key}.xml" for key in self._archive.keys)]
            yield File("sitemap.xml", index(url, maps))


def sitemap(root: str, pages: Iterable[tuple[str, str | None]]) -> bytes:
    """Return a sitemap of pages, each an address below `root` and the ISO date it is of, where it
    has one."""
    rows = [
        f"<url><loc>{escape(f'{root}/{path}', quote=False)}</loc>"
        + (f"<lastmod>{when}</lastmod>" if when else "")
        + "</url>"
        for path, when in pages
    ]
    return _document("urlset", rows)


def index(root: str, maps: Iterable[str]) -> bytes:
    """Return the index of sitemaps, given by their paths."""
    return _document(
        "sitemapindex",
        [f"<sitemap><loc>{escape(f'{root}/{path}', quote=False)}</loc></sitemap>" for path in maps],
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
    """Return robots.txt: everything may be read; the sitemap where the site knows its address."""
    lines = ["User-agent: *", "Allow: /"]
    if root:
        lines.append(f"Sitemap: {root}/sitemap.xml")
    return ("\n".join(lines) + "\n").encode()
