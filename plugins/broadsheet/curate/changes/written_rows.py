"""Ledger rows of papers that nobody edited stay so where a command changes their sections. Pure.

A row's `written` is the fingerprint of the section as an import left it. A rename or a
reclassification is no edit of the paper: where the section still was as imported, the row gets the
fingerprint of what the command wrote, so that imports go on filling it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ...content import ledger as ledgers
from ...content import pages
from ...content.disk import LEDGER
from ...content.ledger import section_hash
from ...content.pages import splice


def hashes(text: str, file: str) -> dict[str, str]:
    """Return the fingerprint of each section of a page or file of what waits, by the paper's id.
    Raises ContentError for one that can't be read."""
    page = pages.parse(text, file=file)
    return {
        section.paper.id: section_hash(body) for section, body in splice.section_texts(text, page)
    }


def changed(
    texts: Mapping[str, str], writes: Mapping[str, str | None]
) -> Iterable[tuple[str, str, str]]:
    """Yield the id of each paper whose section a change rewrites, and its fingerprints before and
    after."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for path, text in writes.items():
        if not path.endswith(".md"):
            continue
        if path in texts:
            before |= hashes(texts[path], path)
        if text is not None:
            after |= hashes(text, path)
    for key, old in before.items():
        if after.get(key, old) != old:
            yield key, old, after[key]


def carried(texts: Mapping[str, str], writes: Mapping[str, str | None]) -> dict[str, str]:
    """Return the ledgers (texts by path) whose rows know sections that a change rewrites, with the
    new fingerprints. Raises LedgerError for a ledger that can't be read."""
    moved = {key: (old, new) for key, old, new in changed(texts, writes)}
    found: dict[str, str] = {}
    if not moved:
        return found
    for path, before in texts.items():
        text = writes.get(path) or before
        if not path.endswith(f"/{LEDGER}") or '"written"' not in text:
            continue
        ledger = ledgers.parse(text, file=path)
        rows = tuple(
            replace(row, written=moved[row.id][1])
            if row.id in moved and row.written == moved[row.id][0]
            else row
            for row in ledger.statuses
        )
        if rows != ledger.statuses:
            found[path] = ledgers.update(text, replace(ledger, statuses=rows))
    return found
