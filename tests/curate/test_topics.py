"""Renaming and merging topics, and merging tags: on a real folder, by command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet import curate
from broadsheet.cli import main
from broadsheet.content import pages
from broadsheet.content.pages import PageHeading
from broadsheet.content.vocabularies import read as read_vocabulary
from broadsheet.curate import ContentState
from broadsheet.curate.changes.addresses import of_pages
from broadsheet.curate.vocabularies import vocabulary_text
from broadsheet.errors import ContentError
from broadsheet.importer import run as import_listings
from broadsheet.papers import Paper
from broadsheet.topics import parse_vocabulary
from tests.digests import TAGS, TOPICS, Digest
from tests.importer.world import WORKS, entry, rows
from tests.soak import SOAK

DAY = "content/2025/08/07"
OTHER_PAGE = """\
---
title: Pictures
date: 2025-08-07
topic: vision
shown: large
---

Words on seeing.

## A pixel alone

```yaml
id: a-pixel-alone
tags: [sgd, segmentation]  # both
```

An image of one pixel.
"""


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    made = Digest(tmp_path)
    made.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    made.write(f"{DAY}/vision.md", OTHER_PAGE.replace("\n", "\r\n"))
    made.write(
        "content/subscriptions/steps.yml",
        "title: Steps\ntopics: [vision, optimization]  # mine\nwords: in:vision tag:sgd pixel\n",
    )
    made.write("content/intake.yml", "include:\n- topics: [vision]\n- words: 'in:\"vision\" x'\n")
    monkeypatch.chdir(tmp_path)
    return made


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args), catch_exceptions=False)


def papers(digest: Digest) -> dict[str, tuple[str, Paper]]:
    found = {}
    for path in sorted((digest.folder / "content").glob("20*/*/*/*.md")):
        page = pages.parse(path.read_text("utf-8"))
        found |= {one.id: (page.topic, one) for one in page.papers}
    return found


def clean() -> None:
    said = run("check")
    assert said.exit_code == 0, said.output


def test_a_renamed_topic_keeps_its_readers(digest: Digest) -> None:
    digest.build()
    before = digest.page("feeds/topics/vision.atom.xml")
    old = papers(digest)
    said = run("topic", "rename", "vision", "computer-vision", "--name", "Computer vision")
    assert (said.exit_code, said.output) == (0, "vision: now computer-vision, in 2 papers\n")
    new = papers(digest)
    assert {key: one for key, (_, one) in new.items()} == {
        key: one for key, (_, one) in old.items()
    }
    assert "vision" not in {topic for topic, _ in new.values()}
    assert (
        pages.parse(digest.read("content/2025/08/08/computer-vision.md")).title == "Computer vision"
    )
    kept = (digest.folder / DAY / "computer-vision.md").read_bytes()
    assert (
        kept
        == OTHER_PAGE.replace("topic: vision", "topic: computer-vision")
        .replace("\n", "\r\n")
        .encode()
    )  # people's own title too
    assert digest.read("content/topics.yml") == TOPICS.replace(
        "slug: vision\n    name: Vision", "slug: computer-vision\n    name: Computer vision"
    )
    assert digest.read("content/subscriptions/steps.yml") == (
        "title: Steps\ntopics: [computer-vision, optimization]  # mine\n"
        "words: in:computer-vision tag:sgd pixel\n"
    )
    assert digest.read("content/intake.yml") == (
        "include:\n- topics: [computer-vision]\n- words: 'in:computer-vision x'\n"
    )
    clean()
    digest.build()
    for address in ("topics/", "topics/", "2025/08/07/", "2025/08/08/"):
        assert f"{address}computer-vision/" in digest.page(f"{address}vision/")
    assert "topics/computer-vision/2025-08/" in digest.page("topics/vision/2025-08/")
    ids = [one.id for one in feedparser.parse(before).entries]
    for name in ("vision", "computer-vision"):
        now = feedparser.parse(digest.page(f"feeds/topics/{name}.atom.xml"))
        assert [one.id for one in now.entries] == ids
    again = run("topic", "rename", "vision", "computer-vision")
    assert "is called 'computer-vision' already" in again.output.replace('"', "'")
    assert run("undo").exit_code == 0
    assert papers(digest) == old


def test_merged_topics_lose_nothing(digest: Digest) -> None:
    old = papers(digest)
    said = run("topic", "merge", "vision", "--into", "optimization")
    assert said.exit_code == 0
    assert said.output == (
        "vision: one with optimization now, in 2 papers\n"
        "content/2025/08/07/vision.md: its title is lost, "
        "content/2025/08/07/optimization.md has another\n"
    )
    new = papers(digest)
    assert {key: one for key, (_, one) in new.items()} == {
        key: one for key, (_, one) in old.items()
    }
    assert {topic for topic, _ in new.values()} == {"optimization"}
    page = pages.parse(digest.read(f"{DAY}/optimization.md"))
    assert (page.intro, dict(page.extra)) == ("Words on seeing.", {"shown": "large"})
    assert digest.read(f"{DAY}/optimization.md").endswith("An image of one pixel.\n")
    assert pages.parse(digest.read("content/2025/08/08/optimization.md")).title == "Optimization"
    words = read_vocabulary(digest.folder / "content").topic_by_slug["optimization"].words
    assert {one for one, _ in words} >= {"pixel", "image", "convex"}
    assert "vision" not in digest.read("content/topics.yml")
    assert "topics: [optimization]" in digest.read("content/subscriptions/steps.yml")
    clean()
    digest.build()
    assert "topics/optimization/" in digest.page("topics/vision/")
    assert "2025/08/08/optimization/" in digest.page("2025/08/08/vision/")
    run("undo")
    assert papers(digest) == old


def test_merged_tags_leave_no_repeats_and_keep_their_words(digest: Digest) -> None:
    said = run("tag", "merge", "sgd", "--into", "segmentation")
    assert said.output == "sgd: one with segmentation now, in 3 papers\n"
    assert papers(digest)["a-pixel-alone"][1].tags == ("segmentation",)
    found = read_vocabulary(digest.folder / "content").tag_by_slug["segmentation"]
    assert found.synonyms == ("Stochastic gradient descent", "stochastic gradient")
    assert "tag:segmentation" in digest.read("content/subscriptions/steps.yml")
    clean()
    digest.build()
    assert "tags/segmentation/" in digest.page("tags/sgd/")
    assert digest.page("feeds/tags/sgd.atom.xml")


def test_tags_go_on_speaking_for_a_renamed_topic(digest: Digest) -> None:
    tags = digest.read("content/tags.yml") + (
        "  - slug: mask\n    name: Mask\n    kind: task\n    topic: vision  # mine\n"
    )
    digest.write("content/tags.yml", tags)
    assert run("topic", "rename", "vision", "seeing").exit_code == 0
    assert digest.read("content/tags.yml") == tags.replace("topic: vision", "topic: seeing")
    assert run("topic", "merge", "seeing", "--into", "optimization").exit_code == 0
    assert digest.read("content/tags.yml") == tags.replace("topic: vision", "topic: optimization")


def test_a_renamed_tag_is_still_recognised(digest: Digest) -> None:
    said = run("tag", "rename", "sgd", "descent", "--name", "Descent by steps")
    assert said.exit_code == 0
    found = read_vocabulary(digest.folder / "content").tag_by_slug["descent"]
    assert found.name == "Descent by steps"
    assert "Stochastic gradient descent" in found.synonyms


def test_imports_go_on_filling_what_a_rename_changed(digest: Digest) -> None:
    (digest.folder / "content/intake.yml").unlink()
    content = digest.folder / "content"
    digest.write("seeds/2025-08-09.a.jsonl", rows([entry(WORKS[1], rich=False, upvotes=1)]))
    import_listings([digest.folder / "seeds/2025-08-09.a.jsonl"], content)
    key = next(key for key, (_, one) in papers(digest).items() if one.upvotes == 1)
    tags = papers(digest)[key][1].tags
    run("topic", "rename", papers(digest)[key][0], "renamed")
    for tag in tags:
        run("tag", "rename", tag, f"{tag}-renamed")
    later = entry(WORKS[1], upvotes=2)
    digest.write("seeds/2025-08-09.b.jsonl", rows([later]))
    import_listings([digest.folder / "seeds/2025-08-09.b.jsonl"], content)
    topic, paper = papers(digest)[key]
    assert (topic, paper.upvotes) == ("renamed", 2)
    assert paper.authors == WORKS[1].authors
    assert paper.tags == tuple(f"{tag}-renamed" for tag in tags)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["topic", "rename", "visoin", "seeing"], "did you mean vision?"),
        (["topic", "rename", "vision", "Seeing"], "can't be a topic"),
        (["topic", "rename", "vision", "waiting"], "holds the papers that wait"),
        (["topic", "rename", "vision", "optimization"], "broadsheet topic merge vision --into"),
        (["topic", "rename", "other", "rest"], "it stays"),
        (["topic", "rename", "vision", "vision"], "is called so already"),
        (["topic", "merge", "vision", "--into", "vision"], "can't be merged into itself"),
        (["topic", "merge", "vision", "--into", "nothing"], "no topic"),
        (["topic", "merge", "other", "--into", "vision"], "it stays"),
        (["tag", "rename", "sgd", "segmentation"], "broadsheet tag merge sgd --into"),
        (["tag", "rename", "sgd", "x", "--name", "Segmentation"], "would not be valid"),
        (["tag", "merge", "segmentatoin", "--into", "sgd"], "did you mean segmentation?"),
    ],
)
def test_mistakes_change_nothing(digest: Digest, args: list[str], said: str) -> None:
    before = {path: path.read_bytes() for path in digest.folder.rglob("*") if path.is_file()}
    result = run(*args)
    assert result.exit_code == 1
    assert said in result.output
    assert before == {
        path: path.read_bytes() for path in digest.folder.rglob("*") if path.is_file()
    }


SLUGS = ("optimization", "vision", "other")
TERMS = st.sampled_from(SLUGS)
TAG_NAMES = st.lists(st.sampled_from(("sgd", "segmentation", "mine")), max_size=3, unique=True)
ARCHIVE = st.lists(st.tuples(st.integers(1, 3), TERMS, TAG_NAMES), min_size=1, max_size=8)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("rename"), st.just("topic"), TERMS, st.sampled_from(("a", "vision"))),
        st.tuples(st.just("rename"), st.just("tag"), st.sampled_from(("sgd", "x")), st.just("x")),
        st.tuples(st.just("merge"), st.just("topic"), TERMS, TERMS),
        st.tuples(
            st.just("merge"), st.just("tag"), st.sampled_from(("sgd", "mine")),
            st.just("segmentation"),
        ),
    ),
    max_size=4,
)  # fmt: skip


def archive(some: list[tuple[int, str, list[str]]]) -> dict[str, str]:
    by_page: dict[tuple[int, str], list[Paper]] = {}
    for number, (day, topic, tags) in enumerate(some):
        by_page.setdefault((day, topic), []).append(
            Paper(id=f"p{number}", title=f"Title {number}", abstract="Words.", tags=tuple(tags))
        )
    return {
        f"2025/08/0{day}/{topic}.md": pages.format_page(
            PageHeading(topic.title(), date(2025, 8, day), topic), papers
        )
        for (day, topic), papers in by_page.items()
    }


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60 if SOAK else 15
)
@given(ARCHIVE, ACTS)
def test_no_rename_and_no_merge_changes_the_set_of_papers(
    some: list[tuple[int, str, list[str]]], acts: list[tuple[str, str, str, str]]
) -> None:
    texts = {**archive(some), "topics.yml": TOPICS, "tags.yml": TAGS}
    for act, kind, old, new in acts:
        before = dict(texts)
        state = ContentState(
            texts=texts, vocabulary=parse_vocabulary(texts["topics.yml"], texts["tags.yml"])
        )
        try:
            if act == "rename":
                change = curate.rename(state, kind, old, new)
            else:
                change = curate.merge(state, kind, [old], new)
        except ContentError:
            continue
        merged = {**texts, **change.writes}
        texts = {path: text for path, text in merged.items() if text is not None}
        were, are = everywhere(before), everywhere(texts)
        assert {key: (day, one.title) for key, (day, _, one) in were.items()} == {
            key: (day, one.title) for key, (day, _, one) in are.items()
        }
        for key, (_, topic, one) in are.items():
            assert len(set(one.tags)) == len(one.tags)
            if kind == "topic":
                assert topic != old
                assert one == were[key][2]
            else:
                assert old not in one.tags
        gone = curate_addresses(before) - curate_addresses(texts)
        lead = texts.get("redirects.yml", "")
        assert all(f'"from": "{address}"' in lead for address in gone)


def everywhere(texts: dict[str, str]) -> dict[str, tuple[str, str, Paper]]:
    found = {}
    for path, text in texts.items():
        if path.endswith(".md"):
            page = pages.parse(text, file=path)
            assert path.endswith(f"/{page.topic}.md")
            for one in page.papers:
                assert one.id not in found
                found[one.id] = (path[:10], page.topic, one)
    return found


def curate_addresses(texts: dict[str, str]) -> set[str]:
    return of_pages(texts)


def test_words_are_taken_over_where_they_stand() -> None:
    topics = """\
version: 1
topics:
  # the first
  - slug: one
    name: One
    words:
      2.0: [alpha,
            beta]  # kept
      1: [gamma]

  - slug: two  # going
    name: Two
    words: {2.0: [delta, alpha], 3.0: [epsilon], -1.0: ["beta: x"]}
  # the last
  - slug: three
    name: Three
    words: {1.0: [zeta]}
"""
    assert (
        vocabulary_text.merged(topics, "topic", ["two"], "one")
        == """\
version: 1
topics:
  # the first
  - slug: one
    name: One
    words:
      2.0: [alpha,
            beta, delta]  # kept
      1: [gamma]
      3: [epsilon]
      -1: ["beta: x"]

  # the last
  - slug: three
    name: Three
    words: {1.0: [zeta]}
"""
    )
    assert vocabulary_text.merged(topics, "topic", ["one"], "three").endswith(
        "words: {1.0: [zeta, gamma], 2: [alpha, beta]}\n"
    )


def test_a_tag_whose_names_need_a_context_is_merged_by_hand() -> None:
    tags = (
        "tags:\n  - slug: one\n    name: One\n    kind: task\n"
        "  - slug: two\n    name: Two\n    kind: task\n    with:\n      two: [speech]\n"
    )
    with pytest.raises(ContentError, match="by hand"):
        vocabulary_text.merged(tags, "tag", ["two"], "one")
    assert "two: [speech]" in vocabulary_text.merged(tags, "tag", ["one"], "two")
