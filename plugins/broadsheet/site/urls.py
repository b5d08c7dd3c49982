"""The site's addresses. Permanent: readers keep them (the list is in docs/architecture.md).

Each is relative to the site's root and ends with a slash where it is a page; `file_of` gives the
file that a static host serves for it.
"""

from __future__ import annotations

from datetime import date

HOME = ""
TOPICS = "topics/"
TAGS = "tags/"
ARCHIVE = "archive/"
SEARCH = "search/"
SAVED = "saved/"
CURATORS = "curators/"
TRENDING = "trending/"


def day(when: date) -> str:
    return f"{when:%Y/%m/%d}/"


def day_topic(when: date, topic: str) -> str:
    return f"{when:%Y/%m/%d}/{topic}/"


def month(key: str) -> str:
    """The page of a month given as "2025-08"."""
    return key.replace("-", "/") + "/"


def week(key: str) -> str:
    """The page of a week given as "2025-W32" (ISO 8601)."""
    return key.replace("-", "/") + "/"


def paper(key: str) -> str:
    return f"papers/{key}/"


def term(kind: str, slug: str) -> str:
    """The page of a topic or a tag (`kind`)."""
    return f"{kind}s/{slug}/"


def term_month(kind: str, slug: str, key: str) -> str:
    return f"{kind}s/{slug}/{key}/"


def feed(name: str, form: str) -> str:
    """A feed; `form` is rss, atom or json."""
    return f"feeds/{name}.{'json' if form == 'json' else form + '.xml'}"


def file_of(path: str) -> str:
    """The output file that is served at an address."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def relative_root(path: str) -> str:
    """The way from an address to the site's root, for links that work at any base path."""
    return "../" * path.count("/") or "./"


def week_key(when: date) -> str:
    """A day's ISO week, as "2025-W32"."""
    year, number, _ = when.isocalendar()
    return f"{year}-W{number:02d}"
