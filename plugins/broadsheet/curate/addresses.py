"""The addresses that content pages give the site, and those that an edit removes. Pure.

Readers keep addresses, so removed ones need redirects. Month and day pages stay as long as the day
has a ledger; papers, a day's topics, weeks, and the lists of topics and tags can vanish.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from .. import urls
from ..content import pages
from ..content.disk import WAITING
from ..content.redirects import Redirect

WEEK = re.compile(r"\d{4}/W\d{2}/\Z")
PAGE = re.compile(rf"(\d{{4}})/(\d{{2}})/(\d{{2}})/(?!{re.escape(WAITING)}\Z)[^/]+\.md\Z")
"""The path of a page of a day; what waits is in no page."""

WAITING_FILE = re.compile(rf"\d{{4}}/\d{{2}}/\d{{2}}/{re.escape(WAITING)}\Z")
"""The path of the file of a day's waiting papers."""


def of_page(path: str, text: str) -> set[str]:
    """Return the addresses that one page's papers give the site."""
    page = pages.parse(text, file=path)
    if not page.sections:
        return set()
    month = f"{page.date:%Y-%m}"
    found = {f"{page.date:%Y/%m/%d}/{page.topic}/", urls.week(urls.week_key(page.date))}
    found |= {f"topics/{page.topic}/", f"topics/{page.topic}/{month}/"}
    for paper in page.papers:
        found.add(f"papers/{paper.id}/")
        for tag in paper.tags:
            found |= {f"tags/{tag}/", f"tags/{tag}/{month}/"}
    return found


def terms_of(path: str, text: str, kind: str) -> set[str]:
    """Return the topics or tags (`kind`) of the papers in a page, or a file of what waits."""
    page = pages.parse(text, file=path)
    if kind == "tag":
        return {tag for paper in page.papers for tag in paper.tags}
    if PAGE.match(path):
        return {page.topic} if page.sections else set()
    topics = (dict(paper.extra).get("topic") for paper in page.papers)
    return {topic for topic in topics if isinstance(topic, str)}


def of_pages(texts: Mapping[str, str]) -> set[str]:
    """Return the addresses of several pages (texts by path)."""
    return {
        address
        for path, text in texts.items()
        if PAGE.match(path)
        for address in of_page(path, text)
    }


def vanished(
    before: Mapping[str, str],
    after: Mapping[str, str],
    elsewhere: Callable[[str, str], bool],
) -> tuple[str, ...]:
    """Return the addresses that pages gave before and no longer give, sorted.

    Both arguments are all pages of the months that an edit touches. `elsewhere` tells whether a
    topic or tag (kind, slug) has papers in any other month.
    """
    gone = of_pages(before) - of_pages(after)
    return tuple(sorted(address for address in gone if not _kept(address, elsewhere)))


def _kept(address: str, elsewhere: Callable[[str, str], bool]) -> bool:
    match = re.fullmatch(r"(topic|tag)s/([^/]+)/", address)
    return match is not None and elsewhere(match[1], match[2])


def redirects_for(gone: Iterable[str]) -> tuple[Redirect, ...]:
    """Return a redirect for each vanished address, to the nearest parent address that remains."""
    lost = set(gone)
    rows = []
    for address in sorted(lost):
        parts = address.rstrip("/").split("/")
        if parts[0] == "papers":
            continue  # `retire` adds the redirect of a paper
        if WEEK.match(address):  # no page stands above it
            rows.append(Redirect(old=address, new=urls.ARCHIVE))
            continue
        wider = "/".join(parts[:-1]) + "/"
        while wider in lost:
            wider = "/".join(wider.rstrip("/").split("/")[:-1]) + "/"
        rows.append(Redirect(old=address, new=wider))
    return tuple(rows)
