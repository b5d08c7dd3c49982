"""The feeds that a site has: what is in them and in their archives, and what a new day touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from broadsheet.archive.archive import Archive
from broadsheet.archive.model import Day, Month, PublishedPaper
from broadsheet.archive.summaries import summarise
from broadsheet.content.redirects import Redirect
from broadsheet.feeds import guid
from broadsheet.feeds.targets import FeedOptions, Feeds
from broadsheet.incremental.plan import fingerprint
from broadsheet.io.settings import of_pelican
from broadsheet.papers import Paper
from broadsheet.render.labels import Labels
from broadsheet.topics import Tag, Topic, Vocabulary
from tests.soak import SOAK

from .validity import (
    ATOM,
    atom_faults,
    atom_warnings,
    json_faults,
    rss_faults,
    rss_warnings,
)

VOCABULARY = Vocabulary(
    topics=(Topic("vision", "Vision", "Seeing."), Topic("theory", "Theory")),
    tags=(Tag("proofs", "Proofs"), Tag("nets", "Nets")),
)
SETTINGS = of_pelican({
    "PATH": "content", "OUTPUT_PATH": "output", "THEME": "theme", "SITENAME": "Papers",
    "SITESUBTITLE": "New", "SITEURL": "https://example.org/digest", "BROADSHEET_FEED_ITEMS": 5,
})  # fmt: skip

Content = dict[date, list[tuple[str, Paper]]]


def paper(key: str, **fields: object) -> Paper:
    return Paper(id=key, title=f"Title of {key}", abstract="We show $\\varepsilon$ it.",
                 **fields)  # type: ignore[arg-type]  # fmt: skip


def archive_of(
    content: Content, gone: Mapping[date, Sequence[str]] = {}
) -> tuple[Archive, Counter[str]]:
    """An archive of papers by day, and a count of how often each month is read. `gone` are the ids
    that ledgers of days name and their pages don't hold."""
    months: dict[str, list[Day]] = {}
    for when in sorted(content):
        placed = tuple(
            PublishedPaper(paper=one, date=when, topic=topic, path="", line=1)
            for topic, one in sorted(content[when], key=lambda pair: pair[0], reverse=True)
        )
        missing = tuple(gone.get(when, ()))
        day = Day(
            date=when, papers=placed, missing=missing, fingerprint=fingerprint(placed, missing)
        )
        months.setdefault(f"{when:%Y-%m}", []).append(day)
    made = {key: Month(key=key, days=tuple(days)) for key, days in months.items()}
    read: Counter[str] = Counter()

    def load(key: str) -> Month:
        read[key] += 1
        return made[key]

    return Archive([summarise(one) for one in made.values()], load), read


def feeds_of(content: Content, options: FeedOptions | None = None, **changes: object) -> Feeds:
    archive, _ = archive_of(content)
    return Feeds(archive, Labels(VOCABULARY), replace(SETTINGS, **changes), options)  # type: ignore[arg-type]


def files_of(made: Feeds, content: Content) -> dict[str, bytes]:
    groups = list(made.current())
    for key in sorted({f"{when:%Y-%m}" for when in content}):
        groups += made.month(key)
    files = [file for group in groups for file in group.render()]
    assert len({file.path for file in files}) == len(files)
    return {file.path: file.data for file in files}


def fingerprints(made: Feeds, content: Content) -> dict[str, dict[str, str]]:
    groups = list(made.current())
    for key in sorted({f"{when:%Y-%m}" for when in content}):
        groups += made.month(key)
    return {group.key: dict(group.dependencies) for group in groups}


def stretch(days: int, a_day: int = 2, start: date = date(2025, 6, 20)) -> Content:
    return {
        start + timedelta(n): [
            (("vision", "theory")[k % 2], paper(f"p{n}-{k}", tags=("nets",) if k else ("proofs",)))
            for k in range(a_day)
        ]
        for n in range(days)
    }


def test_every_file_is_valid_and_every_feed_has_three_formats() -> None:
    content = stretch(50)
    files = files_of(feeds_of(content, FeedOptions(hub="https://hub.example/")), content)
    names = {"all", "topics/vision", "topics/theory", "tags/nets", "tags/proofs", "daily", "weekly"}
    for name in names:
        assert {f"feeds/{name}.{end}" for end in ("rss.xml", "atom.xml", "json")} <= files.keys()
    for path, data in files.items():
        faults = {"rss.xml": rss_faults, "atom.xml": atom_faults, ".json": json_faults}
        check = next((rule for end, rule in faults.items() if path.endswith(end)), None)
        assert check is None or check(data) == [], path
        warned = {"rss.xml": rss_warnings, "atom.xml": atom_warnings}
        for end, warnings in warned.items():
            assert not path.endswith(end) or warnings(data) == [], path
    root = etree.fromstring(files["feeds/feeds.opml"])
    listed = {one.get("xmlUrl") for one in root.iter("outline") if one.get("xmlUrl")}
    assert listed == {
        f"https://example.org/digest/feeds/{name}.rss.xml" for name in (*names, "trending")
    }


def test_without_siteurl_feeds_are_valid_too() -> None:
    content = stretch(3)
    for path, data in files_of(feeds_of(content, url=""), content).items():
        if path.endswith("rss.xml"):
            assert rss_faults(data) == []
        elif path.endswith("atom.xml"):
            assert atom_faults(data) == []


def test_an_empty_archive_has_an_empty_feed() -> None:
    files = files_of(feeds_of({}), {})
    assert rss_faults(files["feeds/all.rss.xml"]) == []
    assert atom_faults(files["feeds/daily.atom.xml"]) == []


def test_the_newest_come_first_and_maths_is_unicode() -> None:
    content = stretch(10)
    files = files_of(feeds_of(content), content)
    entries = feedparser.parse(files["feeds/all.atom.xml"]).entries
    assert [one.title for one in entries][:4] == [
        "Title of p9-0", "Title of p9-1", "Title of p8-0", "Title of p8-1"]  # fmt: skip
    assert "ε" in entries[0].content[0].value
    assert "<math" not in entries[0].content[0].value


def test_a_week_shows_once_it_is_over() -> None:
    content = stretch(12, start=date(2025, 8, 4))  # a Monday; the next week lacks its Sunday's end
    entries = feedparser.parse(
        files_of(feeds_of(content), content)["feeds/weekly.atom.xml"]
    ).entries
    assert [one.title for one in entries] == ["Week 32, 2025: 4 to 10 August 2025"]
    assert entries[0].published.startswith("2025-08-11")


def paged(files: dict[str, bytes], path: str) -> list[str]:
    """All ids that a follower gets who pages back from a feed through its archive."""
    found = []
    seen = set()
    while path and path not in seen:
        seen.add(path)
        root = etree.fromstring(files[path])
        found += [one.findtext(f"{ATOM}id") for one in root.iter(f"{ATOM}entry")]
        links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
        path = links.get("prev-archive", "").removeprefix("https://example.org/digest/")
    return found


days = st.dictionaries(
    st.dates(date(2025, 5, 1), date(2025, 8, 31)), st.integers(0, 9), max_size=25
)


@given(days, st.integers(1, 6))
@settings(max_examples=40 if SOAK else 10)
def test_a_follower_can_page_back_through_all(counts: dict[date, int], size: int) -> None:
    content = {
        when: [(("vision", "theory")[k % 3 == 0], paper(f"{when}-{k}")) for k in range(count)]
        for when, count in counts.items()
    }
    made = feeds_of(content, feed_items=size)
    files = files_of(made, content)
    wanted = {guid("paper", one.id) for papers in content.values() for _, one in papers}
    assert set(paged(files, "feeds/all.atom.xml")) == wanted


@given(days, st.integers(1, 6))
@settings(max_examples=30 if SOAK else 10)
def test_a_later_day_changes_no_archived_document(counts: dict[date, int], size: int) -> None:
    content: Content = {}
    before: dict[str, bytes] = {}
    for when in sorted(counts):
        content[when] = [("theory", paper(f"{when}-{k}")) for k in range(counts[when])]
        files = files_of(feeds_of(content, feed_items=size), content)
        archived = {path: data for path, data in files.items() if path.count("/") > 1
                    and "/2025-" in path}  # fmt: skip
        assert before.items() <= archived.items()
        before = archived


@pytest.mark.slow
def test_weeks_of_edits_never_make_an_old_paper_new() -> None:
    content = stretch(30)
    seen: dict[str, str] = {}
    for step in range(20):
        when = [day for day in sorted(content) if content[day]][-1 - step % 9]
        topic, one = content[when].pop()
        edited = replace(one, title=f"Edited {step}", abstract="Other words.", upvotes=step,
                         updated=f"2025-09-{step + 1:02d}")  # fmt: skip
        if step % 3 == 0:
            topic = {"vision": "theory", "theory": "vision"}[topic]
        if step % 4 == 0:
            when = sorted(content)[-2]
        content[when].append((topic, edited))
        new = max(content) + timedelta(1)
        content[new] = [("theory", paper(f"new{step}"))]
        moved = "https://moved.example" if step > 10 else "https://example.org/digest"
        files = files_of(feeds_of(content, url=moved, name=f"Name {step}"), content)
        for path in ("feeds/all.rss.xml", "feeds/all.atom.xml"):
            for entry in feedparser.parse(files[path]).entries:
                known = seen.setdefault(entry.id, entry.link.rsplit("/", 2)[1])
                assert known == entry.link.rsplit("/", 2)[1]
    assert len(seen) == len(set(seen.values()))


def test_a_new_day_touches_its_own_feeds_and_reads_two_months() -> None:
    content = stretch(80)
    before = fingerprints(feeds_of(content), content)
    content[max(content) + timedelta(1)] = [("theory", paper("fresh", tags=("nets",)))]
    archive, read = archive_of(content)
    made = Feeds(archive, Labels(VOCABULARY), SETTINGS)
    changed = []
    for group in [*made.current(), *made.month(archive.keys[-1])]:
        if before.get(group.key) != dict(group.dependencies):
            changed.append(group.key)
            list(group.render())
    assert {"feeds/all", "feeds/topics/theory", "feeds/tags/nets", "feeds/daily"} <= set(changed)
    assert "feeds/tags/proofs" not in changed
    assert "feeds/topics/vision" not in changed
    assert read.keys() <= {"2025-09", "2025-08"}


def test_a_renamed_topic_s_feed_is_still_served_at_its_old_address() -> None:
    content = stretch(5)
    archive, _ = archive_of(content)
    rows = [Redirect(old="topics/seeing/", new="topics/vision/"),
            Redirect(old="tags/proofs/", new="tags/nets/"),
            Redirect(old="papers/x/", new="topics/vision/")]  # fmt: skip
    files = files_of(Feeds(archive, Labels(VOCABULARY), SETTINGS, redirects=rows), content)
    for end in ("rss.xml", "atom.xml", "json"):
        assert files[f"feeds/topics/seeing.{end}"] == files[f"feeds/topics/vision.{end}"]
    assert files["feeds/tags/proofs.json"] != files["feeds/tags/nets.json"]  # has papers again
    assert not [path for path in files if "feeds/papers" in path]


def test_topics_and_tags_have_the_formats_that_settings_say() -> None:
    content = stretch(5)
    archive, _ = archive_of(content)
    all_of = files_of(Feeds(archive, Labels(VOCABULARY), SETTINGS), content)
    some = replace(SETTINGS, term_feeds=("atom",))
    rows = [Redirect(old="topics/seeing/", new="topics/vision/")]
    files = files_of(Feeds(archive, Labels(VOCABULARY), some, redirects=rows), content)
    assert "feeds/topics/seeing.rss.xml" not in files
    assert files["feeds/topics/seeing.atom.xml"] == all_of["feeds/topics/vision.atom.xml"]
    left = {path for path in all_of if path.startswith(("feeds/topics/", "feeds/tags/"))}
    assert {path for path in left if path in files} == {
        path for path in left if path.endswith(".atom.xml")
    }
    others = all_of.keys() - left - {"feeds/feeds.opml"}
    assert {path: files[path] for path in others} == {path: all_of[path] for path in others}
    listed = [node.get("xmlUrl", "") for node in etree.fromstring(files["feeds/feeds.opml"]).iter()]
    named = {address.removeprefix("https://example.org/digest/") for address in listed if address}
    assert {path for path in named if "trending" not in path} <= files.keys()
    assert {"feeds/all.rss.xml", "feeds/tags/nets.atom.xml"} <= named


def test_the_same_content_gives_the_same_bytes_in_any_order_of_rendering() -> None:
    content = stretch(40)
    files = files_of(feeds_of(content), content)
    made = feeds_of(content)
    for group in reversed(list(made.current())):
        for file in group.render():
            assert files[file.path] == file.data


def test_entries_stand_newest_first() -> None:
    content = stretch(45, 3)
    for path, data in files_of(feeds_of(content), content).items():
        if path.endswith("atom.xml"):
            dates = [one.published for one in feedparser.parse(data).entries]
            assert all(a >= b for a, b in pairwise(dates)), path
