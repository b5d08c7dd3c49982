"""Authors' names as readers type them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from broadsheet.search.index.archive_index import ArchiveIndex
from broadsheet.search.query.answer import search
from broadsheet.search.query.names import are_initials, named, named_in_short

from ..published import indexed, publish
from ..shelf import documents, index, index_of, names


def _papers(found: int) -> list[str]:
    return names(tuple(number for number in range(len(documents())) if found >> number & 1))


@pytest.mark.parametrize("text", ["Grace Hopper", "hopper, grace", " Hopper,  GRACE "])
def test_a_name_is_found_in_either_order(text: str) -> None:
    assert _papers(named(text, index())) == ["models", "lamps"]


@pytest.mark.parametrize(
    "text",
    ["G. Hopper", "Hopper, G.", "hopper g", "Gra Hopper", "hopper, gra", "Grace Hopper", "G. H."],
)
def test_a_first_name_may_be_in_short(text: str) -> None:
    assert _papers(named_in_short(text, index())) == ["models", "lamps"]


@pytest.mark.parametrize(
    "text", ["", ",", "Gr Hopper", "Hop Grace", "race Hopper", "G.", "H. Hopper", "Grace Hop"]
)
def test_no_other_part_of_a_name_is_one(text: str) -> None:
    assert named_in_short(text, index()) == 0


def test_letters_with_dots_are_initials() -> None:
    assert [are_initials(part) for part in ("h", "h.t", "é", "ht", "3", "node.js")] == [
        True, True, True, False, False, False]  # fmt: skip


def _crowd() -> ArchiveIndex:
    """Forty papers by Lins, of which the oldest one is Alexander M. Lin's, and one by another."""
    one = documents()[0]
    crowd = [
        replace(one, id=f"lin-{number}", title=f"A kite {number}", authors=(name,))
        for number, name in enumerate(["Alexander M. Lin", *["Wei Lin"] * 39, "Alex H. T. Kung"])
    ]
    return index_of(tuple(crowd))


@pytest.mark.parametrize("text", ["Lin A.", "a. lin", "Lin, A.", "A. M. Lin", "Lin A.-M."])
def test_authors_with_the_initial_come_first_of_many_of_a_surname(text: str) -> None:
    answer = search(_crowd(), text)
    assert (answer.total, answer.hits[0]) == (40, 0)


@pytest.mark.parametrize("text", ["alex lin", "Lin, Alex"])
def test_a_first_name_in_short_finds_the_author(text: str) -> None:
    assert search(_crowd(), text).hits == (0,)


@pytest.mark.parametrize("text", ["Kung AHT", "kung ah", "AH Kung", "Kung, AX"])
def test_letters_of_which_no_paper_has_all_are_initials(text: str) -> None:
    assert search(_crowd(), text).hits == (40,)
    assert search(_crowd(), text.replace("A", "X").replace("ah", "xh")).hits == ()


def test_initials_may_stand_without_spaces() -> None:
    assert search(_crowd(), "H.T. Kung").hits == (40,)


def test_who_is_named_in_full_is_meant() -> None:
    one, other = documents()[0], documents()[1]
    papers = (replace(one, authors=("Alex Lin",)), replace(other, authors=("Alexander Lin",)))
    assert search(index_of(papers), "alex lin").hits == (0,)
    assert search(indexed(publish(papers)), "alex lin").hits == (0,)
