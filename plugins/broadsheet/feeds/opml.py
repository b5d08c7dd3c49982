"""OPML 2.0: a list of feeds that a reader takes in at once (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .text import xml, xml_line


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in the list: its title, the address of its RSS, and its page; under a heading
    ("Topics"), or "" for none."""

    title: str
    address: str
    home: str
    heading: str = ""


def opml(title: str, outlines: Iterable[Outline]) -> bytes:
    """The list as OPML, headings in the order in which they first occur."""
    groups: dict[str, list[Outline]] = {}
    for outline in outlines:
        groups.setdefault(outline.heading, []).append(outline)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n',
        f"<head>\n<title>{xml_line(title)}</title>\n</head>\n<body>\n",
    ]
    for heading, members in groups.items():
        if heading:
            parts.append(f'<outline text="{xml_line(heading)}">\n')
        for one in members:
            name = xml_line(one.title)
            parts.append(
                f'<outline type="rss" text="{name}" title="{name}" version="RSS2" '
                f'xmlUrl="{xml(one.address)}" htmlUrl="{xml(one.home)}"/>\n'
            )
        if heading:
            parts.append("</outline>\n")
    parts.append("</body>\n</opml>\n")
    return "".join(parts).encode()
