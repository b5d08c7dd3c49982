"""RIS, PubMed's format and EndNote's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse
from broadsheet.listings.bibliographies import tagged

from .. import samples
from ..samples import outcome


def read(text: str) -> Listing:
    return parse(text.encode(), file="refs")


def error(text: str) -> str:
    with pytest.raises(ListingError) as caught:
        read(text)
    return str(caught.value)


def test_ris() -> None:
    listing = read(samples.RIS)
    assert listing.format == "ris"
    first, second = listing.entries
    assert (first.title, first.abstract) == (samples.TITLES[0], samples.ABSTRACTS[0])
    assert (first.arxiv, first.version, first.doi) == ("2501.00001", 1, None)
    assert first.authors == ("Ada Kite", "Bo Line")
    assert (first.keywords, first.published) == (("kites", "wind"), "2025-01-02")
    assert (second.title, second.abstract) == (samples.TITLES[1], samples.ABSTRACTS[1])
    assert (second.doi, second.url) == ("10.1000/bread.1", "https://bread.example/paper")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (samples.RIS.rstrip()[:-6], "the record that starts here is cut off"),
        (
            samples.RIS.replace("TI  - ", "XX  - ").replace("T1  - ", "XX  - "),
            "refs:1: the record has no title",
        ),
    ],
)
def test_no_broken_ris_record_is_passed_over(text: str, found: str) -> None:
    assert found in error(text)


KITE = "TY  - JOUR\nTI  - Kites\nAU  - Doe, Jane\nPY  - 2019\nER  - \n"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + KITE,
        "Provider: A Library\nContent: text/plain\n\n# exported\n" + KITE,
        "1.\n" + KITE,
        "1. " + KITE,
        KITE.replace("  - ", " - "),
        KITE.replace("  - ", "  -").replace("\n", "\r\n"),
        KITE.replace("TY  - JOUR\n", ""),
        KITE.replace("ER  - \n", ""),
    ],
)
def test_variants_of_ris(text: str) -> None:
    (found,) = read(text).entries
    assert (found.title, found.authors, found.published) == ("Kites", ("Jane Doe",), "2019")


def test_records_without_their_first_or_last_line_are_told_apart() -> None:
    text = KITE.replace("ER  - \n", "") + KITE.replace("Kites", "Lines") + "2\nstray words\n"
    text += "TI  - Reels\nER  - \n"
    listing = read(text)
    assert [one.title for one in listing.entries] == ["Kites", "Lines", "Reels"]
    (notice,) = listing.notices
    assert notice.startswith('line 11: "stray words" between records is not read')


def test_repeated_tags_are_joined() -> None:
    text = KITE.replace(
        "ER  - ",
        "AB  - One.\nAB  - Two.\nKW  - a; b\nKW  - c\nA1  - Poe, Ed\nUR  - https://x.example/1\n"
        "UR  - https://arxiv.org/abs/2501.00009\nDO  - https://doi.org/10.1000/k\n"
        "DA  - 2019/05/03/spring\nER  - ",
    )
    (found,) = read(text).entries
    assert found.abstract == "One.\n\nTwo."
    assert found.keywords == ("a", "b", "c")
    assert (found.arxiv, found.doi, found.published) == ("2501.00009", "10.1000/k", "2019-05-03")


def test_a_cut_off_record_is_refused() -> None:
    assert "refs:6: the record that starts here is cut off" in error(KITE + KITE[:-7])
    assert "cut off" in error(KITE[:-8])


def test_pubmed() -> None:
    text = (
        "PMID- 1234567\nOWN - NLM\nTI  - Kites of the\n      meadow.\nAB  - We fly.\n"
        "FAU - Doe, Jane A\nAU  - Doe JA\nFAU - Roe, Rick\nAU  - Roe R\nDP  - 2019 May 3\n"
        "LID - 10.1000/k [doi]\nOT  - wind\n\nPMID- 2\nTI  - Lines.\nAU  - Poe E\nDP  - 2018\n"
    )
    listing = read(text)
    first, second = listing.entries
    assert listing.format == "nbib"
    assert (first.title, first.authors) == ("Kites of the meadow", ("Jane A Doe", "Rick Roe"))
    assert (first.doi, first.published, first.keywords) == ("10.1000/k", "2019-05-03", ("wind",))
    assert (second.authors, second.published) == (("E Poe",), "2018")


def test_endnote() -> None:
    text = "%0 Journal Article\n%T Kites\n%A Doe, Jane\n%A Roe, Rick\n%D 2019\n%X We fly.\n"
    listing = read(text + "%U https://x.example/k\n\n%0 Report\n%T Lines\n")
    assert [one.title for one in listing.entries] == ["Kites", "Lines"]
    first = listing.entries[0]
    assert (first.authors, first.published) == (("Jane Doe", "Rick Roe"), "2019")
    assert (first.abstract, first.url) == ("We fly.", "https://x.example/k")


@given(st.text(alphabet="TYIERAU -\n1%0PMD.a", max_size=80))
def test_nothing_else_than_an_error_comes_of_odd_text(text: str) -> None:
    outcome(tagged.parse, KITE + text, file="f")


def test_web_of_sciences_records_are_read() -> None:
    from .. import samples

    (entry,) = read(samples.WOS).entries
    assert (entry.title, entry.doi) == ("Kites with two lines", "10.1000/wos.126")
    assert entry.authors == ("Jane Doe", "Rick A. Roe")
    assert entry.keywords == ("kites", "long ropes")
    assert (entry.abstract, entry.published) == ("We fly kites in wind. They are steady.", "2025")


def test_a_group_that_is_an_author_is_not_told_as_lost() -> None:
    listing = read("PMID- 1\nTI  - Kites\nFAU - Kite, Ada\nCN  - Kite Group\n")
    assert listing.entries[0].authors == ("Ada Kite", "Kite Group")
    assert listing.notices == ()


def test_keywords_of_one_tag_are_parted_by_commas_but_pubmeds_are_not() -> None:
    (entry,) = read("%0 Journal Article\n%T Kites\n%K kites, ropes\n").entries
    assert entry.keywords == ("kites", "ropes")
    (entry,) = read("PMID- 1\nTI  - Kites\nOT  - Models, Kite\n").entries
    assert entry.keywords == ("Models, Kite",)


def test_a_month_of_its_own_completes_the_year_and_an_end_of_file_ends_no_record() -> None:
    ris = "TY  - JOUR\nTI  - Kites\nDA  - JAN\nPY  - 2026\nDOI - 10.1000/k\nER  - \n\nEF  - \n"
    (entry,) = read(ris).entries
    assert (entry.published, entry.doi) == ("2026-01", "10.1000/k")
    (entry,) = read("PT J\nAU Kite, A\nTI Kites\nPD MAR 5\nPY 2025\nER\n\nEF\n").entries
    assert entry.published == "2025-03-05"


def test_refworks() -> None:
    text = (
        "RT Journal Article\nA1 Kite, Ada\nA1 Line, Bo\nT1 Steering Kites\nJF Wind\nYR 2026\n"
        "DO 10.1000/k\nAB We fly.\n\nRT Book\nA1 Crumb, Cy\nT1 Doughs\nYR 2025\n"
    )
    first, second = read(text).entries
    assert (first.title, first.authors) == ("Steering Kites", ("Ada Kite", "Bo Line"))
    assert (first.venue, first.doi, first.published) == ("Wind", "10.1000/k", "2026")
    assert (second.title, second.authors) == ("Doughs", ("Cy Crumb",))


def test_a_books_title_is_the_venue_of_what_is_in_it_alone() -> None:
    listing = read(
        "TY  - CHAP\nTI  - Kites\nBT  - Things that Fly\nER  -\n"
        "TY  - BOOK\nBT  - Things that Float\nAU  - Kite, A.\nER  -\n"
    )
    assert [(entry.title, entry.venue) for entry in listing.entries] == [
        ("Kites", "Things that Fly"),
        ("Things that Float", None),
    ]
