"""Names that the rest of a list tells to be some, and what stays a topic."""

from __future__ import annotations

from broadsheet.listings import parse


def authors(*behind: str) -> list[tuple[str, ...]]:
    rows = [
        f"- [Kites of {n}](https://arxiv.org/abs/2601.0000{n}){b}" for n, b in enumerate(behind)
    ]
    return [one.authors for one in parse("\n".join(rows).encode(), file="x").entries]


def test_names_alone_where_others_have_authors() -> None:
    assert authors(" — Kite", " (Reel & Line)", ", by Ada Kite and Bo Line") == [
        ("Kite",),
        ("Reel", "Line"),
        ("Ada Kite", "Bo Line"),
    ]


def test_topics_are_no_names() -> None:
    assert authors(" — Vision", " — Robotics", " — Vision") == [(), (), ()]
    assert authors(" — Vision", " — Robotics") == [(), ()]


def test_a_place_in_parentheses_is_no_name() -> None:
    assert authors(" (Hill University)", ", by Ada Kite and Bo Line")[0] == ()


def test_bold_families_behind_a_linked_title() -> None:
    text = "[How Kites Land](https://arxiv.org/abs/2601.00001) **Reel & Line** on landing softly.\n"
    (entry,) = parse(text.encode(), file="x").entries
    assert (entry.title, entry.authors) == ("How Kites Land", ("Reel", "Line"))
