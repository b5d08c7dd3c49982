"""Read only the ids, titles and arXiv ids of a page's papers.

Finding one paper among a hundred thousand must not parse them all. One regular expression reads
pages of the importer's shape; any other page is parsed whole, so that the result is always what
`parse` gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...errors import ContentError
from .location import PaperLocation
from .text import survey

_SHAPE = re.compile(
    r"^## (?P<title>\S.*)\n\n```yaml\nid: (?P<id>[a-z0-9.-]+)\n(?:arxiv: (?P<arxiv>[\w./-]+)\n)?",
    re.M | re.A,
)


class ScannedPaper(NamedTuple):
    """A paper's title and arXiv id as `scan` reads them, and where it stands."""

    location: PaperLocation
    title: str
    arxiv: str | None


def _ignore(error: ContentError) -> None:
    del error


def scan(
    text: str, *, file: str = "", wrong: Callable[[ContentError], None] = _ignore
) -> Iterator[ScannedPaper]:
    """Yield the papers of a page, in its order. `file` is the page's path below content/.

    `wrong` is called for each problem of a page without the importer's shape; where it returns (the
    default ignores problems), the papers that can be read are yielded.
    """
    headings = list(_SHAPE.finditer(text))
    if not _has_shape(text, headings):
        page, problems = survey(text, file=file, slips=False)
        for problem in problems:
            wrong(problem)
        for section in page.sections if page else ():
            paper = section.paper
            location = PaperLocation(paper.id, file, section.line)
            yield ScannedPaper(location, paper.title, paper.arxiv)
        return
    line, place = 1, 0
    for heading in headings:
        start = heading.start()
        line += text.count("\n", place, start)
        place = start
        title, key, arxiv = heading.groups()
        yield ScannedPaper(PaperLocation(key, file, line), " ".join(title.split()), arxiv)


def _has_shape(text: str, headings: list[re.Match[str]]) -> bool:
    """Return whether the expression matched every heading, fence and key, and no id twice."""
    return (
        "\r" not in text
        and "~~~" not in text
        and text.count("\n#") == len(headings)
        and text.count("```") == 2 * len(headings)
        and text.count("\nid:") == len(headings)
        and len({heading["id"] for heading in headings}) == len(headings)
        and text.count("\narxiv:") == sum(heading["arxiv"] is not None for heading in headings)
    )
