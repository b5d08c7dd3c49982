"""The addresses that content pages give the site, and those that an edit removes. Pure.

Readers keep addresses, so removed ones need redirects. Month and day pages stay as long as the day
has a ledger; papers, a day's topics, weeks, and the lists of topics and tags can vanish.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from ... import urls
from ...archive.people import names_of
from ...content import pages
from ...content.disk import WAITING
from ...content.redirects import Redirect
from ...io.settings import AUTHOR_PAGES

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


def vanished_names(
    before: Mapping[str, str],
    after: Mapping[str, str],
    elsewhere: Callable[[str, str], int],
    least: int = AUTHOR_PAGES,
) -> tuple[str, ...]:
    """Return the pages of authors and organisations that have too few papers for one now, sorted.

    Arguments are as those of `vanished`; `elsewhere` counts the papers in other months that name
    somebody (by key and name). Names have pages from `least` papers on; none has where it is 0.
    """
    same = {path: text for path, text in before.items() if after.get(path) == text}
    had, spelled = _names({path: before[path] for path in before.keys() - same})
    has, _ = _names({path: after[path] for path in after.keys() - same})
    gone = []
    for key in had - has:
        if has[key] < least:
            others = sum(naming(key, spelled[key], path, text) for path, text in same.items())
            others += elsewhere(key, spelled[key])
            if has[key] + others < least <= had[key] + others:
                gone.append(urls.name(key))
    return tuple(sorted(gone))


def naming(key: str, name: str, path: str, text: str) -> int:
    """Return how many papers of a page name somebody, by key and name."""
    lowered = text.lower()
    if not PAGE.match(path) or not all(w.lower() in lowered for w in name.split() if w.isascii()):
        return 0
    page, _ = pages.survey(text, file=path)
    return sum(key in dict(names_of(paper)) for paper in page.papers) if page else 0


def _names(texts: Mapping[str, str]) -> tuple[Counter[str], dict[str, str]]:
    """Return how many papers name whom, by key, and a spelling of each name."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for path, text in texts.items():
        if PAGE.match(path):
            for paper in pages.parse(text, file=path).papers:
                found = dict(names_of(paper))
                counts.update(found.keys())
                spelled |= found
    return counts, spelled


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
