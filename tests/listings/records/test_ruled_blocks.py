"""Mails of working papers."""

from __future__ import annotations

from broadsheet.listings import parse
from broadsheet.listings.records.ruled_blocks import read

from .. import list_samples


def test_each_block_is_a_paper_and_what_is_none_is_named() -> None:
    listing = parse(list_samples.RULED.encode(), file="x")
    first, second = listing.entries
    assert listing.format == "ruled_blocks"
    assert first.title == "Steering Kites by the Pull on Their Line"
    assert first.authors == ("Ada Kite", "Bo Van Der Berg")
    assert first.abstract.startswith("Kites that stay aloft in weak wind")
    assert first.url == "https://ssrn.com/abstract=5000001"
    assert (second.title, second.authors) == ("When Is a Dough Ready?", ("Cy Crumb",))
    assert any("Working Paper No. 12" in notice for notice in listing.notices)
    assert any("blocks between rules" in notice for notice in listing.notices)


def test_other_texts_with_rules_are_none() -> None:
    assert read("a\n--------\nb\n--------\nc\n") is None
    assert read(list_samples.RULED.replace("https://ssrn.com/abstract=", "")) is None
    assert read(list_samples.RULED.split("----")[0]) is None
