"""Give papers that no person touched the topic and tags that their words speak for now. Pure.

A paper is untouched where its section still is as an import wrote it (the ledger's `written`), on
the day of that ledger, and in a topic that some version of the vocabulary gave it. All others are
left as they are, and told. Ids never change, and declined papers stay declined: only sections that
stand in a page, or wait, are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ...content import pages, redirects, waiting
from ...content.disk import LEDGER, is_waiting
from ...content.ledger import parse as parse_ledger
from ...content.ledger import section_hash
from ...content.pages import alone, edit, splice
from ...content.pages.location import day_of
from ...counts import counted
from ...importer.drafts import classified
from ...papers import Paper
from ...topics import Classifier, Vocabulary
from ..changes import written_rows
from ..changes.addresses import PAGE
from ..changes.change import Change, ContentState, finished, new_page, page_path

EDITED = "a person edited it"
CHOSEN = "a person picked, added or wrote it"
OTHER_DAY = "a person moved it to another day"
OTHER_TOPIC = "its words never led there, so a person may have moved it"

Includes = Callable[[date, str], bool]
"""Whether a paper, by its day and id, is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassified:
    """A paper whose words speak for another topic or other tags than it has (`old`, then `new`);
    `kept` is why it stays as it is, "" where it doesn't."""

    paper: Paper
    path: str
    old: str
    new: str
    tags: tuple[str, ...]
    kept: str = ""

    @property
    def waits(self) -> bool:
        """Whether it waits."""
        return is_waiting(self.path)

    def line(self) -> str:
        """Return what changes, in a line."""
        parts = []
        if self.old != self.new:
            parts.append(f"{self.old} -> {self.new}" + (", where it waits" if self.waits else ""))
        had = self.paper.tags
        changed = [f"+{tag}" for tag in self.tags if tag not in had]
        changed += [f"-{tag}" for tag in had if tag not in self.tags]
        if changed:
            parts.append(f"tags {' '.join(changed)}")
        why = f" ({self.kept})" if self.kept else ""
        return f"{self.paper.id}: {'; '.join(parts)}{why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassification:
    """What a reclassification would change, what it would leave, and how many papers it looked
    at."""

    changes: tuple[Reclassified, ...] = ()
    kept: tuple[Reclassified, ...] = ()
    looked_at: int = 0

    def lines(self) -> list[str]:
        """Return all that would change, then what stays, a line each, and their numbers."""
        found = [one.line() for one in self.changes]
        if self.kept:
            found.append("Left as they are:")
            found += [f"  {one.line()}" for one in self.kept]
        moved = sum(one.old != one.new for one in self.changes)
        found.append(
            f"{moved} of {counted(self.looked_at, 'paper')} to another topic, "
            f"{len(self.changes) - moved} to other tags alone; {len(self.kept)} left as they are"
        )
        return found


def survey(
    state: ContentState,
    includes: Includes,
    *,
    earlier: Sequence[Vocabulary] = (),
    moved_too: bool = False,
) -> Reclassification:
    """Find the papers that the vocabulary of `state` would classify otherwise.

    `earlier` are the vocabularies of before, as far as they are known: a paper in a topic that none
    of them gives was moved by a person, and is left unless `moved_too`. Without any, such a move
    can't be told. Raises ContentError or LedgerError for a file that can't be read.
    """
    found = _Surveyor(state, () if moved_too else earlier)
    changes: list[Reclassified] = []
    kept: list[Reclassified] = []
    looked_at = 0
    for path, text in sorted(state.texts.items()):
        if not PAGE.match(path) and not is_waiting(path):
            continue
        day = day_of(path)
        for paper, topic, section in _sections(path, text):
            if not includes(day, paper.id):
                continue
            looked_at += 1
            one = found.of(path, day, paper, topic, section)
            if one is not None:
                (kept if one.kept else changes).append(one)
    return Reclassification(changes=tuple(changes), kept=tuple(kept), looked_at=looked_at)


def reclassify(state: ContentState, found: Reclassification) -> Change:
    """Move and retag the papers of a survey. Followers are told of nothing, since no person wrote
    anything new; sections stay as imported for the imports to come.

    Raises ContentError for a page that can't be edited.
    """
    texts: dict[str, str] = {}
    arriving: list[tuple[str, str, str]] = []  # path, topic, section
    by_path: dict[str, dict[str, Reclassified]] = {}
    for one in found.changes:
        by_path.setdefault(one.path, {})[one.paper.id] = one
    for path, changes in by_path.items():
        text = state.texts[path]
        if is_waiting(path):
            texts[path] = _waiting(text, path, changes)
            continue
        for section in reversed(pages.parse(text, file=path).sections):
            change = changes.get(section.paper.id)
            if change is None:
                continue
            body = _retagged(splice.section_text(text, section), change)
            if change.old == change.new:
                text = splice.replace(text, section, body.replace("\r\n", "\n"))
            else:
                text = edit.cut(text, section)
                arriving.append((path, change.new, body))
        texts[path] = text
    for path, topic, body in reversed(arriving):
        day = day_of(path)
        target = page_path(day, topic)
        there = texts.get(target) or state.texts.get(target)
        texts[target] = edit.append(there or new_page(day, topic, state.vocabulary), body)
    writes: dict[str, str | None] = {**texts}
    writes |= written_rows.carried(state.texts, writes)
    return finished(state, writes, "\n".join(found.lines()))


class _Surveyor:
    """Judges one paper after another."""

    def __init__(self, state: ContentState, earlier: Sequence[Vocabulary]) -> None:
        self._classifier = Classifier(state.vocabulary)
        self._earlier = [Classifier(one) for one in earlier]
        self._written: dict[str, dict[str, set[date]]] = {}  # by id and fingerprint
        rows, _ = redirects.survey(state.texts.get(redirects.FILE) or "")
        self._called = {one.old: one.new for one in redirects.resolved(rows)}
        for path, text in state.texts.items():
            if not path.endswith(f"/{LEDGER}") or '"written"' not in text:
                continue
            ledger = parse_ledger(text, file=path)
            for row in ledger.statuses:
                if row.written:
                    days = self._written.setdefault(row.id, {}).setdefault(row.written, set())
                    days.add(ledger.date)

    def of(
        self, path: str, day: date, paper: Paper, topic: str, section: str
    ) -> Reclassified | None:
        """Return how a paper would be classified; None where it is so."""
        given = classified(paper, self._classifier)
        same = set(given.paper.tags) == set(paper.tags)  # in whatever order
        if given.topic == topic and same:
            return None
        tags = paper.tags if same else given.paper.tags
        kept = self._kept(day, paper, topic, section)
        return Reclassified(
            paper=paper, path=path, old=topic, new=given.topic, tags=tags, kept=kept
        )

    def _kept(self, day: date, paper: Paper, topic: str, section: str) -> str:
        written = self._written.get(paper.id)
        if written is None:
            return CHOSEN
        days = written.get(section_hash(section))
        if days is None:
            return EDITED
        if day not in days:
            return OTHER_DAY
        return "" if not self._earlier or self._was_given(paper, topic) else OTHER_TOPIC

    def _was_given(self, paper: Paper, topic: str) -> bool:
        first = replace(paper, abstract="")  # as a listing without abstracts gave it
        for classifier in (self._classifier, *self._earlier):
            for seen in (paper, first):
                given = classified(seen, classifier).topic
                now = self._called.get(f"topics/{given}/", f"topics/{given}/")
                if topic in (given, now.split("/")[1]):
                    return True
        return False


def _sections(path: str, text: str) -> Iterator[tuple[Paper, str, str]]:
    """Yield the papers of a page, or a file of what waits, with their topics and sections."""
    if is_waiting(path):
        for one in waiting.parse(text, day_of(path), file=path).papers.values():
            yield waiting.chosen(one.paper), one.topic or "", one.section
        return
    page = pages.parse(text, file=path)
    for section, body in splice.section_texts(text, page):
        yield section.paper, page.topic, body


def _waiting(text: str, path: str, changes: Mapping[str, Reclassified]) -> str:
    day = day_of(path)
    file = waiting.parse(text, day, file=path)
    for key, one in changes.items():
        retag = partial(edit.set_tags, key=key, tags=one.tags, file=path)
        section = waiting.edited(file.papers[key], retag)
        file = file.put(key, section)
        if one.old != one.new:
            retopic = partial(edit.set_value, key=key, name="topic", value=one.new, file=path)
            file = file.put(key, waiting.edited(file.papers[key], retopic))
    return file.text() or ""


def _retagged(section: str, change: Reclassified) -> str:
    """Return a section with other tags; all its other bytes stay."""
    if change.tags == change.paper.tags:
        return section
    retag = partial(edit.set_tags, key=change.paper.id, tags=change.tags, file=change.path)
    return alone.edited(section, change.paper.id, retag, change.path)
