"""Check the files of what waits (waiting.md), and tell how many papers wait."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from ..content import pages
from ..content.disk import DaySources, SourceFile, waiting_path
from ..content.pages import Section, location
from ..content.waiting import TOPIC, WAITS, WaitingPaper
from ..counts import counted
from ..errors import BroadsheetError, shown
from ..suggestions import did_you_mean
from .problem import ERROR, NOTE, WARNING, Problem, of_error

KIND = "waiting"
IDLE = (
    f"{WAITS}: says why a paper waits, and this one is published; please delete the line, and "
    "`topic:` too"
)
"""What is said of a line of waiting.md in a page, where it was left when its section was moved."""


def read(day: DaySources) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """Return the sections of what waits on a day, none where the file can't be read, and the
    problems of the file itself."""
    source = day.waiting
    if source is None:
        return (), ()
    try:
        page, wrong = pages.survey(source.text(), file=source.path)
    except BroadsheetError as error:
        return (), (of_error(error, KIND, source.path),)
    problems = [of_error(one, KIND, source.path) for one in wrong]
    if page is None:
        return (), tuple(problems)
    if page.date != day.date:
        text = f"date: {page.date}, but the folder says {day.date}; expected the same"
        problems.append(_problem(source, 1, ERROR, text))
    if page.topic != TOPIC:
        text = f"topic: {shown(page.topic)} of a file that no page is made of; expected {TOPIC}"
        problems.append(_problem(source, 1, ERROR, text))
    return page.sections, tuple(problems)


class Tally:
    """What waits on the days that are checked: how many papers, and each in one file."""

    def __init__(self) -> None:
        self._counts: dict[date, int] = {}
        self._files: dict[str, str] = {}  # by id

    def problems(
        self,
        source: SourceFile,
        sections: Sequence[Section],
        day_of: Callable[[str], date | None],
        topics: Collection[str],
    ) -> Iterator[Problem]:
        """Yield the contradictions between what waits on a day and the rest. `day_of` returns the
        day whose page holds a paper; `topics` are the known slugs."""
        self._counts[location.day_of(source.path)] = len(sections)
        for section in sections:
            key = section.paper.id
            stands = day_of(key)
            other = self._files.setdefault(key, source.path)
            where = other if other != source.path else stands and f"a page of {stands}"
            if where:
                yield _problem(
                    source,
                    section.line,
                    ERROR,
                    f"{shown(key)} waits here and stands in {where}; expected it in one of both: "
                    "please delete it here, or there",
                )
            topic = WaitingPaper(section.paper, "").topic
            if topic is not None and topics and topic not in topics:
                yield _problem(
                    source,
                    _line(source, section, "topic"),
                    WARNING,
                    f"topic: {shown(topic)} is not in topics.yml{did_you_mean(topic, topics)}",
                )

    def told(self) -> Iterator[Problem]:
        """Yield one note on how many papers wait, at the newest of the days."""
        waiting = sorted((day, count) for day, count in self._counts.items() if count)
        if not waiting:
            return
        day, count = waiting[-1]
        others = sum(one for _, one in waiting[:-1])
        more = f", and {others} on {counted(len(waiting) - 1, 'earlier day')}" if others else ""
        yield Problem(
            file=waiting_path(day),
            line=None,
            severity=NOTE,
            kind=KIND,
            message=f"{counted(count, 'paper')} wait{'s' * (count == 1)} here{more}; "
            f"`broadsheet review {day}` shows what waits",
        )


def _line(source: SourceFile, section: Section, key: str) -> int:
    lines = source.text().replace("\r\n", "\n").split("\n")
    for number in range(section.line, section.last_line + 1):
        if lines[number - 1].startswith(f"{key}:"):
            return number
    return section.line


def _problem(source: SourceFile, line: int | None, severity: str, message: str) -> Problem:
    return Problem(file=source.path, line=line, severity=severity, kind=KIND, message=message)
