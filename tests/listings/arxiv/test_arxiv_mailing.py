"""arXiv's daily mailing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse

from .. import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="mail.txt")


def test_everything_that_a_paper_gives_is_kept() -> None:
    listing = read(samples.MAILING)
    assert (listing.format, listing.date) == ("arxiv_mailing", date(2023, 3, 17))
    assert listing.captured == datetime(2023, 3, 17, 0, 31, 14, tzinfo=UTC)
    first, second = listing.entries
    assert first.title == samples.TITLES[0]
    assert first.abstract == samples.ABSTRACTS[0] + "\n\nA second paragraph is indented."
    assert first.arxiv == "2303.00001"
    assert first.authors == ("Ada Kite", "José Line", "Erdős Pal")
    assert first.categories == ("q-fin.TR", "cond-mat.stat-mech")
    assert first.code == "https://github.com/example/kites"
    assert (first.doi, first.published, first.announce) == ("10.1000/kites.2", "2023-03-15", "new")
    assert (second.arxiv, second.abstract) == ("2303.00002", samples.ABSTRACTS[1])
    assert (second.announce, second.line) == ("cross", 29)
    assert first.tex


def test_an_abstract_that_is_set_in_as_a_whole_is_one_paragraph() -> None:
    abstract = "We fly kites of twelve kinds over the northern sea, by day and by\n  night."
    paper = f"\\\\\narXiv:2303.00009\nTitle: Kites\nAuthors: Ada Kite\n\\\\\n  {abstract}\n"
    text = samples.MAILING[: samples.MAILING.index("%%--%%")] + paper + "\\\\ ( x )\n"
    assert read(text).entries[-1].abstract == " ".join(abstract.split())


def test_replaced_papers_are_no_papers_and_are_told_of() -> None:
    assert read(samples.MAILING).notices == (
        f'line 44: "{samples.TITLES[2]}" is replaced; left out',
    )


def test_a_mailing_cut_off_within_a_paper_is_an_error() -> None:
    cut = samples.MAILING[: samples.MAILING.index("ten paces")]
    with pytest.raises(ListingError, match="is cut off") as caught:
        read(cut)
    assert "from line 10" in caught.value.message


def test_a_mailing_cut_off_between_papers_has_a_notice() -> None:
    cut = samples.MAILING[: samples.MAILING.index("%%--%%")]
    assert "may be cut off" in read(cut).notices[-1]


def test_a_rule_within_a_paper_is_an_error() -> None:
    with pytest.raises(ListingError, match="is cut off"):
        read(samples.MAILING.replace(r"\\ ( https://arxiv.org/abs/2303.00001 ,  243kb)", ""))


def test_a_mailing_without_papers_is_a_valid_empty_listing() -> None:
    head = samples.MAILING[: samples.MAILING.index("\\\\")]
    listing = read(head)
    assert (listing.entries, listing.empty) == ((), "nothing announced")
    assert listing.date == date(2023, 3, 17)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("arXiv:2303.00002 (*cross-listing*)\n", "", "no arXiv id"),
        ("arXiv:2303.00002", "arXiv:kites", '"kites" is not an arXiv id'),
        (f"Title: {samples.TITLES[1]}", "", "no title"),
    ],
)
def test_papers_with_broken_headers_are_left_out_and_named(old: str, new: str, found: str) -> None:
    listing = read(samples.MAILING.replace(old, new))
    assert len(listing.entries) == len(read(samples.MAILING).entries) - 1
    (notice,) = (one for one in listing.notices if found in one)
    assert notice.startswith(("line 28: ", "line 29: "))
    assert notice.endswith("left out")


def test_what_no_field_keeps_is_named() -> None:
    paper = samples.MAILING.replace("Categories: q-fin.TR", "MSC-class: 70E\nCategories: q-fin.TR")
    assert 'field "MSC-class" is not read: it holds "70E"' in read(paper).notices[0]
