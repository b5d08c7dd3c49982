"""What a group of the plan reads while it renders is in its fingerprint.

Reads are recorded while every group renders: attributes of settings, topics, tags, papers, notes,
subscriptions, redirects and ledgers' numbers, and templates. What was read must be among the edits
below, so that a new setting or field can't be forgotten; and after each edit, a group whose parts
are as they were must give the very bytes that it gave.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from broadsheet.archive.ledger_summary import LedgerSummary
from broadsheet.content.redirects import Redirect
from broadsheet.incremental.plan import Partition
from broadsheet.incremental.writer import Result
from broadsheet.io.settings import Settings
from broadsheet.pages.static import StaticPage
from broadsheet.papers import Note, Paper
from broadsheet.render.templates import Templates
from broadsheet.render.views import SubscribeForm
from broadsheet.site import build as building
from broadsheet.subscriptions.model import Subscription
from broadsheet.topics import Tag, Topic
from tests.site.edits import Edited, forget
from tests.soak import few

RECORDED = (Settings, Topic, Tag, Paper, Note, Subscription, Redirect, LedgerSummary, StaticPage,
            SubscribeForm)  # fmt: skip
PAGE = "content/2025/08/07/vision.md"
FULL = """\
---
title: Vision
date: 2025-08-07
topic: vision
---

## Full $x$

```yaml
id: full
arxiv: "2508.00001"
doi: 10.1000/one
url: https://full.example/one
authors: [Ada Example, Bo Example]
author_count: 9
tags: [sgd]
categories: [cs.CV]
keywords: [seeing]
code: https://code.example/one
project: https://project.example/one
media: https://media.example/one.png
organisation: One
submitter: sam
curator: cy
upvotes: 5
comments: 3
stars: 12
venue: Here
as_of: 2025-08-07T12:00:00Z
published: 2025-08-01
updated: 2025-08-09
summary: In short.
machine_summary: {text: A model says so., language: en, model: small, date: 2025-08-07}
x-own: one
```

We see it all. It is so.

> Note this.
"""
LEDGER = """\
date: 2025-08-07
listings:
- {"file": "2025-08-07.huggingface.txt", "sha256": "00", "source": "huggingface", "papers": 3}
papers:
- {"id": "full", "title": "Full", "became": "published"}
- {"id": "old", "title": "Old", "became": "duplicate", "of": "2025-08-05"}
- {"id": "p20250808-vision-1", "title": "Moved", "became": "published"}
"""
SUBSCRIPTION = """\
title: Some
description: Of this and that.
words: quokka* tundra* full
topics: [vision, theory]
tags: [sgd]
authors: [Ada Example]
votes: 1
since: 2025-07
"""


@dataclass
class Planned:
    """A site as it was planned: parts by section and by group, and the files of groups."""

    sections: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    files: dict[tuple[str, str], dict[str, bytes]] = field(default_factory=dict)
    templates: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)


class Recorder:
    """Plans a digest's site, and records what is read meanwhile."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self._number = itertools.count()

    def plan(
        self,
        edited: Edited,
        *,
        render: bool = True,
        record: bool = False,
        before: Planned | None = None,
        cache: str = "",
    ) -> Planned:
        """What the site is made of, planned with an empty cache, unless one is named. Where a plan
        was made `before`, groups are rendered whose parts are as they were then."""
        made = Planned()
        templates: set[str] = set()

        class Writing:
            def __init__(self, *_: object, **__: object) -> None:
                self.spent: dict[str, object] = {}
                self.lacking: list[tuple[str, str]] = []

            def carry_out(self, sections: Iterable[Partition], *_: object) -> Result:
                for section in sections:
                    made.sections[section.key] = dict(section.dependencies)
                    for group in section.targets():
                        key = (section.key, group.key)
                        made.groups[key] = dict(group.dependencies)
                        if not render or (before and before.groups.get(key) != made.groups[key]):
                            continue
                        templates.clear()
                        with (
                            _recorded(made.read, templates)
                            if record
                            else pytest.MonkeyPatch.context()
                        ):
                            made.files[key] = {one.path: one.data for one in group.render()}
                        made.templates[key] = set(templates)
                return Result(0, 0, 0)

        forget()
        with self._patch.context() as patched:
            patched.setattr(building, "Writer", Writing)
            cache = cache or f".cache-{next(self._number)}"
            edited.digest.build(BROADSHEET_CACHE=cache, BROADSHEET_JOBS=1)
        return made


def _recorded(read: set[str], templates: set[str]) -> Any:
    """Have attributes and templates recorded as they are read."""
    patches = pytest.MonkeyPatch()
    for kind in RECORDED:
        patches.setattr(kind, "__getattribute__", _telling(kind, read), raising=False)
    get, render, macro = Environment.get_template, Templates.render, Templates.macro

    def got(self: Environment, name: str, *args: Any) -> Any:
        templates.add(name)
        return get(self, name, *args)

    def rendered(self: Templates, name: str, values: dict[str, object]) -> str:
        templates.add(name)
        return render(self, name, values)

    def called(self: Templates, name: str, *args: Any) -> Any:
        templates.add(name)
        return macro(self, name, *args)

    patches.setattr(Environment, "get_template", got)
    patches.setattr(Templates, "render", rendered)
    patches.setattr(Templates, "macro", called)
    return _Undone(patches)


class _Undone:
    def __init__(self, patches: pytest.MonkeyPatch) -> None:
        self._patches = patches

    def __enter__(self) -> None:
        """Nothing: the patches are in place."""

    def __exit__(self, *_: object) -> None:
        self._patches.undo()


def _telling(kind: type, read: set[str]) -> Callable[[object, str], object]:
    names = set(kind.__annotations__)

    def get(self: object, name: str) -> object:
        if name in names:
            read.add(f"{kind.__name__}.{name}")
        return object.__getattribute__(self, name)

    return get


Edit = Callable[[Edited], None]


def _in_page(old: str, new: str, path: str = PAGE) -> Edit:
    def edit(edited: Edited) -> None:
        text = edited.digest.read(path)
        assert old in text, old
        edited.digest.write(path, text.replace(old, new))

    return edit


def _set(name: str, value: object) -> Edit:
    return lambda edited: edited.set(name, value)


def _word(slug: str, key: str, value: object) -> Edit:
    return lambda edited: edited.word(slug, **{key: value})


_STATIC, _SOME = "content/pages/about.md", "content/subscriptions/some.yml"
_MOVED, _DAY = "content/redirects.yml", "content/2025/08/07/day.yml"
_FORM = {"service": "listmonk", "url": "https://lists.example", "lists": {"Daily": "one"}}

EDITS: Mapping[str, Edit] = {
    # What is edited: attributes, as recorded, parted by spaces
    "Settings.name": _set("SITENAME", "Another"),
    "Settings.tagline": _set("SITESUBTITLE", "Another line"),
    "Settings.url Settings.base": _set("SITEURL", "https://other.example/with/path"),
    "Settings.relative": _set("RELATIVE_URLS", True),
    "Settings.timezone": _set("TIMEZONE", "Pacific/Auckland"),
    "Settings.words": _set("DEFAULT_LANG", "de"),
    "what papers are written in": _set("BROADSHEET_CONTENT_LANG", "fr"),
    "Settings.menu": _set("MENUITEMS", [("Forum", "https://forum.example")]),
    "Settings.links Settings.links_name": _set("LINKS", [("Friends", "https://friends.example")]),
    "Settings.social Settings.social_name": _set("SOCIAL", [("Us", "https://social.example/us")]),
    "Settings.paper_links": _set(
        "BROADSHEET_PAPER_LINKS", [("alphaXiv", "https://alphaxiv.example/abs/{arxiv}")]),
    "Settings.csp": _set("BROADSHEET_CSP", {"script-src": ["https://giscus.example"]}),
    "Settings.until": _set("BROADSHEET_UNTIL", "2025-08-31"),
    "Settings.repository": _set("BROADSHEET_REPOSITORY", "https://code.example/two"),
    "Settings.edit_url": _set("BROADSHEET_EDIT_URL", "https://code.example/edit/two/{path}"),
    "Settings.suggest_url": _set("BROADSHEET_SUGGEST_URL", "https://code.example/suggest"),
    "Settings.leads": _set("BROADSHEET_LEADS", "summary"),
    "Settings.search": _set("BROADSHEET_SEARCH", False),
    "Settings.offline": _set("BROADSHEET_OFFLINE", False),
    "Settings.cards": _set("BROADSHEET_CARDS", "papers"),
    "Settings.feed_items": _set("BROADSHEET_FEED_ITEMS", 3),
    "Settings.author_pages": _set("BROADSHEET_AUTHOR_PAGES", 3),
    "Settings.author_feeds": _set("BROADSHEET_AUTHOR_FEEDS", 2),
    "Settings.term_feeds": _set("BROADSHEET_FEED_FORMATS", ["json", "rss"]),
    "Settings.term_exports": _set("BROADSHEET_EXPORT_FORMATS", ["bib"]),
    "Settings.hub": _set("BROADSHEET_HUB", "https://hub.example"),
    "Settings.identity": _set("BROADSHEET_IDENTITY", "digest.example,2025"),
    "SubscribeForm.service SubscribeForm.action SubscribeForm.origin SubscribeForm.hidden "
    "SubscribeForm.choices SubscribeForm.mail": _set("BROADSHEET_SUBSCRIBE", _FORM),
    "Topic.slug Tag.slug": lambda edited: edited.order([2, 0, 1], [2, 1, 0]),
    "Topic.name": _word("vision", "name", "Seeing"),
    "Topic.description": _word("vision", "description", "Another line."),
    "Topic.words": _word("vision", "weight", 9.0),
    "Tag.name": _word("sgd", "name", "Steps"),
    "Tag.kind": _word("sgd", "kind", "theory"),
    "Tag.description": _word("sgd", "description", "Steps downhill."),
    "Paper.id": _in_page("id: full", "id: fuller"),
    "Paper.title": _in_page("Full $x$", "Fuller $y$"),
    "Paper.abstract": _in_page("We see it all", "We propose more"),
    "Paper.arxiv": _in_page("2508.00001", "2508.00002"),
    "Paper.doi": _in_page("10.1000/one", "10.1000/two"),
    "Paper.url": _in_page("full.example/one", "full.example/two"),
    "Paper.authors": _in_page("Bo Example", "Cy Example"),
    "Paper.author_count": _in_page("author_count: 9", "author_count: 10"),
    "Paper.tags": _in_page("tags: [sgd]", "tags: [segmentation]"),
    "Paper.categories": _in_page("cs.CV", "cs.LG"),
    "Paper.keywords": _in_page("[seeing]", "[looking]"),
    "Paper.code": _in_page("code.example/one", "code.example/two"),
    "Paper.project": _in_page("project.example/one", "project.example/two"),
    "Paper.media": _in_page("one.png", "two.png"),
    "Paper.organisation": _in_page("organisation: One", "organisation: Two"),
    "Paper.submitter": _in_page("submitter: sam", "submitter: sue"),
    "Paper.curator Note.curator": _in_page("curator: cy", "curator: di"),
    "Paper.upvotes": _in_page("upvotes: 5", "upvotes: 50"),
    "Paper.comments": _in_page("comments: 3", "comments: 4"),
    "Paper.stars": _in_page("stars: 12", "stars: 13"),
    "Paper.venue": _in_page("venue: Here", "venue: There"),
    "Paper.as_of": _in_page("T12:00", "T13:00"),
    "Paper.published": _in_page("published: 2025-08-01", "published: 2025-08-02"),
    "Paper.updated": _in_page("updated: 2025-08-09", "updated: 2025-08-10"),
    "Paper.summary": _in_page("In short", "In brief"),
    "Paper.machine_summary": _in_page("A model says so", "A model says more"),
    "Paper.status": _in_page("upvotes: 5", "upvotes: 5\nstatus: draft"),
    "Paper.pinned": _in_page("upvotes: 5", "upvotes: 5\npinned: true"),
    "Paper.extra": _in_page("x-own: one", "x-own: two"),
    "Paper.notes Note.text": _in_page("Note this", "Note that"),
    "LedgerSummary.sources": _in_page('"huggingface"', '"arxiv"', _DAY),
    "LedgerSummary.listed LedgerSummary.doubles": _in_page(
        '- {"id": "old", "title": "Old", "became": "duplicate", "of": "2025-08-05"}\n', "", _DAY),
    "LedgerSummary.declined": _in_page(
        '"became": "duplicate", "of": "2025-08-05"', '"became": "declined"', _DAY),
    "LedgerSummary.unchosen": _in_page(
        '"became": "duplicate", "of": "2025-08-05"', '"became": "waiting"', _DAY),
    "LedgerSummary.captured": _in_page(
        '"source"', '"captured": "2025-08-07T10:00:00Z", "source"', _DAY),
    "LedgerSummary.nothing": _in_page('"papers": 3', '"papers": 0', _DAY),
    "the first day of a paper that was moved": _in_page("p20250808-vision-1", "nobody", _DAY),
    "Subscription.title": _in_page("title: Some", "title: Few", _SOME),
    "Subscription.description": _in_page("this and that", "that", _SOME),
    "Subscription.words": _in_page("quokka* ", "", _SOME),
    "Subscription.all": _in_page("words: quokka* tundra* full", "all: tundra full", _SOME),
    "Subscription.required Subscription.excluded": _in_page("quokka*", "+full -quokka*", _SOME),
    "Subscription.authors": _in_page("Ada", "Bo", _SOME),
    "Subscription.topics": _in_page("vision, ", "", _SOME),
    "Subscription.tags": _in_page("[sgd]", "[proofs]", _SOME),
    "Subscription.votes": _in_page("votes: 1", "votes: 6", _SOME),
    "Subscription.since": _in_page("2025-07", "2025-08", _SOME),
    "Subscription.name": lambda edited: edited.file(
        "subscriptions/another.yml", edited.digest.read(_SOME)),
    "Redirect.old": _in_page("topics/old/", "topics/older/", _MOVED),
    "Redirect.new Redirect.line": _in_page('"topics/vision/"', '"topics/theory/"', _MOVED),
    "Redirect.why": _in_page("Since it is so", "Because", _MOVED),
    "StaticPage.title StaticPage.path": _in_page("Title: About", "Title: Us", _STATIC),
    "StaticPage.description": _in_page("What this is", "What it is", _STATIC),
    "StaticPage.html": _in_page("small", "tiny", _STATIC),
    "StaticPage.listed": _in_page("Description", "Status: hidden\nDescription", _STATIC),
    "StaticPage.lang": _in_page("Description", "Lang: fr\nDescription", _STATIC),
    "StaticPage.template": _in_page("Description", "Template: saved\nDescription", _STATIC),
    # What is no attribute
    "another day": lambda edited: edited.page("2025/08/09", "vision", [1, 2]),
    "a later month": lambda edited: edited.page("2025/10/02", "theory", [1, 2]),
    "no oldest month": lambda edited: edited.delete("2025/06"),
    "no month between": lambda edited: edited.delete("2025/07"),
    "a stylesheet": lambda edited: edited.asset("css/main.css", "a{}"),
    "a picture": lambda edited: edited.asset("img/more.svg", "<svg/>"),
    "a global of the settings": _set("JINJA_GLOBALS", {"motto": "x"}),
}  # fmt: skip


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """A digest in which every field of everything is given."""
    made = Edited(tmp_path)
    made.set("BROADSHEET_EDIT_URL", "https://code.example/edit/{path}")
    made.set("BROADSHEET_SUBSCRIBE", {"service": "mailto", "address": "a@lists.example"})
    for path in (made.digest.folder / "content").glob("2025/*/*/*.md"):
        path.unlink()  # few papers are enough, since each edit takes a whole site
    for day in ("2025/06/30", "2025/07/31", "2025/08/08", "2025/09/01"):
        made.page(day, "theory" if day < "2025/07" else "vision", [1, 2])
    made.digest.write(PAGE, FULL)
    made.digest.write(_DAY, LEDGER)
    made.digest.write(_SOME, SUBSCRIPTION)
    made.digest.write(
        _MOVED,
        '- {"from": "topics/old/", "to": "topics/vision/"}\n'
        '- {"from": "papers/past/", "to": "topics/vision/", "why": "Since it is so."}\n',
    )
    return made


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    return Recorder(monkeypatch)


def _kept(edited: Edited, names: Sequence[str]) -> Iterator[tuple[str, Edit]]:
    """Edits, each on the digest as it was before."""
    content = {
        path: path.read_bytes()
        for path in [*edited.digest.folder.glob("content/**/*"), *edited.theme.rglob("*"),
                     edited.digest.folder / "pelicanconf.py"]
        if path.is_file()
    }  # fmt: skip
    topics, tags = list(edited.topics), list(edited.tags)
    for name in names:
        for root in (edited.digest.folder / "content", edited.theme):
            for path in root.rglob("*"):
                if path.is_file() and path not in content:
                    path.unlink()
        for path, data in content.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        edited.topics, edited.tags, edited.words = list(topics), list(tags), {}
        yield name, EDITS[name]


def test_what_is_read_while_groups_render_is_in_their_fingerprints(
    edited: Edited, recorder: Recorder
) -> None:
    before = recorder.plan(edited, record=True)
    known = {one for name in EDITS for one in name.split()}
    assert before.read - known == set()
    assert len(before.read) > 50
    for name, edit in _kept(edited, few(list(EDITS), 8)):
        edit(edited)
        after = recorder.plan(edited, before=before)
        stale = [
            path
            for key in before.groups.keys() & after.groups.keys()
            if before.groups[key] == after.groups[key]
            for path in before.files[key].keys() | after.files[key].keys()
            if before.files[key].get(path) != after.files[key].get(path)
        ]
        assert stale == [], name
        unseen = [
            key
            for key, parts in before.sections.items()
            if parts == after.sections.get(key)
            and {one: of for one, of in before.groups.items() if one[0] == key}
            != {one: of for one, of in after.groups.items() if one[0] == key}
        ]
        assert unseen == [], name


def test_every_template_that_a_group_loads_is_in_its_fingerprint(
    edited: Edited, recorder: Recorder
) -> None:
    before = recorder.plan(edited, record=True)
    loaded = sorted(set().union(*before.templates.values()))
    assert len(loaded) > 20
    for name in few(loaded, 4):
        path = edited.theme / "templates" / name
        source = path.read_text("utf-8")
        path.write_text(source + "{# edited #}", "utf-8")
        after = recorder.plan(edited, render=False, cache=".cache-of-content")  # which stays
        path.write_text(source, "utf-8")
        for key, names in before.templates.items():
            if name in names:
                assert before.groups[key] != after.groups[key], (key, name)
                assert before.sections[key[0]] != after.sections[key[0]], (key, name)
