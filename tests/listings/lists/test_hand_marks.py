"""Lists under "Daily Papers" and other headings whose titles a hand has marked."""

from __future__ import annotations

import time

import pytest

from broadsheet.listings import parse
from broadsheet.listings.lists import hand_marks

PAPERS = [
    ("Kites of the North", "Ada Kite, Bo Line", "2601.00011"),
    ("Is a Reel Enough? It Depends", "Cy Reel, Di Tail", "2601.00012"),
    ("ReelNet++: Winding with Few Hands", "Ed Wind, Flo Gale", "2601.00013"),
]
ABSTRACT = (
    "We fly {0} kites over the sea. The line holds in nine of ten flights, and we explain why."
)


def _listing(form: str, head: str) -> str:
    papers = (
        form.format(n=n, t=t, a=a, u=f"https://arxiv.org/abs/{i}", b=ABSTRACT.format(n))
        for n, (t, a, i) in enumerate(PAPERS, 1)
    )
    return head + "\n\n".join(papers) + "\n"


@pytest.mark.parametrize(
    "head", ["# Daily Papers\n\nJan 5\n\n", "Papers I read\n\nJan 5, 2026\n\n"]
)
@pytest.mark.parametrize(
    ("form", "named", "told"),
    [
        ("{n}. {t}\n\n{b}", False, True),
        ("{n}. **{t}**\n\n   {b}", False, True),
        ("{n}) {t}\n{b}", False, True),
        ("## {n}. {t}\n\n{b}", False, True),
        ("**{t}**\n\n{b}", False, True),
        ("**{t}**\n\n*{a}*\n\n{b}", True, True),
        ("{n}. [{t}]({u})\n   {a}\n\n   {b}", True, True),
        ("### {t}\n*{a}*\n\n{b}\n\n[arXiv]({u})", True, True),
        ("## {n}. {t}\n\n**Authors**: {a}\n\n**Abstract**: {b}", True, True),
        ("- [{t}]({u})", False, False),
        ("{u} {t}", False, False),
        ("{t} ({u})", False, False),
        ("- [ ] [{t}]({u})\n  > {b}", False, True),
        ("## {t}\n\n[arXiv]({u}) · {a}\n\n{b}", True, True),
        ("{t}\n{a}\n{u}\n{b}", True, True),
    ],
)
def test_titles_are_read_without_the_marks_set_before_them(
    head: str, form: str, named: bool, told: bool
) -> None:
    entries = parse(_listing(form, head).encode(), file="2026-01-05.txt").entries
    assert [entry.title for entry in entries] == [title for title, _, _ in PAPERS]
    for n, (entry, (_, authors, arxiv)) in enumerate(zip(entries, PAPERS, strict=True), 1):
        assert entry.authors == (tuple(authors.split(", ")) if named else ())
        assert entry.abstract == (ABSTRACT.format(n) if told else "")
        assert entry.arxiv == (arxiv if "{u}" in form else None)


def test_underlined_headings_are_no_rules_between_papers() -> None:
    form = "{t}\n{r}\n\n*{a}*\n\n{b}\n\n<https://arxiv.org/abs/{i}>"
    text = "\n\n".join(
        form.format(t=t, a=a, i=i, r="-" * len(t), b=f"{ABSTRACT.format(n)} {ABSTRACT.format(n)}")
        for n, (t, a, i) in enumerate(PAPERS)
    )
    listing = parse(f"Papers of the Day\n=================\n\n{text}\n".encode(), file="k.md")
    assert [(e.title, ", ".join(e.authors), e.arxiv) for e in listing.entries] == PAPERS


def test_rows_below_a_heading_of_daily_papers_are_a_table() -> None:
    rows = "\n".join(
        f"| {n} | {t} | {a} | [arXiv](https://arxiv.org/abs/{i}) |"
        for n, (t, a, i) in enumerate(PAPERS, 1)
    )
    text = f"# Daily Papers\n\n2026-01-05\n\n| # | Title | Authors | Link |\n|-|-|-|-|\n{rows}\n"
    listing = parse(text.encode(), file="2026-01-05.md")
    assert [(e.title, e.arxiv) for e in listing.entries] == [(t, i) for t, _, i in PAPERS]


@pytest.mark.parametrize("unit", ["**", "** ", "| ", "- [x](", "1. ", "1. **a", "https://a.b "])
def test_marks_without_end_take_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    started = time.process_time()
    hand_marks.are_set(text)
    hand_marks.without(text)
    assert time.process_time() - started < 1
