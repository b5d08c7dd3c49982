"""A content page as text: parsing it, and writing it as the importer does.

The shape is told in docs/content.md: front matter between `---`, then a `## Title` a paper, each
with a ```yaml block, the abstract, and curators' notes as `>` quotations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..errors import ContentError, shown
from ..papers import Paper
from . import block
from .fields import paper_of, refuse, values_of
from .identity import is_slug
from .model import Page, Section

_HEADING = re.compile(r"##(?:[ \t]+(.*?))?[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)\Z")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_STRUCTURE = re.compile(r"^( {0,3})(#|>|```|~~~)", re.MULTILINE)
_UNSAFE_LINK = re.compile(
    r"(?:\]\(\s*<?|\]:\s*<?|<|\b(?:href|src)\s*=\s*[\"']?)\s*((?:java|vb)script|data)\s*:", re.I
)
_SCRIPT = re.compile(r"<\s*/?\s*script\b", re.I)


def parse(text: str, *, file: str | None = None) -> Page:
    """Read a content page.

    Line ends of any kind and a byte-order mark are read without complaint. Raises ContentError
    with file and line for front matter that is missing or wrong, for a section that can't be
    read, and for script in a title or a link.
    """
    lines = _lines(text)
    try:
        return _page(lines, refuse)
    except ContentError as error:
        error.file = error.file or file
        raise


def survey(text: str, *, file: str | None = None) -> tuple[Page | None, tuple[ContentError, ...]]:
    """Read what can be read of a content page, and tell everything that is wrong with it.

    Where `parse` raises the first problem, this gives them all, in the page's order, with what is
    left of the page: without sections that can't be read, None without a usable front matter.
    """
    wrong: list[ContentError] = []
    page = None
    try:
        page = _page(_lines(text), wrong.append)
    except ContentError as error:
        wrong.append(error)
    for one in wrong:
        one.file = one.file or file
    return page, tuple(sorted(wrong, key=lambda one: one.line or 0))


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


Wrong = Callable[[ContentError], None]  # told of a problem; reading goes on where it returns


def _page(lines: list[str], wrong: Wrong) -> Page:
    values, body = _front_matter(lines, wrong)
    starts = _headings(lines, body)
    intro = "\n".join(lines[body : starts[0] if starts else len(lines)]).strip()
    _refuse_script("\n".join(lines[body : starts[0] if starts else len(lines)]), body + 1, wrong)
    sections = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(lines)
        try:
            sections.append(_section(lines, start, end, wrong))
        except ContentError as error:
            wrong(error)
    known = ("title", "date", "topic")
    return Page(
        title=values["title"],
        date=values["date"],
        topic=values["topic"],
        sections=tuple(sections),
        intro=intro,
        extra=tuple((key, value) for key, value in values.items() if key not in known),
    )


def _front_matter(lines: list[str], wrong: Wrong) -> tuple[dict[str, Any], int]:
    """The front matter's values, and the index of the first line after it.

    Raises the last of several problems, so that `wrong` may let the others pass.
    """
    if lines[0].rstrip() != "---":
        raise ContentError(
            f'expected front matter: a first line "---", found {shown(lines[0])}', line=1
        )
    for end in range(1, len(lines)):
        if lines[end].rstrip() == "---":
            break
    else:
        raise ContentError('the front matter has no end: expected a second line "---"', line=1)
    values = block.parse("\n".join(lines[1:end]) + "\n", line=2)
    problems = [
        ContentError(f"the front matter has no {key}: expected a line `{key}: ...`", line=1)
        for key in ("title", "date", "topic")
        if not isinstance(values.get(key), str) or not values[key].strip()
    ]
    at = {key: n + 1 for n in range(end - 1, 0, -1) for key in [lines[n].split(":")[0]]}
    if not problems:
        try:
            values["date"] = _day(values["date"], at.get("date", 1))
        except ContentError as error:
            problems.append(error)
        if not is_slug(values["topic"]):
            problems.append(
                ContentError(
                    f"topic: {shown(values['topic'])} can't be a topic; expected lower-case words "
                    "joined by hyphens",
                    line=at.get("topic", 1),
                )
            )
    if problems:
        for problem in problems[:-1]:
            wrong(problem)
        raise problems[-1]
    return values, end + 1


def _day(text: str, line: int) -> date:
    match = _DATE.match(text.strip())
    try:
        if match is None:
            raise ValueError
        return date(*map(int, match.groups()))
    except ValueError:
        raise ContentError(
            f"date: {shown(text)} is no date; expected one such as 2025-08-07", line=line
        ) from None


def _headings(lines: list[str], start: int) -> list[int]:
    """Where the papers' headings stand, passing over fenced blocks."""
    found = []
    fence = ""
    for n in range(start, len(lines)):
        line = lines[n]
        if not line or line[0] not in "#`~ ":
            continue
        match = _FENCE.match(line)
        if match:
            if not fence:
                fence = match.group(1)
            elif match.group(1).startswith(fence) and not match.group(2).strip():
                fence = ""
        elif not fence and _HEADING.match(line):
            found.append(n)
    return found


def _section(lines: list[str], start: int, end: int, wrong: Wrong) -> Section:
    """The section of lines[start:end]; its heading is the first of them."""
    heading = _HEADING.match(lines[start])
    title = " ".join(((heading and heading.group(1)) or "").split())
    if not title:
        raise ContentError("a paper without a title: expected `## Title`", line=start + 1)
    if _SCRIPT.search(title):
        raise ContentError(
            f"the title {shown(title)} holds a script; expected plain words", line=start + 1
        )
    values, body = _block(lines, start + 1, end)
    abstract, notes = _text(lines, body, end)
    _refuse_script("\n".join(lines[body:end]), body + 1, wrong)

    def placed(error: ContentError) -> None:
        error.line = _line_of(error.message.split(":")[0], lines, start, body)
        wrong(error)

    paper = paper_of(values, title=title, abstract=abstract, notes=notes, wrong=placed)
    last = end
    while last > start + 1 and not lines[last - 1].strip():
        last -= 1
    return Section(paper=paper, line=start + 1, last_line=last)


def _line_of(key: str, lines: list[str], start: int, end: int) -> int:
    for n in range(start, end):
        if lines[n].startswith(f"{key}:"):
            return n + 1
    return start + 1


def _block(lines: list[str], start: int, end: int) -> tuple[dict[str, Any], int]:
    """The values of a section's YAML block, and where the text after it begins."""
    n = start
    while n < end and not lines[n].strip():
        n += 1
    if n == end or not re.match(r"(```+|~~~+)[ \t]*ya?ml[ \t]*\Z", lines[n]):
        return {}, start
    mark = lines[n][:3]
    for close in range(n + 1, end):
        if lines[close].startswith(mark) and not lines[close].strip(mark[0] + " \t"):
            return block.parse("\n".join(lines[n + 1 : close]), line=n + 2), close + 1
    raise ContentError(f"the block has no end: expected a line {mark}", line=n + 1)


def _text(lines: list[str], start: int, end: int) -> tuple[str, tuple[str, ...]]:
    """Abstract and notes: runs of lines that begin with > are notes, the rest is the abstract."""
    kept: list[str] = []
    notes: list[list[str]] = []
    fence = ""
    quoting = False
    for n in range(start, end):
        line = lines[n].rstrip()
        match = _FENCE.match(line) if line[:1] in ("`", "~", " ") else None
        if match and not fence:
            fence = match.group(1)
        elif match and match.group(1).startswith(fence) and not match.group(2).strip():
            fence = ""
        if not fence and line.startswith(">"):
            if not quoting:
                notes.append([])
            quoting = True
            notes[-1].append(line[2:] if line.startswith("> ") else line[1:])
        else:
            quoting = False
            kept.append(line)
    abstract = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")
    return abstract, tuple(text for note in notes if (text := "\n".join(note).strip("\n")))


def _refuse_script(text: str, line: int, wrong: Wrong) -> None:
    for match in _UNSAFE_LINK.finditer(text):
        at = line + text.count("\n", 0, match.start(1))
        wrong(
            ContentError(
                f"a link to {shown(match.group(1) + ':')}; expected http, https or mailto", line=at
            )
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A page's front matter, for writing a new page."""

    title: str
    date: date
    topic: str
    extra: tuple[tuple[str, Any], ...] = ()


def format_page(heading: Heading, papers: Sequence[Paper], intro: str = "") -> str:
    """A whole page as the importer writes it."""
    front = {"title": heading.title, "date": heading.date.isoformat(), "topic": heading.topic}
    parts = ["---\n" + block.format(front | dict(heading.extra)) + "---\n"]
    if intro.strip():
        parts.append(_escaped(intro.strip()) + "\n")
    parts.extend(format_section(paper) for paper in papers)
    return "\n".join(parts)


def format_section(paper: Paper) -> str:
    """A paper's section, from its heading to the newline after its last line."""
    parts = [
        f"## {' '.join(paper.title.split())}\n",
        "```yaml\n" + block.format(values_of(paper)) + "```\n",
    ]
    if paper.abstract.strip():
        parts.append(_escaped(paper.abstract.strip("\n")) + "\n")
    for note in paper.notes:
        quoted = "\n".join(f"> {line}".rstrip() for line in note.text.split("\n"))
        parts.append(quoted + "\n")
    return "\n".join(parts)


def _escaped(text: str) -> str:
    """Text in which no line begins as a heading, a quotation or a fence does."""
    return _STRUCTURE.sub(r"\1\\\2", text)
