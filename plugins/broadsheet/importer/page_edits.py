"""The pages that an import changes: their texts as they are and as they become. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ..content import pages
from ..content.disk import day_folder
from ..content.ledger import section_hash
from ..content.pages import splice
from ..errors import ContentError
from ..topics import Vocabulary


class PageEdits:
    """The pages of a content folder (`content` maps paths to texts) with an import's changes.

    `texts` are those of changed pages, `changes` counts the sections that were changed. All that
    reads a page raises ContentError for one that can't be read.
    """

    def __init__(self, content: Mapping[str, str]) -> None:
        self._content = content
        self._parsed: dict[str, pages.Page] = {}
        self.texts: dict[str, str] = {}
        self.changes = 0

    def page(self, path: str) -> pages.Page:
        """Return a page."""
        if path not in self._parsed:
            self._parsed[path] = pages.parse(self._text(path), file=path)
        return self._parsed[path]

    def section(self, path: str, key: str) -> tuple[pages.Section, str]:
        """Return a paper's section of a page, and its `section_hash` as it stands."""
        section = next(one for one in self.page(path).sections if one.paper.id == key)
        return section, section_hash(splice.section_text(self._text(path), section))

    def rewrite(self, path: str, section: pages.Section, written: str) -> None:
        """Replace a section's text."""
        self._change(path, splice.replace(self._text(path), section, written))

    def recount(self, path: str, section: pages.Section, changed: Mapping[str, Any]) -> None:
        """Update an edited section's votes and comments, unless that would change anything else."""
        if not changed:
            return
        text = self._text(path)
        refreshed = splice.refresh(text, section, {key: str(one) for key, one in changed.items()})
        try:
            after = pages.parse(refreshed, file=path)
        except ContentError:
            return
        wanted = tuple(
            replace(paper, **changed) if paper.id == section.paper.id else paper
            for paper in pages.parse(text, file=path).papers
        )
        if after.papers == wanted:
            self._change(path, refreshed)

    def add(self, day: date, topic: str, sections: Sequence[str], vocabulary: Vocabulary) -> None:
        """Add new sections to a day's page of a topic, which they may begin."""
        path = f"{day_folder(day)}/{topic}.md"
        if path in self.texts or path in self._content:
            self.page(path)  # raises for a page that can't be read
            text = self._text(path)
            for section in sections:
                text = splice.append(text, section)
            self.texts[path] = text
            return
        known = vocabulary.topic_by_slug.get(topic)
        heading = pages.PageHeading(known.name if known else topic, day, topic)
        self.texts[path] = "\n".join([pages.format_page(heading, ()), *sections])

    def _text(self, path: str) -> str:
        return self.texts[path] if path in self.texts else self._content[path]

    def _change(self, path: str, text: str) -> None:
        if text != self._text(path):
            self.texts[path] = text
            self._parsed.pop(path, None)
            self.changes += 1
