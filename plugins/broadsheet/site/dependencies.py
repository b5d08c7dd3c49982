"""The names that `broadsheet build --explain` gives to what targets depend on."""

from __future__ import annotations

from ..urls import file_of

NAMES = {
    "content": "its content",
    "neighbours": "what stands around it",
    "templates": "its templates",
    "settings": "the settings",
    "vocabulary": "topics.yml or tags.yml",
    "names": "the names of topics or tags",
    "firsts": "the day that first published a paper",
    "moved": "the feed's former name",
    "archive": "the archive behind the feed",
    "code": "Broadsheet itself",
    "fonts": "the fonts",
}
"""By the keys of `Target.dependencies`."""


def output_file(path: str) -> str:
    """Return the output file of a page's address ("papers/x/") or of a file below the output
    folder."""
    address = path.strip("/") + "/" if path.endswith("/") or not path.strip("/") else path
    return file_of(address).removeprefix("/")
