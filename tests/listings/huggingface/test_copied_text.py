"""The Daily Papers page copied as text."""

from __future__ import annotations

import pytest

from broadsheet.errors import EmptyListing, ListingError
from broadsheet.listings import Listing, parse

from .. import samples

TITLES, ABSTRACTS = samples.TITLES, samples.ABSTRACTS


def read(text: str) -> Listing:
    return parse(text.encode(), file="seed.txt")


def error(text: str) -> str:
    with pytest.raises(ListingError) as caught:
        read(text)
    return str(caught.value)


def test_pairs_of_title_and_abstract_are_read_whole_and_in_order() -> None:
    listing = read(samples.PAIRS)
    assert listing.format == "text"
    assert [entry.title for entry in listing.entries] == list(TITLES)
    assert [entry.abstract for entry in listing.entries] == list(ABSTRACTS)
    assert [entry.line for entry in listing.entries] == [13, 17, 21]
    assert (listing.heading, listing.heading_line, listing.date) == ((8, 7), 11, None)
    assert listing.notices == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n\n", "  \n\xa0\n"),
        lambda text: text.replace(" Kites", "\xa0Kites"),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("byAK", "by AK").replace("new\n", "\n\n"),
        lambda text: text[text.index("Aug 7") :],
        lambda text: text.replace("Aug 7", "Daily\nWeekly\nMonthly\n\nAug 7"),
    ],
    ids=["CRLF", "mark", "spaces", "nbsp", "tight", "no end", "banner", "no banner", "bar"],
)
def test_variations_that_change_nothing(change) -> None:  # type: ignore[no-untyped-def]
    changed, plain = read(change(samples.PAIRS)), read(samples.PAIRS)
    assert changed.heading == plain.heading
    assert [(e.title, e.abstract) for e in changed.entries] == [
        (e.title, e.abstract) for e in plain.entries
    ]


def test_every_title_left_out_is_an_error_in_the_line_of_its_abstract() -> None:
    for title, line in zip(TITLES, (13, 17, 21), strict=True):
        message = error(samples.PAIRS.replace(title + "\n\n", ""))
        assert message.startswith(f"seed.txt:{line}: the abstract ")
        assert "has no title" in message


def test_every_abstract_left_out_is_an_error_in_the_line_of_its_title() -> None:
    for abstract, line in zip(ABSTRACTS, (13, 17, 21), strict=True):
        message = error(samples.PAIRS.replace(abstract + "\n", ""))
        assert message.startswith(f"seed.txt:{line}: the title ")
        assert "has no abstract" in message


def test_a_listing_without_date_heading_is_an_error() -> None:
    message = error(samples.PAIRS.replace("Aug 7\n\n", ""))
    assert message.startswith("seed.txt:11: no date heading")
    assert TITLES[0] in message
    assert "Aug 7" in message


def test_a_heading_that_is_no_day_is_an_error() -> None:
    assert error(samples.PAIRS.replace("Aug 7", "Feb 30")).startswith('seed.txt:11: "Feb 30" is no')


def test_a_second_heading_of_another_day_is_an_error() -> None:
    message = error(samples.PAIRS + f"\nAug 8\n\nOne More Paper\n\n{ABSTRACTS[0]}\n")
    assert '"Aug 8" is a second date heading' in message


def test_a_heading_without_papers_is_an_empty_listing() -> None:
    with pytest.raises(EmptyListing, match="no papers follow"):
        read(samples.BANNER + "Aug 7\n")


def test_a_title_twice_with_one_abstract_is_one_paper_and_a_notice() -> None:
    listing = read(samples.PAIRS + f"\n{TITLES[0]}\n\n{ABSTRACTS[0]}\n")
    assert [entry.title for entry in listing.entries] == list(TITLES)
    assert listing.notices == (
        f'line 25: "{TITLES[0]}" is listed twice, first in line 13; taken as one',
    )


def test_a_title_twice_with_two_abstracts_is_two_papers() -> None:
    listing = read(samples.PAIRS + f"\n{TITLES[0]}\n\n{ABSTRACTS[1]}\n")
    assert [entry.title for entry in listing.entries] == [*TITLES, TITLES[0]]
    assert listing.notices[0].endswith("also the title of another paper in line 13; both are kept")


@pytest.mark.parametrize(
    ("heading", "month_day", "period"),
    [
        ("August 7", (8, 7), "day"),
        ("7 Aug", (8, 7), "day"),
        ("Thursday, Aug 7", (8, 7), "day"),
        ("Aug 4 - Aug 10", (8, 4), "week"),
    ],
)
def test_headings_without_a_year(heading: str, month_day: tuple[int, int], period: str) -> None:
    listing = read(samples.PAIRS.replace("Aug 7", heading))
    assert (listing.heading, listing.period, listing.date) == (month_day, period, None)


@pytest.mark.parametrize(
    ("heading", "day", "period"),
    [
        ("Aug 7, 2025", "2025-08-07", "day"),
        ("2025-08-07", "2025-08-07", "day"),
        ("Week 32, 2025", "2025-08-04", "week"),
        ("2025-W32", "2025-08-04", "week"),
        ("August 2025", "2025-08-01", "month"),
        ("Dec 29 - Jan 4, 2026", "2025-12-29", "week"),
    ],
)
def test_headings_with_a_year(heading: str, day: str, period: str) -> None:
    listing = read(samples.PAIRS.replace("Aug 7", heading))
    assert (str(listing.date), listing.period) == (day, period)


def test_a_page_of_titles_gives_submitters_votes_and_counts() -> None:
    listing = read(samples.TITLES_ONLY_PAGE)
    assert listing.heading == (8, 1)
    assert [
        (e.title, e.abstract, e.submitter, e.upvotes, e.author_count, e.comments)
        for e in listing.entries
    ] == [
        (TITLES[0], "", "windy", 1204, 1, 5),
        (TITLES[1], "", "crumb", 24, 40, None),
        (TITLES[2], "", "keeper", 3, 2, 1),
    ]


def test_a_search_page_gives_its_query_and_what_its_links_say() -> None:
    listing = read(samples.SEARCH_PAGE)
    assert (listing.query, listing.heading) == ("kites and bread", (3, 25))
    first, second = listing.entries
    assert (first.title, first.abstract) == (TITLES[0], ABSTRACTS[0])
    assert (first.arxiv, first.author_count, first.upvotes) == ("2501.00001", 2, 12)
    assert (first.published, first.organisation, first.comments) == ("2024-10-07", None, None)
    assert (second.title, second.abstract) == (TITLES[1], ABSTRACTS[1])
    assert (second.arxiv, second.author_count, second.upvotes) == ("2501.00002", None, None)
    assert (second.published, second.organisation, second.comments) == (
        "2025-10-23",
        "Bakers United",
        3,
    )


def test_a_page_with_footnotes_is_unwrapped_and_its_links_followed() -> None:
    listing = read(samples.FOOTNOTES_PAGE)
    assert (listing.query, listing.heading) == (None, (6, 29))
    first, second = listing.entries
    assert (first.title, first.abstract) == (TITLES[0], ABSTRACTS[0])
    assert (first.arxiv, first.author_count, first.upvotes) == ("2501.00001", 3, None)
    assert (second.title, second.abstract) == (TITLES[1], ABSTRACTS[1])
    assert (second.organisation, second.upvotes, second.comments) == ("Bakers United", 65, 6)
    assert second.published == "2024-03-08"


def test_a_missing_abstract_among_others_is_an_error_on_marked_pages_too() -> None:
    message = error(samples.SEARCH_PAGE.replace(ABSTRACTS[1], ""))
    assert TITLES[1] in message
    assert "has no abstract" in message


@pytest.mark.parametrize("foot", ["Meadow Labs\n·\n3 authors", "Meadow Labs· 3 authors"])
def test_bare_votes_and_organisations_in_the_foot(foot: str) -> None:
    page = samples.BANNER + "Sep 30\n\n"
    for number, title in enumerate(TITLES):
        page += f"Submitted by\n\nuser{number}\n\n{number + 10}\n\n{title}\n\n{foot}\n"
        page += "·\n2\n"
    listing = read(page)
    assert [(e.title, e.submitter, e.upvotes) for e in listing.entries] == [
        (title, f"user{number}", number + 10) for number, title in enumerate(TITLES)
    ]
    assert {(e.organisation, e.author_count, e.comments) for e in listing.entries} == {
        ("Meadow Labs", 3, 2)
    }


def test_votes_before_titles_without_submitters() -> None:
    page = samples.BANNER + "Sep 30\n\n"
    for number, (title, abstract) in enumerate(zip(TITLES, ABSTRACTS, strict=True)):
        page += f"{number + 10}\n\n{title}\n\n{abstract}\n\n{number + 2} authors\n·\nMay 3\n\n"
    listing = read(page)
    assert [(e.title, e.abstract, e.upvotes, e.author_count) for e in listing.entries] == [
        (title, abstract, number + 10, number + 2)
        for number, (title, abstract) in enumerate(zip(TITLES, ABSTRACTS, strict=True))
    ]


@pytest.mark.parametrize("first", ["https://a.example x", "http", "https" + "x" * 90])
def test_a_line_that_starts_as_an_address_does_is_read_as_any_other(first: str) -> None:
    found = samples.outcome(read, samples.BANNER + f"{first}\n{ABSTRACTS[0][:100]}\n\nAug 7\n\nA\n")
    assert isinstance(found, ListingError)


def test_the_pages_footer_is_no_paper() -> None:
    listing = read(samples.PAIRS + "\nPrevious\n\nNext\n\nCompany\n\nTOS\n\nPrivacy\n")
    assert len(listing.entries) == 3


@pytest.mark.parametrize(
    "title",
    [
        "Gradient is All You Need?",
        "0.1% Data Makes Anything Slim",
        "A very long title " + "about many things and more " * 9 + "in the end",
        "深層学習による凧の制御",
        "1984",
        "Attention: It Is Not All You Need.",
        "<script>alert(1)</script> as a Title",
        "May Day Parades in Small Towns",
    ],
)
def test_unusual_titles_stay_titles(title: str) -> None:
    listing = read(samples.PAIRS.replace(TITLES[1], title))
    assert [entry.title for entry in listing.entries] == [TITLES[0], title, TITLES[2]]
    assert [entry.abstract for entry in listing.entries] == list(ABSTRACTS)


def test_a_tight_copy_with_organisations_is_not_joined() -> None:
    long_title = "A Title Long Enough to Be Taken for the First Line of a Text That Was Wrapped"
    page = "Daily Papers\nSep 30\n"
    for number, title in enumerate((*TITLES, long_title)):
        page += (
            f"Submitted by\nuser{number}\n{number + 10}\n{title}\nMeadow Labs\n·\n3 authors\n2\n"
        )
    listing = read(page)
    assert [e.title for e in listing.entries] == [*TITLES, long_title]
    assert {e.organisation for e in listing.entries} == {"Meadow Labs"}


def test_a_copy_wrapped_at_a_width_is_unwrapped() -> None:
    wrapped = samples.BANNER + "Aug 7\n\n"
    for title, abstract in zip(TITLES, ABSTRACTS, strict=True):
        wrapped += f"{samples.wrapped(title, 72)}\n\n{samples.wrapped(abstract, 72)}\n\n"
    listing = read(wrapped)
    assert [(e.title, e.abstract) for e in listing.entries] == list(
        zip(TITLES, ABSTRACTS, strict=True)
    )


def test_an_entry_cut_off_before_its_title_is_an_error() -> None:
    cut = samples.TITLES_ONLY_PAGE[: samples.TITLES_ONLY_PAGE.index(TITLES[2])]
    assert "an entry ends before its title" in error(cut)


def short(*texts: str) -> str:
    return samples.BANNER + "Aug 7\n\n" + "\n\n".join(texts) + "\n"


@pytest.mark.parametrize(
    "texts",
    [
        ("Kites", "We fly kites.", "Bread", "We bake bread."),
        ("Kites", "we fly kites", "Bread", "we bake bread"),
        ("Kites", "we fly kites", "Bread", "We bake bread."),
        ("Kites Are All You Need.", "We fly kites.", "Bread", "We bake bread."),
    ],
)
def test_short_abstracts(texts: tuple[str, ...]) -> None:
    listing = read(short(*texts))
    assert [text for e in listing.entries for text in (e.title, e.abstract)] == list(texts)


@pytest.mark.parametrize(
    ("texts", "line", "found"),
    [
        (("Kites", "Bread", "We bake bread."), 13, 'the title "Kites" has no abstract'),
        (("Kites", "We fly kites.", "Bread"), 17, 'the title "Bread" has no abstract'),
        (("We fly kites.", "Bread", "We bake bread."), 13, 'the abstract "We fly kites." has no'),
        (("Kites", "We fly.", "We bake bread."), 17, 'the abstract "We bake bread." has no title'),
        (("Kites", "We fly.", "We bake.", "Lights", "We see."), 17, 'the abstract "We bake." has'),
    ],
)
def test_short_texts_without_their_other_half(
    texts: tuple[str, ...], line: int, found: str
) -> None:
    assert error(short(*texts)).startswith(f"seed.txt:{line}: {found}")


@pytest.mark.parametrize(
    "link",
    ["[our page](https://kites.example/x)", "[10][11]", "[https://a.b/c](https://a.b/c)"],
)
def test_links_within_an_abstract_stay_as_they_are(link: str) -> None:
    abstract = f"{ABSTRACTS[0]} All is at {link} for you."
    entry = read(samples.PAIRS.replace(ABSTRACTS[0], abstract)).entries[0]
    assert entry.abstract == abstract


def test_a_wrapped_abstract_that_ends_with_an_address_is_whole() -> None:
    wrapped = samples.wrapped(ABSTRACTS[0], 78) + "\nhttps://github.com/example/kites."
    entry = read(samples.PAIRS.replace(ABSTRACTS[0], wrapped)).entries[0]
    assert entry.abstract == f"{ABSTRACTS[0]} https://github.com/example/kites."


def test_titles_with_brackets_within_a_footnote() -> None:
    title = "Kites [a Technical Report] by Hand"
    listing = read(samples.FOOTNOTES_PAGE.replace(TITLES[0], title))
    assert listing.entries[0].title == title
    assert listing.entries[0].arxiv == "2501.00001"


def test_stray_lines_between_pairs_are_no_papers() -> None:
    text = samples.PAIRS.replace(TITLES[1], f"GitHub\n\nMeadow Labs\n\n{TITLES[1]}")
    text = text.replace(TITLES[2], f"GitHub 1.2k\n\n{TITLES[2]}") + "\nHugging Face\n"
    listing = read(text)
    assert [(e.title, e.abstract) for e in listing.entries] == list(
        zip(TITLES, ABSTRACTS, strict=True)
    )
    told = [notice for notice in listing.notices if "is no paper's title; left out" in notice]
    assert len(told) == 4


def test_stray_lines_on_a_page_of_titles_are_no_papers() -> None:
    text = samples.TITLES_ONLY_PAGE.replace(
        "·\n 40 authors", "·\n 40 authors\nMeadow Labs\nGitHub\n123\narXiv Page\n2"
    )
    listing = read(text)
    assert [entry.title for entry in listing.entries] == list(TITLES)
    assert any('"Meadow Labs" is no paper' in notice for notice in listing.notices)
