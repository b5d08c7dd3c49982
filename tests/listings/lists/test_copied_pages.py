"""Pages and bibliographies as people copy them."""

from __future__ import annotations

from broadsheet.listings import Listing, parse

from .. import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="x")


def test_arxivs_page_of_a_paper_gives_title_authors_and_abstract() -> None:
    (entry,) = read(samples.ABSTRACT_PAGE).entries
    assert (entry.title, entry.arxiv) == ("Kites over Beaches", "2601.00168")
    assert entry.authors == ("Jane Doe", "Rick Roe")
    assert entry.abstract == "We fly kites over beaches. They fly well."
    assert entry.categories == ("cs.LG", "cs.RO")


def test_a_bibliography_of_latex_is_a_list() -> None:
    listing = read(
        "\\begin{thebibliography}{9}\n"
        "\\bibitem{doe} J.~Doe and R.~Roe, ``Kites of M\\\"unster,'' "
        "\\emph{J. Kites}, vol.~12, 2025.\n"
        "doi:10.1000/x.1\n"
        "\\bibitem[Roe(2026)]{roe} R.~Roe, ``Ropes of steel,'' arXiv:2601.00207.\n"
        "\\end{thebibliography}\n"
    )
    assert [(e.title, e.arxiv, e.doi, e.line) for e in listing.entries] == [
        ("Kites of Münster", None, "10.1000/x.1", 2),
        ("Ropes of steel", "2601.00207", None, 4),
    ]
    assert listing.entries[0].authors == ("J. Doe", "R. Roe")


def test_a_copy_of_papers_cool_has_items_with_parts_below() -> None:
    (entry,) = read(
        "Artificial Intelligence | Cool Papers\n\n"
        "#1 Kites in the Wind [PDF 12] [Copy] [REL]\n\n"
        "Authors: Jane Doe, Rick Roe\n\nWe study how kites with two lines fly in gusty wind over "
        "nine beaches, and release the data.\n\nSubject: Robotics\n\n"
        "Publish: 2026-01-02 18:59:59 UTC\n"
    ).entries
    assert (entry.title, entry.published) == ("Kites in the Wind", "2026-01-02")
    assert entry.authors == ("Jane Doe", "Rick Roe")
    assert entry.abstract.startswith("We study")


def test_a_cross_listed_paper_of_a_copied_list_has_its_own_title() -> None:
    (entry,) = read(
        "[2] arXiv:2601.00167 (cross-list from cs.RO) [pdf, html, other]\nTitle: Ropes of Steel\n"
        "Paul Poe\nSubjects: Robotics (cs.RO)\n"
    ).entries
    assert (entry.title, entry.authors) == ("Ropes of Steel", ("Paul Poe",))


def test_a_table_of_contents_is_titles_with_their_authors() -> None:
    led = " . . . . . . . . . "
    text = (
        "Table of Contents\n\nSteering Kites by the Pull\non Their Line\n"
        f"Ada Kite and Bo Line{led}1\nWhen Is a Dough Ready?\nCy Crumb{led}12\n"
        f"Lines That Sing in Strong Wind {led}23\nFay String, Di Oven\n"
    )
    listing = parse(text.encode(), file="x")
    assert [(e.title, e.authors) for e in listing.entries] == [
        ("Steering Kites by the Pull on Their Line", ("Ada Kite", "Bo Line")),
        ("When Is a Dough Ready?", ("Cy Crumb",)),
        ("Lines That Sing in Strong Wind", ("Fay String", "Di Oven")),
    ]


def test_blocks_of_a_bibliographys_item_are_authors_and_title() -> None:
    text = (
        "\\bibitem[Crumb(2025)]{c}\nCy Crumb.\n\\newblock When is a dough ready?\n"
        "\\newblock {\\em arXiv preprint arXiv:2512.00010}, 2025.\n"
    )
    (entry,) = parse(text.encode(), file="x").entries
    assert (entry.title, entry.authors) == ("When is a dough ready?", ("Cy Crumb",))
    assert entry.arxiv == "2512.00010"
