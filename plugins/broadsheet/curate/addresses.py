"""Which addresses pages of content give the site, and which an edit takes from it. Pure.

Readers keep addresses, so what vanishes has to lead on (redirects). Week, month and day pages
stay as long as the day has its ledger; what can vanish are papers, a day's topics, and the
topic's or tag's own lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from ..content import pages
from ..content.redirects import Redirect

PAGE = re.compile(r"(\d{4})/(\d{2})/(\d{2})/[^/]+\.md\Z")


def of_page(path: str, text: str) -> set[str]:
    """The addresses that one page's papers give the site."""
    page = pages.parse(text, file=path)
    if not page.sections:
        return set()
    month = f"{page.date:%Y-%m}"
    found = {f"{page.date:%Y/%m/%d}/{page.topic}/"}
    found |= {f"topics/{page.topic}/", f"topics/{page.topic}/{month}/"}
    for paper in page.papers:
        found.add(f"papers/{paper.id}/")
        for tag in paper.tags:
            found |= {f"tags/{tag}/", f"tags/{tag}/{month}/"}
    return found


def of_pages(texts: Mapping[str, str]) -> set[str]:
    """The addresses of several pages, by path."""
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
    """The addresses that pages gave before and don't any more, sorted.

    Both are all pages of the months that an edit touches. `elsewhere` tells whether a topic or a
    tag (kind, slug) has papers in any other month.
    """
    gone = of_pages(before) - of_pages(after)
    return tuple(sorted(address for address in gone if not _kept(address, elsewhere)))


def _kept(address: str, elsewhere: Callable[[str, str], bool]) -> bool:
    match = re.fullmatch(r"(topic|tag)s/([^/]+)/", address)
    return match is not None and elsewhere(match[1], match[2])


def leading_on(gone: Iterable[str]) -> tuple[Redirect, ...]:
    """Where each vanished address leads: to the next wider page that still stands."""
    lost = set(gone)
    made = []
    for address in sorted(lost):
        parts = address.rstrip("/").split("/")
        if parts[0] == "papers":
            continue  # where a paper leads is for who takes it out to say
        wider = "/".join(parts[:-1]) + "/"
        while wider in lost:
            wider = "/".join(wider.rstrip("/").split("/")[:-1]) + "/"
        made.append(Redirect(old=address, new=wider))
    return tuple(made)
