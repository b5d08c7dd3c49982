"""Weeks of a digest's life, with the commands that curators use, as a feed reader sees them: every
feed is asked after every build, and what the reader knows it never shows as new."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner

from broadsheet import fetch
from broadsheet.cli import main
from broadsheet.fetch.clock import Clock as ClockOf
from tests.digests import Digest

from .validity import (
    atom_faults,
    atom_warnings,
    json_faults,
    rss_faults,
    rss_warnings,
)

FIRST = date(2025, 8, 11)
RULES = {
    ".rss.xml": (rss_faults, rss_warnings),
    ".atom.xml": (atom_faults, atom_warnings),
    ".json": (json_faults,),
}


def run(*args: str) -> None:
    made = CliRunner().invoke(main, list(args), catch_exceptions=False)
    assert made.exit_code == 0, made.output


def imported(day: int, *titles: str, captured: str = "", **fields: object) -> None:
    """A day's listing, imported."""
    when = FIRST + timedelta(day)
    rows = [{"title": title, "abstract": f"A gradient of {title}.", **fields} for title in titles]
    path = Path("seeds") / f"{when}.list{captured}.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    run("import", str(path))


class Reader:
    """A feed reader that follows every feed, each from the day on which it first stood there."""

    def __init__(self, digest: Digest) -> None:
        self._digest = digest
        self._known: dict[str, set[str]] = {}
        self._updated: dict[tuple[str, str], str] = {}
        self._published: dict[str, str] = {}
        self.names: dict[str, str] = {}  # papers' addresses by their GUIDs

    def look(self) -> tuple[dict[str, set[str]], set[str]]:
        """What is new in each feed since the last look, by the papers' addresses; and the papers
        of all feeds that say that they were updated."""
        new: dict[str, set[str]] = {}
        updated: set[str] = set()
        feeds = self._digest.output / "feeds"
        for path in sorted(feeds.rglob("*")):
            ending = next((end for end in RULES if path.name.endswith(end)), None)
            if ending is None:
                continue
            name = path.relative_to(feeds).as_posix()
            data = path.read_bytes()
            for rule in RULES[ending]:
                assert rule(data) == [], name
            for key, link, stamp, published in _entries(data, ending):
                form = f"{ending} {key}"
                assert self._published.setdefault(form, published) == published, link
                known = self.names.setdefault(key, link)
                assert known == link, f"{name}: one GUID names {known} and {link}"
                if name in self._known and key not in self._known[name]:
                    new.setdefault(name, set()).add(link)
                if stamp and self._updated.get((name, key), stamp) != stamp:
                    updated.add(link)
                self._updated[(name, key)] = stamp
            self._known.setdefault(name, set()).update(one[0] for one in _entries(data, ending))
        assert len(set(self.names.values())) == len(self.names)
        return new, updated


def _entries(data: bytes, ending: str) -> list[tuple[str, str, str, str]]:
    """A feed's items: GUID, the end of their address, when they were updated and published."""
    if ending == ".json":
        items = json.loads(data)["items"]
        return [
            (one["id"], _end(one["url"]), one["date_modified"], one["date_published"])
            for one in items
        ]
    entries = feedparser.parse(data).entries
    tells = ending == ".atom.xml"  # RSS has no date of change
    return [
        (one.id, _end(one.link), one.updated if tells else "", one.published) for one in entries
    ]


def _end(address: str) -> str:
    """papers/x/, 2025/08/11/ ... whatever the site's address."""
    parts = address.rstrip("/").split("/")
    return "/".join(parts[-2:] if parts[-2] == "papers" else parts[4:])


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    made = Digest(tmp_path)
    made.set("SITEURL", "https://digest.example/papers-of-the-day")
    made.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    made.write("content/subscriptions/steps.yml", "title: Steps\nwords: step* gradient\n")
    monkeypatch.chdir(tmp_path)
    return made


def _replace(path: str, old: str, new: str) -> None:
    file = Path(path)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def _rename_topic() -> None:
    """A topic gets another slug, as docs/content.md has it: pages and topics.yml by hand."""
    _replace("content/topics.yml", "slug: vision", "slug: seeing")
    for page in Path("content").glob("2025/*/*/vision.md"):
        _replace(str(page), "topic: vision", "topic: seeing")
        page.rename(page.with_name("seeing.md"))
    old = Path("content/redirects.yml")
    rows = old.read_text("utf-8") if old.exists() else ""
    old.write_text(rows + '- {"from": "topics/vision/", "to": "topics/seeing/"}\n', "utf-8")


STEPS: list[tuple[str, Callable[[], None], set[str], set[str]]] = [
    # what happens, how, papers that are new in feeds/all, papers that were updated
    ("a day", lambda: imported(0, "Falling well", "Climbing well"),
     {"papers/falling-well", "papers/climbing-well"}, set()),
    ("votes", lambda: imported(0, "Falling well", captured=".20250812T060000Z", upvotes=7),
     set(), set()),
    ("a fuller capture", lambda: imported(0, "Falling well", captured=".20250813T060000Z",
                                          authors=["Ada Example"]),
     set(), {"papers/falling-well"}),
    ("another topic", lambda: run("move", "falling-well", "--topic", "vision"),
     set(), {"papers/falling-well"}),
    ("a tag", lambda: run("retag", "climbing-well", "--add", "sgd"),
     set(), {"papers/climbing-well"}),
    ("a note", lambda: run("note", "2508.00001", "Look here.", "--curator", "Cy Example"),
     set(), {"papers/2508.00001"}),
    ("a renamed tag", lambda: run("retag", "--rename", "sgd", "descent"), set(), set()),
    ("a renamed topic", _rename_topic, set(), set()),
    ("a paper taken out", lambda: run("retire", "pixels-of-a-feather"), set(), set()),
    ("an edit by hand", lambda: _replace(
        "content/2025/08/07/optimization.md", "On flat valleys", "On very flat valleys"),
     set(), set()),
    ("the listing again", lambda: run("import"), set(), set()),
    ("another day of it", lambda: imported(3, "Falling well", "Resting well"),
     {"papers/resting-well"}, set()),
    ("another date", lambda: run("move", "resting-well", "--date", "2025-08-15"),
     set(), {"papers/resting-well"}),
    ("a week later", lambda: imported(8, "Waking well"), {"papers/waking-well"}, set()),
    ("a date before", lambda: run("move", "waking-well", "--date", "2025-08-18"),
     set(), {"papers/waking-well"}),
]  # fmt: skip


@pytest.mark.slow
def test_weeks_of_a_digest_show_nobody_an_old_paper_as_new(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(digest)
    digest.build()
    assert reader.look() == ({}, set())
    for number, (what, happen, wanted, stamped) in enumerate(STEPS):
        today = datetime(2025, 9, number + 1, tzinfo=UTC)
        monkeypatch.setattr(fetch, "Clock", lambda today=today: ClockOf(now=lambda: today))
        happen()
        digest.build(**({} if number % 2 else {"BROADSHEET_CACHE": f".cache-{number}"}))
        new, updated = reader.look()
        for form in ("rss.xml", "atom.xml", "json"):
            assert new.get(f"all.{form}", set()) == wanted, what
        assert {one for one in updated if one.startswith("papers/")} == stamped, what
        # A paper may come new into the feed of the topic or tag that it was given, and into no
        # other; days and weeks are new once.
        for name, papers in new.items():
            if not name.startswith(("topics/", "tags/")):
                assert {one for one in papers if one.startswith("papers/")} <= wanted, (what, name)
            elif what not in ("another topic", "a tag"):
                assert papers <= wanted, (what, name)
    digest.set("SITEURL", "https://moved.example/here")
    digest.build()
    new, updated = reader.look()
    assert (new, updated) == ({}, set())
