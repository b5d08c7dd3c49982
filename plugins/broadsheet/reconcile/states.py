"""The three-way merge of all files of the content folder together. Pure.

Each paper stands once afterwards: with the changes of both sides, wherever one of them moved it.
Ledgers, redirects and renamed tags follow. What only a person can decide is marked in its page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ..content import ledger as ledgers
from ..content import pages as content_pages
from ..content import redirects, waiting
from ..content.disk import is_waiting
from ..content.ledger import PUBLISHED, Ledger, PaperStatus
from ..content.pages.location import day_of
from ..curate.changes import addresses
from ..curate.changes.change import ledger_path
from ..errors import BroadsheetError
from . import fates, files, names
from . import pages as page_merges
from .fates import Fate, Side
from .files import Merged
from .marks import conflicts
from .names import State
from .pages import PageParts
from .three import Three, complete
from .weave import three_way


@dataclass(frozen=True, slots=True)
class MergedState:
    """The merged files by path, and lines on what was decided."""

    files: Mapping[str, Merged]
    told: tuple[str, ...] = ()


def merge(
    base: State,
    ours: State,
    theirs: State,
    elsewhere: Callable[[str, str], bool] = lambda kind, slug: False,
) -> MergedState:
    """Merge two states of the content.

    Each holds all files that differ between any two of them, and all pages and ledgers of the
    months of these. `elsewhere` tells whether a topic or tag (kind, slug) has papers in any other
    month.
    """
    return _Merge(base, ours, theirs, elsewhere).merge()


class _Merge:
    def __init__(
        self, base: State, ours: State, theirs: State, elsewhere: Callable[[str, str], bool]
    ) -> None:
        self._states, told = names.with_names(Three(base, ours, theirs))
        self._told = list(told)
        self._elsewhere = elsewhere
        self._paths = sorted({**base, **ours, **theirs, **self._states.ours, **self._states.theirs})
        self._texts: dict[str, str] = {}  # as they will be
        self._clean: dict[str, str] = {}  # of pages: without conflict markers
        self._certain: dict[str, str] = {}  # and without papers that may go

    def merge(self) -> MergedState:
        parts = self._parts()
        whole = set(parts)
        for path in self._paths:
            if path not in whole:
                merged = files.merge(path, *self._of(path))
                self._texts[path] = merged.text
                self._told += merged.told
                if files.kind_of(path) == "page" and not merged.conflicts:
                    self._clean[path] = merged.text
        sides = self._sides(parts)
        standing = self._pages(parts, sides)
        self._settle_ledgers(standing, sides)
        self._redirect()
        return MergedState(
            {path: self._finished(path, text) for path, text in sorted(self._texts.items())},
            tuple(sorted(set(self._told))),
        )

    def _of(self, path: str) -> Three[str]:
        return self._states.map(lambda state: state.get(path, ""))

    def _finished(self, path: str, text: str) -> Merged:
        """Return a file; one that a side alone changed has the bytes that it gave it."""
        base, ours, theirs = self._of(path)
        changed, apart = three_way(base, ours, theirs)
        if not apart and changed and files.plain(changed).strip("\n") == text.strip("\n"):
            return Merged(changed, conflicts(changed))
        return files.finished((ours, theirs), text)

    def _parts(self) -> dict[str, Three[PageParts]]:
        """Return the parts of the pages that can be read in all states, and hold no paper that
        another page of a state holds too."""
        found = {}
        for path in self._paths:
            if files.kind_of(path) != "page":
                continue
            parts = complete(self._of(path).map(files.plain).map(page_merges.take_apart))
            if parts is not None:
                found[path] = parts
        for at in range(3):
            _, twice = fates.places({path: three[at] for path, three in found.items()})
            found = {path: three for path, three in found.items() if path not in twice}
        return found

    def _sides(self, parts: Mapping[str, Three[PageParts]]) -> Three[Side]:
        return Three(0, 1, 2).map(
            lambda at: Side(
                fates.places({path: three[at] for path, three in parts.items()})[0],
                _rows(self._states[at]),
            )
        )

    def _pages(
        self,
        parts: Mapping[str, Three[PageParts]],
        sides: Three[Side],
    ) -> dict[str, Fate]:
        """Merge the pages; return where each paper stands."""
        standing = {
            key: fates.fate(key, *sides, self._told.append)
            for key in {**sides[1].places, **sides[2].places}
        }
        by_path: dict[str, dict[str, Fate]] = {}
        for key, one in standing.items():
            if one.path is not None:
                by_path.setdefault(one.path, {})[key] = one
        for path, three in parts.items():
            here = by_path.get(path, {})
            head = page_merges.merge_head(three, empty=not here)
            if not here and _is_bare(path, head):
                self._texts[path] = self._clean[path] = ""
                continue
            order = page_merges.order(three, here)
            text = page_merges.put_together(head, (here[key].section for key in order))
            clean = page_merges.put_together(head, (here[key].clean for key in order))
            self._texts[path], self._clean[path] = self._as_written(path, text), clean
            if any(one.undecided for one in here.values()):
                rest = (here[key].clean for key in order if not here[key].undecided)
                self._certain[path] = page_merges.put_together(head, rest)
        return standing

    def _as_written(self, path: str, text: str) -> str:
        """Return a page's text with the blank lines of the side that alone changed it."""
        base, ours, theirs = self._of(path).map(files.plain)
        changed, apart = three_way(base, ours, theirs)
        if apart or not changed:
            return text
        parts = page_merges.take_apart(changed)
        same = parts and page_merges.put_together(parts.head, parts.sections.values()) == text
        return changed if same else text

    def _settle_ledgers(self, standing: Mapping[str, Fate], sides: Three[Side]) -> None:
        """Bring the ledgers' rows to where the papers stand."""
        twice = {
            key
            for key, one in standing.items()
            if one.path is not None
            and key not in sides[0].rows
            and all(
                any(row.status == PUBLISHED for row in side.rows.get(key, ())) for side in sides[1:]
            )
        }
        for path in [path for path in self._texts if files.kind_of(path) == "ledger"]:
            text = self._texts[path]
            try:
                before = ledgers.parse(text)
            except BroadsheetError:
                continue  # a conflict, or a ledger that was damaged before
            rows = tuple(
                fates.settled(row, before.date, standing, sides[1:], twice)
                for row in before.statuses
            )
            if rows != before.statuses:
                self._texts[path] = ledgers.update(text, replace(before, statuses=rows))
        for path, text in self._clean.items():
            if text:
                day = day_of(path)
                if not self._texts.get(ledger_path(day)):
                    self._texts[ledger_path(day)] = ledgers.format(Ledger(date=day))

    def _redirect(self) -> None:
        """Drop redirects from addresses that pages have, and add those of addresses that go."""
        path = redirects.FILE
        text = self._texts.get(path, "")
        _, wrong = redirects.survey(text)
        if wrong:
            return
        after = {one: page for one, page in self._clean.items() if page}
        there = _addresses(after)
        gone: set[str] = set()
        for state in self._states[1:]:
            before = {one: state[one] for one in state if one in self._clean}
            gone |= {one for one in _addresses(before) - there if not self._stays(one)}
        certain = _addresses({**after, **self._certain})
        text = redirects.drop(text, certain) if text else text
        known = {one.old for one in redirects.survey(text)[0]}
        wanted = [one for one in addresses.redirects_for(gone) if one.old not in known]
        if wanted:
            text = redirects.add(text, wanted)
        if path in self._texts or text:
            self._texts[path] = text

    def _stays(self, address: str) -> bool:
        kind, _, rest = address.partition("s/")
        slug, _, month = rest.partition("/")
        return kind in ("topic", "tag") and not month and self._elsewhere(kind, slug)


def _rows(state: State) -> dict[str, tuple[PaperStatus, ...]]:
    """Return the rows of a state's ledgers by the paper's id."""
    found: dict[str, tuple[PaperStatus, ...]] = {}
    for path in sorted(state):
        if files.kind_of(path) != "ledger":
            continue
        try:
            rows = ledgers.parse(files.plain(state[path])).statuses
        except BroadsheetError:
            continue  # merged by line
        for row in rows:
            found[row.id] = (*found.get(row.id, ()), row)
    return found


def _addresses(pages: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    for path, text in pages.items():
        if not addresses.PAGE.match(path):
            continue
        try:
            found |= addresses.of_page(path, text)
        except BroadsheetError:
            continue  # a page that can't be read gives no addresses
    return found


def _is_bare(path: str, head: str) -> bool:
    """Return whether a page's text before its first paper is as commands write it."""
    if not head:
        return True
    try:
        if is_waiting(path):
            return waiting.parse(head, day_of(path)).text() is None
        return not content_pages.parse(head).intro
    except BroadsheetError:
        return False
