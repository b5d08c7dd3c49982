"""Write all abstracts a sentence a line, for shorter diffs. Pure.

Nothing else changes: the papers that the pages hold are the same, and a section that nobody edited
since its import still counts as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...content import ledger as ledgers
from ...content import pages
from ...content.disk import LEDGER
from ...content.ledger import section_hash
from ...content.pages import Section, splice
from ...errors import ContentError
from ...text import sentence_lines
from ..changes.addresses import PAGE, WAITING_FILE


def sentences(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the pages, files of waiting papers and ledgers that change, by path.

    A page that can't be read stays as it is. Raises LedgerError for a ledger that can't be read.
    """
    changed: dict[str, str] = {}
    hashes: dict[str, dict[str, str]] = {}  # by paper: of its section before, and after
    for path, text in texts.items():
        if not PAGE.match(path) and not WAITING_FILE.match(path):
            continue
        try:
            page = pages.parse(text, file=path)
            new = _rewritten(text, page)
            if new == text or pages.parse(new).papers != page.papers:
                continue
        except ContentError:
            continue  # a check tells what is wrong with it
        changed[path] = new
        for key, before, after in _sections(text, page, new):
            hashes.setdefault(key, {})[section_hash(before)] = section_hash(after)
    for path, text in texts.items():
        if path.endswith(f"/{LEDGER}") and hashes:
            ledger = ledgers.parse(text, file=path)
            rows = tuple(
                replace(row, written=hashes.get(row.id, {}).get(row.written or "", row.written))
                for row in ledger.statuses
            )
            if rows != ledger.statuses:
                changed[path] = ledgers.update(text, replace(ledger, statuses=rows))
    return changed


def _sections(text: str, page: pages.Page, new: str) -> Iterator[tuple[str, str, str]]:
    """Yield each paper's id with its section before and after."""
    after = splice.section_texts(new, pages.parse(new))
    for (old, before), (_, now) in zip(splice.section_texts(text, page), after, strict=True):
        yield old.paper.id, before, now


def _rewritten(text: str, page: pages.Page) -> str:
    lines = splice.lines_of(text)
    for section in reversed(page.sections):
        start, end = _abstract(lines, section)
        old = "".join(lines[start:end])
        plain = old.replace("\r\n", "\n")
        body = plain.strip("\n")
        new = plain.replace(body, sentence_lines.split(body), 1) if body else plain
        if new != plain:
            lines[start:end] = [new.replace("\n", splice.newline_of(old))]
    return "".join(lines)


def _abstract(lines: list[str], section: Section) -> tuple[int, int]:
    """Return the lines of a section's abstract, as a slice: those after its block, up to a note."""
    start = section.block[1] + 1 if section.block else section.line
    end = start
    while end < section.last_line and not lines[end].startswith(">"):
        end += 1
    return start, end
