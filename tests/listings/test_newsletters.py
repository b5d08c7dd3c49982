"""Newsletters, digests and notes as people write and copy them: what is a paper's title, what is
said of it, and what is named since no field keeps it."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.listings import Listing, parse
from broadsheet.listings.lists.list_counts import counts
from broadsheet.papers import Entry

ONE, TWO = "https://arxiv.org/abs/2601.00001", "https://arxiv.org/abs/2601.00002"


def read(text: str, day: date | None = None) -> Listing:
    return parse(text.encode(), file="x", day=day)


def only(text: str) -> Entry:
    (entry,) = read(text).entries
    return entry


@pytest.mark.parametrize(
    "text",
    [
        f"KITES\n\nSTEERING KITES BY WIND (9 MINUTE READ) [1]\n\nWe fly.\n\nLinks:\n[1] {ONE}\n",
        "**A lab flies kites:**\nThey fly well in the wind.\n"
        f"**Read more:** [Steering Kites by Wind]({ONE}).\n",
        "### Steering Kites by Wind\n\n*Ada Kite et al.* — A kite that flies all by itself, and "
        f"lands where it began.\n\n[Paper]({ONE}) [Results](https://kites.example/r)\n",
        f'"Steering Kites by Wind"\n\n  ADA KITE, Meadow University\n  {ONE}\n\nWe fly.\n',
        f"1. タイトル：Steering Kites by Wind\n   著者：佐藤健\n   リンク：{ONE}\n",
        f"Заголовок: Steering Kites by Wind\nАвторы: Иван Петров\nСсылка: {ONE}\n",
        f"- title:: Steering Kites by Wind\n  authors:: Ada Kite\n  url:: {ONE}\n",
        f"Preprint: Steering Kites by Wind\nJan 2026\nAda Kite - Bo Line\n{ONE}\n",
        f"It fails. [Steering Kites by Wind]({ONE}) lets a kite find its own way home again.\n",
        f"{ONE}\n\n{{Embed}}\n{ONE}\nSteering Kites by Wind\n",
    ],
)
def test_the_title_is_the_papers_own(text: str) -> None:
    entry = only(text)
    assert (entry.title.lower(), entry.arxiv) == ("steering kites by wind", "2601.00001")


def test_what_stands_between_a_heading_and_its_links_is_the_papers() -> None:
    told = "A kite that flies all by itself in any wind, and lands where it began."
    entry = only(f"### Steering Kites\n\n*Ada Kite et al.* — {told}\n\n[Paper]({ONE})\n")
    assert (entry.authors, entry.abstract) == (("Ada Kite",), told)


def test_what_a_text_below_a_paper_cites_is_another_paper() -> None:
    text = "- [Kites](https://doi.org/10.1000/k)\n\n  We fly better than all "
    text += f"of those who ever flew a kite in any wind before us ({TWO}) did.\n"
    entry = only(text)
    assert (entry.doi, entry.arxiv) == ("10.1000/k", None)


def test_a_title_with_a_label_begins_the_next_paper() -> None:
    text = "".join(
        f"{n}. Title: {title}\n   Authors: Ada Kite, Bo Line\n   Link: {link}\n\n"
        for n, title, link in ((1, "Steering Kites", ONE), (2, "Holding Lines", TWO))
    )
    assert [entry.title for entry in read(text).entries] == ["Steering Kites", "Holding Lines"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("👍 128 likes · 💬 14 comments", {"upvotes": "128", "comments": "14"}),
        ("4.5 stars", {}),
        ("⭐ 1.2k", {"stars": "1200"}),
        ("3,400 stars", {"stars": "3400"}),
        ("12 pages", {}),
        ("2 votes of 3 were lost", {}),
        ("ICLR 2026", {}),
    ],
)
def test_counts_beside_a_paper(text: str, found: dict[str, str]) -> None:
    assert counts(text) == found


def test_votes_comments_year_and_venue_are_kept_and_other_labels_named() -> None:
    listing = read(
        f"* Steering Kites\n  - Authors: Ada Kite; Bo Line\n  - Venue: Wind 2026\n  - Year: 2026\n"
        f"  - Link: {ONE}\n  - Rating: 4/5\n  - Journal: Kite Letters\n  - 7 likes\n"
    )
    (entry,) = listing.entries
    assert (entry.venue, entry.published, entry.upvotes) == ("Wind 2026", "2026", 7)
    assert any('label "Rating" is not read: it holds "4/5"' in one for one in listing.notices)
    assert any('"Kite Letters"' in notice for notice in listing.notices)


def test_a_tables_columns_are_kept_or_named() -> None:
    listing = read(
        "| No | Year | Venue | Title | Mood | Link |\n|---|---|---|---|---|---|\n"
        f"| 1 | 2026 | Wind | Steering Kites | glad | [PDF]({ONE}) |\n"
    )
    (entry,) = listing.entries
    assert (entry.title, entry.published, entry.venue) == ("Steering Kites", "2026", "Wind")
    assert [*listing.notices] == ['label "Mood" is not read: it holds "glad" in line 3']


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("R. Roe and J. Doe, *Kite Letters* (2026)", ("R. Roe", "J. Doe")),
        ("by Ada Kite and Bo Line ⭐⭐⭐", ("Ada Kite", "Bo Line")),
        ("Ada Kite, Bo Line, +3 authors", ("Ada Kite", "Bo Line")),
        ("A. Kite (2025)", ("A. Kite",)),
    ],
)
def test_authors_end_where_other_words_begin(line: str, authors: tuple[str, ...]) -> None:
    assert only(f"* [Steering Kites]({ONE}), {line}\n").authors == authors


@pytest.mark.parametrize(
    "line",
    [
        f"- Steering Kites by Wind (Kite Letters 2026) - Ada Kite, Bo Line - {ONE}",
        f"- [Steering Kites by Wind]({ONE})\n  Kite Letters 2026",
    ],
)
def test_a_venue_with_its_year_is_kept(line: str) -> None:
    entry = only(f"{line}\n")
    assert (entry.title, entry.venue) == ("Steering Kites by Wind", "Kite Letters 2026")


def test_tags_behind_a_linked_title_are_keywords() -> None:
    entry = only(f"- [ ] [Steering Kites]({ONE}) #wind #lines\n")
    assert entry.keywords == ("wind", "lines")


@pytest.mark.parametrize(
    "first",
    ["📚 Kite Daily — cs.RO — 5 Jan 2026", "Дайджест статей за 5 января 2026 г."],
)
def test_a_day_that_the_first_line_mentions_counts_where_no_other_is_given(first: str) -> None:
    text = f"{first}\n\nSteering Kites by Wind\n{ONE}\n"
    assert read(text).date == date(2026, 1, 5)
    assert read(text, date(2026, 1, 9)).date is None


def test_rows_of_markdown_within_json_are_a_list() -> None:
    row = f"|**2026-01-05**|**Steering Kites**|Ada Kite et.al.|[2601.00001]({ONE})|null|\\n"
    text = f'{{"Kites": {{"2601.00001": "{row}"}}}}'
    assert (only(text).title, only(text).authors) == ("Steering Kites", ("Ada Kite",))


def test_names_between_a_title_and_its_address_are_its_authors() -> None:
    text = f"Kites, [05.01.2026 09:15]\n📄 Steering Kites by Wind\n\n👤 Ada Kite\n\n🔗 {ONE}\n"
    entry = only(text)
    assert (entry.title, entry.authors) == ("Steering Kites by Wind", ("Ada Kite",))


def test_what_counts_a_newsletters_readers_is_no_part_of_an_address() -> None:
    text = "- [Steering Kites](https://www.nature.com/articles/k-1?utm_source=x&a=1&utm_medium=y)\n"
    assert only(text).url == "https://www.nature.com/articles/k-1?a=1"


def test_the_day_above_labelled_blocks_counts_and_other_words_are_named() -> None:
    block = f"제목: 연\n저자: 김민수\n초록: 연이 난다.\n링크: {ONE}\n"
    assert read(f"오늘의 논문 (2026년 1월 7일)\n\n{block}").date == date(2026, 1, 7)
    listing = read(f"오늘의 논문\n\n{block}")
    assert listing.date is None
    assert any("오늘의 논문" in notice for notice in listing.notices)
