"""Give a page another topic, and join pages of one day to one. Pure.

Sections keep their bytes, so that ledgers know them again. Nothing is lost: the words before the
first paper follow one another, and keys of the front matter that only one page has are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...errors import ContentError
from . import Page, block
from .edit import append
from .splice import lines_of, newline_of, section_text
from .text import parse

_LINE = re.compile(r"(?P<key>[A-Za-z_-]+)(?P<colon>[ \t]*:[ \t]+)(?:[^\r\n]*[^\s])?(?P<end>\s*)\Z")


def with_heading(text: str, values: Mapping[str, str], file: str) -> str:
    """Return the page with some values of its front matter, such as topic and title, replaced.

    Raises ContentError for a page that can't be read, or whose front matter no command can edit.
    """
    before = parse(text, file=file)
    lines = lines_of(text)
    for at in range(1, len(lines)):
        if lines[at].rstrip() == "---":
            break
        match = _LINE.match(lines[at])
        if match and match["key"] in values:
            new = block.format_scalar(values[match["key"]])
            lines[at] = f"{match['key']}{match['colon']}{new}{match['end']}"
    result = "".join(lines)
    after = parse(result, file=file)
    wanted = [values.get("title", before.title), before.date, values.get("topic", before.topic)]
    same = (after.papers, after.intro, after.extra) == (before.papers, before.intro, before.extra)
    if [after.title, after.date, after.topic] != wanted or not same:
        raise ContentError(
            "the front matter is written in a way that can't be edited by command; please edit it "
            "by hand",
            file=file,
            line=1,
        )
    return result


def joined(text: str, other: str, file: str, other_file: str) -> tuple[str, tuple[str, ...]]:
    """Return a page with the papers of another after its own, and the other's front matter keys
    that are lost, since both have them with different values.

    Raises ContentError for pages that can't be read, and for a paper that stands in both.
    """
    page, more = parse(text, file=file), parse(other, file=other_file)
    result = _with_intro(text, page, more.intro)
    own = dict(page.extra)
    new = {key: one for key, one in more.extra if key not in own}
    if new:
        lines = lines_of(result)
        end = next(at for at in range(1, len(lines)) if lines[at].rstrip() == "---")
        lines.insert(end, block.format(new).replace("\n", newline_of(text)))
        result = "".join(lines)
    for section in more.sections:
        result = append(result, section_text(other, section))
    if more.sections or more.intro:
        result = result.rstrip("\r\n") + newline_of(text)
    after = parse(result, file=file)
    intro = "\n\n".join(one for one in (page.intro, more.intro) if one)
    if after.papers != page.papers + more.papers or after.intro != intro:
        raise ContentError(
            "these pages can't be joined by command; please join them by hand", file=other_file
        )
    return result, tuple(key for key, one in more.extra if own.get(key, one) != one)


def _with_intro(text: str, page: Page, intro: str) -> str:
    if not intro:
        return text
    newline = newline_of(text)
    lines = lines_of(text)
    at = page.sections[0].line - 1 if page.sections else len(lines)
    before = "".join(lines[:at]).rstrip("\r\n")
    words = intro.replace("\n", newline)
    after = f"{newline * 2}{''.join(lines[at:])}" if page.sections else newline
    return f"{before}{newline * 2}{words}{after}"
