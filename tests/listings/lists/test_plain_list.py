"""Plain lists of ids, addresses and titles, in text and Markdown."""

from __future__ import annotations

import textwrap
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, Wanted, parse
from tests.growth import assert_linear
from tests.soak import SOAK

from .. import list_samples, samples
from ..samples import ABSTRACTS, TITLES


def read(text: str, day: date | None = None) -> Listing:
    return parse(text.encode(), file="x.txt", day=day)


def test_ids_and_addresses_alone_are_wanted() -> None:
    listing = read(list_samples.IDS)
    assert (listing.format, listing.entries) == ("list", ())
    assert listing.empty == "papers named by id or address alone"
    assert [one.arxiv or one.doi or one.url for one in listing.wanted] == [
        *("2601.00001", "2601.00002", "2601.00003", "2601.00004"),
        *("10.1000/kite.5", "10.1000/kite.6", "10.1000/kite.(7)"),
        *("https://openreview.net/forum?id=kites", "math/0601001"),
    ]
    assert listing.wanted[0] == Wanted(line=1, arxiv="2601.00001")
    assert "9 papers are named without a title" in listing.notices[0]
    assert "`broadsheet fetch`" in listing.notices[0]


def test_the_week_of_the_files_day_is_taken() -> None:
    listing = read(list_samples.WEEKS, day=date(2026, 1, 7))
    assert (listing.date, listing.period) == (date(2026, 1, 5), "week")
    first, second = listing.entries
    assert (first.title, first.arxiv) == ("Kite Model", "2601.01000")
    assert first.abstract == (
        "First paper about models that fly kites over the sea in little wind.\n\n"
        "• It lands.\n\n• Why it matters: it is small."
    )
    assert second.code == "https://github.com/kites/line"
    assert any("1 paper of other days left out" in notice for notice in listing.notices)
    earlier = read(list_samples.WEEKS, day=date(2026, 1, 2))
    assert [entry.title for entry in earlier.entries] == ["Dough Planner"]
    assert [entry.title for entry in read(list_samples.WEEKS).entries] == [
        "Kite Model",
        "Line Framework",
    ]


def test_a_table_with_named_columns() -> None:
    listing = read(list_samples.DAILY)
    assert listing.date == date(2026, 1, 5)
    assert [
        (entry.title, entry.authors, entry.arxiv, entry.published, entry.code)
        for entry in listing.entries
    ] == [
        ("Flying and Landing at Night", ("Ada Kite", "Bo Line"), "2601.01292", "2026-01-01", None),
        ("A Self-Taught Kite", ("Cy Crumb", "Dee Keeper"), "2601.01608", "2026-01-02",
         "https://github.com/kites/self"),
    ]  # fmt: skip


def test_a_tables_rule_and_header_are_no_papers() -> None:
    table = "| Title | Link |\n|:--|--:|\n| Kites | https://arxiv.org/abs/2601.00001 |\n"
    for text in (table, table.replace("\n|", "\n").replace("|\n", "\n")[2:]):
        assert [entry.title for entry in read(text).entries] == ["Kites"]
    headless = table.partition("\n")[2]
    assert [entry.title for entry in read(headless).entries] == ["Kites"]


def test_a_list_of_a_repository() -> None:
    listing = read(list_samples.AWESOME)
    assert [(entry.title, entry.arxiv or entry.doi) for entry in listing.entries] == [
        ("An overview of kites in deep wind", "1706.05098"),
        ("A brief review of lines", "10.1007/k-018-1"),
        ("Beyond Kites: Wind by Two Lines", "2105.02358"),
        ("GameKite: Many Flyers in One Field", "2310.08067"),
        ("AutoKites: A Framework for Kites", "2309.17288"),
    ]
    assert listing.entries[0].authors == ("Ada Kite", "Bo Line")
    assert listing.entries[2].code == "https://github.com/kites/beyond"


def test_what_names_no_paper_is_told() -> None:
    notices = read(list_samples.AWESOME).notices
    assert any("lines that name no paper are left out" in notice for notice in notices)
    assert any("words beside the title" in notice for notice in notices)


def test_a_newsletter_as_text() -> None:
    first, second = read(list_samples.NEWSLETTER).entries
    assert (first.title, first.abstract, first.arxiv) == (TITLES[0], ABSTRACTS[0], "2601.00001")
    assert (second.title, second.authors) == (TITLES[1], ("Ada Kite", "Bo Line"))
    assert second.abstract == ""


def test_a_paper_a_line() -> None:
    assert [(e.title, e.arxiv or e.doi, e.authors) for e in read(list_samples.LINES).entries] == [
        (TITLES[0], "2601.00001", ()),
        (TITLES[1], "2601.00002", ()),
        (TITLES[2], "2601.00003", ()),
        ("Flying at Night", "2601.00004", ()),
        ("Kites of the North", "2601.00005", ("Ada Kite", "Bo Line")),
        ("Kites of the South", "10.1000/south", ()),
        ("When Do Kites Land?", "2601.00006", ("C. Crumb",)),
        ("Kites", "2601.00007", ()),
    ]


def test_headings_with_links_and_texts_under_them() -> None:
    listing = read(list_samples.HEADINGS)
    first, second, third = listing.entries
    assert listing.date == date(2026, 1, 5)
    assert (first.title, first.abstract) == (TITLES[0], ABSTRACTS[0])
    assert first.code == "https://github.com/kites/steer"
    assert (second.arxiv, second.authors) == ("2601.00002", ("Ada Kite", "Bo Line"))
    assert (third.title, third.arxiv) == ("Lighthouses", "2601.00003")
    assert third.authors == ("Cy Crumb", "Dee Keeper")


def test_addresses_above_their_titles() -> None:
    assert [(entry.arxiv, entry.title) for entry in read(list_samples.ADDRESS_FIRST).entries] == [
        ("2601.00001", TITLES[0]),
        ("2601.00002", TITLES[1]),
    ]


def test_a_copied_page_that_labels_its_parts() -> None:
    first, second = read(list_samples.LABELLED).entries
    assert (first.title, first.abstract, first.published) == (TITLES[0], ABSTRACTS[0], "2026-01-02")
    assert first.authors == ("Ada Kite", "Bo Line")
    assert second.title == "When Is a Dough Ready?"


@pytest.mark.parametrize("text", [list_samples.ABSTRACT_PAGE, list_samples.COPIED_LIST])
def test_pages_of_arxivs_copied_as_text(text: str) -> None:
    (entry,) = read(text).entries
    assert (entry.title, entry.abstract, entry.arxiv) == (TITLES[0], ABSTRACTS[0], "2601.00001")
    assert (entry.authors, entry.categories) == (("Ada Kite", "Bo Line"), ("cs.RO", "cs.LG"))


def test_summaries_beside_and_below_their_titles() -> None:
    listing = read(list_samples.SUMMARIES)
    assert (listing.date, listing.period) == (date(2026, 1, 5), "week")
    assert [(entry.title, entry.authors, entry.abstract) for entry in listing.entries] == [
        ("Kites", (), "We fly kites over land and over sea in weak wind."),
        ("Lines", ("Ada Kite", "Bo Line"), "we hold lines in our hands and let them go."),
        ("Dough", (), "Bread rises by rules that bakers know and few write down in books."),
    ]


def test_a_scholar_alert_as_text() -> None:
    first, second = read(list_samples.ALERT).entries
    assert (first.title, first.arxiv, first.authors) == (
        TITLES[0],
        "2601.00001",
        ("A Kite", "B Line"),
    )
    assert first.abstract.startswith("Kites that stay aloft")
    assert (second.title, second.authors) == (TITLES[1], ("C Crumb",))


def test_every_way_of_writing_a_link() -> None:
    listing = read(list_samples.WRITTEN)
    assert [(entry.title.split()[0], entry.arxiv) for entry in listing.entries] == [
        ("Steering", "2601.00001"),
        ("Landing", "2601.00002"),
        ("Folding", "2601.00003"),
        ("Mending", "2601.00004"),
        ("Painting", "2601.00005"),
        ("Selling", "2601.00006"),
        ("Keeping", "2601.00007"),
    ]
    last = listing.entries[-1]
    assert (last.authors, last.abstract) == (("Cy Crumb",), ABSTRACTS[1])


def test_a_list_within_a_list() -> None:
    assert [
        (entry.title, entry.url or entry.arxiv) for entry in read(list_samples.NESTED).entries
    ] == [
        ("RANSAC-Kite: how two kites agree", "http://flyers.example.org/~ada/ransac/"),
        ("Fields of Kites", "2003.08934"),
        ("Kites in Words", "https://aclanthology.org/2024.acl-long.1/"),
    ]


@pytest.mark.parametrize("mark", ["", "- ", "1. ", "* [ ] "])
def test_titles_alone(mark: str) -> None:
    text = "".join(f"{mark}{title}\n" for title in TITLES)
    assert [entry.title for entry in read(text).entries] == list(TITLES)


@pytest.mark.parametrize(
    "text",
    [
        "Hello Ada,\n\nshall we fly tomorrow? I have new lines.\n\nBo\n",
        "# A heading\n\n## Another\n",
        "import kites\n\nkites.fly()\n",
        f"{TITLES[0]}\n\n{ABSTRACTS[0]}\n",
        "@a{k, title = {A Kite and Its Line}}\n",
        "- [GitHub](https://github.com/kites)\n- [Home](/)\n",
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ListingError):
        read(text)


def test_a_copied_page_of_hugging_face_is_no_list() -> None:
    broken = samples.PAIRS.replace(ABSTRACTS[0], "https://arxiv.org/abs/2601.00001")
    with pytest.raises(ListingError, match="has no abstract"):
        read(broken)


def test_the_same_paper_by_title_and_by_id_is_not_wanted() -> None:
    listing = read(f"{TITLES[0]} https://arxiv.org/abs/2601.00001\n\n2601.00001\n2601.00002\n")
    assert [one.arxiv for one in listing.wanted] == ["2601.00002"]


WORDS = st.sampled_from(
    ["**Kites**", "[Paper](https://arxiv.org/abs/2601.00001)", "2601.00002", "|", "- ", "1. ",
     "# ", "Ada Kite, Bo Line", "https://github.com/a/b", "Authors: ", "\n", "\n\n", "    ", "---",
     "Jan 5", "[x](javascript:alert(1))", "10.1000/x", ABSTRACTS[0], "![a](b)", "`", "[", "]", "(",
     ")", "$x$",
     "(January 5 - January 11) - 2026", "<br>", "et al.", "“", "”"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_no_list_breaks_it(text: str) -> None:
    found = samples.outcome(read, text)
    if isinstance(found, Listing):
        assert found.entries or found.empty
        assert all(one.arxiv or one.doi or one.url for one in found.wanted)
        assert all(entry.title.strip() for entry in found.entries)
        assert not any("javascript" in (entry.url or "") for entry in found.entries)


@pytest.mark.slow(except_each=6)
@pytest.mark.parametrize(
    "grow",
    [
        lambda n: "2601.00001 " + "[" * n,
        lambda n: "2601.00001 Kites" + " " * n + "x",
        lambda n: "2601.00001 Kites" + "<br> " * n + "x",
        lambda n: "2601.00001 " + "[a](" * n,
        lambda n: "2601.00001\n" + "[![a](b" * n,
        lambda n: "- 2601.00001 " + "**a" * n,
        lambda n: "2601.00001\n" + "| a " * n + "|",
        lambda n: "2601.00001\n" + "|a|b|\n" * n,
        lambda n: "2601.00001\n" + "<a href=" * n,
        lambda n: "2601.00001\n" + "A. B. " * n,
        lambda n: "2601.00001\n" + "Ada Kite, " * n,
        lambda n: "2601.00001\n" + "(" * n + ")" * n,
        lambda n: "2601.00001\n" + "https://x.example/(" * n,
        lambda n: "2601.00001\n" + "- a\n" * n,
        lambda n: "2601.00001\n" + "word\n" * n,
        lambda n: "2601.00001\n" + "10.1000/x" * n,
        lambda n: "2601.00001\n" + "-- " * n,
        lambda n: "- [ " * n + "2601.00001",
    ],
)
def test_time_grows_with_the_length(grow) -> None:  # type: ignore[no-untyped-def]
    assert_linear(partial(samples.outcome, read), grow, 1_000)


def test_a_rule_with_single_dashes_is_no_paper_and_initials_keep_their_commas() -> None:
    (entry,) = read(
        "| Title | Authors | Link |\n|:-:|-|--:|\n"
        "| Kites | Doe, J., Roe, R. A., and Poe, C. | https://arxiv.org/abs/2601.00190 |\n"
    ).entries
    assert entry.title == "Kites"
    assert entry.authors == ("J. Doe", "R. A. Roe", "C. Poe")


def test_references_with_the_year_before_the_title_are_read() -> None:
    kites, ropes = read(
        "Doe, J., & Roe, R. (2025). Kites over beaches. Journal of Kites, 12(1), 1-10. "
        "https://doi.org/10.1000/x.227\n"
        "Poe, P. (2026). Ropes of steel. arXiv preprint arXiv:2601.00230.\n"
    ).entries
    assert (kites.title, kites.doi) == ("Kites over beaches", "10.1000/x.227")
    assert (kites.authors, kites.published) == (("J. Doe", "R. Roe"), "2025")
    assert (ropes.title, ropes.arxiv, ropes.published) == ("Ropes of steel", "2601.00230", "2026")


def test_an_abstract_below_a_heading_is_kept_where_it_is_labelled() -> None:
    (entry,) = read(
        "### [Kites](https://arxiv.org/abs/2601.00223)\n"
        "**Authors:** Jane Doe\n**Abstract:** We fly.\n"
    ).entries
    assert (entry.authors, entry.abstract) == (("Jane Doe",), "We fly.")


def test_a_thread_is_numbered_by_slashes() -> None:
    found = read(
        "1/ Kites: a method https://arxiv.org/abs/2601.00235\n2/ Ropes! https://arxiv.org/abs/2601.00236\n"
    )
    assert [entry.title for entry in found.entries] == ["Kites: a method", "Ropes!"]


def test_what_somebody_says_beside_an_address_is_no_title() -> None:
    listing = read(
        "Jane Doe\n9:15 AM\nhave you seen https://arxiv.org/abs/2601.00200 ? nice\n\n"
        "t-SNE of Kites https://arxiv.org/abs/2601.00201\n"
    )
    assert [entry.title for entry in listing.entries] == ["t-SNE of Kites"]
    assert [one.arxiv for one in listing.wanted] == ["2601.00200"]
    assert any("have you seen" in notice for notice in listing.notices)


def test_authors_and_abstract_may_stand_in_paragraphs_below_a_numbered_title() -> None:
    (entry,) = read(
        "**1. Kites: Flying** ([arXiv](https://arxiv.org/abs/2601.00246))\n\n"
        "*Jane Doe, Rick Roe*\n\n"
        "We study how kites with two lines fly in gusty wind and what a steady hand can gain.\n"
    ).entries
    assert (entry.title, entry.authors) == ("Kites: Flying", ("Jane Doe", "Rick Roe"))
    assert entry.abstract.startswith("We study")


def test_links_of_wikis_have_their_words_after_the_address() -> None:
    (entry,) = read("* [https://arxiv.org/abs/2601.00261 Kites of the North]\n").entries
    assert (entry.title, entry.arxiv) == ("Kites of the North", "2601.00261")


@pytest.mark.slow
def test_endless_short_lines_are_read_in_proportion_to_their_number() -> None:
    listing = read(
        "a\n" * (30_000 if SOAK else 10_000) + "Kites https://arxiv.org/abs/2601.00001\n"
    )
    assert [entry.title for entry in listing.entries] == ["Kites"]


def test_what_stands_around_messages_is_no_title() -> None:
    listing = read(
        "ada  9:41 AM\nhave you seen <https://arxiv.org/abs/2601.00001>?\n"
        "bo  9:43 AM\nyes! also https://arxiv.org/abs/2601.00002v1\n"
    )
    assert listing.entries == ()
    assert [one.arxiv for one in listing.wanted] == ["2601.00001", "2601.00002"]


def test_links_and_marks_of_notes_are_no_part_of_a_title() -> None:
    first, second = read(
        "- [ ] [[Kites in Rain]] https://arxiv.org/abs/2601.00001 #robotics\n"
        "- [x] Doughs That Rise (https://arxiv.org/abs/2601.00002) #bread/rye 📅 2026-01-04\n"
    ).entries
    assert (first.title, first.keywords) == ("Kites in Rain", ("robotics",))
    assert (second.title, second.keywords) == ("Doughs That Rise", ("bread/rye",))


def test_an_abstract_under_its_heading_is_of_the_paper_above() -> None:
    text = "# Kites in Rain\n\nURL: https://arxiv.org/abs/2601.00001\n\n## Abstract\n\n"
    text += f"{ABSTRACTS[0]}\n"
    (entry,) = read(text).entries
    assert (entry.title, entry.abstract) == ("Kites in Rain", ABSTRACTS[0])


def test_a_counted_link_leads_to_the_paper_within_it() -> None:
    (entry,) = read(
        "- [Kites in Rain]"
        "(https://track.example/CL0/https:%2F%2Farxiv.org%2Fabs%2F2601.00001%3Fs=1/1/2)\n"
    ).entries
    assert (entry.title, entry.arxiv) == ("Kites in Rain", "2601.00001")


def test_a_bibliographys_item_with_a_link_keeps_its_title_and_accents() -> None:
    (entry,) = read(
        "\\bibitem{a} E.~Poe and R.~N{\\'u}{\\~n}ez.\n\\newblock Doughs that rise at night.\n"
        "\\newblock \\href{https://doi.org/10.1000/d}{doi:10.1000/d}.\n"
    ).entries
    assert (entry.title, entry.doi) == ("Doughs that rise at night", "10.1000/d")
    assert entry.authors == ("E. Poe", "R. Núñez")


@pytest.mark.parametrize(
    "line",
    [
        "* https://arxiv.org/abs/2601.00010[Steering Kites by the Pull], Ada Kite, Bo Line",
        "* link:https://arxiv.org/abs/2601.00010[Steering Kites by the Pull] by Ada Kite, Bo Line",
        "- [Steering Kites by the Pull (12 min read)](https://arxiv.org/abs/2601.00010) "
        "Ada Kite, Bo Line",
        "- [Steering Kites by the Pull](https://arxiv.org/abs/2601.00010) von Ada Kite und Bo Line",
        "- Steering Kites by the Pull, Ada Kite, Bo Line et al., 2026 arxiv.org/abs/2601.00010",
        ". https://arxiv.org/abs/2601.00010[Steering Kites by the Pull] (Ada Kite, Bo Line)",
        "#. `Steering Kites by the Pull`_ -- Ada Kite, Bo Line. *KITE 2026*.\n\n"
        ".. _Steering Kites by the Pull: https://arxiv.org/abs/2601.00010",
        "+ *Steering Kites by the Pull* (Ada Kite, Bo Line). "
        '#link("https://arxiv.org/abs/2601.00010")[arXiv]',
        "- 10:30 Steering Kites by the Pull\n  Ada Kite (Hill), Bo Line (Meadow)\n"
        "  [pdf](https://arxiv.org/abs/2601.00010)",
        "[05/01/2026, 09:12:40] Cy: Steering Kites by the Pull https://arxiv.org/abs/2601.00010\n"
        "Ada Kite, Bo Line",
        "* Steering Kites by the Pull - Ada Kite e Bo Line - https://arxiv.org/abs/2601.00010",
        "📄 Steering Kites by the Pull\n👥 Ada Kite, Bo Line\n🔗 https://arxiv.org/abs/2601.00010",
    ],
)
def test_a_paper_as_many_write_it(line: str) -> None:
    (entry,) = read(f"{line}\n").entries
    assert (entry.title, entry.arxiv) == ("Steering Kites by the Pull", "2601.00010")
    assert entry.authors == ("Ada Kite", "Bo Line")


@pytest.mark.parametrize(
    "day", ["January 5, 2026", "2026年1月5日", "# Lesekreis, 5. Januar 2026", "== 5 Jan 2026 =="]
)
def test_a_day_above_all_papers_is_the_lists(day: str) -> None:
    listing = read(f"{day}\n\nSteering Kites\nhttps://arxiv.org/abs/2601.00010\n")
    assert listing.date == date(2026, 1, 5)
    assert [entry.title for entry in listing.entries] == ["Steering Kites"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('- The "Quiet" Kites of the North: A Survey', None),
        ("- Learning to Fly – A Study of Forty Kites in Rain", None),
        ("- **KiteNet** - \"Steering Kites by Their Lines\" - A. Kite et al.",
         "KiteNet: Steering Kites by Their Lines"),
        ("- [R] [Kites That Land](https://arxiv.org/abs/2601.00010)", "Kites That Land"),
        ("New! \"Kites of the Far North\"", "Kites of the Far North"),
    ],
)  # fmt: skip
def test_titles_keep_all_their_words(line: str, title: str | None) -> None:
    (entry,) = read(f"{line} https://arxiv.org/abs/2601.00010\n").entries
    assert entry.title == (title or line.removeprefix("- "))


def test_a_paragraph_that_begins_with_a_linked_title_is_of_another_paper() -> None:
    first, second = read(
        "[Kites of the North](https://arxiv.org/abs/2601.00001)\n\n"
        "[How to Land a Kite](https://arxiv.org/abs/2601.00002) is about landing kites, softly and "
        "on water, by night.\n"
    ).entries
    assert (first.title, second.title) == ("Kites of the North", "How to Land a Kite")


@pytest.mark.parametrize(
    "form",
    [
        "## [{t}](https://arxiv.org/abs/{i})\n\n{a}",
        "- **{t}** ([paper](https://arxiv.org/abs/{i})): {a}",
        "**{t}** ([arXiv:{i}](https://arxiv.org/abs/{i}))\nAda Kite, Bo Line\n{a}",
        "{t}\nAda Kite, Bo Line\nhttps://arxiv.org/abs/{i}\n\n{w}",
        "| [{t}](https://arxiv.org/abs/{i}) | {a} |",
    ],
)
def test_an_address_within_an_abstract_stays_there(form: str) -> None:
    abstract = (
        "Kites of twelve kinds are flown over the northern sea by night. Their lines hold in nine "
        "of ten flights in the wind. Code: https://github.com/kites/{0}."
    )
    titles = ["Kites of the North", "Reels of the Deep South", "Tails of the Far East"]
    head = "| Title | Abstract |\n|--|--|\n" if form.startswith("|") else ""
    text = ("\n" if head else "\n\n").join(
        form.format(
            t=title,
            i=f"2601.0001{n}",
            a=abstract.format(n),
            w="\n".join(textwrap.wrap(abstract.format(n), 72)),
        )
        for n, title in enumerate(titles)
    )
    entries = parse(f"{head}{text}\n".encode(), file="2026-01-05.md").entries
    assert [entry.title for entry in entries] == titles
    assert [entry.abstract for entry in entries] == [abstract.format(n) for n in range(3)]
    assert [entry.code for entry in entries] == [f"https://github.com/kites/{n}" for n in range(3)]


def test_an_address_below_a_short_remark_is_no_part_of_it() -> None:
    text = (
        "- [Kites of the North](https://arxiv.org/abs/2601.00011): code at https://github.com/k/n\n"
    )
    (entry,) = parse(text.encode(), file="2026-01-05.md").entries
    assert (entry.code, entry.abstract) == ("https://github.com/k/n", "")
