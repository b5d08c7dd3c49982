"""Changing a page's text without touching what people wrote: whole lines in, the rest as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..pages import Section

_VALUE = re.compile(r"(?P<key>[a-z_]+):(?P<space>[ \t]+)(?P<value>[^\s#]+)(?P<rest>[ \t]*(?:[ \t]#.*)?)\Z")
_FENCE = re.compile(r"(`{3,}|~{3,})")


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def section_text(text: str, section: Section) -> str:
    """The lines of a section."""
    return "".join(text.splitlines(keepends=True)[section.line - 1 : section.last_line])


def append(text: str, section: str) -> str:
    """A page with a section after its last line, parted by one blank line."""
    newline = _newline(text)
    if not text.endswith("\n"):
        text += newline
    gap = "" if text.endswith(newline * 2) else newline
    return text + gap + section.replace("\n", newline)


def replace(text: str, section: Section, new: str) -> str:
    """A page with a section's lines replaced by others; blank lines around it stay."""
    lines = text.splitlines(keepends=True)
    whole = new.rstrip("\n") + ("\n" if lines[section.last_line - 1].endswith(("\n", "\r")) else "")
    lines[section.line - 1 : section.last_line] = [whole.replace("\n", _newline(text))]
    return "".join(lines)


def refresh(text: str, section: Section, values: Mapping[str, str]) -> str:
    """A page in which only the given keys of a section's block have new values.

    A key that stands there keeps its place, spacing and comment; one that does not is added before
    the block's end. A section without a block, or a key written in a way that a line can't
    replace, is left as it is.
    """
    lines = text.splitlines(keepends=True)
    start, end = _block(lines, section)
    if end is None:
        return text
    missing = dict(values)
    for n in range(start, end):
        bare = lines[n].rstrip("\r\n")
        key = bare.split(":", 1)[0]
        if key not in missing:
            continue
        value = missing.pop(key)
        match = _VALUE.match(bare)
        if match:
            ending = lines[n][len(bare) :]
            lines[n] = f"{key}:{match['space']}{value}{match['rest']}{ending}"
    newline = _newline(text)
    if all(re.match(r"[A-Za-z_#\s]|\Z", line) for line in lines[start:end]):
        lines[end:end] = [f"{key}: {value}{newline}" for key, value in missing.items()]
    return "".join(lines)


def _block(lines: list[str], section: Section) -> tuple[int, int | None]:
    """Where the block's lines start and end (its closing fence); None without one."""
    fence = ""
    start = 0
    for n in range(section.line, section.last_line):
        match = _FENCE.match(lines[n])
        if not fence:
            if match:
                fence, start = match.group(1)[0] * 3, n + 1
            elif lines[n].strip():
                return 0, None
        elif match and lines[n].startswith(fence):
            return start, n
    return 0, None
