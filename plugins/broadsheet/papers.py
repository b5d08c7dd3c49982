"""What a paper is: as a listing shows it (`Entry`), and as this digest publishes it (`Paper`).

Both are values without behaviour. An `Entry` keeps the listing's own words; a `Paper` holds
Markdown, has a permanent id, one topic and any number of tags.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One paper as one listing shows it: plain strings, nothing restored or classified yet.

    `title` is in one line; `abstract` is one or more paragraphs parted by blank lines, may be ""
    where the listing gives none, and is the text as listed (its maths perhaps stripped).
    `tex` says that `abstract` and `title` are as their authors wrote them, TeX and all
    (arXiv's own), so nothing need be restored.
    """

    title: str
    abstract: str = ""
    line: int | None = None  # where it starts in the listing, from 1
    tex: bool = False
    arxiv: str | None = None  # "2401.16164" or "math/0601001", without version
    version: int | None = None  # arXiv's version, where the listing names one
    doi: str | None = None
    url: str | None = None  # the paper's page, where neither arXiv nor DOI says it
    authors: tuple[str, ...] = ()
    author_count: int | None = None  # where the listing only counts them
    categories: tuple[str, ...] = ()  # arXiv's, primary first
    keywords: tuple[str, ...] = ()
    code: str | None = None
    project: str | None = None
    media: str | None = None  # address of a thumbnail, kept as data
    organisation: str | None = None
    submitter: str | None = None
    upvotes: int | None = None
    comments: int | None = None
    summary: str | None = None  # the listing's own (say, machine-written) summary
    published: str | None = None  # ISO date of the paper itself, where given
    announce: str | None = None  # arXiv: new, cross, replace, replace-cross


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A curator's note on a paper: Markdown, and who wrote it."""

    text: str
    curator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper as published.

    `id` is its permanent address (/papers/<id>/). `title` and `abstract` are Markdown whose
    maths stands as TeX between dollar signs. `extra` holds the keys of its block that
    Broadsheet doesn't know, so that they survive.
    """

    id: str
    title: str
    abstract: str = ""
    arxiv: str | None = None
    doi: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    code: str | None = None
    project: str | None = None
    media: str | None = None
    organisation: str | None = None
    submitter: str | None = None
    curator: str | None = None
    upvotes: int | None = None
    comments: int | None = None
    as_of: str | None = None  # when upvotes and comments were captured, ISO 8601
    summary: str | None = None
    published: str | None = None
    updated: str | None = None  # ISO date of the last change worth telling followers
    notes: tuple[Note, ...] = ()
    extra: tuple[tuple[str, Any], ...] = field(default=())
