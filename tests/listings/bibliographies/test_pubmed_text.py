"""PubMed's export of abstracts as text."""

from __future__ import annotations

from broadsheet.listings import parse

EXPORT = """1. Kite Lett. 2026 Jan;8(1):e12-e20. doi: 10.1000/S1-7500(25)1. Epub 2025
Dec 20.

Kites over wards: a trial of
lines.

Doe J(1), O'Roe S(2)(3), van der Poe AM(1); Kite Group.

Author information:
(1)Department of Kites, Hill.

Comment in
    Kite Lett. 2026 Jan;8(1):e1.

BACKGROUND: Kites are common.
METHODS: We flew 24 of them.

Copyright (c) 2026 The Authors.

DOI: 10.1000/S1-7500(25)1
PMID: 41000001 [Indexed for MEDLINE]


2. Rope News. 2026 Jan 4;17(1):55.

[Ropes of steel].

[Article in German]

We pull, again and again, at ropes of steel that nobody signed.

PMID: 41000002
"""


def test_an_export_of_abstracts_as_text_has_its_papers_parts_by_paragraph() -> None:
    listing = parse(EXPORT.encode(), file="x")
    one, two = listing.entries
    assert (one.title, one.doi) == ("Kites over wards: a trial of lines", "10.1000/S1-7500(25)1")
    assert one.authors == ("J Doe", "S O'Roe", "AM van der Poe", "Kite Group")
    assert one.abstract == "BACKGROUND: Kites are common. METHODS: We flew 24 of them."
    assert (one.venue, one.published) == ("Kite Lett", "2026-01")
    assert (two.title, two.authors, two.published) == ("Ropes of steel", (), "2026-01-04")
    assert two.abstract.startswith("We pull, again and again")
    told = " ".join(listing.notices)
    assert all(part in told for part in ("author information", "41000001", "comment in"))
