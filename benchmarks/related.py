"""What finding related papers costs, and how many links a reader finds sensible.

    BROADSHEET_DATA=DIR python benchmarks/related.py

The archive is the first 11,000 papers of DIR/papers.jsonl.xz by date, classified by content/; each
paper is compared as its day's build does. Links of 120 papers were judged by a person
(tests/data/related-verdicts.tsv). It prints seconds of CPU, the share of papers that have links,
and the shares of sensible and of unjudged links.
"""

from __future__ import annotations

import json
import lzma
import os
import sys
import time
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "plugins"))

from broadsheet import tex
from broadsheet.papers import Paper
from broadsheet.related.papers import months_before
from broadsheet.related.profiles import Profiles
from broadsheet.related.terms import written_forms
from broadsheet.related.window import Window
from broadsheet.topics import Classifier, parse_vocabulary

ROOT = Path(__file__).resolve().parent.parent
COUNT = 11_000

Placed = tuple[str, Paper]  # a topic, a paper


def main() -> int:
    data = os.environ.get("BROADSHEET_DATA")
    if not data:
        print("set BROADSHEET_DATA to the folder with papers.jsonl.xz", file=sys.stderr)
        return 2
    months = archive(Path(data) / "papers.jsonl.xz")
    start = time.process_time()
    links = related(months)
    seconds = time.process_time() - start
    have = sum(map(bool, links.values())) / len(links)
    named = sum(map(len, links.values())) / len(links)
    print(f"{len(links)} papers in {seconds:.2f} s of CPU; {have:.1%} have {named:.2f} on average")
    lines = (ROOT / "tests" / "data" / "related-verdicts.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line[0] != "#"]
    verdicts = {(paper, other): verdict for paper, other, verdict in rows}
    counts = Counter(
        verdicts.get((paper, other), "unjudged")
        for paper in {row[0] for row in rows}
        for other in links.get(paper, ())
    )
    judged = counts["good"] + counts["bad"]
    print(f"{counts['good'] / judged:.1%} of {judged} judged links are sensible; ", end="")
    print(f"{counts['unjudged']} are unjudged")
    return 0


def archive(path: Path) -> dict[str, dict[str, list[Placed]]]:
    """Papers by month and day, oldest first, with their topics and tags."""
    content = ROOT / "content"
    classifier = Classifier(
        parse_vocabulary(
            (content / "topics.yml").read_text("utf-8"), (content / "tags.yml").read_text("utf-8")
        )
    )
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = sorted(map(json.loads, lines), key=lambda row: (row["date"], row["id"]))
    months: dict[str, dict[str, list[Placed]]] = {}
    for row in islice(rows, COUNT):
        title, abstract = (tex.restore(row[key], tex=True) for key in ("title", "abstract"))
        found = classifier.classify(title, abstract, row["categories"])
        paper = Paper(
            id=row["id"],
            title=title,
            abstract=abstract,
            authors=tuple(row["authors"]),
            tags=found.tags,
        )
        days = months.setdefault(row["date"][:7], defaultdict(list))
        days[row["date"]].append((found.topic, paper))
    return months


def related(months: dict[str, dict[str, list[Placed]]]) -> dict[str, list[str]]:
    """The ids of each paper's related papers."""
    links: dict[str, list[str]] = {}
    profiles: dict[str, Profiles] = {}
    counts = {month: sum(map(len, days.values())) for month, days in months.items()}
    for month in months:
        window = Window()
        ids: list[str] = []
        for before in months_before(month, counts):
            window.add([profiles[before]])
            ids += [paper.id for papers in months[before].values() for _, paper in papers]
        days = []
        for papers in months[month].values():
            days.append(Profiles.of(papers))
            window.add([days[-1]])
            first = len(ids)
            ids += [paper.id for _, paper in papers]
            for (_, paper), found in zip(papers, window.like(first), strict=True):
                written_forms({term for one in found for term in one.shared}, paper)
                links[paper.id] = [ids[one.number] for one in found]
        profiles[month] = Profiles.joined(days)
    return links


if __name__ == "__main__":
    sys.exit(main())
