"""Replace a paper's title or abstract in a page's text, keeping all other bytes. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...errors import ContentError
from ...papers import Paper
from ...text import sentence_lines
from . import Section
from .alone import page_of
from .edit import find, set_value, verified
from .splice import lines_of, newline_of
from .structure import fence_after
from .text import format_section, parse


def set_text(
    text: str, key: str, file: str, *, title: str | None = None, abstract: str | None = None
) -> str:
    """Return the page with a paper's title or abstract (Markdown) replaced; its id, block and notes
    stay. What would end the abstract (a paper's heading, a quotation) is escaped.

    Raises ContentError where a text can't stand in a page (script, an unsafe link), and where notes
    stand amid the abstract.
    """
    if re.search(r"^id\s*:", _block_of(text, find(text, key, file)), re.M) is None:
        text = set_value(text, key, "id", key, file)  # else it would be made of the new title
    section = find(text, key, file)
    wanted = section.paper
    lines = lines_of(text)
    newline = newline_of(text)
    if title is not None:
        plain = " ".join(title.split())
        if not plain:
            raise ContentError(
                "the title is empty; expected some words", file=file, line=section.line
            )
        _alone(Paper(id=key, title=plain), "", file)
        wanted = replace(wanted, title=plain)
        heading = lines[section.line - 1]
        end = heading[len(heading.rstrip("\r\n")) :]
        lines[section.line - 1] = f"## {plain}{end or newline}"
    if abstract is not None:
        body = _body(abstract, key, file)
        wanted = replace(wanted, abstract=_alone(Paper(id=key, title="x"), body, file).abstract)
        start = section.block[1] + 1 if section.block else section.line
        old = lines[start : section.last_line]
        notes = old[_first_note(old) :]
        new = [f"{line}{newline}" for line in ["", *body.split("\n")]] if body else []
        lines[start : section.last_line] = [*new, *([newline] if notes else []), *notes]
    return verified(text, "".join(lines), wanted, file)


def standing(title: str, abstract: str) -> Paper:
    """Return a paper of a title and an abstract (Markdown) as a page would hold them.

    Raises ContentError as `set_text` does for texts that can't stand in a page.
    """
    plain = " ".join(title.split())
    if not plain:
        raise ContentError("the title is empty; expected some words")
    whole = _alone(Paper(id="x", title=plain), "", None)
    body = _body(abstract, "x", None)
    return replace(whole, abstract=_alone(Paper(id="x", title="x"), body, None).abstract)


def _body(abstract: str, key: str, file: str | None) -> str:
    """Return an abstract as it can stand in a section: a sentence a line, as it is where that
    gives one paper without notes, else escaped."""
    plain = abstract.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    plain = sentence_lines.split(plain)
    formatted = format_section(Paper(id=key, title="x", abstract=plain))
    escaped = formatted.partition("```\n")[2].strip("\n")
    lines = plain.split("\n")
    if _first_note(lines) < len(lines):  # an empty one, too, of which nothing is read
        return escaped
    try:
        _alone(Paper(id=key, title="x"), plain, file)
    except ContentError:
        return escaped
    return plain


def _alone(paper: Paper, body: str, file: str | None) -> Paper:
    """Return a paper with a body as a page gives it that holds it alone. Raises ContentError where
    it can't stand there."""
    section = format_section(paper)
    try:
        papers = parse(page_of(f"{section}\n{body}\n" if body else section)).papers
    except ContentError as error:
        raise ContentError(f"this can't stand in a page: {error.message}", file=file) from None
    if len(papers) != 1:
        raise ContentError("this can't stand in a page: it begins another paper", file=file)
    return papers[0]


def _first_note(lines: Sequence[str]) -> int:
    """Return the index of the first line of a note, which is not in a fenced block; the number of
    lines without one."""
    fence = ""
    for number, line in enumerate(lines):
        if not fence and line.startswith(">"):
            return number
        if line[:1] in ("`", "~", " "):
            fence = fence_after(fence, line.rstrip())
    return len(lines)


def _block_of(text: str, section: Section) -> str:
    first, last = section.block or (1, 0)
    return "".join(lines_of(text)[first - 1 : last])
