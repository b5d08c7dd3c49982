"""day.yml: written and read back, read alike in either way, changed without losing a remark."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content import ledger, ledger_rows
from broadsheet.content.ledger import (
    DECLINED,
    DUPLICATE,
    PUBLISHED,
    ImportedListing,
    Ledger,
    PaperStatus,
)
from broadsheet.errors import LedgerError

DAY = date(2025, 8, 7)
SPECIAL = "abZ09 :#,[]{}\"'\\&*!|>%@`-\t\n\r\u00a0\u2028\u2029\u0085\x00\x1f\x7f\ufeff\ufffeé漢😀"
texts = (
    st.text(st.sampled_from(SPECIAL), min_size=1, max_size=12)
    | st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
    | st.sampled_from(["null", "true", "1984", "1.5", "2025-08-07", "~", "---", "- {", "NaN"])
)
maybe = st.none() | texts
listings = st.builds(
    ImportedListing, file=texts, sha256=texts, source=texts, papers=st.integers(0, 10**6),
    captured=maybe, empty=maybe,
)  # fmt: skip
sources = st.dictionaries(texts, texts, max_size=2).map(lambda found: tuple(found.items()))
statuses = st.builds(
    PaperStatus, id=texts, title=texts, status=st.sampled_from([PUBLISHED, DECLINED]), arxiv=maybe,
    late=st.booleans() | st.just("2025-08-07T18:00Z"), sources=sources, written=maybe,
) | st.builds(
    PaperStatus, id=texts, title=texts, status=st.just(DUPLICATE), of=st.just("2025-08-05"),
)  # fmt: skip
ledgers = st.builds(
    Ledger,
    date=st.just(DAY),
    listings=st.lists(listings, max_size=3).map(tuple),
    statuses=st.lists(statuses, max_size=4, unique_by=lambda record: record.id).map(tuple),
)


@given(ledgers)
def test_what_is_written_is_read_back(book):
    assert ledger.parse(ledger.format(book)) == book


@given(ledgers)
def test_yaml_reads_what_the_line_reader_reads(book):
    text = ledger.format(book)
    assert ledger_rows._read_lines(text) is not None
    assert ledger._ledger(ledger_rows._read_yaml(text)) == book


@given(ledgers)
def test_one_paper_a_line(book):
    text = ledger.format(book)
    assert len(text.split("\n")) == 4 + len(book.listings) + len(book.statuses)


rows = st.sampled_from([
    "date: 2025-08-07", "date: 2025-08-07 # a day", "listings:", "listings: []", "papers:",
    "papers: []", '- {"id": "a", "title": "b", "became": "published"}', "# remark", "", "note: x",
    '- {"id": "a"', "- {id: c, title: d, became: declined}", '- {"id": "e", "title": "f", '
    '"became": "published", "late": true, "written": null}', "- [a]", "- {}", "- x", "  papers: 3",
    '- {"id": "g", "title": "\\ud83d\\ude00", "became": "declined"}', "x: &a 1", "y: *a",
    "- {a: NaN}", '- {"id": "h", "title": "x\u0085y", "became": "declined"}', "date:", "? [a]\n: b",
    '- {"file": "f", "sha256": "0", "source": "s", "papers": 3}', "- {file: f, source: s}",
])  # fmt: skip


@given(st.lists(rows, max_size=7).map("\n".join))
def test_the_line_reader_agrees_with_yaml_wherever_it_answers(text):
    quick = ledger_rows._read_lines(text)
    if quick is None:
        return
    try:
        slow = ledger_rows._read_yaml(text)
    except LedgerError:
        assert "date: 2025-08-07\ndate:" in text or text.count("date:") > 1
        return
    assert {k: [r.values for r in v] for k, v in quick.rows.items() if v} == {
        k: [r.values for r in v] for k, v in slow.rows.items() if v
    }


@given(st.lists(rows, max_size=7).map("\n".join))
def test_any_text_is_read_or_refused_in_one_line(text):
    error = refusal(text)
    if error:
        assert str(error).startswith("day.yml:")
        assert "\n" not in str(error)
        assert "expected" in error.message


def refusal(text: str) -> LedgerError | None:
    try:
        ledger.parse(text, file="day.yml")
    except LedgerError as error:
        return error
    return None


BOOK = Ledger(
    date=DAY,
    listings=(ImportedListing(file="a.txt", sha256="00", source="a", papers=2),),
    statuses=(
        PaperStatus(id="one", title="One", status=PUBLISHED, written="12"),
        PaperStatus(id="two", title="Two", status=PUBLISHED),
    ),
)
LATER = replace(
    BOOK,
    listings=(*BOOK.listings, ImportedListing(file="b.txt", sha256="01", source="b", papers=1)),
    statuses=(
        replace(BOOK.statuses[0], written="34"),
        BOOK.statuses[1],
        PaperStatus(id="three", title="Three", status=DECLINED, late=True),
    ),
)


def test_a_change_leaves_remarks_and_unknown_keys_where_they_are():
    lines = ledger.format(BOOK).split("\n")
    lines[4] = lines[4].replace("}", ', "why": "on the mark"}')
    lines.insert(2, "# the morning's listing")
    lines.insert(5, "")
    lines.insert(7, "# this one twice read")
    text = "note: [ours]\n" + "\n".join(lines)
    changed = ledger.update(text, LATER)
    assert ledger.parse(changed) == LATER
    for kept in ("note: [ours]", "# the morning's listing", "# this one twice read"):
        assert kept in changed.split("\n")
    assert '"written": "34", "why": "on the mark"}' in changed
    assert ledger.update(changed, LATER) == changed


def test_a_ledger_in_yaml_of_another_style_keeps_its_rows():
    text = """\
date: 2025-08-07   # a Thursday
listings:
  - file: a.txt
    sha256: '00'
    source: a
    papers: 2
papers:
  - id: one
    title: One
    became: published
    written: '12'
    # between two papers
  - {id: two, title: Two, became: published}   # fine
"""
    assert ledger.parse(text) == BOOK
    changed = ledger.update(text, replace(BOOK, statuses=(LATER.statuses[0], BOOK.statuses[1])))
    assert ledger.parse(changed).statuses[0].written == "34"
    added = ledger.update(text, LATER)
    assert ledger.parse(added) == LATER


@given(ledgers, ledgers)
def test_any_ledger_can_follow_any_other(before, after):
    text = ledger.format(before)
    assert ledger.parse(ledger.update(text, after)) == after
    crlf = text.replace("\n", "\r\n")
    assert ledger.parse(ledger.update("\ufeff" + crlf, after)) == after


def test_crlf_and_a_byte_order_mark_are_kept():
    text = "\ufeff" + ledger.format(BOOK).replace("\n", "\r\n")
    assert ledger.parse(text) == BOOK
    changed = ledger.update(text, LATER)
    assert changed.startswith("\ufeff")
    assert changed.count("\n") == changed.count("\r\n")


BROKEN = [
    ("", 1, "`date:`"),
    ("date: soon\n", 1, '"soon" is not a valid date'),
    ("date: [\n", 2, "can't be read"),
    ("date: 2025-02-30\n", 1, "not a valid date"),
    ("date: 2025-08-07\npapers:\n- x\n", 3, 'found "x"'),
    ('date: 2025-08-07\npapers:\n- {"title": "a"}\n', 3, "id: found nothing"),
    ('date: 2025-08-07\npapers:\n- {"id": "a", "title": "b", "became": "lost"}\n', 3, '"lost"'),
    ('date: 2025-08-07\npapers:\n- {"id": "a", "title": "b", "became": "duplicate"}\n', 3, "of: "),
    ('date: 2025-08-07\nlistings:\n- {"file": "a", "sha256": "b", "source": "c", "papers": -1}\n',
     3,
     '"-1"'),
    ("date: 2025-08-07\nx: &a [1]\ny: *a\n", 3, "alias"),
    ('date: 2025-08-07\npapers:\n- {"id": "a", "title": "b", "became": "declined"}\n'
     '- {"id": "a", "title": "c", "became": "declined"}\n', 4, "line 3"),
    ("date: 2025-08-07\nx: " + "[" * 100_000, 2, "more than 20 levels"),
    ("date: 2025-08-07\npapers: none\n", None, '"none"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "part"), BROKEN)
def test_a_broken_ledger_is_told_with_its_line(text, line, part):
    with pytest.raises(LedgerError) as caught:
        ledger.parse(text, file="day.yml")
    assert str(caught.value).startswith("day.yml:" + (f"{line}: " if line else ""))
    assert part in caught.value.message
    assert "expected" in caught.value.message


def test_a_sections_hash_passes_over_line_ends_and_blank_lines():
    assert ledger.section_hash("a\nb\n") == ledger.section_hash("\r\na\r\nb\r\n\r\n")
    assert ledger.section_hash("a\nb") != ledger.section_hash("a\n\nb")


def test_counting_by_what_became():
    assert (LATER.count(PUBLISHED), LATER.count(DECLINED), LATER.count(DUPLICATE)) == (2, 1, 0)
