"""Subscriptions on the site: pages and feeds, and that a new day touches only those it matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
from jinja2 import Environment, FileSystemLoader

from broadsheet.archive.archive import Archive
from broadsheet.archive.model import PublishedPaper
from broadsheet.feeds.targets import Feeds
from broadsheet.incremental.plan import File, Target
from broadsheet.io.cache import Store
from broadsheet.io.settings import Settings
from broadsheet.render.labels import Labels
from broadsheet.render.printer import Printer
from broadsheet.render.templates import Templates
from broadsheet.render.views import Link, SiteView
from broadsheet.search.index.papers import document
from broadsheet.search.index.statistics import packed_statistics
from broadsheet.search.query.matching import matches
from broadsheet.subscriptions.matcher import Matcher
from broadsheet.subscriptions.model import Subscription, query_of
from broadsheet.subscriptions.pages import LEAST, Subscriptions
from tests.feeds.test_targets import SETTINGS, VOCABULARY, Content, archive_of, paper

THEME = Path(__file__).parents[2] / "theme" / "templates"
SITE = SiteView(name="Papers", tagline="", url="https://example.org/digest", lang="en", menu=(),
                pages=(), feeds=(), repository=None, stylesheet="x.css", scripts=())  # fmt: skip
NETS = Subscription(name="nets", title="Nets & <more>", tags=("nets",), description="All nets.")
SEEN = Subscription(name="seen", title="Seen", words="title:seen", votes=2)
NONE = Subscription(name="none", title="None", words="nowhere")


class _Twins:
    def links(self, path: str, ends: Sequence[str]) -> tuple[Link, ...]:
        return (Link(path=f"{path}index.json", label="JSON", kind="application/json"),)

    def files(
        self,
        path: str,
        kind: str,
        title: str,
        papers: Sequence[PublishedPaper],
        *,
        ends: Sequence[str],
    ) -> list[File]:
        return [File(f"{path}index.json", f"{kind} {title} {len(papers)}".encode())]


@dataclass
class _Context:
    archive: Archive
    labels: Labels
    settings: Settings
    feeds: Feeds
    templates: Templates
    printer: Printer
    exports: _Twins
    base: dict[str, str]


class Site:
    """Subscriptions of some content, as a build makes them; `asked` are the months whose statistics
    were asked for."""

    def __init__(self, content: Content, kept: Store, *subscriptions: Subscription) -> None:
        archive: Archive
        archive, self.read = archive_of(content)
        names = Labels(VOCABULARY)
        self.asked: list[str] = []

        def statistics(key: str) -> bytes:
            self.asked.append(key)
            days = archive.month(key).days
            return packed_statistics([document(one, names) for day in days for one in day.papers])

        self.matcher = Matcher(archive, names, statistics, kept, "code")
        templates = Templates(Environment(loader=FileSystemLoader(THEME)))
        settings = replace(SETTINGS, edit_url="https://edit.example/{path}")
        context = _Context(
            archive, names, settings, Feeds(archive, names, SETTINGS), templates,
            Printer(templates, SETTINGS, SITE), _Twins(), {"code": "x"},
        )  # fmt: skip
        self.all = Subscriptions(context, subscriptions, self.matcher)
        self.archive = archive

    def groups(self) -> dict[str, Target]:
        return {group.key: group for group in self.all.groups()}

    def files(self) -> dict[str, bytes]:
        return {file.path: file.data for group in self.groups().values() for file in group.render()}


def content(days: int = 70) -> Content:
    start = date(2025, 6, 10)
    return {
        start + timedelta(n): [
            ("vision", paper(f"p{n}", tags=("nets",))),
            ("theory", replace(paper(f"q{n}", upvotes=n % 4), title=f"Seen {n}")),
        ]
        for n in range(days)
    }


def test_a_subscription_has_a_page_three_feeds_and_twins(tmp_path: Path) -> None:
    files = Site(content(), Store(tmp_path), NETS, SEEN, NONE).files()
    for name in ("nets", "seen", "none"):
        assert {f"subscriptions/{name}/index.html", f"subscriptions/{name}/index.json",
                f"feeds/subscriptions/{name}.rss.xml", f"feeds/subscriptions/{name}.atom.xml",
                f"feeds/subscriptions/{name}.json"} <= files.keys()  # fmt: skip
    assert files["subscriptions/nets/index.json"] == b"subscription Nets & <more> 10"
    page = files["subscriptions/nets/index.html"].decode()
    assert 'type="application/json" title="JSON"' in page
    assert "Nets &amp; &lt;more&gt;" in page
    assert "70 papers" in page
    assert 'href="/digest/papers/p69/"' in page
    assert "feeds/subscriptions/nets.rss.xml" in page
    assert "https://edit.example/subscriptions/nets.yml" in page
    assert "search/?tag=nets" in page
    assert "No paper matches yet" in files["subscriptions/none/index.html"].decode()


def test_the_newest_matches_come_first_and_votes_count(tmp_path: Path) -> None:
    files = Site(content(), Store(tmp_path), SEEN).files()
    entries = feedparser.parse(files["feeds/subscriptions/seen.atom.xml"]).entries
    numbers = [int(one.title.split()[1]) for one in entries]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] == 67
    assert all(n % 4 >= 2 for n in numbers)
    assert len(numbers) <= LEAST


def parts(groups: dict[str, Target]) -> dict[str, Any]:
    return {key: dict(group.dependencies) for key, group in groups.items()}


def test_a_new_day_changes_only_what_it_matches_and_reads_no_closed_month(tmp_path: Path) -> None:
    papers = content()
    kept = Store(tmp_path)
    before = parts(Site(papers, kept, NETS, SEEN, NONE).groups())
    papers[max(papers) + timedelta(1)] = [("vision", paper("fresh", tags=("nets",)))]
    site = Site(papers, kept, NETS, SEEN, NONE)
    after = parts(site.groups())
    assert {key for key in after if after[key] != before[key]} == {"subscription nets"}
    assert set(site.asked) == {"2025-08"}
    assert set(site.read) == {"2025-08"}


def test_nothing_new_reads_nothing(tmp_path: Path) -> None:
    papers = content()
    before = parts(Site(papers, Store(tmp_path), NETS, SEEN).groups())
    site = Site(papers, Store(tmp_path), NETS, SEEN)
    assert parts(site.groups()) == before
    assert not site.asked
    assert not site.read


def test_a_new_subscription_is_matched_against_all_months_and_changes_no_other(
    tmp_path: Path,
) -> None:
    papers = content()
    kept = Store(tmp_path)
    before = parts(Site(papers, kept, NETS).groups())
    site = Site(papers, kept, NETS, SEEN)
    after = parts(site.groups())
    assert after["subscription nets"] == before["subscription nets"]
    assert sorted(site.asked) == ["2025-06", "2025-07", "2025-08"]
    assert after == parts(Site(papers, Store(tmp_path / "other"), NETS, SEEN).groups())


def test_an_edited_match_is_told_to_followers(tmp_path: Path) -> None:
    papers = content()
    kept = Store(tmp_path)
    before = parts(Site(papers, kept, NETS, SEEN).groups())
    last = max(papers)
    topic, one = papers[last][0]
    papers[last][0] = (topic, replace(one, abstract="Mended."))
    after = parts(Site(papers, kept, NETS, SEEN).groups())
    assert {key for key in after if after[key] != before[key]} == {"subscription nets"}


def test_the_matcher_s_months_together_give_the_whole_count(tmp_path: Path) -> None:
    site = Site(content(), Store(tmp_path), NETS)
    counts = [
        site.matcher.matched(key, {"nets": query_of(NETS)})["nets"].count
        for key in site.archive.keys
    ]
    assert counts == [21, 31, 18]
    whole = [matches(query_of(NETS), site.matcher.index(key)).bit_count()
             for key in site.archive.keys]  # fmt: skip
    assert whole == counts


def test_an_edit_of_a_closed_month_is_not_missed(tmp_path: Path) -> None:
    papers = content()
    kept = Store(tmp_path)
    before = parts(Site(papers, kept, NETS, SEEN).groups())
    first = min(papers)
    papers[first].append(("vision", paper("late", tags=("nets",))))
    after = parts(Site(papers, kept, NETS, SEEN).groups())
    assert {key for key in after if after[key] != before[key]} == {"subscription nets"}
    assert after == parts(Site(papers, Store(tmp_path / "other"), NETS, SEEN).groups())
