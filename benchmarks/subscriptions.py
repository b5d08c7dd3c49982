"""Subscriptions for benchmarks: so many, of many kinds, made of an archive's own papers, so that
common words, topics and tags are asked for more often than rare ones."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import yaml
from lunr.stop_word_filter import WORDS as STOP_WORDS

from broadsheet.content import pages
from broadsheet.papers import Paper
from broadsheet.subscriptions.model import Subscription

_WORD = re.compile(r"[a-z]{3,}")
_EVERY = 4  # of how many pages one is looked into


def write(count: int, root: Path) -> None:
    """Write so many subscriptions into a content folder; the same ones for the same content."""
    folder = root / "subscriptions"
    folder.mkdir(exist_ok=True)
    for one in made(count, root):
        values = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(one).items()
            if value and key != "name"
        }
        text = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=100)
        (folder / f"{one.name}.yml").write_text(text, "utf-8")


def made(count: int, root: Path) -> Iterator[Subscription]:
    """Subscriptions to what is in a content folder's papers."""
    chance = random.Random(9)
    papers = _papers(root)
    for number in range(count):
        kind = chance.choices(list(KINDS), [share for share, _ in KINDS.values()])[0]
        asked: dict[str, object] = {}
        while not any(asked.values()):
            topic, paper = chance.choice(papers)
            asked = KINDS[kind][1](chance, topic, paper)
        yield Subscription(name=f"reader-{number + 1}", title=f"Reader {number + 1}", **asked)


def _papers(root: Path) -> list[tuple[str, Paper]]:
    found = []
    for path in sorted(root.glob("[0-9]*/*/*/*.md"))[::_EVERY]:
        page = pages.parse(path.read_text("utf-8"), file=str(path))
        found.extend((page.topic, section.paper) for section in page.sections)
    return found


def _words(paper: Paper) -> list[str]:
    return [word for word in _WORD.findall(paper.title.lower()) if word not in STOP_WORDS]


def _some(chance: random.Random, paper: Paper, count: int) -> list[str]:
    words = _words(paper)
    return chance.sample(words, min(count, len(words)))


def _phrase(chance: random.Random, topic: str, paper: Paper) -> dict[str, object]:
    words = _words(paper)
    at = chance.randrange(max(len(words) - 1, 1))
    return {"required": (" ".join(words[at : at + 2]),)} if len(words) > 1 else {}


KINDS: dict[str, tuple[int, Callable[[random.Random, str, Paper], dict[str, object]]]] = {
    "any of three words": (
        25, lambda chance, _, paper: {"words": " ".join(_some(chance, paper, 3))},
    ),
    "two words, both": (
        20, lambda chance, _, paper: {"required": tuple(_some(chance, paper, 2))},
    ),
    "a tag": (15, lambda chance, _, paper: {"tags": paper.tags and (chance.choice(paper.tags),)}),
    "a tag in a topic": (
        10,
        lambda chance, topic, paper: (
            {"topics": (topic,), "tags": (chance.choice(paper.tags),)} if paper.tags else {}
        ),
    ),
    "a word in a topic": (
        10,
        lambda chance, topic, paper: (
            {"topics": (topic,), "required": tuple(_some(chance, paper, 1))}
        ),
    ),
    "an author": (
        10,
        lambda chance, _, paper: (
            {"authors": (chance.choice(paper.authors),)} if paper.authors else {}
        ),
    ),
    "a beginning of a word, not another": (
        5,
        lambda chance, _, paper: {
            "words": " ".join(f"{word[:5]}*" for word in _some(chance, paper, 1)),
            "excluded": ("survey",),
        },
    ),
    "a phrase": (3, _phrase),
    "a topic's most voted": (2, lambda _, topic, __: {"topics": (topic,), "votes": 10}),
}  # fmt: skip
"""What is asked for, and by how many of a hundred."""
