"""Do people agree with the topics? Measures content/topics.yml against arXiv's categories.

For papers whose first arXiv category speaks for one topic or a few (MAP below), this counts how
often the topic that Broadsheet gives, from title and abstract alone, is one of them. Authors choose
that category, so they are the people who agree or don't.

    BROADSHEET_DATA=DIR python benchmarks/topics.py [--markdown]

DIR holds papers.jsonl.xz and papers-categories.jsonl.xz: a paper a line, with id, title, abstract
and categories. Three papers in ten are held out: the words and weights were chosen without them.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "plugins"))

from broadsheet.topics import Classifier, parse_vocabulary

_SEEING = "vision image-generation video 3d-graphics imaging multimodal"

# Which topics a first category speaks for. A category that isn't here, nor the part of its name
# before the dot, speaks for none: cs.AI and cs.LG are about everything, and what is first filed
# under cs.HC, people and computers, is as often about medicine, robots or language.
MAP = {
    "cs.CL": "language-models natural-language reasoning-agents multimodal safety retrieval code "
    "speech-audio",
    "cs.CV": f"{_SEEING} medicine",
    "cs.GR": _SEEING,
    "eess.IV": "imaging medicine",
    "cs.MM": "multimodal video imaging image-generation speech-audio",
    "cs.RO": "robotics",
    "cs.SD": "speech-audio",
    "eess.AS": "speech-audio",
    "cs.IR": "retrieval",
    "cs.DB": "retrieval",
    "cs.CR": "security",
    "cs.SE": "code",
    "cs.PL": "code",
    "cs.IT": "signals learning-theory",
    "eess.SP": "signals",
    "eess.SY": "signals",
    "cs.NI": "signals",
    "cs.GT": "games",
    "cs.CE": "science games",
    "cs.CY": "society safety",
    "cs.SI": "graphs society",
    "cs.MA": "reasoning-agents reinforcement-learning games robotics",
    "cs.NE": "learning-methods optimization efficiency",
    "cs.AR": "efficiency",
    "cs.DC": "efficiency",
    "cs.CG": "3d-graphics",
    "math.OC": "optimization",
    "math.NA": "science optimization learning-theory",
    "math.ST": "learning-theory learning-methods",
    "stat.ML": "learning-theory learning-methods optimization",
    "stat.ME": "learning-theory learning-methods",
    "physics.med-ph": "medicine imaging",
    "physics.soc-ph": "society graphs games",
    "q-bio": "science medicine",
    "q-fin": "games",
    "econ": "games society",
    "physics": "science",
    "astro-ph": "science",
    "cond-mat": "science",
    "quant-ph": "science",
}
ENOUGH = 50  # rows, from which on a category has a line of its own


class Row(NamedTuple):
    id: str
    title: str
    abstract: str
    categories: tuple[str, ...]

    @property
    def category(self) -> str:
        """The first; "" for none."""
        return self.categories[0] if self.categories else ""


def main(arguments: list[str]) -> int:
    data = os.environ.get("BROADSHEET_DATA")
    if not data:
        print("set BROADSHEET_DATA to the folder with papers.jsonl.xz", file=sys.stderr)
        return 2
    content = Path(__file__).resolve().parent.parent / "content"
    vocabulary = parse_vocabulary(
        (content / "topics.yml").read_text("utf-8"), (content / "tags.yml").read_text("utf-8")
    )
    classifier = Classifier(vocabulary)
    names = ("papers.jsonl.xz", "papers-categories.jsonl.xz")
    rows = [row for name in names for row in read(Path(data) / name)]
    start = time.process_time()
    found = [classifier.classify(row.title, row.abstract) for row in rows]
    seconds = time.process_time() - start
    topics = [each.topic for each in found]
    report(rows, topics, markdown="--markdown" in arguments)
    tags = statistics.median(len(each.tags) for each in found)
    print(f"\n{len(rows)} papers, {len(rows) / seconds:.0f} a second of one core", end="")
    print(f"; median {tags:g} tags; {topics.count('other') / len(rows):.2%} in Other")
    print()
    evidence(rows, topics, classifier)
    return 0


def evidence(rows: list[Row], topics: list[str], classifier: Classifier) -> None:
    """What the first category brings: how often it changes the topic, how often the topic agrees
    with it then (as it must, more often), and what tells more: how often the topic of the title
    alone is that of title and abstract, without any category and with it."""
    filed = [(row, topic) for row, topic in zip(rows, topics, strict=True) if allowed(row.category)]
    agree = moved = title = title_filed = 0
    for row, topic in filed:
        both = classifier.classify(row.title, row.abstract, row.categories).topic
        moved += both != topic
        agree += both in allowed(row.category)
        title += classifier.classify(row.title, "").topic == topic
        title_filed += classifier.classify(row.title, "", row.categories).topic == topic
    count = len(filed)
    print(
        f"with the first category: {moved / count:.1%} of {count} papers go elsewhere, "
        f"{agree / count:.1%} agree; by title alone {title / count:.1%} get the topic of title and "
        f"abstract, by title and category {title_filed / count:.1%}"
    )


def read(path: Path) -> Iterator[Row]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Row(row["id"], row["title"], row["abstract"], tuple(row["categories"]))


def allowed(category: str) -> set[str]:
    return set(MAP.get(category, MAP.get(category.split(".")[0], "")).split())


def held_out(identifier: str) -> bool:
    return int(hashlib.md5(identifier.encode()).hexdigest(), 16) % 10 < 3


def report(rows: list[Row], topics: list[str], *, markdown: bool) -> None:
    """A line a category: rows and agreement, held out and in all; then those with few rows."""
    counts: dict[str, Counter[str]] = {}
    for row, topic in zip(rows, topics, strict=True):
        if not (expected := allowed(row.category)):
            continue
        for name in (row.category, "all"):
            counter = counts.setdefault(name, Counter())
            for part in ("all", "held out") if held_out(row.id) else ("all",):
                counter[part] += 1
                counter[f"{part} agree"] += topic in expected
                counter[f"{part} other"] += topic == "other"
    order = sorted(counts, key=lambda name: (name == "all", -counts[name]["all"], name))
    line = (
        "| {:8} | {:>8} | {:>7} | {:>7} | {:>8} | {:>7} |"
        if markdown
        else ("{:8}  {:>8}  {:>7}  {:>7}  {:>8}  {:>7}")
    )
    print(line.format("category", "held out", "agree", "Other", "all rows", "agree"))
    if markdown:
        print("|---|--:|--:|--:|--:|--:|")
    few: Counter[str] = Counter()
    for name in order:
        if counts[name]["all"] < ENOUGH:
            few.update(counts[name])
        else:
            print(line.format(name, *cells(counts[name])))
    print(line.format("few rows", *cells(few)))


def cells(counter: Counter[str]) -> list[str]:
    def share(part: str, what: str) -> str:
        return f"{counter[f'{part} {what}'] / counter[part]:.1%}" if counter[part] else "-"

    return [
        str(counter["held out"]),
        share("held out", "agree"),
        share("held out", "other"),
        str(counter["all"]),
        share("all", "agree"),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
