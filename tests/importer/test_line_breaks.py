"""A later capture sees no change where only the line breaks of an abstract differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from broadsheet.content import ledger, pages
from broadsheet.content.ledger import section_hash
from broadsheet.importer import run
from broadsheet.papers import Entry

from .world import rows, vocabulary

PAPER = Entry(
    title="Steps that shrink",
    abstract="We take gradient steps. They shrink, e.g. by half. It takes $n$ of them.",
    authors=("Ada Example",),
)
PAGE, DAY = "content/2025/08/05/optimization.md", "content/2025/08/05/day.yml"
LINES = "We take gradient steps.\nThey shrink, e.g. by half.\nIt takes $n$ of them.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    vocabulary(tmp_path / "content")
    (tmp_path / "seeds").mkdir()
    capture(tmp_path, 1, PAPER)
    return tmp_path


def capture(folder: Path, hour: int, paper: Entry) -> None:
    """Import one more capture of the day."""
    file = folder / f"seeds/2025-08-05.source.20250805T{hour:02}0000Z.jsonl"
    file.write_text(rows([paper]), "utf-8")
    assert not run([file], folder / "content").errors


def in_one_line(folder: Path, *, untouched: bool) -> str:
    """Write the page as an older Broadsheet did; give its text."""
    page, day = folder / PAGE, folder / DAY
    old = page.read_text().replace(LINES, LINES.replace("\n", " ").strip() + "\n")
    page.write_text(old)
    if untouched:
        found = ledger.parse(day.read_text())
        written = section_hash(old[old.index("## ") :])
        rows_ = tuple(replace(row, written=written) for row in found.statuses)
        day.write_text(ledger.format(replace(found, statuses=rows_)))
    return old


def test_new_abstracts_have_a_sentence_a_line_and_are_read_as_before(folder: Path) -> None:
    text = (folder / PAGE).read_text()
    assert LINES in text
    assert pages.parse(text).papers[0].abstract == PAPER.abstract
    capture(folder, 2, PAPER)
    assert (folder / PAGE).read_text() == text


@pytest.mark.parametrize("untouched", [True, False])
def test_an_old_section_stays_as_it_is_while_nothing_else_changes(
    folder: Path, untouched: bool
) -> None:
    old = in_one_line(folder, untouched=untouched)
    capture(folder, 2, PAPER)
    assert (folder / PAGE).read_text() == old


def test_an_old_section_that_a_capture_changes_is_written_anew(folder: Path) -> None:
    in_one_line(folder, untouched=True)
    capture(folder, 2, replace(PAPER, upvotes=3))
    text = (folder / PAGE).read_text()
    assert LINES in text
    assert "upvotes: 3" in text
    (row,) = ledger.parse((folder / DAY).read_text()).statuses
    assert row.written == section_hash(text[text.index("## ") :])


def test_line_breaks_that_a_person_made_stay(folder: Path) -> None:
    page = folder / PAGE
    mine = page.read_text().replace("They shrink, e.g.", "They shrink,\ne.g.")
    page.write_text(mine)
    capture(folder, 2, replace(PAPER, upvotes=3))
    block = mine.index("```\n\nWe")
    assert page.read_text().endswith(mine[block:])
    assert page.read_text().startswith(mine[:block])
