"""Curating a content folder: finding the paper that is meant, reading what an edit looks at, and
carrying it out. The adapter of this package: with `git`, the only module here that reads or
writes files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process

from .. import content, inside, pages, subscribed, vocabularies
from .. import ledger as ledgers
from ..content import LEDGER, Source
from ..errors import ContentError, shown
from ..importer.known import Known
from ..importer.recall import kept_beside, recall
from ..ledger import PUBLISHED
from ..listings import title_key
from ..listings.identifiers import arxiv_id
from ..pages import Seen
from ..redirects import FILE as REDIRECTS
from ..topics import Vocabulary
from .change import Change, Place, State

_ADDRESS = re.compile(r"(?:\A|/)papers/([a-z0-9.-]+)/?\Z")


class Folder:
    """A content folder, read when asked."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Its topics and tags."""
        return vocabularies.read(self.root)

    @cached_property
    def _seen(self) -> list[tuple[Place, Seen]]:
        return [
            (Place(day.date, page.path, seen.id), seen)
            for day in content.read_days(self.root)
            for page in day.pages
            for seen in pages.scan(page.text(), file=page.path)
        ]

    def locked(self) -> AbstractContextManager[None]:
        """Have the folder alone, from reading to writing. Raises SiteError where an import or
        another edit has it."""
        return content.locked(self.root)

    def find(self, what: str) -> Place:
        """The paper that a text means: its id, its address, its arXiv id or address, its title, or
        words that stand in no other title. Raises ContentError where none or several are meant.
        """
        wanted = what.strip()
        address = _ADDRESS.search(wanted.split("?")[0])
        number = arxiv_id(wanted)
        by_id = {wanted, address[1] if address else wanted}
        for matches in (
            [place for place, seen in self._seen if seen.id in by_id],
            [place for place, seen in self._seen if number and seen.arxiv == number[0]],
            [place for place, seen in self._seen if title_key(seen.title) == title_key(wanted)],
            [place for place, seen in self._seen if wanted.lower() in seen.title.lower()],
        ):
            if len(matches) == 1:
                return matches[0]
            if matches:
                named = ", ".join(place.id for place in matches[:5])
                raise ContentError(f"{shown(what)} means {len(matches)} papers: {named}; "
                                   "expected the id of one")  # fmt: skip
        ids = [seen.id for _, seen in self._seen]
        near = process.extractOne(wanted, ids, scorer=fuzz.ratio, score_cutoff=75)
        hint = f'; is "{near[0]}" meant?' if near else ""
        raise ContentError(f"no paper {shown(what)} stands in {self.root}{hint}")

    def published_on(self, key: str) -> date | None:
        """The day whose ledger says that a paper was published on it."""
        for day in content.read_days(self.root):
            if day.ledger is None or f'"{key}"' not in day.ledger.text():
                continue
            book = ledgers.parse(day.ledger.text(), file=day.ledger.path)
            if any(fate.id == key and fate.became == PUBLISHED for fate in book.fates):
                return day.date
        return None

    def newest(self) -> date | None:
        """The newest day that has papers."""
        return max((place.date for place, _ in self._seen), default=None)

    def known(self) -> Known:
        """An index of all papers, as an import has it."""
        return recall(self.root, kept_beside(self.root))

    def state(self, days: Iterable[date]) -> State:
        """What an edit of these days looks at."""
        months = {f"{day:%Y-%m}" for day in days}
        texts: dict[str, str] = {}
        for key in sorted(months):
            for day in content.read_month(self.root, key):
                texts |= {one.path: one.text(with_mark=True) for one in day.sources}
        redirects = self.root / REDIRECTS
        if redirects.is_file():
            texts[REDIRECTS] = Source(REDIRECTS, inside.read(self.root, REDIRECTS)).text(
                with_mark=True
            )

        def elsewhere(kind: str, slug: str) -> bool:
            return self._uses(kind, slug, months)

        return State(texts=texts, vocabulary=self.vocabulary, elsewhere=elsewhere)

    def everything(self) -> State:
        """What an edit of all days looks at, with tags.yml and the subscriptions."""
        texts = self.texts()
        texts |= {one.path: one.text(with_mark=True) for one in subscribed.sources(self.root)}
        return State(texts=texts, vocabulary=self.vocabulary)

    def _uses(self, kind: str, slug: str, but: Collection[str]) -> bool:
        """Whether a topic or tag has papers in a month that is none of `but`."""
        for key in reversed(content.months(self.root)):
            if key in but:
                continue
            for day in content.read_month(self.root, key):
                for page in day.pages:
                    if slug.encode() in page.data and _has(page, kind, slug):
                        return True
        return False

    def texts(self, paths: Iterable[str] | None = None) -> dict[str, str]:
        """Files' texts by path: of all pages and the vocabulary, or of `paths` where there."""
        found = {}
        for path in self.paths() if paths is None else paths:
            file = self.root / path
            if file.is_file():
                found[path] = Source(path, inside.read(self.root, path)).text(with_mark=True)
        return found

    def paths(self) -> Iterator[str]:
        """The files that `texts` reads when none are named."""
        yield from ("topics.yml", "tags.yml", REDIRECTS)
        for day in content.read_days(self.root):
            yield from (source.path for source in day.sources)

    def carry_out(self, change: Change) -> None:
        """Write a change's files, pages before ledgers, and remove those that it empties."""
        writes = sorted(change.writes.items(), key=lambda pair: (pair[0].endswith(LEDGER), pair[0]))
        for path, text in writes:
            if text is not None:
                content.write(self.root, path, text)
        for path, text in writes:
            if text is None:
                content.remove(self.root, path)


def _has(page: Source, kind: str, slug: str) -> bool:
    found, _ = pages.survey(page.text(), file=page.path)
    if found is None or not found.sections:
        return False
    if kind == "topic":
        return found.topic == slug
    return any(slug in paper.tags for paper in found.papers)
