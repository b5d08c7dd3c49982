"""Each page names its own feeds in its head, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree, html

from tests.digests import Digest

FORMS = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml",
         "json": "application/feed+json"}  # fmt: skip

OWN = {
    "": ["all", "daily"],
    "2025/08/07/": ["daily"],
    "2025/08/": ["daily"],
    "2025/W32/": ["weekly"],
    "2025/08/07/optimization/": ["topics/optimization"],
    "archive/": ["daily", "weekly"],
    "topics/optimization/": ["topics/optimization"],
    "topics/optimization/2025-08/": ["topics/optimization"],
    "tags/sgd/": ["tags/sgd"],
    "tags/sgd/2025-08/": ["tags/sgd"],
    "subscriptions/steps/": ["subscriptions/steps"],
    "trending/": ["trending"],
    "search/": ["all"],
    "subscribe/": ["all"],
    "about/": ["all"],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    digest = Digest(tmp_path_factory.mktemp("digest"))
    digest.write("content/subscriptions/steps.yml", "title: Steps\nwords: step*\n")
    digest.build()
    return digest


def named(page: Path) -> list[tuple[str, str, str]]:
    """What a page's head names: address, type and title."""
    tree = html.parse(str(page))
    return [
        (one.get("href"), one.get("type"), one.get("title"))
        for one in tree.iterfind("head/link[@rel='alternate']")
        if "/feeds/" in one.get("href")
    ]


# Parts of a topic or tag, of which there are thousands: RSS is named, the whole one names all.
PARTS = re.compile(r"\d.*/optimization/|t.*/2025-08/")


@pytest.mark.parametrize("path", OWN)
def test_a_page_names_its_own_feeds(built: Digest, path: str) -> None:
    found = [(href.rpartition("/feeds/")[2], kind)
             for href, kind, _ in named(built.output / path / "index.html")]  # fmt: skip
    forms = [*FORMS.items()][: 1 if PARTS.fullmatch(path) else 3]
    assert found == [(f"{name}.{end}", kind) for name in OWN[path] for end, kind in forms]


def test_every_page_names_feeds_that_are_there_by_their_own_titles(built: Digest) -> None:
    titles: dict[str, str | None] = {}
    for page in sorted(built.output.rglob("*.html")):
        found = named(page)
        if not found:
            assert "http-equiv=refresh" in page.read_text("utf-8"), page
        for href, kind, title in found:
            path = href.lstrip("/")
            assert kind == FORMS[path.partition(".")[2]], page
            if path not in titles:
                assert (built.output / path).is_file(), page
                titles[path] = (
                    etree.parse(str(built.output / path)).findtext("channel/title")
                    if path.endswith("rss.xml")
                    else None
                )
            known = titles[path]
            assert known is None or re.fullmatch(re.escape(known) + r" \(RSS\)", title), page
