"""A quick look at a page: its papers' titles and ids, without reading the rest.

Finding one paper among a hundred thousand must not parse them all. Pages that have the importer's
shape are looked through by one regular expression; any other is read whole, so that what is found
is always what `parse` would find.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...errors import ContentError
from .text import survey

_SHAPE = re.compile(
    r"^## (?P<title>\S.*)\n\n```yaml\nid: (?P<id>[a-z0-9.-]+)\n(?:arxiv: (?P<arxiv>[\w./-]+)\n)?",
    re.M | re.A,
)


class Seen(NamedTuple):
    """A paper as a quick look sees it, and the line (from 1) of its heading."""

    id: str
    title: str
    arxiv: str | None
    line: int


def _pass_over(error: ContentError) -> None:
    del error


def scan(
    text: str, *, file: str | None = None, wrong: Callable[[ContentError], None] = _pass_over
) -> Iterator[Seen]:
    """The papers of a page's text, in its order.

    `wrong` is told of what can't be read in a page that has not the importer's shape; where it
    returns, as it does unless given, the papers that can be read are found.
    """
    found = list(_SHAPE.finditer(text))
    if not _has_shape(text, found):
        page, problems = survey(text, file=file)
        for problem in problems:
            wrong(problem)
        for section in page.sections if page else ():
            paper = section.paper
            yield Seen(paper.id, paper.title, paper.arxiv, section.line)
        return
    line, place = 1, 0
    for match in found:
        start = match.start()
        line += text.count("\n", place, start)
        place = start
        title, key, arxiv = match.groups()
        yield Seen(key, " ".join(title.split()), arxiv, line)


def _has_shape(text: str, found: list[re.Match[str]]) -> bool:
    """Whether each heading was found, each fence and key belongs to one, and no id to two."""
    return (
        "\r" not in text
        and "~~~" not in text
        and text.count("\n##") == len(found)
        and text.count("```") == 2 * len(found)
        and text.count("\nid:") == len(found)
        and len({match["id"] for match in found}) == len(found)
        and text.count("\narxiv:") == sum(match["arxiv"] is not None for match in found)
    )
