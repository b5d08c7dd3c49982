"""Where a list has its titles, names and end, told by their places in all papers."""

from __future__ import annotations

import pytest

from broadsheet.listings import parse

from ..samples import ABSTRACTS, TITLES

NORTH = ("Kites of the North", 2, "")
LIST = "https://arxiv.org/abs/2601.0000"


def entries_of(text: str) -> list[tuple[str, int, str]]:
    listing = parse(text.encode(), file="2026-01-05.x")
    return [(e.title, len(e.authors), e.abstract) for e in listing.entries]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f'- "So It Flies": Kites in Plain Words\n  {LIST}1\n',
            ('"So It Flies": Kites in Plain Words', 0, ""),
        ),
        (f"Ada Kite, Bo Line: Kites of the North {LIST}1\n", NORTH),
        (
            f"- [Kites of the North]({LIST}1) - *Ada Kite, Bo Line*, KITES 2026.\n",
            NORTH,
        ),
        (
            f"[1] kites as sails for small boats\n    Ada Kite, Bo Line\n    {LIST}1\n",
            ("kites as sails for small boats", 2, ""),
        ),
        (f"[2026-01-05 10:00] <ada> Kites of the North {LIST}1\n", ("Kites of the North", 0, "")),
        (f"# '''Kites of the North''' – Ada Kite, Bo Line ([{LIST}1 arXiv])\n", NORTH),
        (
            f"• KITES: Sails of the North — Ada Kite, Bo Line — {LIST}1\n",
            ("KITES: Sails of the North", 2, ""),
        ),
        ("Ada Kite, Bo Line. kites of the north. 2026. ⟨kites-1⟩\n", ("kites of the north", 2, "")),
        (f"Kites of the North\n(Ada Kite, Bo Line)\n{LIST}1\n", NORTH),
        (
            f"**Title:** Kites of the North\n**Authors:** Ada Kite, Bo Line\n**Link:** {LIST}1\n",
            NORTH,
        ),
    ],
)
def test_where_titles_and_names_stand(text: str, found: tuple[str, int, str]) -> None:
    assert entries_of(text) == [found]


def test_one_name_counts_where_other_papers_have_names() -> None:
    names = ("Ada Kite, Bo Line", "Cy Crumb and Dee Keeper", "Eli Ash")
    text = "".join(
        f"**[Kites of Kind {n}]({LIST}{n})**\n\n*{who}*\n\n{ABSTRACTS[0]}\n\n"
        for n, who in enumerate(names)
    )
    assert entries_of(text) == [
        (f"Kites of Kind {n}", count, ABSTRACTS[0]) for n, count in enumerate((2, 2, 1))
    ]


def test_what_the_last_paper_alone_has_is_the_end() -> None:
    text = "".join(f"{n}/ Kites of Kind {n}\n\nby Ada Kite\n\n{LIST}{n}\n\n" for n in (1, 2, 3))
    listing = parse(f"{text}That was it, see you next week!\n".encode(), file="2026-01-05.x")
    assert [entry.abstract for entry in listing.entries] == ["", "", ""]
    assert any("That was it" in notice for notice in listing.notices)


def test_names_behind_titles_count_where_all_have_them() -> None:
    text = "".join(
        f"Week {n} (Jan {n}): {title}, {who}. {LIST}{n}\n"
        for n, title, who in ((1, "Kites, Reels and Rope", "Ada Kite and Bo Line"),
                              (2, "The Art of the Reel", "Cy Crumb, Dee Keeper and Eli Ash"))
    )  # fmt: skip
    assert entries_of(text) == [("Kites, Reels and Rope", 2, ""), ("The Art of the Reel", 3, "")]


@pytest.mark.parametrize(
    "form",
    [
        "{title}\n{who}\narXiv:2601.0000{n} · cs.RO · {n} Jan 2026\n\n{text}\n\nSave  Cite\n\n",
        "* {title}\n  ({who})\n  https://arxiv.org/abs/2601.0000{n}\n  {text}\n\n",
        "{title}\nby {who}\n\n{text}\n\nRead the paper: https://arxiv.org/abs/2601.0000{n}\n\n",
        "„{title}“\nvon {who}\nhttps://arxiv.org/abs/2601.0000{n}\n{text}\n\n",
    ],
)
def test_long_titles_and_lines_beside_addresses(form: str) -> None:
    titles = [
        "Why Do Kites of the Far North Fall? A Study of Ropes in the Wind",
        "Ada-4o Kites vs. Human Flyers: Who Stays Aloft for Longer?",
        "When Is a Dough Ready? Learning from Two Hundred Loaves of Bread",
    ]
    text = "".join(
        form.format(title=title, who="Ada Kite and Bo Line", n=n, text=ABSTRACTS[n - 1])
        for n, title in enumerate(titles, 1)
    )
    entries = parse(text.encode(), file="2026-01-05.x").entries
    assert [entry.title for entry in entries] == titles
    assert [entry.arxiv for entry in entries] == ["2601.00001", "2601.00002", "2601.00003"]
    assert {entry.authors for entry in entries} == {("Ada Kite", "Bo Line")}
    assert [entry.abstract for entry in entries] == [*ABSTRACTS]


def test_eastern_names_below_titles() -> None:
    text = "".join(
        f"●{title}\n{who}\n{LIST}{n}\n凧は弱い風の中でも長く飛び続けることができると示す。\n\n"
        for n, title, who in ((1, "風の中の凧", "田中浩、佐藤健"), (2, "糸巻きの技術", "鈴木一郎"))
    )
    entries = parse(text.encode(), file="2026-01-05.x").entries
    assert [entry.title for entry in entries] == ["風の中の凧", "糸巻きの技術"]
    assert [entry.authors for entry in entries] == [("田中浩", "佐藤健"), ("鈴木一郎",)]


def test_people_above_quoted_titles_are_of_the_paper_below() -> None:
    text = "Monday 5 January 2026\n\n" + "\n\n".join(
        f'1{n}:00  {who}\n       "{TITLES[n - 1]}"\n       {LIST}{n}'
        for n, who in ((1, "Ada Kite (Hill)"), (2, "Bo Line (North Sea)"), (3, "Cy Crumb (Mill)"))
    )
    entries = parse(text.encode(), file="2026-01-05.x").entries
    assert [entry.authors for entry in entries] == [("Ada Kite",), ("Bo Line",), ("Cy Crumb",)]


def test_an_abstract_wrapped_below_its_label_is_the_abstract() -> None:
    text = (
        f"(1) Kites of the North\n    Authors: Ada Kite\n"
        "    Abstract: Kites that stay aloft in weak wind are of use to the many\n"
        f"    weather stations of the north, we found.\n    URL: {LIST}1\n"
    )
    (entry,) = parse(text.encode(), file="2026-01-05.x").entries
    assert entry.title == "Kites of the North"
    assert entry.abstract.endswith("to the many weather stations of the north, we found.")


def test_a_tldr_without_a_colon_is_a_summary() -> None:
    text = f"### [Kites of the North]({LIST}1)\nAda Kite, Bo Line\n\nTL;DR Kites stay aloft.\n"
    (entry,) = parse(text.encode(), file="2026-01-05.x").entries
    assert (entry.summary, entry.abstract) == ("Kites stay aloft.", "")
