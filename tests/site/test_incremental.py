"""After any sequence of edits an incremental build's output is that of a build from scratch."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.digests import TAGS, TOPICS, Digest, numbers

DAYS = st.sampled_from(["2025/07/31", "2025/08/07", "2025/08/08", "2025/08/10", "2025/09/01"])
TOPIC = st.sampled_from(["optimization", "vision"])
WORDS = st.sampled_from(["gradient", "pixel", "valley $x^2$", "**bold**", "https://code.example/x"])


def _page(day: str, topic: str, words: list[str], tag: str) -> str:
    head = f"---\ntitle: {topic}\ndate: {day.replace('/', '-')}\ntopic: {topic}\n---\n"
    for number, word in enumerate(words):
        key = f"{day.replace('/', '')}-{topic}-{number}"
        head += f"\n## About {word} {key}\n\n```yaml\nid: p{key}\ntags: [{tag}]\n"
        head += f"upvotes: {len(word)}\n```\n\nWe study {word}. It is so.\n"
    return head


class Edits(RuleBasedStateMachine):
    """Random edits, each followed by an incremental build."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.digest = Digest(self.folder / "digest")
        self.theme = self.folder / "theme"
        shutil.copytree(Path(__file__).resolve().parents[2] / "theme", self.theme)
        self.digest.set("THEME", str(self.theme))
        self.digest.set("SITEURL", "https://digest.example")

    @rule(day=DAYS, topic=TOPIC, words=st.lists(WORDS, min_size=1, max_size=3), tag=WORDS)
    def write_a_page(self, day: str, topic: str, words: list[str], tag: str) -> None:
        slug = {"gradient": "sgd", "pixel": "segmentation"}.get(tag, "of-their-own")
        self.digest.write(f"content/{day}/{topic}.md", _page(day, topic, words, slug))

    @rule(day=DAYS, topic=TOPIC)
    def delete_a_page(self, day: str, topic: str) -> None:
        (self.digest.folder / f"content/{day}/{topic}.md").unlink(missing_ok=True)

    @rule(name=st.sampled_from(["Optimization", "Optimisation", "Getting better"]))
    def rename_a_topic(self, name: str) -> None:
        text = TOPICS.replace("name: Optimization", f"name: {name}")
        self.digest.write("content/topics.yml", text)

    @rule(name=st.sampled_from(["Segmentation", "Cutting up"]))
    def rename_a_tag(self, name: str) -> None:
        self.digest.write("content/tags.yml", TAGS.replace("name: Segmentation", f"name: {name}"))

    @rule(
        name=st.sampled_from(["SITENAME", "SITESUBTITLE", "BROADSHEET_REPOSITORY", "SITEURL"]),
        value=st.sampled_from(["https://one.example", "https://two.example"]),
    )
    def change_a_setting(self, name: str, value: str) -> None:
        self.digest.set(name, value)

    @rule(
        part=st.sampled_from(["paper.html", "partials/title_row.html", "term.html"]),
        word=st.sampled_from(["one", "two"]),
    )
    def change_a_template(self, part: str, word: str) -> None:
        source = Path(__file__).resolve().parents[2] / "theme" / "templates" / part
        (self.theme / "templates" / part).write_text(
            source.read_text("utf-8").replace("</a>", f"<b>{word}</b></a>", 1), "utf-8"
        )

    @rule(words=st.sampled_from(["gradient", "pix*", ""]))
    def subscribe(self, words: str) -> None:
        path = "content/subscriptions/some.yml"
        if words:
            self.digest.write(path, f"title: Some\nwords: {words}\n")
        else:
            (self.digest.folder / path).unlink(missing_ok=True)

    @rule(text=st.sampled_from(["A *small* page.", "Another page."]))
    def change_a_static_page(self, text: str) -> None:
        self.digest.write("content/pages/about.md", f"Title: About\n\n{text}\n")

    @invariant()
    def incremental_equals_from_scratch(self) -> None:
        if not hasattr(self, "digest"):
            return
        before = self.digest.files()
        stamps = self.digest.stamps()
        line = numbers(self.digest.build())
        after = self.digest.files()
        assert after == self.digest.fresh(self.folder)
        now = self.digest.stamps()
        written = {path for path in now if stamps.get(path) != now[path]}
        assert written == {path for path in after if before.get(path) != after[path]}
        assert line["written"] == len(written)
        assert line["removed"] == len(before.keys() - after.keys())

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=6 if os.environ.get("BROADSHEET_SLOW") else 2,
    stateful_step_count=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a build a step: shrinking takes long
    suppress_health_check=list(HealthCheck),
)
