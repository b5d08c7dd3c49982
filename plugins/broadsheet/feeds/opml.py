"""OPML 2.0 (http://opml.org/spec2.opml): a list of feeds that a reader can import at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .text import xml, xml_line


@dataclass(frozen=True, slots=True)
class FeedOutline:
    """A feed in the list: its title, the addresses of its document and of its page, and the
    heading that it is listed under ("Topics"; "" for none)."""

    title: str
    address: str
    home: str
    heading: str = ""


def opml(title: str, outlines: Iterable[FeedOutline]) -> bytes:
    """Return the list as OPML, headings in the order in which they first occur."""
    by_heading: dict[str, list[FeedOutline]] = {}
    for outline in outlines:
        by_heading.setdefault(outline.heading, []).append(outline)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n',
        f"<head>\n<title>{xml_line(title)}</title>\n</head>\n<body>\n",
    ]
    for heading, members in by_heading.items():
        if heading:
            parts.append(f'<outline text="{xml_line(heading)}">\n')
        for outline in members:
            name = xml_line(outline.title)
            parts.append(
                f'<outline type="rss" text="{name}" title="{name}" {_version(outline.address)}'
                f'xmlUrl="{xml(outline.address)}" htmlUrl="{xml(outline.home)}"/>\n'
            )
        if heading:
            parts.append("</outline>\n")
    parts.append("</body>\n</opml>\n")
    return "".join(parts).encode()


def _version(address: str) -> str:
    """Return the attribute that names a version of RSS, which other formats are without."""
    return 'version="RSS2" ' if address.endswith(".rss.xml") else ""
