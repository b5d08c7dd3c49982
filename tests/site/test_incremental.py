"""After any sequence of edits an incremental build's output is that of a build from scratch."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.digests import ROOT, new_folder, numbers
from tests.soak import SLOW, SOAK

from .edits import DAYS, SETTINGS, TOPICS, Edited, forget

# 60 take half an hour
_EXAMPLES = int(os.environ.get("BROADSHEET_EXAMPLES", 6 if SOAK else 2 if SLOW else 1))

DAY = st.sampled_from(DAYS)
TOPIC = st.sampled_from(TOPICS)
TAG = st.sampled_from(["sgd", "segmentation", "of-their-own"])
KINDS = st.lists(st.integers(0, 8), max_size=4)
THREE = st.permutations(range(3))
TEMPLATES = sorted(
    path.relative_to(ROOT / "theme/templates").as_posix()
    for path in (ROOT / "theme/templates").rglob("*.html")
    if "mail" not in path.parts
)
ASSETS = ("css/main.css", "js/site.js", "js/vendor/lunr.js", "js/more.js", "img/favicon.svg",
          "img/more.svg")  # fmt: skip
LEDGER = """\
date: 2025-08-08
listings:
- {"file": "x.txt", "sha256": "00", "source": "huggingface", "papers": 1}
papers:
- {"id": "p20250807-vision-0", "title": "x", "became": "published"}
"""
FILES = {
    "pages/about.md": ("Title: About\n\nA *small* page.\n", "Title: Us\nSlug: about\n\nMore.\n",
                       "Title: About\nStatus: hidden\n\n[Day](/2025/08/07/)\n"),
    "pages/more.md": ("", "Title: More\nDescription: x\n\n## Two\n", "Title: Else\n\nElse.\n"),
    "images/one.gif": ("", "GIF89a one", "GIF89a two"),
    "subscriptions/some.yml": ("", "title: Some\nwords: quokka*\n", "title: Few\ntags: [sgd]\n",
                               "title: Many\ntopics: [vision, theory]\nvotes: 3\n"),
    "subscriptions/other.yml": ("", "title: Other\nwords: obelisk\n"),
    "redirects.yml": ("", '- {"from": "topics/old/", "to": "topics/vision/"}\n',
                      '- {"from": "tags/old/", "to": "tags/sgd/"}\n'
                      '- {"from": "trending/", "to": "archive/"}\n',
                      '- {"from": "subscriptions/past/", "to": "subscriptions/some/"}\n'),
    "2025/08/08/day.yml": ("", "date: 2025-08-08\nlistings: []\npapers: []\n", LEDGER),
}  # fmt: skip


class Edits(RuleBasedStateMachine):
    """Random edits, each followed by an incremental build."""

    def __init__(self) -> None:
        super().__init__()
        self.edited: Edited | None = None
        self.made_of: dict[str, bytes] = {}  # what `fresh` was built of
        self.fresh: dict[str, bytes] = {}

    @initialize(jobs=st.sampled_from([1, 2]))
    def start(self, jobs: int) -> None:
        self.folder = new_folder()
        self.edited = Edited(self.folder)
        self.edited.set("BROADSHEET_JOBS", jobs)

    @property
    def site(self) -> Edited:
        assert self.edited
        return self.edited

    @rule(day=DAY, topic=TOPIC, kinds=KINDS, tag=TAG)
    def write_a_page(self, day: str, topic: str, kinds: list[int], tag: str) -> None:
        self.site.page(day, topic, kinds, tag)

    @rule(day=DAY, topic=TOPIC)
    def delete_a_page(self, day: str, topic: str) -> None:
        self.site.delete(f"{day}/{topic}.md")

    @rule(source=DAY, other=DAY, topic=TOPIC)
    def move_a_paper(self, source: str, other: str, topic: str) -> None:
        self.site.move(source, other, topic)

    @rule(month=st.sampled_from(["2025/06", "2025/07", "2025/08", "2025/09"]))
    def delete_a_month(self, month: str) -> None:
        self.site.delete(month)

    @rule(month=st.sampled_from(["05", "10"]), kinds=KINDS)
    def add_a_month(self, month: str, kinds: list[int]) -> None:
        for topic in TOPICS:
            self.site.page(f"2025/{month}/02", topic, kinds)

    @rule(topics=THREE, tags=THREE)
    def put_topics_and_tags_in_another_order(self, topics: list[int], tags: list[int]) -> None:
        self.site.order(topics, tags)

    @rule(topics=THREE, month=st.sampled_from(["2025/07", "2025/08"]))
    def put_topics_in_another_order_and_delete_a_month(self, topics: list[int], month: str) -> None:
        self.site.order(topics, range(3))
        self.site.delete(month)

    @rule(
        slug=st.sampled_from([*TOPICS, "sgd", "segmentation", "proofs"]),
        key=st.sampled_from(["name", "description", "weight", "kind"]),
        one=st.booleans(),
    )
    def change_a_topic_or_a_tag(self, slug: str, key: str, one: bool) -> None:
        values = {"weight": (3.0, 4.0), "kind": ("task", "model")}.get(key, ("Apples", "Pears"))
        self.site.word(slug, **{key: values[one]})

    @rule(data=st.data(), name=st.sampled_from(sorted(SETTINGS)))
    def change_a_setting(self, data: st.DataObject, name: str) -> None:
        self.site.set(name, data.draw(st.sampled_from(SETTINGS[name])))

    @rule(
        name=st.sampled_from(TEMPLATES),
        word=st.sampled_from(["one", "two", ""]),
        override=st.booleans(),
    )
    def change_a_template(self, name: str, word: str, override: bool) -> None:
        self.site.template(name, word, override=override)

    @rule(name=st.sampled_from(ASSETS), text=st.sampled_from(["", "/* one */ a{}", "a{} b{}"]))
    def change_a_static_file(self, name: str, text: str) -> None:
        self.site.asset(name, text)

    @rule(data=st.data(), name=st.sampled_from(sorted(FILES)))
    def change_another_file(self, data: st.DataObject, name: str) -> None:
        self.site.file(name, data.draw(st.sampled_from(FILES[name])))

    @rule(day=DAY, topic=TOPIC)
    def edit_a_page_that_keeps_its_size_and_time(self, day: str, topic: str) -> None:
        self.site.edit_in_place(f"{day}/{topic}.md", "It is so.", "It is on.")

    @rule(data=st.data(), text=st.sampled_from([None, b"", b"cut off"]))
    def lose_or_change_a_file_of_the_output(self, data: st.DataObject, text: bytes | None) -> None:
        paths = sorted(self.site.digest.files())
        if paths:
            self.site.damage(data.draw(st.sampled_from(paths)), text)

    @rule()
    def begin_another_process(self) -> None:
        forget()

    @invariant()
    def incremental_equals_from_scratch(self) -> None:
        if self.edited is None:
            return
        digest = self.site.digest
        before, stamps = digest.files(), digest.stamps()
        line = numbers(digest.build())
        after = digest.files()
        if (made_of := self.site.made_of()) != self.made_of:  # many an edit changes nothing
            self.made_of, self.fresh = made_of, self.site.fresh()
        fresh = self.fresh
        assert after.keys() == fresh.keys()
        assert [path for path in after if after[path] != fresh[path]] == []
        now = digest.stamps()
        written = {path for path in now if stamps.get(path) != now[path]}
        assert written == {path for path in after if before.get(path) != after[path]}
        assert line["written"] == len(written)
        gone = {path for path in before.keys() - after.keys() if before[path] != b"/"}  # no folders
        assert line["removed"] == len(gone)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


@pytest.fixture(autouse=True, scope="module")
def _two_processes_are_worth_it() -> Iterator[None]:
    """So small a site is shared out, where two processes are asked for; and stats count."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("broadsheet.incremental.writer._WORTH_SHARING", 0)
        patch.setattr("broadsheet.archive.summaries.FEW", 0)
        patch.setattr("broadsheet.archive.summaries.STEP", 2)
        patch.setattr("broadsheet.search.index.targets.NEWEST", 4)
        patch.setattr("broadsheet.search.index.targets.RECENT", 8)
        # Files are trusted by their stat although they are new, but for a tick of the clock.
        patch.setattr("broadsheet.archive.hashed_months.TOO_NEAR", 20_000_000)
        yield


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=_EXAMPLES,
    stateful_step_count=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a build a step: shrinking takes long
    suppress_health_check=list(HealthCheck),
)
