"""Replace and add whole lines of a page's text; all other lines keep their bytes.

A byte-order mark and the style of line ends are kept.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

from . import Page, Section

_VALUE = re.compile(r"([a-z_]+:[ \t]+)([^\s#]+)([ \t]*(?:[ \t]#.*)?)\Z")


def lines_of(text: str) -> list[str]:
    """Return a text's lines as `pages.parse` counts them, with their ends."""
    return list(io.StringIO(text, newline=""))


def newline_of(text: str) -> str:
    """Return the line end that a page uses."""
    return "\r\n" if "\r\n" in text else "\n"


def section_texts(text: str, page: Page) -> Iterator[tuple[Section, str]]:
    """Yield a page's sections, each with its lines."""
    lines = lines_of(text)
    for section in page.sections:
        yield section, "".join(lines[section.line - 1 : section.last_line])


def section_text(text: str, section: Section) -> str:
    """Return the lines of a section, ended by a newline."""
    part = "".join(lines_of(text)[section.line - 1 : section.last_line])
    return part if part.endswith(("\n", "\r")) else part + newline_of(text)


def append(text: str, section: str) -> str:
    """Return a page with a section appended after one blank line."""
    newline = newline_of(text)
    if not text.endswith(("\n", "\r")):
        text += newline
    gap = "" if text.endswith((newline * 2, "\n\n")) else newline
    return text + gap + section.replace("\n", newline)


def replace(text: str, section: Section, new: str) -> str:
    """Return a page with a section's lines replaced; blank lines around it are kept."""
    lines = lines_of(text)
    old = lines[section.line - 1 : section.last_line]
    whole = new.rstrip("\n") + ("\n" if old[-1].endswith(("\n", "\r")) else "")
    lines[section.line - 1 : section.last_line] = [whole.replace("\n", newline_of("".join(old)))]
    return "".join(lines)


def refresh(text: str, section: Section, values: Mapping[str, str]) -> str:
    """Return a page with some keys of a section's block set.

    An existing key keeps its place, spacing and comment; a new one is added at the block's end. A
    section without a block, and a key whose value isn't one plain word, stay unchanged.
    """
    if section.block is None:
        return text
    lines = lines_of(text)
    start, end = section.block[0] - 1, section.block[1]
    missing = dict(values)
    for n in range(start, end):
        bare = lines[n].rstrip("\r\n")
        key = bare.split(":", 1)[0].rstrip()
        if key in missing:
            match = _VALUE.match(bare)
            value = missing.pop(key)
            if match:
                lines[n] = match[1] + value + match[3] + lines[n][len(bare) :]
    newline = newline_of(text)
    lines[end:end] = [f"{key}: {value}{newline}" for key, value in missing.items()]
    return "".join(lines)
