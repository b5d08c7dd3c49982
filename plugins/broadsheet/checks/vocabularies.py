"""Check topics.yml and tags.yml: their problems, and the topics and tags that no paper has."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeVar

from ..errors import VocabularyError, shown
from ..suggestions import did_you_mean
from ..topics import OTHER, Tag, Topic, parse_tags, parse_topics
from .problem import NOTE, WARNING, Problem, of_error

_MOST = 50  # reported problems of one file
_EACH = 10  # the most tags without a topic that have a line each
_NAMED = 8  # unused topics or tags that the note names

_SLUG = re.compile(r"^[ \t]*(?:-[ \t]+)?slug:[ \t]*[\"']?([a-z0-9-]+)", re.M)

_T = TypeVar("_T")


def topics(text: str, file: str) -> tuple[tuple[Topic, ...], tuple[Problem, ...]]:
    """Return the valid topics, and the problems of the others."""
    found, wrong = _each(text, file, lambda part: parse_topics(part, file)[1])
    return found or (), wrong


def tags(text: str, file: str) -> tuple[tuple[Tag, ...], tuple[Problem, ...]]:
    """Return the valid tags, and the problems of the others."""
    found, wrong = _each(text, file, lambda part: parse_tags(part, file))
    return found or (), wrong


def written(text: str) -> list[str]:
    """Return the slugs of all entries, those of invalid ones too: what else has such a topic or tag
    is right."""
    return _SLUG.findall(text)


def slugs_of(text: str) -> Iterator[tuple[str, int]]:
    """Yield the slugs of all entries with their lines."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _SLUG.match(line):
            yield found[1], number


def _each(
    text: str, file: str, parse: Callable[[str], _T]
) -> tuple[_T | None, tuple[Problem, ...]]:
    """Parse a list of entries; where one is invalid, note its problem and parse without it."""
    wrong: list[Problem] = []
    lines = text.split("\n")
    while len(wrong) < _MOST:
        try:
            return parse("\n".join(lines)), tuple(wrong)
        except VocabularyError as error:
            if wrong and not any(map(_starts, lines)):
                break  # no entry is left, which is not the file's problem
            wrong.append(of_error(error, "vocabulary", file))
            entry = _entry(lines, error.line)
            if entry is None:
                break
            lines[entry[0] : entry[1]] = [""] * (entry[1] - entry[0])
    return None, tuple(wrong)


def _entry(lines: Sequence[str], line: int | None) -> tuple[int, int] | None:
    """Return the lines (first, one past the last) of the list entry that holds a line."""
    if line is None or line > len(lines):
        return None
    first = line - 1
    while first >= 0 and not _starts(lines[first]):
        if lines[first] and not lines[first][0].isspace():
            return None
        first -= 1
    if first < 0:
        return None
    end = first + 1
    while end < len(lines) and not _starts(lines[end]):
        if lines[end] and not lines[end][0].isspace():
            break
        end += 1
    return first, end


def _starts(line: str) -> bool:
    return line.startswith(("  - ", "- "))


def of_no_topic(
    tags: Sequence[Tag], topics: Collection[str], text: str, file: str
) -> Iterator[Problem]:
    """Yield a warning for each tag that names a topic that there is not, and so speaks for none;
    one for all where they are many, as where a digest has topics of its own and the usual tags."""
    idle = [tag for tag in tags if tag.topic and tag.topic not in topics] if topics else []
    if len(idle) > _EACH:
        first = idle[0]
        yield Problem(
            file=file,
            line=_line_of(text, first),
            severity=WARNING,
            kind="vocabulary",
            message=f"{len(idle)} tags have topics that topics.yml has not, the first "
            f"{shown(first.slug)} the topic {shown(first.topic)}; expected topics of topics.yml, "
            "or other tags",
        )
        return
    for tag in idle:
        near = did_you_mean(tag.topic, topics)
        yield Problem(
            file=file,
            line=_line_of(text, tag),
            severity=WARNING,
            kind="vocabulary",
            message=f"the tag {shown(tag.slug)} has the topic {shown(tag.topic)}, "
            f"expected one of topics.yml{near}",
        )


def _line_of(text: str, tag: Tag) -> int | None:
    """Return the line where a tag names its topic."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if found := _SLUG.match(line):
            inside = found[1] == tag.slug
        if inside and line.strip().startswith("topic:"):
            return number
    return None


def unused(kind: str, slugs: Sequence[str], used: Collection[str], file: str) -> Iterator[Problem]:
    """Yield a note on the topics or tags (`kind`) that no paper has."""
    idle = [slug for slug in slugs if slug not in used and slug != OTHER.slug]
    if not idle:
        return
    names = ", ".join(idle[:_NAMED]) + (" ..." if len(idle) > _NAMED else "")
    yield Problem(
        file=file,
        line=None,
        severity=NOTE,
        kind=f"unused-{kind}",
        message=f"{len(idle)} of {len(slugs)} {kind}s have no paper: {names}",
    )
