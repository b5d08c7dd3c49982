"""The digest as a Hugo site: the same papers, days, topics and tags as pages of Hugo's, with
templates (hugo-site/) that give about the same pages as ours.

    python benchmarks/hugo.py CONTENT FOLDER     # a Hugo site in FOLDER of a digest's content

hugo.toml makes the site do what Broadsheet does: related papers (by tags), citations, three kinds
of feeds, a feed archive, files beside days, weeks, topics and tags. plain.toml leaves these out.
What Hugo gets for nothing: lead sentences and short lists of authors stand in its front matter; it
makes no MathML, no trends, and lists terms page by page rather than by month.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from broadsheet.content import disk, pages, vocabularies
from broadsheet.papers import Paper
from broadsheet.text.lead import lead
from broadsheet.topics import Vocabulary

HERE = Path(__file__).resolve().parent


def write(digest: Path, folder: Path) -> int:
    """Make a Hugo site in an empty folder of a digest's content folder; gives its papers' count."""
    shutil.copytree(HERE / "hugo-site", folder, dirs_exist_ok=True)
    shutil.copytree(HERE.parent / "theme" / "static", folder / "static" / "theme")
    root = folder / "content"
    vocabulary = vocabularies.read(digest)
    for name in ("about", "contributing"):
        _page(root / f"{name}.md", {"title": name.capitalize()})
    for name in ("archive", "search"):
        _page(root / f"{name}.md", {"title": name.capitalize(), "layout": name})
    months = disk.months(digest)
    days = [day.date for month in months for day in disk.read_month(digest, month)]
    around = {after: before for before, after in pairwise(days)}
    following = dict(pairwise(days))
    used: set[str] = set()
    count = 0
    for month in months:
        papers = 0
        for day in disk.read_month(digest, month):
            before, after = around.get(day.date), following.get(day.date)
            papers += _day(root, day, vocabulary, before, after, used)
        first = date.fromisoformat(f"{month}-01")
        _page(
            root / month.replace("-", "/") / "_index.md",
            {"title": f"{first:%B %Y}", "type": "month", "date": _time(first), "papers": papers},
        )
        count += papers
    _terms(root, vocabulary, used)
    _page(root / "_index.md", {"title": "Broadsheet", "newest": _address(days[-1]) if days else ""})
    return count


def _terms(root: Path, vocabulary: Vocabulary, used: set[str]) -> None:
    for kind, terms in (("topics", vocabulary.topics), ("tags", vocabulary.tags)):
        for term in terms:
            if f"{kind}/{term.slug}" not in used:
                continue
            values = {"title": term.name, "description": term.description or ""}
            _page(root / kind / term.slug / "_index.md", values)


def _day(
    root: Path,
    day: disk.DaySources,
    vocabulary: Vocabulary,
    before: date | None,
    after: date | None,
    used: set[str],
) -> int:
    """Write a day's pages, and note its topics and tags; gives its papers' count."""
    topics = {one.slug: one for one in vocabulary.topics}
    tags = {one.slug: one.name for one in vocabulary.tags}
    folder = root / disk.day_folder(day.date)
    order = list(topics)
    count = 0
    read = [pages.parse(source.text(), file=source.path) for source in day.pages]
    for page in sorted(read, key=lambda page: order.index(page.topic)):
        topic = topics[page.topic]
        used.add(f"topics/{topic.slug}")
        # Sections of a day stand in the order of their dates, newest first, as papers do.
        when = _time(day.date, count)
        _page(
            folder / topic.slug / "_index.md",
            {"title": topic.name, "description": topic.description or "", "type": "day-topic",
             "date": when},
        )  # fmt: skip
        for paper in page.papers:
            used.update(f"tags/{tag}" for tag in paper.tags)
            values = {
                "title": paper.title,
                "description": lead(paper.abstract),
                "date": _time(day.date, count),
                "type": "paper",
                "url": f"/papers/{paper.id}/",
                "day": _address(day.date) + "/",
                "topics": [topic.slug],
                "topic_name": topic.name,
                "tags": list(paper.tags),
                "tag_names": [tags[tag] for tag in paper.tags],
                "weeks": [f"{day.date:%G-w%V}"],
                "authors": list(paper.authors),
                "by": _by(paper.authors),
                "arxiv": paper.arxiv or "",
                "votes": paper.upvotes or 0,
            }
            _page(folder / topic.slug / f"{paper.id.replace('/', '-')}.md", values, _text(paper))
            count += 1
    _page(
        folder / "_index.md",
        {
            "title": f"{day.date:%A}, {day.date.day} {day.date:%B %Y}",
            "type": "day",
            "date": _time(day.date),
            "papers": count,
            "previous": _address(before) if before else "",
            "next": _address(after) if after else "",
        },
    )
    return count


def _text(paper: Paper) -> str:
    # Hugo takes "{{<" and "{{%" for calls of its own; a space makes them text.
    return paper.abstract.replace("{{", "{ {")


def _by(authors: Sequence[str]) -> str:
    if len(authors) > 4:
        return f"{', '.join(authors[:3])} and {len(authors) - 3} others"
    return ", ".join(authors)


def _address(day: date) -> str:
    return f"/{day:%Y/%m/%d}"


def _time(day: date, place: int = 0) -> str:
    """A time of a day, the later places earlier: Hugo lists newest first."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return (noon - timedelta(seconds=place)).isoformat()


def _page(path: Path, values: Mapping[str, Any], text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values, ensure_ascii=False, indent=0) + f"\n\n{text}\n", "utf-8")


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), Path(sys.argv[2])))
