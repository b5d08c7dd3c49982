"""Compare two states of the content: papers added, removed, moved, retagged, annotated. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from ...archive.model import PublishedPaper
from ...content import pages
from ...errors import ContentError
from ...importer.drafts import evidence_of
from ...papers import Note, Paper
from ...topics import Classifier, Vocabulary
from ..changes.addresses import PAGE
from .renamed_terms import RenamedTerm, as_now, counted
from .waiting_diff import NO_CHANGES, WaitingChanges

_COUNTS = ("upvotes", "comments", "stars", "as_of")  # refreshed by imports
_SEPARATE = ("id", "tags", "notes", "curator", "updated", *_COUNTS)  # reported separately, or not


@dataclass(frozen=True, slots=True)
class Edited:
    """A paper that differs between the two states."""

    old: PublishedPaper
    new: PublishedPaper

    @property
    def moved(self) -> bool:
        """Whether its topic or day changed."""
        return (self.old.date, self.old.topic) != (self.new.date, self.new.topic)

    @property
    def tags(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The added and the removed tags."""
        old, new = self.old.paper.tags, self.new.paper.tags
        return (
            tuple(tag for tag in new if tag not in old),
            tuple(tag for tag in old if tag not in new),
        )

    @property
    def notes(self) -> tuple[Note, ...]:
        """The added notes."""
        old = {note.text for note in self.old.paper.notes}
        return tuple(note for note in self.new.paper.notes if note.text not in old)

    @property
    def lost_notes(self) -> int:
        """The number of removed notes."""
        new = {note.text for note in self.new.paper.notes}
        return sum(note.text not in new for note in self.old.paper.notes)

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of all other changed fields."""
        return tuple(
            field.name
            for field in fields(Paper)
            if field.name not in _SEPARATE
            and getattr(self.old.paper, field.name) != getattr(self.new.paper, field.name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedTopic:
    """A paper whose topic differs between two vocabularies."""

    placed: PublishedPaper
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabularies:
    """The effects of a change of topics.yml and tags.yml."""

    topics_added: tuple[str, ...] = ()
    topics_removed: tuple[str, ...] = ()
    tags_added: tuple[str, ...] = ()
    tags_removed: tuple[str, ...] = ()
    moved: tuple[ChangedTopic, ...] = ()
    looked_at: int = 0  # the number of papers classified by both


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All differences. `votes` is the number of papers whose votes or comments alone differ."""

    added: tuple[PublishedPaper, ...] = ()
    removed: tuple[PublishedPaper, ...] = ()
    edited: tuple[Edited, ...] = ()
    votes: int = 0
    renamed: tuple[RenamedTerm, ...] = ()
    waiting: WaitingChanges = NO_CHANGES
    vanished: tuple[str, ...] = ()  # addresses without a page or redirect
    unread: tuple[ContentError, ...] = ()
    vocabularies: Vocabularies | None = None
    others: tuple[str, ...] = ()  # files of the content folder of which nothing else is told
    beside: tuple[str, ...] = ()  # files of the repository outside it: programs, or nearly

    @property
    def any(self) -> bool:
        """Whether there is any difference."""
        return bool(
            self.added or self.removed or self.edited or self.votes or self.renamed
            or self.waiting.any or self.vanished or self.unread or self.vocabularies
            or self.others or self.beside
        )  # fmt: skip


def papers_by_id(
    texts: Mapping[str, str],
) -> tuple[dict[str, PublishedPaper], tuple[ContentError, ...]]:
    """Return the papers of pages (texts by path) by id, and the errors of the pages."""
    found: dict[str, PublishedPaper] = {}
    unread: list[ContentError] = []
    for path in sorted(texts):
        if not PAGE.match(path):
            continue
        page, wrong = pages.survey(texts[path], file=path)
        unread.extend(wrong)
        if page is None:
            continue
        for section in page.sections:
            placed = PublishedPaper(
                paper=section.paper,
                date=page.date,
                topic=page.topic,
                path=path,
                line=section.line,
            )
            found.setdefault(placed.paper.id, placed)
    return found, tuple(unread)


def compare(
    old: Mapping[str, str],
    new: Mapping[str, str],
    *,
    renamed: Iterable[RenamedTerm] = (),
    waiting: WaitingChanges = NO_CHANGES,
    vanished: Iterable[str] = (),
    vocabularies: Vocabularies | None = None,
    others: Iterable[str] = (),
    beside: Iterable[str] = (),
) -> Changes:
    """Compare two states of pages (texts by path); unchanged pages may be left out. `others` and
    `beside` are further files that differ, in the content folder and outside it.

    The papers are in the order of their paths and of each page. Topics and tags that were `renamed`
    make no paper an edited one.
    """
    before, _ = papers_by_id(old)
    after, unread = papers_by_id(new)
    terms = counted(renamed, list(before.values()), list(after.values()))
    edited = []
    votes = 0
    for key, now in after.items():
        was = before.get(key)
        if was is None:
            continue
        was = as_now(was, terms)
        one = Edited(was, now)
        if one.moved or any(one.tags) or one.notes or one.lost_notes or one.changed:
            edited.append(one)
        elif any(getattr(was.paper, name) != getattr(now.paper, name) for name in _COUNTS):
            votes += 1
    return Changes(
        added=tuple(one for key, one in after.items() if key not in before),
        removed=tuple(one for key, one in before.items() if key not in after),
        edited=tuple(edited),
        votes=votes,
        renamed=terms,
        waiting=waiting,
        vanished=tuple(vanished),
        unread=unread,
        vocabularies=vocabularies,
        others=tuple(others),
        beside=tuple(beside),
    )


def vocabularies(
    old: Vocabulary,
    new: Vocabulary,
    papers: Iterable[PublishedPaper],
    renamed: Iterable[RenamedTerm] = (),
) -> Vocabularies | None:
    """Compare two vocabularies by the topics they give papers; None for equal vocabularies. Topics
    and tags that were `renamed` are neither added nor removed."""
    if old == new:
        return None
    old_topics, new_topics = old.topic_by_slug, new.topic_by_slug
    called: dict[str, dict[str, str]] = {"topic": {}, "tag": {}}
    for term in renamed:
        called[term.kind][term.old] = term.new
    moved: list[ChangedTopic] = []
    looked_at = 0
    if old.topics != new.topics:
        for one in _reclassified(Classifier(old), Classifier(new), papers):
            looked_at += 1
            if called["topic"].get(one.old, one.old) != one.new:
                moved.append(one)
    return Vocabularies(
        topics_added=_lacking(new_topics, old_topics, called["topic"].values()),
        topics_removed=_lacking(old_topics, new_topics, called["topic"]),
        tags_added=_lacking(new.tag_by_slug, old.tag_by_slug, called["tag"].values()),
        tags_removed=_lacking(old.tag_by_slug, new.tag_by_slug, called["tag"]),
        moved=tuple(moved),
        looked_at=looked_at,
    )


def _lacking(some: Iterable[str], others: Iterable[str], but: Iterable[str]) -> tuple[str, ...]:
    known = {*others, *but}
    return tuple(slug for slug in some if slug not in known)


def _reclassified(
    old: Classifier, new: Classifier, papers: Iterable[PublishedPaper]
) -> Iterator[ChangedTopic]:
    for one in papers:
        evidence = evidence_of(one.paper)
        yield ChangedTopic(
            placed=one,
            old=old.classify(*evidence).topic,
            new=new.classify(*evidence).topic,
        )
