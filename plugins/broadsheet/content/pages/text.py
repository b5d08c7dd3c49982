"""Parse content pages, and format them as the importer writes them.

The format is specified in docs/content.md: front matter between `---`, then a `## Title` a paper,
each with a ```yaml block, the abstract, and curators' notes as `>` quotations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from ... import conflict_markers
from ...errors import ContentError, UnsafeLink, shown
from ...papers import Paper
from ...slugs import is_slug
from ...suggestions import did_you_mean
from ...text import sentence_lines
from ...text.line_numbers import LineNumbers
from . import block, safety, structure
from . import notes as note_form
from .fields import paper_of, refuse, values_of
from .location import PaperLocation, duplicate_id
from .model import Page, Section
from .structure import FENCE, HEADING, fence_after

FRONT = ("title", "date", "topic")
"""The keys of the front matter, all of which are needed."""

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
# What begins a heading (behind blanks, seen or not), a quotation or a fence; underlines a heading;
# or is left by git where versions conflict.
_STRUCTURE = re.compile(
    r"^(?:([ \xa0\u3000\u200b\ufeff]{0,3})(#)|( {0,3})(>|```|~~~)"
    r"|(?<=[^\n]\n)( {0,3})([=-])(?=[=-]+[^\S\n]*$)"
    r"|()(<(?=<{6,} )|\|(?=\|{6,} )|=(?=={6}$)))",
    re.MULTILINE,
)
_AS_ENTITY = {"=": "&#61;", "<": "&lt;", "|": "&#124;"}  # Markdown has no backslash before these
# Non-breaking spaces, easily typed by accident, where YAML wants a plain one.
_ODD_SPACE = re.compile(r"^([^\S\n]*[\w-]+:)\xa0+", re.MULTILINE)


def parse(text: str, *, file: str | None = None) -> Page:
    """Parse a content page.

    Accepts line ends of any kind and a byte-order mark. Raises ContentError, with file and line,
    for missing or invalid front matter, for a section that can't be read, and for script in a title
    or a link.
    """
    try:
        conflict_markers.refuse(text)
        return _page(_lines(text), refuse, _accept)
    except ContentError as error:
        error.file = error.file or file
        raise


def survey(
    text: str, *, file: str | None = None, slips: bool = True
) -> tuple[Page | None, tuple[ContentError, ...]]:
    """Parse a content page and return all its problems, in the page's order.

    The page lacks sections that can't be read; it is None where the front matter is unusable. Of a
    page in which git left conflicts only these are told. `slips` includes what can be read, but is
    hardly meant: headings in a paper's text.
    """
    wrong: list[ContentError] = []
    page = None
    try:
        page = _page(_lines(text), wrong.append, wrong.append if slips else _accept)
    except ContentError as error:
        wrong.append(error)
    wrong = _conflicts(text) or wrong
    for one in wrong:
        one.file = one.file or file
    return page, tuple(sorted(wrong, key=lambda one: one.line or 0))


def _conflicts(text: str) -> list[ContentError]:
    return [
        ContentError(conflict_markers.message_of(one), line=one.line)
        for one in conflict_markers.conflicts(text)
    ]


def _lines(text: str) -> list[str]:
    return _with_newlines(text.removeprefix("\ufeff")).split("\n")


Wrong = Callable[[ContentError], None]  # called for each problem; parsing goes on if it returns


def _accept(error: ContentError) -> None:
    del error


def _page(lines: list[str], wrong: Wrong, slip: Wrong) -> Page:
    values, body = _front_matter(lines, wrong)
    found = structure.structure(lines, body)
    for error in (*found.wrong, *structure.odd_blocks(lines, body, found)):
        wrong(error)
    for error in found.slips:
        slip(error)
    starts = found.starts
    intro = "\n".join(lines[body : starts[0] if starts else len(lines)])
    _refuse_links(intro, body + 1, wrong)
    sections: list[Section] = []
    seen: dict[str, PaperLocation] = {}
    for start, end in pairwise([*starts, len(lines)]):
        if start in found.unclosed:
            continue
        try:
            section = _section(lines, start, end, wrong)
            _refuse_duplicate(section, seen)
            sections.append(section)
        except ContentError as error:
            wrong(error)
    return Page(
        title=values["title"],
        date=values["date"],
        topic=values["topic"],
        sections=tuple(sections),
        intro=intro.strip(),
        extra=tuple((key, value) for key, value in values.items() if key not in FRONT),
    )


def _refuse_duplicate(section: Section, seen: dict[str, PaperLocation]) -> None:
    location = PaperLocation(section.paper.id, "", section.line)
    first = seen.setdefault(location.id, location)
    if first is not location:
        raise duplicate_id(location, first)


def _front_matter(lines: list[str], wrong: Wrong) -> tuple[dict[str, Any], int]:
    """Return the front matter's values, and the index of the first line after it.

    Calls `wrong` for all problems but the last, which it raises.
    """
    if lines[0].rstrip() != "---":
        first = next((number for number, line in enumerate(lines) if line.strip()), None)
        found = "an empty file" if first is None else shown(lines[first])
        raise ContentError(
            f'found {found}; expected front matter, with "---" as its first line',
            line=(first or 0) + 1,
        )
    for end in range(1, len(lines)):
        if HEADING.match(lines[end]):
            raise ContentError(
                f"the front matter has no end before {shown(lines[end])} in line {end + 1}; "
                'expected a line "---" above it',
                line=1,
            )
        if lines[end].rstrip() == "---":
            break
    else:
        raise ContentError(
            'found the "---" that begins the front matter only; expected one that ends it', line=1
        )
    values = _values(lines, 1, end)
    problems = [
        ContentError(f"the front matter has no {key}; expected a line `{key}: ...`"
                     + _misspelt(key, values), line=1)
        for key in FRONT
        if not isinstance(values.get(key), str) or not values[key].strip()
    ]  # fmt: skip
    at = {key: n + 1 for n in range(end - 1, 0, -1) for key in [lines[n].split(":")[0]]}
    if not problems:
        _refuse_script(values["title"], at.get("title", 1), wrong)
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


def _misspelt(key: str, values: Mapping[str, Any]) -> str:
    near = next(
        (one for one in values if one not in FRONT and did_you_mean(one.lower(), [key])), ""
    )
    return f"; did you mean it by {shown(near)}?" if near else ""


def _day(text: str, line: int) -> date:
    match = _DATE.match(text.strip())
    try:
        if match is None:
            raise ValueError
        return date(*map(int, match.groups()))
    except ValueError:
        raise ContentError(
            f"date: {shown(text)} is not a valid date; expected one such as 2025-08-07", line=line
        ) from None


def _values(lines: list[str], start: int, end: int) -> dict[str, Any]:
    text = "\n".join(lines[start:end])
    if "\xa0" in text:
        text = _ODD_SPACE.sub(r"\1 ", "\n".join(line.rstrip() for line in lines[start:end]))
    return block.parse(text, line=start + 1)


def _section(lines: list[str], start: int, end: int, wrong: Wrong) -> Section:
    """Parse the section of lines[start:end], whose first line is its heading."""
    title = " ".join(lines[start][2:].split())
    if not title:
        raise ContentError('found "##" without a title; expected `## Title`', line=start + 1)
    _refuse_script(title, start + 1, wrong)
    inside = _block(lines, start + 1, end)
    values = _values(lines, *inside) if inside else {}
    body = inside[1] + 1 if inside else start + 1
    abstract, notes = _text(lines, body, end)
    _refuse_links("\n".join(lines[body:end]), body + 1, wrong)

    def placed(error: ContentError) -> None:
        error.line = _line_of(error.message.split(":")[0], lines, start, body)
        wrong(error)

    paper = paper_of(values, title=title, abstract=abstract, notes=notes, wrong=placed)
    last = end
    while last > start + 1 and not lines[last - 1].strip():
        last -= 1
    return Section(
        paper=paper,
        line=start + 1,
        last_line=last,
        block=(inside[0] + 1, inside[1]) if inside else None,
    )


def _line_of(key: str, lines: list[str], start: int, end: int) -> int:
    for n in range(start, end):
        if lines[n].startswith(f"{key}:"):
            return n + 1
    return start + 1


def _block(lines: list[str], start: int, end: int) -> tuple[int, int] | None:
    """Return the lines within a section's YAML block, as a slice; None without a block."""
    n = start
    while n < end and not lines[n].strip():
        n += 1
    match = FENCE.match(lines[n]) if n < end else None
    if match is None or match.group(2).strip().lower() not in ("yaml", "yml", ""):
        return None
    close = n + 1
    while fence_after(match.group(1), lines[close]):
        close += 1
    return n + 1, close


def _text(lines: list[str], start: int, end: int) -> tuple[str, tuple[str, ...]]:
    """Return abstract and notes: runs of lines that begin with > are notes. Of an abstract that is
    written a sentence a line, each paragraph is one line again."""
    abstract_lines: list[str] = []
    notes: list[list[str]] = []
    fence = ""
    quoting = False
    for n in range(start, end):
        line = lines[n].rstrip()
        if line[:1] in ("`", "~", " "):
            fence = fence_after(fence, line)
        if not fence and line.startswith(">"):
            if not quoting:
                notes.append([])
            quoting = True
            notes[-1].append(line[2:] if line.startswith("> ") else line[1:])
        else:
            quoting = False
            abstract_lines.append(line)
    abstract = re.sub(r"\n{3,}", "\n\n", "\n".join(abstract_lines)).strip("\n")
    return sentence_lines.join(abstract), tuple(
        text for note in notes if (text := "\n".join(note).strip("\n"))
    )


def _refuse_script(title: str, line: int, wrong: Wrong) -> None:
    script = safety.script(title)
    if script:
        wrong(
            ContentError(
                f"the title {shown(title)} holds {shown(script)}; expected plain words", line=line
            )
        )
    _refuse_links(title, line, wrong)


def _refuse_links(text: str, line: int, wrong: Wrong) -> None:
    lines = LineNumbers(text, line)
    for found in safety.unsafe_links(text):
        at = lines.at(found.start)
        wrong(
            UnsafeLink(
                f"a link to {shown(found.scheme + ':')}; expected http, https or mailto", line=at
            )
        )


@dataclass(frozen=True, slots=True)
class PageHeading:
    """The front matter of a new page."""

    title: str
    date: date
    topic: str
    extra: tuple[tuple[str, Any], ...] = ()


def format_page(heading: PageHeading, papers: Sequence[Paper], intro: str = "") -> str:
    """Format a whole page as the importer writes it."""
    front = {"title": heading.title, "date": heading.date.isoformat(), "topic": heading.topic}
    parts = ["---\n" + block.format(front | dict(heading.extra)) + "---\n"]
    if intro.strip():
        parts.append(escaped_lines(intro.strip()) + "\n")
    parts.extend(format_section(paper) for paper in papers)
    return "\n".join(parts)


def format_section(paper: Paper) -> str:
    """Format a paper's section, from its heading to the newline after its last line; its abstract
    a sentence a line."""
    parts = [
        f"## {' '.join(paper.title.split())}\n",
        "```yaml\n" + block.format(values_of(paper)) + "```\n",
    ]
    if paper.abstract.strip():
        parts.append(sentence_lines.split(escaped_lines(paper.abstract)) + "\n")
    for note in paper.notes:
        text = note_form.written(note, paper.curator)
        lines = _with_newlines(text).strip("\n").split("\n")
        parts.append("\n".join(f"> {line}".rstrip() for line in lines) + "\n")
    return "\n".join(parts)


def escaped_lines(text: str) -> str:
    """Escape lines that begin as a heading, a quotation, a fence or git's mark of a conflict does,
    and those that make a heading of the line above them, as a section
    has it."""
    return _STRUCTURE.sub(_literal, _with_newlines(text).strip("\n"))


def _literal(match: re.Match[str]) -> str:
    blanks, sign = (part for part in match.groups() if part is not None)
    return blanks + (_AS_ENTITY.get(sign) or f"\\{sign}")


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
