"""The digest's own topics and tags on real papers: do people agree with them?"""

from __future__ import annotations

import importlib.util
import os
import statistics
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from broadsheet.tex import restore
from broadsheet.topics import Classification, Classifier, Vocabulary

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "2025-08-07.huggingface.txt"
AGREED = 47  # of the seed's 50, as measured when the vocabulary was last mended


@pytest.fixture(scope="module")
def by_hand() -> dict[str, str]:
    text = (ROOT / "tests" / "data" / "topics-by-hand.yml").read_text("utf-8")
    return dict(yaml.safe_load(text))


@pytest.fixture(scope="module")
def seed(classifier: Classifier, by_hand: dict[str, str]) -> dict[str, Classification]:
    """The seed's papers by title; its paragraphs are titles and abstracts in turn."""
    paragraphs = [p.strip() for p in SEED.read_text("utf-8").split("\n\n") if p.strip()]
    first = paragraphs.index(next(iter(by_hand)))
    pairs = zip(paragraphs[first::2], paragraphs[first + 1 :: 2], strict=True)
    return {title: classifier.classify(title, abstract) for title, abstract in pairs}


def test_the_seeds_topics_are_those_a_person_gave(
    seed: dict[str, Classification], by_hand: dict[str, str]
) -> None:
    assert seed.keys() == by_hand.keys()
    assert sum(seed[title].topic == by_hand[title] for title in by_hand) >= AGREED


def test_topics_given_by_hand_exist(classifier: Classifier, by_hand: dict[str, str]) -> None:
    known = {slug for slug, _ in classifier.explain(" ".join(by_hand), "").topics}
    assert set(by_hand.values()) <= known


def test_few_of_the_seed_fall_to_other(seed: dict[str, Classification]) -> None:
    assert sum(found.topic == "other" for found in seed.values()) <= 2


def test_the_seeds_papers_have_tags(seed: dict[str, Classification]) -> None:
    assert statistics.median(len(found.tags) for found in seed.values()) >= 2


@pytest.mark.parametrize(
    ("title", "abstract", "topic", "tags"),
    [
        (
            "A robot that folds towels",
            "We teach a two-armed robot to fold towels by imitation learning from 40 examples.",
            "robotics",
            {"imitation-learning"},
        ),
        (
            "Rust or not: repairing memory bugs with language models",
            "We propose a tool for automated program repair that patches bugs in source code.",
            "code",
            {"program-repair"},
        ),
        (
            "Hearing the difference",
            "Speech recognition fails on accents. We present a new acoustic model for speech.",
            "speech-audio",
            set(),
        ),
        (
            "Finding a needle in ten million needles",
            "Who asks a query wants documents. We study dense retrieval for web search.",
            "retrieval",
            {"information-retrieval"},
        ),
        (
            "How fast does momentum forget?",
            "We prove a convergence rate for stochastic gradient descent with momentum on strongly "
            "convex functions.",
            "optimization",
            {"momentum", "stochastic-gradient-descent", "convex-optimization"},
        ),
        (
            "Tumours in thin slices",
            "Lung cancer shows in CT scans. We train a network that outlines each tumour.",
            "medicine",
            set(),
        ),
    ],
)
def test_plain_cases_come_out_plainly(
    classifier: Classifier, title: str, abstract: str, topic: str, tags: set[str]
) -> None:
    found = classifier.classify(title, abstract)
    assert found.topic == topic
    assert tags <= set(found.tags)


def test_a_baseline_is_no_tag(classifier: Classifier) -> None:
    found = classifier.classify(
        "Sorting shells", "We sort shells by shape. Ours is quicker than random forests and BERT."
    )
    assert not {"random-forests", "bert"} & set(found.tags)


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("topics", ROOT / "benchmarks" / "topics.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_published_map_is_the_one_measured_with(
    benchmark: ModuleType, vocabulary: Vocabulary
) -> None:
    text = (ROOT / "docs" / "topics.md").read_text("utf-8")
    table = text[text.index("### The map") : text.index("Not counted")]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    published = {
        category: set(topics.split(", "))
        for categories, topics in rows[1:]
        for category in categories.split(", ")
    }
    assert published == {category: benchmark.allowed(category) for category in benchmark.MAP}
    assert set().union(*published.values()) <= vocabulary.topic_by_slug.keys()


@pytest.mark.slow
def test_authors_agree_on_held_out_papers(classifier: Classifier, benchmark: ModuleType) -> None:
    """The first held-out papers of the second file, by the benchmark's own map."""
    data = os.environ.get("BROADSHEET_DATA")
    if not data:
        pytest.skip("BROADSHEET_DATA is not set: no real papers to measure on")
    counts: Counter[str] = Counter()
    for row in benchmark.read(Path(data) / "papers-categories.jsonl.xz"):
        if not benchmark.held_out(row.id) or not (expected := benchmark.allowed(row.category)):
            continue
        topic = classifier.classify(row.title, row.abstract).topic
        counts["all"] += 1
        counts["agree"] += topic in expected
        counts["other"] += topic == "other"
        if counts["all"] == 1500:
            break
    assert counts["agree"] >= 0.82 * counts["all"]
    assert counts["other"] <= 0.05 * counts["all"]


def verdicts(name: str) -> dict[str, dict[str, str]]:
    """What a reader said of real papers: by arXiv id and tag or topic, "good" or "bad", and here
    and there "border"."""
    found: dict[str, dict[str, str]] = {}
    for line in (ROOT / "tests" / "data" / name).read_text("utf-8").splitlines():
        if line[0] != "#":
            paper, given, verdict = line.split("\t")
            found.setdefault(paper, {})[given] = verdict
    return found


TAGS, TOPICS = verdicts("tag-verdicts.tsv"), verdicts("topic-verdicts.tsv")
SPOTS = verdicts("tag-spot-verdicts.tsv")  # of each paper one tag only


@pytest.fixture(scope="module")
def judged(classifier: Classifier, benchmark: ModuleType) -> dict[str, Classification]:
    """What the papers that a reader judged are given now, by arXiv id."""
    data = os.environ.get("BROADSHEET_DATA")
    if not data:
        pytest.skip("BROADSHEET_DATA is not set: no real papers to measure on")
    found = {}
    for row in benchmark.read(Path(data) / "papers.jsonl.xz"):
        if row.id in TAGS or row.id in TOPICS or row.id in SPOTS:
            title, abstract = (restore(text, tex=True) for text in (row.title, row.abstract))
            found[row.id] = classifier.classify(title, abstract, row.categories)
    return found


@pytest.mark.slow
def test_tags_of_real_papers_are_those_that_a_reader_found_true(
    judged: dict[str, Classification],
) -> None:
    counts = Counter(
        TAGS[paper].get(tag, "unjudged")
        for paper in TAGS.keys() & judged.keys()
        for tag in judged[paper].tags
    )
    # Of the strictest lots nine in ten are good; docs/topics.md says what was read how.
    assert counts["good"] >= 0.96 * (counts["good"] + counts["bad"]), counts
    assert counts["unjudged"] <= 60, counts


@pytest.mark.slow
def test_few_tags_of_real_papers_do_not_belong_there(
    judged: dict[str, Classification],
) -> None:
    given = [
        verdict
        for paper in SPOTS.keys() & judged.keys()
        for tag, verdict in SPOTS[paper].items()
        if tag in judged[paper].tags
    ]
    counts = Counter(given)
    assert counts["bad"] <= 0.02 * len(given), counts
    assert counts["good"] + counts["border"] / 2 >= 0.96 * len(given), counts
    good = sum("good" in SPOTS[paper].values() for paper in SPOTS.keys() & judged.keys())
    assert counts["good"] >= 0.97 * good, counts


@pytest.mark.slow
def test_topics_of_real_papers_are_those_that_a_reader_would_leave(
    judged: dict[str, Classification],
) -> None:
    counts = Counter(
        TOPICS[paper].get(judged[paper].topic, "unjudged")
        for paper in TOPICS.keys() & judged.keys()
    )
    assert counts["good"] >= 0.955 * (counts["good"] + counts["bad"]), counts
    assert counts["unjudged"] <= 40, counts
