"""TeX's dashes in prose are shown as the dashes that they set, and all other hyphens stay."""

from __future__ import annotations

import pytest

from broadsheet import tex
from broadsheet.render.markdown import abstract, title
from tests.growth import assert_quick


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a vision--language model", "a vision–language model"),
        ("a gap -- of ten -- stays", "a gap – of ten – stays"),
        ("gains of 10--20% on (MT)--as", "gains of 10–20% on (MT)–as"),
        ("a result---in full", "a result—in full"),
        ("from $2$--$9$ to 5$x$--9", "from $2$–$9$ to 5$x$–9"),
        ("so $x$ -- $y$", "so $x$ – $y$"),
        (r"at \$5--\$10, by **one**--**two**", r"at \$5–\$10, by **one**–**two**"),
    ],
)
def test_a_dash_between_words_is_shown_as_one(written: str, shown: str) -> None:
    assert tex.dashed(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "with --flag and --no--flag",
        "a --> b <-- c",
        "until i-- is 0",
        "-- one\n-- two",
        "a ---- b",
        "a -- -- b",
        "| a | -- | b |",
        "see https://a.example/b--c or [it](/papers/a--b/)",
        '<a href="b--c">it</a> <!-- no -->',
        "run `git checkout -- a` as b--c",
        "```\na -- b\n```\n\nc--d",
        "so:\n\n    a -- b",
        "at a--b@c.example or x_a--b",
        "$a--b$",
    ],
)
def test_hyphens_that_may_mean_something_else_stay(text: str) -> None:
    assert tex.dashed(text) == text


def test_pages_and_plain_texts_show_the_same_dashes() -> None:
    text = "A human--AI gap, 5--12 points -- of $x$--$y$ --, *so*--so"
    shown = "A human–AI gap, 5–12 points – of x–y --, so–so"
    assert tex.plain(text) == shown
    assert "A human–AI gap, 5–12 points – of <" in abstract(text)
    assert abstract(text).endswith("--, <em>so</em>–so</p>")
    assert title("Protein--Ligand *and* -- more") == "Protein–Ligand <em>and</em> – more"


@pytest.mark.parametrize("piece", ["--", "a--", "-- ", "a -- ", "$x$--", "--\n", "a--b://", "\0--"])
def test_hostile_rows_of_dashes_take_linear_time(piece: str) -> None:
    assert_quick(lambda: tex.dashed(piece * (200_000 // len(piece))), 2)
