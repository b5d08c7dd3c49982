"""Saved pages: of one paper, and pages that link several."""

from __future__ import annotations

from functools import partial

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse
from tests.growth import assert_linear

from .. import page_samples, samples
from ..samples import ABSTRACTS, TITLES


def read(text: str) -> Listing:
    return parse(text.encode(), file="x.html")


def test_an_abstract_page_of_arxivs() -> None:
    listing = read(page_samples.ARXIV)
    (entry,) = listing.entries
    assert (listing.format, listing.date) == ("paper_page", None)
    assert (entry.title, entry.abstract, entry.tex) == (TITLES[0], ABSTRACTS[0], True)
    assert (entry.arxiv, entry.authors) == ("2601.00001", ("Ada Kite", "Bo Line"))
    assert (entry.categories, entry.published) == (("cs.RO", "cs.LG"), "2026-01-06")
    assert entry.code == "https://github.com/kites/steer"


def test_a_withdrawn_paper_of_arxivs() -> None:
    page = page_samples.ARXIV.replace("12 pages,", "This paper has been withdrawn by Ada.")
    listing = read(page)
    assert (listing.entries, listing.empty) == ((), "withdrawn papers only")
    assert "is withdrawn; left out" in listing.notices[0]


def test_an_article_whose_abstract_is_shown_alone() -> None:
    (entry,) = read(page_samples.ARTICLE).entries
    assert (entry.title, entry.abstract) == (TITLES[1], ABSTRACTS[1])
    assert (entry.doi, entry.published) == ("10.1000/dough.1", "2025-12-03")
    assert entry.authors == ("Cy Crumb", "Dee Keeper")
    assert entry.url == "https://journal.example.org/articles/dough-1"


def test_a_page_described_in_json_ld() -> None:
    (entry,) = read(page_samples.DESCRIBED).entries
    assert (entry.title, entry.abstract, entry.doi) == (TITLES[2], ABSTRACTS[2], "10.1000/light.2")
    assert (entry.authors, entry.keywords) == (("Dee Keeper", "Ed Lamp"), ("light", "words"))


def test_a_volume_of_proceedings() -> None:
    listing = read(page_samples.VOLUME)
    assert listing.format == "link_page"
    assert [(entry.title, entry.authors) for entry in listing.entries] == [
        ("Kites in Words", ("Ada Kite", "Bo Line")),
        ("Lines in Words", ("Cy Crumb", "Dee Keeper")),
    ]
    assert all(entry.line is None for entry in listing.entries)


def test_a_conferences_page() -> None:
    first, second = read(page_samples.CONFERENCE).entries
    assert (first.title, first.arxiv) == ("Flying Kites", "2401.00001")
    assert (second.title, second.url) == (
        "Landing Kites",
        "https://openaccess.thecvf.com/content/KITE2024/html/Line_Landing_KITE_2024_paper.html",
    )


def test_a_newsletter() -> None:
    first, second = read(page_samples.NEWSLETTER).entries
    assert (first.title, first.abstract, first.arxiv) == (TITLES[0], ABSTRACTS[0], "2601.00001")
    assert (second.title, second.code) == (TITLES[1], "https://github.com/kites/dough")


def test_bookmarks_as_browsers_export_them() -> None:
    listing = read(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n"
        '<DT><A HREF="https://arxiv.org/abs/2601.00001" ADD_DATE="1">[2601.00001] Kites</A>\n'
        '<DT><A HREF="https://openreview.net/forum?id=k">Lines | OpenReview</A>\n'
        '<DT><A HREF="https://news.example.org/">The news of the day</A>\n</DL>\n'
    )
    assert [(entry.title, entry.arxiv) for entry in listing.entries] == [
        ("Kites", "2601.00001"),
        ("Lines", None),
    ]


def test_bookmarks_by_the_hundreds_lie_beside_and_not_in_each_other() -> None:
    rows = "".join(
        f'<DT><A HREF="https://arxiv.org/abs/2601.{n:05}">Kites of {n} lines</A>\n<DD>Said of it.\n'
        for n in range(1, 301)
    )
    listing = read(f"<TITLE>Bookmarks</TITLE>\n<DL><p>\n<DT><H3>Mine</H3>\n<DL><p>\n{rows}</DL><p>")
    assert len(listing.entries) == 300


@pytest.mark.parametrize(
    "page",
    [
        "<html><title>502 Bad Gateway</title><body>x</body></html>",
        "<html><title>A blog</title><body><a href='https://blog.example/1'>My first kite post"
        "</a></body></html>",
        "<html><head><meta name='citation_title' content=''></head><body></body></html>",
        "<html><head><script type='application/ld+json'>{broken</script></head></html>",
    ],
)
def test_a_page_without_papers_is_refused(page: str) -> None:
    with pytest.raises(ListingError, match="lists no papers"):
        read(page)


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize(
    "grow",
    [
        lambda n: "<html>" + "<a href='https://arxiv.org/abs/2601.00001'>x</a>" * n,
        lambda n: "<html>" + "<p>x" * n,
        lambda n: "<html><div class='abstract'>" + "<span class='abstract'>x</span>" * n,
        lambda n: (
            "<html><meta name='citation_title' content='x'>"
            + "<meta name='citation_author' content='x'>" * n
        ),
        lambda n: "<html><script type='application/ld+json'>" + "[" * n + "]" * n + "</script>",
        lambda n: "<html><script type='application/ld+json'>[" + "{}," * n + "1]</script>",
        lambda n: "<html>" + "<div class='abstract'>" * 100 + "x" * n,
    ],
)
def test_time_grows_with_the_length(grow) -> None:  # type: ignore[no-untyped-def]
    assert_linear(partial(samples.outcome, read), grow, 1_000)
