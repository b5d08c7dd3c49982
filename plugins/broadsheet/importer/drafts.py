"""Convert a listing's entry to a paper: restore its maths, find its links, classify it; and merge a
later entry into a published paper. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from .. import tex
from ..content import pages
from ..content.pages import dollars, escaped_lines
from ..content.pages.fields import fitting
from ..errors import ListingError, shown
from ..papers import Entry, Paper
from ..topics import Classifier
from . import links

_COPIED = ("arxiv", "doi", "authors", "author_count", "categories", "keywords", "organisation",
          "submitter", "upvotes", "comments", "stars", "venue", "summary", "published", "url",
          "code", "project", "media")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper without its id, and its topic."""

    paper: Paper
    topic: str


def draft(entry: Entry, classifier: Classifier, *, as_of: str | None = None) -> Draft:
    """Return the paper of an entry.

    Title and abstract become Markdown with maths between dollar signs. Links of the listing win
    over those found in the abstract; values that are invalid in a page's block, such as a malformed
    address, are left out. `as_of` is when votes, comments and stars were captured.
    """
    date = entry.arxiv or entry.published or ""
    title = dollars.escaped(" ".join(tex.restore(entry.title, entry.tex, date).split()))
    title = title or " ".join(entry.title.split())
    abstract = _closed(_paragraphs(tex.restore(entry.abstract, entry.tex, date)))
    found = links.find(abstract)
    values: dict[str, Any] = {"code": found.code, "project": found.project}
    values |= fitting({name: getattr(entry, name) for name in _COPIED})
    if any(name in values for name in COUNTED):
        values |= fitting({"as_of": as_of})
    if len(entry.authors) >= (entry.author_count or 0):
        values.pop("author_count", None)
    paper = Paper(id="", title=title, abstract=abstract, **values)
    return classified(paper, classifier)


def classified(paper: Paper, classifier: Classifier) -> Draft:
    """Return a paper with its tags, and its topic."""
    given = classifier.classify(*evidence_of(paper))
    return Draft(replace(paper, tags=given.tags), given.topic)


def harmless(drafted: Draft) -> tuple[Draft, str | None]:
    """Return a draft that a page may hold: with title and abstract escaped where they hold what no
    page should, and what that is. Raises ListingError where no escaping helps."""
    if not (found := _unsafe(drafted.paper)):
        return drafted, None
    paper = replace(
        drafted.paper,
        title=pages.harmless(drafted.paper.title),
        abstract=pages.harmless(pages.escaped_lines(drafted.paper.abstract)),
    )
    # What was escaped can make a dollar sign one that opens a formula.
    paper = replace(
        paper, title=dollars.escaped(paper.title), abstract=dollars.escaped(paper.abstract)
    )
    if _unsafe(paper):
        title = drafted.paper.title
        raise ListingError(f"{shown(title)} holds {shown(found)}; expected plain words")
    return replace(drafted, paper=paper), found


def _unsafe(paper: Paper) -> str | None:
    """Return what title or abstract holds that no page should: a script tag, the scheme of a link,
    or what `broadsheet check` refuses; else None."""
    for text in (paper.title, paper.abstract):
        if link := next(iter(pages.unsafe_links(text)), None):
            return f"{link.scheme}:"
    if script := pages.script(paper.title):
        return script
    for text in (paper.title, pages.escaped_lines(paper.abstract)):
        if found := next((one for one in pages.find_markup(text) if one.error), None):
            return " ".join(text[found.start : found.start + 60].split())
    return None


def evidence_of(paper: Paper) -> tuple[str, str, tuple[str, ...]]:
    """Return what a classifier reads: title and abstract, with maths as plain text, and
    categories."""
    return tex.plain(paper.title), tex.plain(paper.abstract), paper.categories


def _closed(markdown: str) -> str:
    """Return a text in which no dollar sign opens or ends a formula that has no other end, as it
    stands in a page."""
    written = escaped_lines(markdown) if "$" in markdown else markdown
    closed = dollars.escaped(written)
    return markdown if closed == written else closed


def _paragraphs(text: str) -> str:
    """Put each paragraph into one line, so that diffs are small and no hard breaks show."""
    return "\n\n".join(
        " ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()
    )


def _letters(paper: Paper) -> list[str]:
    """Return the letters and digits of what a paper says, as they show."""
    return [c for c in "".join(evidence_of(paper)[:2]) if c.isalnum()]


COUNTED = ("upvotes", "comments", "stars", "as_of")
TOLD = ("title", "abstract", "authors", "arxiv", "doi", "url", "code", "project")
"""Fields whose changes set `updated`, which feeds show."""

_LISTS = ("authors", "categories", "keywords")
_IDENTITY = ("id", "title", "abstract", "tags", "curator", "updated", "notes", "extra")


def unite(paper: Paper, new: Paper, *, new_is_tex: bool, same_source: bool = False) -> Paper:
    """Merge a later listing's paper into a published one; no value is lost.

    The longer list wins, and the later capture's votes and comments; title and abstract are
    replaced only by the authors' own text, or where there was no abstract. `same_source` says that
    the published text is from a listing of the same source: what differs in its marks alone, as
    another version of the importer writes it, then stays.
    """
    values: dict[str, Any] = {}
    for field in fields(Paper):
        name = field.name
        old, fresh = getattr(paper, name), getattr(new, name)
        if name in _IDENTITY or name in COUNTED or fresh in (None, ()):
            continue
        exacter = name == "published" and old is not None and fresh.startswith(old)
        if old in (None, ()) or exacter or (name in _LISTS and len(fresh) > len(old)):
            values[name] = fresh
    told = same_source and _letters(paper) == _letters(new)
    if new.abstract and (not paper.abstract or (new_is_tex and not told)):
        values["title"] = new.title
        values["abstract"] = new.abstract
    values.update(counts(paper, new))
    united = replace(paper, **values)
    if len(united.authors) >= (united.author_count or 0):
        united = replace(united, author_count=None)
    return united


def counts(paper: Paper, new: Paper) -> dict[str, Any]:
    """Return the votes, comments, stars and `as_of` that a new capture changes.

    An older capture changes nothing; where neither has a time, the larger count wins.
    """
    values: dict[str, Any] = {}
    later = new.as_of is not None and (paper.as_of is None or new.as_of > paper.as_of)
    for name in COUNTED[:-1]:
        old, fresh = getattr(paper, name), getattr(new, name)
        if fresh is None or fresh == old:
            continue
        unknown = new.as_of is None and paper.as_of is None
        if old is None or later or (unknown and fresh > old):
            values[name] = fresh
    if later and (values or any(getattr(new, name) is not None for name in COUNTED[:-1])):
        values["as_of"] = new.as_of
    return values
