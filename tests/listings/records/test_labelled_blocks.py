"""Papers as blocks of labelled lines."""

from __future__ import annotations

from broadsheet.listings import parse
from broadsheet.listings.records.labelled_blocks import read

from .. import list_samples


def test_labels_in_two_languages() -> None:
    listing = parse(list_samples.BLOCKS.encode(), file="x")
    first, second = listing.entries
    assert listing.format == "labelled_blocks"
    assert (first.title, first.authors) == ("风筝的控制", ("张三", "李四"))
    assert (first.abstract, first.published) == ("我们用一个小模型来控制风筝。", "2026-01-05")
    assert (second.title, second.authors) == ("面团何时发好", ("王五",))
    assert any("SrcDatabase" in notice for notice in listing.notices)


def test_a_title_may_stand_above_the_labels_of_its_block() -> None:
    text = (
        "______\n\nDocument 1 of 2\n\nSteering Kites\n\nAuthor: Kite, Ada; Line, Bo\n\n"
        "Abstract: Kites that\nstay aloft.\n\nLinks: https://doi.org/10.1000/k\n\n______\n\n"
        "Document 2 of 2\n\nDoughs\n\nAuthor: Crumb, Cy\n\nAbstract: They rise.\n"
    )
    first, second = parse(text.encode(), file="x").entries
    assert (first.title, first.authors, first.doi) == (
        "Steering Kites",
        ("Ada Kite", "Bo Line"),
        "10.1000/k",
    )
    assert first.abstract == "Kites that stay aloft."
    assert (second.title, second.authors) == ("Doughs", ("Cy Crumb",))


def test_prose_with_a_label_is_none() -> None:
    assert read("Title: Kites\n\nWe fly.\nAnd sing.\nAnd rest.\nAbstract: no\n") is None
    assert read("Note: we fly.\nTime: noon\n") is None


def test_labels_that_say_more_of_authors_are_no_authors() -> None:
    block = (
        "Template-Type: Paper 1.0\nTitle: {}\nAuthor-Name: Ada Kite\nAuthor-Email: a@example.org\n"
        "Author-Workplace-Name: Meadow Lab\nAuthor-Name: Bo Line\nAbstract: They fly.\n\n"
    )
    text = block.format("Kites") + block.format("Reels")
    listing = parse(text.encode(), file="x")
    assert [(one.title, one.authors) for one in listing.entries] == [
        ("Kites", ("Ada Kite", "Bo Line")),
        ("Reels", ("Ada Kite", "Bo Line")),
    ]
    assert any("Meadow Lab" in notice for notice in listing.notices)
