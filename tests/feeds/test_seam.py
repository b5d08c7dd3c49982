"""The seam of RFC 5005 between the feed of all and the documents behind it: who walks back from the
feed meets each paper once, in whatever state the site is by then."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from broadsheet.feeds import guid
from broadsheet.feeds.targets import Feeds
from broadsheet.render.labels import Labels
from tests.soak import SLOW, SOAK

from .test_targets import SETTINGS, VOCABULARY, Content, archive_of, files_of, paper
from .validity import ATOM, atom_faults

CURRENT = "feeds/all.atom.xml"
ROOT = "https://example.org/digest/"


@dataclass
class Site:
    """A digest day by day. `gone` are the ids that ledgers name and pages don't hold."""

    items: int
    content: Content = field(default_factory=dict)
    gone: dict[date, tuple[str, ...]] = field(default_factory=dict)
    made: int = 0

    def add(self, when: date, count: int) -> None:
        """Papers come in on a day."""
        rows = self.content.setdefault(when, [])
        for _ in range(count):
            rows.append(("theory" if self.made % 3 else "vision", paper(f"p{self.made}")))
            self.made += 1

    def take(self, dice: Random) -> str | None:
        """A paper leaves its page; its day's ledger still names it."""
        when = dice.choice(sorted(self.content))
        if not self.content[when]:
            return None
        _, one = self.content[when].pop(dice.randrange(len(self.content[when])))
        self.gone[when] = (*self.gone.get(when, ()), one.id)
        return one.id

    def build(self) -> dict[str, bytes]:
        """The feeds' files."""
        archive, _ = archive_of(self.content, self.gone)
        made = Feeds(archive, Labels(VOCABULARY), replace(SETTINGS, feed_items=self.items))
        return files_of(made, self.content)

    def days(self) -> dict[str, date]:
        """The day of each paper, by its name in feeds."""
        return {
            guid("paper", one.id): when for when, rows in self.content.items() for _, one in rows
        }


def walk(first: dict[str, bytes], then: dict[str, bytes], switch: int) -> Counter[str]:
    """The names that a reader meets who fetches so many documents of one build, from the feed
    backwards, and the rest of another."""
    met: Counter[str] = Counter()
    path, fetched = CURRENT, 0
    while path:
        files = first if fetched < switch else then
        root = etree.fromstring(files[path])
        met.update(one.findtext(f"{ATOM}id") for one in root.iter(f"{ATOM}entry"))
        links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
        path = links.get("prev-archive", "").removeprefix(ROOT)
        fetched += 1
        assert fetched < 1000
    return met


def documents(files: dict[str, bytes]) -> dict[str, bytes]:
    """The archived documents by path."""
    return {path: data for path, data in files.items() if path.startswith("feeds/all/")}


STEP = st.tuples(
    st.sampled_from(["day", "day", "day", "late day", "late paper", "out", "moved"]),
    st.integers(0, 9),
    st.integers(1, 12),
)


@given(
    st.lists(STEP, min_size=5, max_size=30), st.integers(1, 8), st.randoms(use_true_random=False)
)
@settings(max_examples=60 if SOAK else 10 if SLOW else 5)
def test_a_walk_meets_each_paper_once_over_one_build_and_over_two(
    steps: list[tuple[str, int, int]], items: int, dice: Random
) -> None:
    site = Site(items)
    newest = date(2025, 7, 25)
    site.add(newest, 3)
    before, stood = site.build(), site.days()
    for what, count, gap in steps:
        shifted: set[str] = set()
        if what == "day":
            newest += timedelta(gap if gap > 9 else 1)
            site.add(newest, count)
        elif what == "late day":
            site.add(newest - timedelta(gap), count)
        elif what == "late paper":
            site.add(dice.choice(sorted(site.content)), 1)
        elif taken := site.take(dice):
            shifted.add(guid("paper", taken))
            if what == "moved":
                site.content.setdefault(newest, []).append(("vision", paper(taken)))
        after, stands = site.build(), site.days()
        assert walk(after, after, 0) == Counter(dict.fromkeys(stands, 1))
        if what == "day":
            assert documents(before).items() <= documents(after).items()
        assert documents(before).keys() <= documents(after).keys()
        for switch in range(1, 4):
            met = walk(before, after, switch)
            kept = {one for one in stood if one in stands} - shifted
            assert {one: met[one] for one in kept} == dict.fromkeys(kept, 1), (what, switch)
            assert max((n for one, n in met.items() if one not in shifted), default=1) == 1
        before, stood = after, stands


@given(st.lists(st.integers(0, 12), min_size=20, max_size=75), st.integers(1, 12))
@settings(max_examples=40 if SOAK else 8 if SLOW else 4)
def test_day_by_day_the_feed_is_long_enough_and_not_too_long(counts: list[int], items: int) -> None:
    site = Site(items)
    first = date(2025, 6, 10)
    for number, count in enumerate(counts):
        site.add(first + timedelta(number), count)
        if number % 7:
            continue
        files = site.build()
        size = len(list(etree.fromstring(files[CURRENT]).iter(f"{ATOM}entry")))
        days = sorted(one for one in site.content if site.content[one])
        looked = (days[-1].replace(day=1) - timedelta(1)).replace(day=1) if days else first
        window = [one for one in site.days().values() if one >= looked]
        assert min(items, len(window)) <= size <= items + max(items, *counts)


def test_documents_are_valid_and_a_day_without_papers_any_more_keeps_its_own() -> None:
    site = Site(2)
    for number in range(8):
        site.add(date(2025, 8, 1) + timedelta(number), 2)
    before = documents(site.build())
    site.gone[date(2025, 8, 3)] = tuple(one.id for _, one in site.content[date(2025, 8, 3)])
    site.content[date(2025, 8, 3)] = []
    after = documents(site.build())
    assert before.keys() == after.keys()
    assert all(atom_faults(data) == [] for data in after.values())
    assert [n for n, data in after.items() if data != before[n]] == [
        "feeds/all/2025-08-03.atom.xml"
    ]


def test_documents_are_few_and_full() -> None:
    site = Site(100)
    days = 365 if SOAK else 120 if SLOW else 60
    for number in range(days):
        site.add(date(2025, 1, 1) + timedelta(number), 20)
    sizes = [data.count(b"<entry>") for data in documents(site.build()).values()]
    assert max(sizes) <= 100
    assert len(sizes) <= days * 20 / 100 * 2
    assert all(one >= 50 for one, _ in pairwise(sorted(sizes)[3:]))


def test_a_paper_that_is_moved_comes_back_as_what_it_was_published_as() -> None:
    site = Site(5)
    for number in range(6):
        site.add(date(2025, 8, 1) + timedelta(number), 2)
    site.gone[date(2025, 8, 2)] = ("p2",)
    one = replace(site.content[date(2025, 8, 2)].pop(0)[1], updated="2025-08-07")
    assert one.id == "p2"
    site.content[date(2025, 8, 6)].append(("vision", one))
    files = site.build()
    for path in (CURRENT, "feeds/topics/vision.atom.xml"):
        entry = next(
            entry
            for entry in etree.fromstring(files[path]).iter(f"{ATOM}entry")
            if entry.findtext(f"{ATOM}id") == guid("paper", "p2")
        )
        assert entry.findtext(f"{ATOM}published") == "2025-08-02T00:00:00Z"
        assert entry.findtext(f"{ATOM}updated") == "2025-08-07T00:00:00Z"
    assert b"Sat, 02 Aug 2025" in files["feeds/all.rss.xml"]
    items = json.loads(files["feeds/all.json"])["items"]
    assert "2025-08-02T00:00:00Z" in [item["date_published"] for item in items]
