"""The codes by which a browser finds its reader's interests in rows."""

from __future__ import annotations

from broadsheet.archive.codes import AUTHORS, code, codes
from broadsheet.papers import Paper

MANY = Paper(id="x", title="X", authors=tuple(f"A. {n}" for n in range(100)), tags=("sgd",))


def test_a_code_is_four_characters_and_regards_no_capitals_or_spaces() -> None:
    assert code("author", " Ada  LOVELACE") == code("author", "ada lovelace")
    assert code("author", "sgd") != code("tag", "sgd")
    assert len(code("author", "Ωmega")) == 4


def test_a_row_has_a_code_for_all_that_can_be_an_interest_within_bounds() -> None:
    made = codes(MANY, "vision")
    assert made.startswith(code("topic", "vision") + code("tag", "sgd") + code("author", "a. 0"))
    assert len(made) == 4 * (2 + AUTHORS)


def test_a_title_in_a_list_has_its_first_authors_and_the_last() -> None:
    made = codes(MANY, "vision", listed=True)
    assert len(made) == 4 * (2 + 4)
    assert made.endswith(code("author", "a. 2") + code("author", "a. 99"))
