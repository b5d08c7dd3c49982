"""The registry of addresses: what a site has, told from its days, papers, topics and tags."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.pages.registry import addresses
from broadsheet.urls import MonthPages

SITE = addresses(
    [
        MonthPages(
            "2025-08",
            {date(2025, 8, 1): ["vision"], date(2025, 8, 31): []},
            ["a-paper", "2508.00001"],
            ["vision"],
            ["sgd"],
        ),
        MonthPages("2025-07", {date(2025, 7, 31): ["vision"]}, ["older"], ["vision"], []),
    ],
    subscriptions=["robots"],
    statics=["about/"],
    hidden=["drafty/"],
)
EMPTY = addresses([], search=False)


@pytest.mark.parametrize(
    "address",
    [
        "", "index.html", "topics/", "tags/", "archive/", "search/", "saved/", "curators/",
        "subscribe/", "trending/", "trending/index.html", "about/", "drafty/", "papers/a-paper/",
        "papers/2508.00001/", "topics/vision/", "topics/vision/2025-07/", "tags/sgd/2025-08/",
        "2025/08/", "2025/W31/", "2025/08/01/", "2025/08/31/", "2025/08/01/vision/",
        "2025/08/01/index.bib", "2025/W31/index.md", "topics/vision/index.json",
        "subscriptions/robots/", "subscriptions/robots/index.json", "feeds/all.rss.xml",
        "feeds/tags/sgd.json", "feeds/subscriptions/robots.atom.xml", "feeds/feeds.opml",
        "404.html",
    ],
)  # fmt: skip
def test_what_a_site_has_is_known(address: str) -> None:
    assert address in SITE


@pytest.mark.parametrize(
    "address",
    [
        "papers/nobody/", "papers/a-paper", "topics/robots/", "tags/sgd/2025-07/",
        "tags/sgd/2024-01/", "2025/09/",
        "2025/W35/", "2025/W53/", "2025/08/02/", "2025/08/31/vision/", "2025/02/30/",
        "2025/08/01/index.pdf", "papers/a-paper/index.bib", "subscriptions/other/",
        "subscriptions/robots/index.ris", "feeds/tags/none.json", "feeds/all.xml",
        "index.json", "else/", "papers/../", "\n", "/",
    ],
)  # fmt: skip
def test_what_a_site_has_not_is_known(address: str) -> None:
    assert address not in SITE


def test_an_empty_site_has_no_search_and_nothing_that_trends() -> None:
    for address in ("search/", "trending/", "feeds/trending.json", "2025/08/", "topics/vision/"):
        assert address not in EMPTY
    assert "trending/" not in EMPTY.of_site()


def test_what_search_engines_are_told_exists_and_stands_in_one_list() -> None:
    named = [*SITE.of_site(), *(path for key in SITE.months for path, _ in SITE.of_month(key))]
    assert len(named) == len(set(named))
    assert all(address in SITE for address in named)
    assert {"2025/W31/", "tags/sgd/2025-08/", "topics/vision/2025-07/"} <= set(named)
    assert not {"saved/", "search/", "drafty/", "404.html"} & set(named)


def test_a_week_stands_with_the_month_of_its_first_day_that_has_papers() -> None:
    assert SITE.weeks_of("2025-07") == ["2025-W31"]
    assert SITE.weeks_of("2025-08") == []
