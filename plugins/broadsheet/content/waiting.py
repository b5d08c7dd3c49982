"""The file of a day's waiting papers (waiting.md): those that were listed and not chosen. Pure.

Its form is a page's, with the reserved topic "waiting": a section a paper, so that a person picks a
paper by moving its section to a topic's page, and declines one by deleting it. Two keys of a
section's block are this file's own: `topic`, where the paper would go, and `waits`, why it waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from ..errors import ContentError
from ..papers import Paper
from . import pages
from .disk import WAITING
from .pages import alone, edit
from .pages.splice import lines_of, newline_of

TOPIC = WAITING.removesuffix(".md")
"""The topic of the file's front matter, which no topic of topics.yml may be called."""

WAITS = "waits"
KEYS = ("topic", WAITS)
"""The keys of a block that have a meaning in this file alone."""

_INTRO = (
    "Papers that were listed on this day and not chosen; none of them is published.\n"
    "To publish one, move its section to a page of this day, or use `broadsheet pick`; to decline\n"
    "one, delete its section, or use `broadsheet decline`."
)


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """A paper that waits, and its section of the file, with the blank lines after it."""

    paper: Paper
    section: str

    @property
    def topic(self) -> str | None:
        """The topic that it would go to."""
        topic = dict(self.paper.extra).get("topic")
        return topic if isinstance(topic, str) else None

    @property
    def why(self) -> str:
        """Why it waits; "" where the file doesn't say."""
        why = dict(self.paper.extra).get("waits")
        return why if isinstance(why, str) else ""


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A day's waiting papers by id, in the file's order, and the text before the first of them."""

    date: date
    head: str
    papers: Mapping[str, WaitingPaper] = field(default_factory=dict)

    def text(self) -> str | None:
        """Return the file's text; None where no paper waits and nobody wrote anything else."""
        if not self.papers and self.head.strip() == _head(self.date).strip():
            return None
        return self.head + "".join(one.section for one in self.papers.values())

    def without(self, key: str) -> WaitingFile:
        """Return the file without a paper."""
        return replace(self, papers={name: one for name, one in self.papers.items() if name != key})

    def put(self, key: str, section: str) -> WaitingFile:
        """Return the file with a paper's section replaced, or added at the end.

        Raises ContentError for a section that can't be read.
        """
        newline = newline_of(self.head)
        whole = section.replace("\r\n", "\n").strip("\n").replace("\n", newline) + newline * 2
        papers = dict(self.papers)
        head = self.head
        last = next(reversed(papers), None)
        if last is None:
            head = _spaced(head, newline)
        elif key not in papers:
            before = papers[last]
            papers[last] = replace(before, section=_spaced(before.section, newline))
        papers[key] = WaitingPaper(paper_of(whole, key), whole)
        return replace(self, head=head, papers=papers)


def parse(text: str, day: date, *, file: str | None = None) -> WaitingFile:
    """Parse the file of a day. Raises ContentError as `pages.parse` does."""
    page = pages.parse(text, file=file)
    lines = lines_of(text)
    starts = [section.line - 1 for section in page.sections]
    chunks = ["".join(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]
    return WaitingFile(
        day,
        "".join(lines[: starts[0]] if starts else lines),
        {
            section.paper.id: WaitingPaper(section.paper, chunk)
            for section, chunk in zip(page.sections, chunks, strict=True)
        },
    )


def empty(day: date) -> WaitingFile:
    """Return the file of a day without any paper."""
    return WaitingFile(day, _head(day))


def of_text(text: str | None, day: date, *, file: str | None = None) -> WaitingFile:
    """Return a day's file, given its text, None where there is none."""
    return empty(day) if text is None else parse(text, day, file=file)


def waiting(paper: Paper, topic: str, why: str) -> Paper:
    """Return a paper as it stands in the file: with its topic and why it waits."""
    rest = tuple((key, value) for key, value in paper.extra if key not in KEYS)
    return replace(paper, extra=(*rest, ("topic", topic), ("waits", why)))


def chosen(paper: Paper) -> Paper:
    """Return a paper without the keys that have a meaning in the file alone."""
    return replace(
        paper, extra=tuple((key, value) for key, value in paper.extra if key not in KEYS)
    )


def chosen_section(one: WaitingPaper) -> str:
    """Return a waiting paper's section as it stands in a page: without the file's own keys.

    All other bytes stay. A block that no command can edit keeps them; they mean nothing there.
    """

    def without_keys(text: str) -> str:
        for key in KEYS:
            try:
                text = edit.drop_extra(text, one.paper.id, key, WAITING)
            except ContentError:
                continue
        return text

    return edited(one, without_keys)


def edited(one: WaitingPaper, change: Callable[[str], str]) -> str:
    """Return a waiting paper's section after an edit of a page (text in, text out) that holds it
    alone. Raises ContentError as the edit does."""
    return alone.edited(one.section, one.paper.id, change, WAITING)


def paper_of(section: str, key: str) -> Paper:
    """Return the paper of a section. Raises ContentError for one that can't be read."""
    return edit.find(alone.page_of(section), key, WAITING).paper


def _head(day: date) -> str:
    front = pages.format_page(pages.PageHeading("Waiting", day, TOPIC), ())
    return f"{front}\n{_INTRO}\n\n"


def _spaced(text: str, newline: str) -> str:
    """Return a text with its last line ended and a blank line after it."""
    if not text.endswith(("\n", "\r")):
        text += newline
    return text if text.endswith(("\n\n", "\r\n\r\n")) else text + newline
