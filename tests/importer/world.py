"""A small world for tests of importing: papers that listings show, more or less of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from broadsheet.papers import Entry

TOPICS = """\
version: 1
topics:
  - slug: optimization
    name: Optimization
    description: Finding what is best.
    words: {2.0: [gradient, convex]}
  - slug: vision
    name: Vision
    description: Seeing what is there.
    words: {2.0: [pixel, camera]}
"""
TAGS = """\
tags:
  - slug: sgd
    name: Stochastic gradient descent
    kind: method
    synonyms: [stochastic gradient]
"""


@dataclass(frozen=True)
class Work:
    """A paper as it is; listings show some of it."""

    title: str
    stripped: str  # the abstract, as a listing that drops dollars and backslashes shows it
    tex: str
    arxiv: str | None = None
    authors: tuple[str, ...] = ("Ada Example", "Bo Example")


WORKS = (
    Work("Steps that shrink: a study", "We take gradient steps 36times 64 long.",
         r"We take gradient steps $36\times 64$ long.", "2508.00001"),
    Work("Steps that shrink: a reply", "A convex reply.", "A convex reply.", "2508.00002"),
    Work("On flat valleys", "Convex valleys of size O(n).", "Convex valleys of size $O(n)$."),
    Work("Counting pixels", "Each pixel counts.", "Each pixel counts."),
    Work("Cameras that forget", "A camera forgets mathcal{O}(n) frames.",
         r"A camera forgets $\mathcal{O}(n)$ frames.", "2508.00005"),
    Work("Неизвестное", "Nothing that a topic speaks for.", "Nothing that a topic speaks for."),
    Work("A title; with # marks & \"quotes\"", "Pixels with # and ## marks.",
         "Pixels with # and ## marks.",
         "math/0601001"),
    Work("---", "A convex dash.", "A convex dash.", "2508.00008"),
)  # fmt: skip


def entry(work: Work, *, rich: bool = True, tex: bool = False, upvotes: int | None = None) -> Entry:
    """A work as a listing shows it: a rich one gives ids and authors, a thin one hardly more than
    its title."""
    shown = Entry(title=work.title, abstract=work.tex if tex else work.stripped, tex=tex)
    if rich:
        shown = replace(shown, arxiv=work.arxiv, authors=work.authors)
    return replace(shown, upvotes=upvotes)


def vocabulary(content: Path) -> None:
    """Write the world's topics and tags into a content folder."""
    content.mkdir(parents=True, exist_ok=True)
    (content / "topics.yml").write_text(TOPICS, "utf-8")
    (content / "tags.yml").write_text(TAGS, "utf-8")


def rows(entries: list[Entry]) -> str:
    """Entries as a listing in JSON Lines."""
    names = ("title", "abstract", "arxiv", "authors", "upvotes")
    return "".join(
        json.dumps(
            {name: value for name in names if (value := getattr(one, name)) not in (None, ())}
        )
        + "\n"
        for one in entries
    )


def atom(entries: list[Entry]) -> str:
    """Entries as arXiv's API gives them: as their authors wrote them."""
    parts = ['<feed xmlns="http://www.w3.org/2005/Atom">']
    for one in entries:
        parts.append(
            f"<entry><id>http://arxiv.org/abs/{one.arxiv}v1</id><title>{_xml(one.title)}</title>"
            f"<summary>{_xml(one.abstract)}</summary>"
            + "".join(f"<author><name>{name}</name></author>" for name in one.authors)
            + "</entry>"
        )
    return "\n".join([*parts, "</feed>\n"])


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
