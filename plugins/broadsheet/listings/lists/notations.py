"""What reStructuredText, Org, AsciiDoc and tables drawn by signs write otherwise than Markdown, in
its signs: headings by underlining, fields between colons, rows between rules of "+".

Lines keep their numbers; one that only draws is `NOTHING`, which stands for no line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import search_results

NOTHING = "+"
"""A line that is none, and parts nothing."""
_UNDERLINE = re.compile(r"([=\-~^\"'`#*+_:.])\1{2,}\s*")
_FIELD = re.compile(r"(\s{0,8}):([^\W\d_][\w /.-]{0,30}):\s+(?=\S)")
_DRAWER = re.compile(r"\s*:(?:PROPERTIES|END|LOGBOOK):\s*", re.I)
_KEYWORD = re.compile(r"#\+(TITLE|DATE|AUTHOR):\s+(\S.*)", re.I)
_STARS = re.compile(r"\*{1,6} \S")
_TAGS = re.compile(r"\s+:((?:[\w@-]{1,40}:){1,10})\s*\Z")
_DRAWN = re.compile(r"\s*\+(?:[-=]{2,}\+){2,}\s*")
_CORNERED = re.compile(
    r"(\s{0,8}(?:(?:[-*+•]|\d{1,3}[.)、．])\s*)?)"
    r"(?:„(?P<low>[^„“”]{2,200})[“”]|»(?P<turned>[^«»]{2,200})«|《(?P<book>[^《》]{2,200})》|「(?P<corner>[^「」]{2,200})」|『(?P<double>[^『』]{2,200})』)"
)
# "[2026-01-05 10:00] <flyer> Kites", as logs of chats have it
_SPOKEN = re.compile(
    r"\s{0,4}[\[(]?(?:\d{4}-\d\d-\d\d[ T])?\d{1,2}:\d\d(?::\d\d)?[\])]?"
    r"\s{1,3}<[@+ ]?[\w.|-]{1,40}>\s{1,3}(?=\S)"
)
_WIKI_BOLD = re.compile(r"'''([^']{1,300}(?:'[^']{1,300}){0,20})'''")
_NUMBER = re.compile(r"\A#{1,3}\s+(?=\*\*)")
_LONGEST_TITLE = 300


def as_markdown(text: str) -> str:
    """Return a text with headings, fields and tables as Markdown has them; it has as many lines."""
    rows = search_results.as_headings(text).split("\n")
    org = any(map(_DRAWER.fullmatch, rows)) or text.lstrip().startswith("#+")
    made = [*rows]
    drawn = 0  # rules of the table so far
    for n, row in enumerate(rows):
        if (spoken := _SPOKEN.match(row)) or "'''" in row:
            rows[n] = made[n] = row = _of_wiki(row[spoken.end() :] if spoken else row)
        if _DRAWN.fullmatch(row):
            drawn += 1
            made[n] = "| --- |" if drawn == 2 else NOTHING
            continue
        if not row.strip().startswith("|"):
            drawn = 0
        if _is_underlined(rows, n):
            made[n] = f"## {row.strip()}"
            made[n + 1] = NOTHING
            if n and _UNDERLINE.fullmatch(rows[n - 1]):
                made[n - 1] = NOTHING
        elif made[n] != row:
            continue
        elif row.lstrip().startswith(":") and _DRAWER.fullmatch(row):
            made[n] = NOTHING
        elif row.lstrip().startswith(":") and (named := _FIELD.match(row)):
            made[n] = f"{named[1]}{named[2]}: {row[named.end() :]}"
        elif org and (keyword := _KEYWORD.fullmatch(row)):
            made[n] = f"# {keyword[2]}" if keyword[1].upper() == "TITLE" else keyword[2]
        elif org and _STARS.match(row) and (tags := _TAGS.search(row[-200:])):
            words = " ".join(f"#{tag}" for tag in tags[1].split(":") if tag)
            made[n] = f"{row[: len(row) - len(tags[0])]} {words}"
        elif found := _CORNERED.match(row):
            title = found[found.lastgroup or ""]
            made[n] = f"{found[1]}“{title}”{row[found.end() :]}"
    return "\n".join(made)


def _of_wiki(row: str) -> str:
    """Return a line with what a wiki has bold as Markdown has it; its numbered items, too."""
    if "'''" not in row:
        return row
    return _NUMBER.sub("1. ", _WIKI_BOLD.sub(r"**\1**", row))


def _is_underlined(rows: Sequence[str], n: int) -> bool:
    """Return whether a line is a heading by the signs below it, which are as many as its
    characters, and, where no blank line stands above, by those above."""
    row = rows[n].strip()
    if not row or len(row) > _LONGEST_TITLE or n + 1 >= len(rows) or row.startswith(("|", "#")):
        return False
    below = rows[n + 1].rstrip()
    if not _UNDERLINE.fullmatch(below) or not any(map(str.isalnum, row)):
        return False
    above = rows[n - 1].strip() if n else ""
    framed = not above or _UNDERLINE.fullmatch(above) is not None
    return framed and len(row) - 2 <= len(below) <= len(row) + 4
