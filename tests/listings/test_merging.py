"""One paper from several listings, or twice in one."""

from __future__ import annotations

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings import merge, same, title_key, unite
from broadsheet.papers import Entry

FULL = Entry(
    title="Kites",
    abstract="We fly kites.",
    arxiv="2501.00001",
    authors=("Ada", "Bo"),
    upvotes=3,
    comments=1,
    code="https://github.com/x/y",
    keywords=("kites",),
)
THIN = Entry(title="Kites", upvotes=12)


def test_papers_are_the_same_by_arxiv_id() -> None:
    assert same(FULL, Entry(title="Renamed", arxiv="2501.00001"))
    assert not same(FULL, Entry(title="Kites", arxiv="2501.00002"))


def test_else_by_doi_or_title() -> None:
    assert same(Entry(title="a", doi="10.1/X"), Entry(title="b", doi="10.1/x"))
    assert same(FULL, THIN)
    assert same(Entry(title="On  KITES: a “Study”"), Entry(title="On kites — a study"))
    assert not same(FULL, Entry(title="Kits"))


def test_titles_with_and_without_their_tex_have_one_key() -> None:
    assert title_key(r"$\beta$-VAE") == title_key("beta-VAE")
    assert title_key("Schrödinger") == title_key("Schrodinger")
    assert title_key("???") != title_key("!!!")


def test_a_thinner_later_capture_removes_nothing_and_refreshes_counts() -> None:
    merged = merge(FULL, THIN)
    assert merged == Entry(
        **{field.name: getattr(FULL, field.name) for field in fields(Entry)} | {"upvotes": 12}
    )


def test_a_fuller_later_capture_fills_in() -> None:
    merged = merge(THIN, FULL)
    assert merged == FULL


def test_the_authors_own_text_is_taken_with_its_title() -> None:
    listed = Entry(title="L2 norms", abstract="We bound the L_2 norm from above and below.")
    written = Entry(title="$L_2$ norms", abstract="We bound the $L_2$ norm.", tex=True)
    for a, b in ((listed, written), (written, listed)):
        entry = merge(a, b)
        assert (entry.title, entry.abstract, entry.tex) == (
            written.title,
            written.abstract,
            True,
        )


def test_a_tex_title_alone_does_not_mark_a_stripped_abstract_as_tex() -> None:
    listed = Entry(title="L2 norms", abstract="We bound the L_2 norm.")
    entry = merge(Entry(title="$L_2$ norms", tex=True), listed)
    assert (entry.title, entry.abstract, entry.tex) == (listed.title, listed.abstract, False)


ENTRIES = st.builds(
    Entry,
    title=st.sampled_from(["Kites", "Bread"]),
    abstract=st.sampled_from(["", "short", "rather longer"]),
    tex=st.booleans(),
    arxiv=st.none() | st.sampled_from(["2501.00001", "2501.00002"]),
    authors=st.sampled_from([(), ("Ada",), ("Ada", "Bo")]),
    upvotes=st.none() | st.integers(0, 9),
    summary=st.none() | st.sampled_from(["s", "t"]),
    code=st.none() | st.just("https://github.com/x/y"),
)


@given(ENTRIES, ENTRIES)
def test_merging_keeps_every_field_that_either_has(a: Entry, b: Entry) -> None:
    merged = merge(a, b)
    for field in fields(Entry):
        values = [getattr(a, field.name), getattr(b, field.name)]
        value = getattr(merged, field.name)
        if field.name != "tex":
            assert value in values
            if any(v not in (None, "", ()) for v in values):
                assert value not in (None, "", ())
                assert merge(merged, b) == merged
    assert merge(a, a) == a


@given(st.lists(ENTRIES, max_size=6))  # five more of one are told one by one
def test_uniting_leaves_no_two_of_one_paper(entries: list[Entry]) -> None:
    united, notices = unite(entries, file="f")
    for i, a in enumerate(united):
        for b in united[i + 1 :]:
            assert not (a.arxiv and a.arxiv == b.arxiv)
            assert not same(a, b) or a.arxiv is None or b.arxiv is None
    assert len(united) + sum("taken as one" in notice for notice in notices) == len(entries)


def test_one_title_of_two_papers_with_ids_is_a_notice() -> None:
    united, notices = unite(
        [
            Entry(title="Kites", abstract="One.", arxiv="2501.00001", line=3),
            Entry(title="Kites", abstract="Two.", arxiv="2501.00002", line=9),
        ],
        file="f",
    )
    assert len(united) == 2
    assert notices == (
        'line 9: "Kites" is also the title of another paper in line 3; both are kept',
    )


def test_one_title_over_two_abstracts_is_two_papers() -> None:
    one = Entry(title="Kites", abstract="Abstract number 1.")
    two = Entry(title="kites", abstract="Abstract number 2.", line=9)
    united, notices = unite([one, two, two], file="f")
    assert united == (one, two)
    assert notices[0] == 'line 9: "kites" is also the title of another paper; both are kept'
