"""Whether two papers are one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings import same, unite
from broadsheet.papers import Entry

LONG = (
    "Kites that stay aloft in weak wind are of use to weather stations. We fit a small model to "
    "the pull on the line, and steer by it. In forty flights the kite stayed up twice as long."
)
REVISED = LONG.replace("small", "tiny").replace("forty", "fifty") + " It landed well, too."
OTHER = (
    "Bread rises by rules that bakers know and few write down. Two hundred loaves were weighed, "
    "warmed and photographed until each dough could be told ready within six minutes."
)
KITES = Entry(title="Kites", abstract=LONG, authors=("Jane Doe", "Rick Roe"))


@pytest.mark.parametrize(
    "other",
    [
        Entry(title="kites"),
        Entry(title="Kites", abstract=REVISED),
        Entry(title="Kites", abstract=LONG[:80]),
        Entry(title="Kites", authors=("J. Doe",), arxiv="2501.00001"),
        Entry(title="Kites", authors=("Roe, R.",), doi="10.1000/k", abstract=REVISED),
        Entry(title="Kites", authors=("简·多伊",)),
    ],
)
def test_the_same_paper_with_other_fields_is_one(other: Entry) -> None:
    assert same(KITES, other)
    assert same(other, KITES)
    assert len(unite([KITES, other], file="f")[0]) == 1


@pytest.mark.parametrize(
    ("fields", "others"),
    [
        ({"doi": "10.1000/a"}, {"doi": "10.1000/b"}),
        ({"arxiv": "2501.00001"}, {"arxiv": "2501.00002"}),
        ({"url": "https://x.example/p?id=1"}, {"url": "https://x.example/p?id=2"}),
        ({"url": "https://x.example/1"}, {"url": "https://y.example/2"}),
        ({"authors": ("Jane Doe",)}, {"authors": ("Ed Poe",)}),
        ({"authors": ("Author 1",)}, {"authors": ("Author 2",)}),
        ({"abstract": LONG}, {"abstract": OTHER}),
        ({"abstract": "Abstract number 1."}, {"abstract": "Abstract number 2."}),
    ],
)
def test_two_papers_of_one_title_are_two(fields: dict[str, str], others: dict[str, str]) -> None:
    one, other = Entry(title="Kites", **fields), Entry(title="Kites", **others)  # type: ignore[arg-type]
    assert not same(one, other)
    united, notices = unite([one, other, one], file="f")
    assert united == (one, other)
    assert "both are kept" in notices[0]


def test_an_address_on_another_host_is_no_other_paper_where_the_authors_agree() -> None:
    one = replace(KITES, url="https://x.example/1")
    assert same(one, replace(KITES, url="https://y.example/k"))
    assert same(one, replace(KITES, url="http://www.x.example/1/"))


FIELDS = st.builds(
    Entry,
    title=st.sampled_from(["Kites", "Bread"]),
    abstract=st.sampled_from(["", LONG, REVISED, OTHER, "Short."]),
    arxiv=st.sampled_from([None, "2501.00001", "2501.00002"]),
    doi=st.sampled_from([None, "10.1000/a", "10.1000/B"]),
    url=st.sampled_from([None, "https://x.example/1", "https://x.example/2", "https://y.example/"]),
    authors=st.sampled_from([(), ("Jane Doe",), ("J. Doe", "Rick Roe"), ("Ed Poe",), ("李明",)]),
)


@given(FIELDS, FIELDS)
def test_sameness_is_mutual_and_of_itself(a: Entry, b: Entry) -> None:
    assert same(a, b) == same(b, a)
    assert same(a, a)


@given(st.lists(FIELDS, max_size=6))
def test_a_listing_read_twice_holds_the_same_papers(entries: list[Entry]) -> None:
    once, _ = unite(entries, file="f")
    again, _ = unite([*once, *once], file="f")
    assert len(again) <= len(once)
