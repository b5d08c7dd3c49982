"""The search page and the matcher give the same papers for the same subscription: the page that its
address names."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from broadsheet.errors import ContentError
from broadsheet.search.index import parts as index_parts
from broadsheet.search.index.documents import Document
from broadsheet.search.index.parts import IndexPart
from broadsheet.search.index.statistics import packed_statistics
from broadsheet.search.query.matching import matches, numbers
from broadsheet.subscriptions.model import Subscription, address, query_of
from tests.search.query.test_matching import NAMES, WORDS, documents, index
from tests.soak import SLOW

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "theme" / "static" / "js"
LUNR = SCRIPTS / "vendor" / "lunr.js"
PLAIN = (
    "diffusion models", "long-tailed", "cafe", "robots -survey", '"long tailed" graphs',
    "naive 2025", "angstrom policy", "author:lovelace network", "in:vision the data", "ε-greedy",
    "on:2025-W33 x1", "visionlanguage", "nowhere at all", '"graphs of nothing"', "greedy 3d long",
)  # fmt: skip


def published(folder: Path, found: Sequence[Document]) -> None:
    """The index as a site publishes it."""
    opened = index_parts.generation([packed_statistics(found)])
    units = index_parts.cards(found)
    whole = index_parts.manifest(
        generations=[opened.entry], cards=[units.entry],
        topics={"vision": "Vision", "robotics": "Robotics"},
    )  # fmt: skip
    parts: list[IndexPart] = [opened, units, whole]
    for part in parts:
        for path, data in part.files.items():
            target = folder / "search" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def some_subscriptions(count: int) -> list[Subscription]:
    dice = random.Random(5)
    bare = [word for word in WORDS if "-" not in word]

    def word() -> str:
        one = dice.choice([*bare, "lovelace", "nowhere"])
        change = dice.randint(0, 9)
        if change == 0:
            return one[: max(2, len(one) - 2)] + "*"
        if change == 1:
            return f"{one[1:] or one}~1"
        if change == 2:
            return f"*{one[-3:]}"
        return dice.choice(["", "", "title:", "abstract:", "+", "-"]) + one

    made = []
    for n in range(count):
        made.append(Subscription(
            name=f"s{n}", title="S",
            words=" ".join(word() for _ in range(dice.randint(0, 3)))
            + dice.choice(["", "", "", ' "long tailed"', " in:vision", " surveys, (policy)"]),
            required=tuple(dice.sample(bare, dice.choice([0, 0, 0, 1, 2]))),
            excluded=tuple(dice.sample(bare, dice.choice([0, 0, 1]))),
            topics=tuple(dice.sample(["vision", "robotics"], dice.choice([0, 0, 1, 2]))),
            tags=tuple(dice.sample(["graphs", "nets"], dice.choice([0, 0, 0, 1]))),
            authors=tuple(dice.sample(NAMES, dice.choice([0, 0, 0, 1]))),
            since=dice.choice(["", "", "", "2025-08-10", "2025-W33", "2025"]),
        ))  # fmt: skip
    return made + [
        replace(one, words="", required=(), excluded=(), all=text)
        for one, text in zip(made, PLAIN * 6, strict=False)
    ]


@pytest.mark.slow
def test_page_and_subscription_agree(tmp_path: Path) -> None:
    if not LUNR.is_file() or shutil.which("node") is None:
        pytest.skip("this needs node, and lunr.js in its place (`make` puts it there)")
    published(tmp_path, documents())
    scripts = tmp_path / "js"
    shutil.copytree(SCRIPTS, scripts)
    (scripts / "package.json").write_text('{"type": "module"}')
    lunr = tmp_path / "lunr.cjs"
    shutil.copy(LUNR, lunr)
    count = 300 if SLOW else 100
    asked = some_subscriptions(count)
    questions = [
        {
            "text": "".join(parse_qs(urlsplit(address(one)).query).get("q", [])),
            "verbatim": "verbatim=1" in address(one),
            "chosen": {"topics": one.topics, "tags": one.tags, "authors": one.authors},
            "since": one.since,
        }
        for one in asked
    ]
    run = subprocess.run(
        ["node", ROOT / "tests" / "search" / "query_page.mjs", scripts, lunr, tmp_path],
        input=json.dumps(questions), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found = 0
    for one, answer in zip(asked, json.loads(run.stdout), strict=True):
        try:
            ours = list(numbers(matches(query_of(one), index())))
        except ContentError:
            continue  # the page reads it as plain words
        assert answer == ours, one
        found += bool(ours)
    assert found > count / 2
