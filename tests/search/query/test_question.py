"""How a reader's text is read: an identifier, Lunr's syntax, or plain words."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ContentError
from broadsheet.search.analysis.folding import DERIVED
from broadsheet.search.query.clauses import clauses
from broadsheet.search.query.language import clipped, query, read
from broadsheet.search.query.question import (
    as_word,
    last_days,
    marked_as_lunrs,
    question,
    words_apart,
)
from broadsheet.search.query.units import MOST, units_of
from tests.growth import assert_linear


@pytest.mark.parametrize(
    "text",
    ["+kite", "kit*", "kite~1", "kite^2", "title:kite", "authors:lin a kite", "*ite", "a^10"],
)
def test_a_mark_of_lunrs_makes_the_query_lunrs(text: str) -> None:
    if text == "a^10":  # a power
        assert question(text).clauses is None
    else:
        assert question(text).clauses == clauses(text)


@pytest.mark.parametrize(
    "text",
    ["C++", "A* search", "π^3", "pi^3", "x^2", "10^6 kites", "nabla^2DFT", "kite: a study",
     "kite -rope", r"title\:kite", "80/20", "kite ~ rope", "a + b", "RoPE: kites", "http: a study",
     "GS^3: a kite", "AOT*: a kite", "VLM^2-Bench", "relies on: Kites", r"$\pi^3$ kites"],
)  # fmt: skip
def test_signs_of_names_and_titles_are_no_marks(text: str) -> None:
    assert question(text).clauses is None
    assert question(text).identifier is None


@pytest.mark.parametrize("text", ["kite^^ +", "kite*~", "+kite: ^2 kite^", "title:* ~9 kite~9"])
def test_what_lunrs_parser_refuses_is_read_as_words(text: str) -> None:
    asked = question(text)
    assert asked.clauses is not None or [unit.text for unit in asked.units]


def test_a_wrong_date_is_told_where_it_stands_at_its_filter() -> None:
    with pytest.raises(ContentError, match="on:"):
        question("on:kites")
    assert question("on: 2025-06 kites").filters.first is not None


def test_parts_of_a_text() -> None:
    asked = question('in:crafts "long kites" author:lin rope -sand 2024', {2024})
    assert asked.filters.topics == ("crafts",)
    assert asked.filters.phrases == ("long kites",)
    assert [unit.text for unit in asked.units] == ["rope"]
    assert [unit.text for unit in asked.required] == ["lin", "long", "kites"]
    assert asked.required[0].fields == ("authors",)
    assert [unit.text for unit in asked.excluded] == ["sand"]
    assert (asked.year, asked.text, asked.whole) == (
        2024, "long kites rope", "long kites rope 2024")  # fmt: skip


def test_a_year_is_one_of_the_digests_and_the_only_one() -> None:
    assert question("kites (2024)", {2024}).year == 2024
    assert question("kites 2024", {2025}).year is None
    assert question("kites 2024 2025", {2024, 2025}).year is None
    word = as_word(question("kites 2024", {2024}))
    assert [unit.text for unit in word.units] == ["kites", "2024"]


@pytest.mark.parametrize(
    ("text", "year", "left"),
    [
        ("kites September 2, 2024", "2024-09-02", "kites"), ("2 sept 2024", "2024-09-02", ""),
        ("kites 2nd of May 2024", "2024-05", "kites 2nd of"),
        ("kites 2nd May 2024", "2024-05-02", "kites"),
        ("SAM 2 May 2024", "2024-05", "SAM 2"), ("2024/05/02 kites", "2024-05-02", "kites"),
        ("week 32 2024", "2024-W32", ""), ("week 60 2024", 2024, "week 60"),
        ("May 40 2024", 2024, "May 40"), ("1 2 2024", 2024, "1 2"),
    ],
)  # fmt: skip
def test_a_day_or_week_stands_beside_a_year(text: str, year: int | str, left: str) -> None:
    asked = question(text, {2024})
    assert (asked.year, asked.text) == (year, left)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("kites today", "2025-01-02"), ("Yesterday?", "2024-12-30"), ("this week", "2025-W01"),
        ("last week kites", "2024-W52"), ("this month", "2025-01"), ("last month,", "2024-12"),
        ("this year", 2025), ("last year", 2024), ("the last day", None), ("humanity's last", None),
        ("today 2024", 2024),
    ],
)  # fmt: skip
def test_recent_days_are_seen_from_the_last_of_the_digest(text: str, year: int | str) -> None:
    days = last_days([(date(2024, 12, 30), 3), (date(2025, 1, 1), 0), (date(2025, 1, 2), 1)])
    assert question(text, {2024, 2025}, days).year == year
    assert question(text.replace("2024", ""), {2024, 2025}).year is None  # as in a subscription


def test_the_first_day_of_a_digest_has_none_before() -> None:
    assert question("yesterday", {2025}, [date(2025, 1, 2)]).year is None
    assert question("today", {2025}, [date(2025, 1, 2)]).year == "2025-01-02"
    assert question("this week", {2025}, [date(2025, 1, 2)]).year == "2025-W01"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Lovelace et al. (2019)", ["Lovelace", "(2019)"]),
        ("Lovelace et al., kites", ["Lovelace", "kites"]),
        ("lovelace2019kites", ["lovelace", "2019", "kites"]),
        ("@article{lovelace2019kites,", ["lovelace", "2019", "kites"]),
        (r"\citep{müller2019kites}", ["müller", "2019", "kites"]),
        ("gull2019a", ["gull", "2019"]),
        ("gull2019", ["gull2019"]), ("kite4all", ["kite4all"]),
        ("et alia kites", ["et", "alia", "kites"]),
    ],
)  # fmt: skip
def test_references_are_read_as_names_years_and_titles(text: str, units: list[str]) -> None:
    assert [unit.text for unit in question(text).units] == units


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("gull2019", "gull et al 2019"), (r"\cite{Müller2019}", "Müller et al 2019"),
        ("gull_kites_2019", "gull kites 2019"), ("kite 2019", None), ("gull2019 kites", None),
    ],
)  # fmt: skip
def test_words_that_find_nothing_are_taken_apart(text: str, apart: str | None) -> None:
    assert words_apart(text) == apart


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("“paper kites” rope", ("paper kites",)), ("„paper kites“: rope", ("paper kites",)),
        ("« paper kites » rope", ("paper kites",)), ("Lovelace’s “kites", ()),
        ('"a “kite” rope"', ("a “kite” rope",)), ("kites”rope“", ()),
    ],
)  # fmt: skip
def test_a_phrase_may_have_a_phones_quotes(text: str, phrases: tuple[str, ...]) -> None:
    assert question(text).filters.phrases == phrases
    assert question("author:“Ada Lovelace”").filters.authors == ("Ada Lovelace",)


@pytest.mark.parametrize(
    ("text", "length"),  # in UTF-16; forms.mjs has the same
    [
        ("kites \U0001f600", 8), ("\U0001f600" * 4000, 8000), ("ab " * 60000, 3998),
        ("a" * 9000, 4000), ("  " + "\U0001f600" * 9000, 7998), (" " * 5000, 4000),
    ],
)  # fmt: skip
def test_of_a_text_of_any_length_the_beginning_is_a_question(text: str, length: int) -> None:
    assert len(clipped(text).encode("utf-16-le")) == 2 * length


@pytest.mark.parametrize("piece", ['"a b" ', "tag:a ", "in:a ", "category:a ", 'author:"a b" '])
def test_filters_by_the_thousands_are_read_in_linear_time(piece: str) -> None:
    assert_linear(read, lambda count: piece * count, 8_000, floor=0.01)


def test_tex_in_a_title_is_punctuation() -> None:
    texts = [unit.text for unit in question(r"{K}ites with $\pi^3$ \textsc{Rope}-s").units]
    assert texts == ["Kites", "pi3", "Rope-s"]


def test_units_hold_the_terms_of_their_words() -> None:
    (unit,) = units_of(["text-to-image"])
    assert unit.parts == ("text", "image")
    assert unit.boosts == {
        "text": 1, f"text{DERIVED}": 0.5, "imag": 1, f"imag{DERIVED}": 0.5,
        "texttoimag": 0.5, f"texttoimag{DERIVED}": 0.5,
    }  # fmt: skip
    (unit,) = units_of(["SAM", "2,"])
    assert unit.boosts[f"sam2{DERIVED}"] == 0.5
    assert [one.text for one in units_of(["of", "3", "kites", "kites"])] == ["3", "kites"]
    assert units_of(["C++"])[0].boosts == {f"c++{DERIVED}": 0.5}


def test_a_common_word_is_common_whatever_marks_are_behind_it() -> None:
    assert [unit.text for unit in units_of(["kites", "the" + "\u0301" * 70])] == ["kites"]


def test_many_words_are_cut_off() -> None:
    assert len(question(" ".join(f"w{n}x" for n in range(500))).units) == MOST


@pytest.mark.parametrize("text", ["robots learning", "in:crafts long-term kite", '"a kite" rope',
                                  "kites, (ropes)"])  # fmt: skip
def test_a_query_of_lunrs_is_marked_as_one(text: str) -> None:
    asked = question(marked_as_lunrs(text))
    assert set(asked.clauses or ()) == set(query(read(text)).clauses)
    assert asked.filters.phrases == read(text).phrases


@given(st.text(max_size=60))
def test_any_text_is_a_question_or_a_content_error(text: str) -> None:
    with suppress(ContentError):
        asked = question(text, range(1900, 2101), [date(2025, 1, 1), date(2025, 1, 2)])
        assert len(asked.units) <= 50
