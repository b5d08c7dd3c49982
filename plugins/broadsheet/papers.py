"""Papers as values: as a listing shows one (`Entry`), and as this digest publishes it (`Paper`).

An `Entry` keeps the listing's own words. A `Paper` holds Markdown, and has a permanent id, one
topic and any number of tags.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

ENRICHING = "-enrich"
"""How the sources of captures end that publish nothing and tell more of papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A paper as a listing shows it: plain strings, before maths is restored and topics are
    assigned.

    `title` is one line. `abstract` is one or more paragraphs separated by blank lines, as listed
    (its maths may be stripped); "" if the listing has none. `tex` says that `title` and `abstract`
    are in their authors' TeX (arXiv's own), so that no maths need be restored.
    """

    title: str
    abstract: str = ""
    line: int | None = None  # where it starts in the listing, from 1
    tex: bool = False
    arxiv: str | None = None  # "2401.16164" or "math/0601001", without version
    version: int | None = None  # arXiv's version, if listed
    doi: str | None = None
    url: str | None = None  # the paper's page, if it has neither arXiv id nor DOI
    authors: tuple[str, ...] = ()
    author_count: int | None = None  # if the listing only counts them
    categories: tuple[str, ...] = ()  # arXiv's, primary first
    keywords: tuple[str, ...] = ()
    code: str | None = None
    project: str | None = None
    media: str | None = None  # address of a thumbnail; never loaded
    organisation: str | None = None
    submitter: str | None = None
    upvotes: int | None = None
    comments: int | None = None
    stars: int | None = None  # of the code's repository
    venue: str | None = None
    summary: str | None = None  # the listing's own (say, machine-written) summary
    published: str | None = None  # the paper's own ISO date, or only its month or year
    announce: str | None = None  # arXiv: new, cross, replace, replace-cross


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A curator's note on a paper: `text` is Markdown, `curator` its author."""

    text: str
    curator: str | None = None


SENTENCE, POINTS, TRANSLATION = SUMMARY_KINDS = ("sentence", "points", "translation")
"""What a model may be asked for: one sentence, three points, or the abstract in another
language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineSummary:
    """What a model wrote of a paper, plain text: a `text`, or `points` where `kind` is that.

    `model` is the model's name, `date` the ISO date of its answer, `language` a code such as "en".
    `mark` is the fingerprint of what the machine wrote: where it is another, or missing, a person
    has edited or written it.
    """

    kind: str = SENTENCE
    text: str = ""
    points: tuple[str, ...] = ()
    language: str
    model: str
    date: str
    mark: str = ""

    def fingerprint(self) -> str:
        """Return a fingerprint of all but the mark."""
        said = (self.kind, self.text, self.points, self.language, self.model, self.date)
        return hashlib.blake2b(
            repr(said).encode("utf-8", "surrogatepass"), digest_size=4
        ).hexdigest()

    def marked(self) -> MachineSummary:
        """Return it with the mark of what a machine wrote."""
        return replace(self, mark=self.fingerprint())

    @property
    def edited(self) -> bool:
        """Whether a person edited or wrote it: no machine overwrites it then."""
        return self.mark != self.fingerprint()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as published.

    `id` is its permanent address (/papers/<id>/). `title` and `abstract` are Markdown, with maths
    as TeX between dollar signs. `extra` holds the keys of its block that Broadsheet doesn't know,
    so that an edit preserves them.
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
    stars: int | None = None  # of the code's repository
    as_of: str | None = None  # when upvotes, comments and stars were captured, ISO 8601
    venue: str | None = None
    summary: str | None = None
    machine_summary: MachineSummary | None = None
    published: str | None = None  # the paper's own ISO date, or only its month or year
    updated: str | None = None  # ISO date of the last change that followers are told of
    status: str | None = None  # "draft": not published; "published", as without it
    pinned: bool = False  # leads its day
    notes: tuple[Note, ...] = ()
    extra: tuple[tuple[str, Any], ...] = field(default=())

    @property
    def curators(self) -> tuple[str, ...]:
        """All who are credited: the block's curator, then those of the notes, each once."""
        names = (self.curator, *(note.curator for note in self.notes))
        return tuple(dict.fromkeys(name for name in names if name))
