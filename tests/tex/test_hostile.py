"""Whatever a stranger's text holds, reading it ends, soon, without an error."""

from __future__ import annotations

import os
import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import tex
from broadsheet.tex import escape, links
from broadsheet.tex.accents import letters
from tests.growth import assert_linear, spent
from tests.soak import SLOW, SOAK

PIECES = [
    "$",
    "\\",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "_",
    "^",
    "times",
    "alpha",
    "langle",
    "*",
    "**",
    "`",
    "``",
    "''",
    "~",
    "%",
    "\\textbf{",
    "\\emph{",
    "{\\bf",
    "x",
    "1",
    ",",
    "|",
    "sim",
    "left(",
    "\\href{http://a}{",
    "http://a.b",
    "{here}",
    "nvarepsilon",
    "frac{",
    "text{",
    "!",
    "mathrm{",
    "<",
    "<a",
    "&",
    "-",
    "=",
    '\\"',
    "{\\i}",
]
GROWING = [
    "((((", "{", "x^{", "$", "\\textbf{", "{\\bf ", "`", "``a ", "|", "langle ", "x_1,", "a{",
    "](", "http://a{", "\\href{http://a}{", "1times", "nvarepsilon", "(x_1,", "*a", "a~", "x+",
    "(|x", "frac{", "\\\"{", "a 4 times ", "left(", "(((((((((x)))))))))", "x_{x_{", "\\(", "P(|",
]  # fmt: skip


def as_written(text: str) -> str:
    return tex.restore(text, tex=True)


@given(st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    for read in (tex.restore, as_written):
        result = read(text)
        assert "".join(span.source for span in tex.spans(result)) == result
        tex.plain(result)
        for span in tex.spans(result):
            if span.math:
                tex.mathml(span.text)
                tex.unicode(span.text)


@pytest.mark.slow(except_each=6)
@pytest.mark.parametrize("piece", GROWING)
def test_time_grows_with_length_alone(piece: str) -> None:
    def read(text: str) -> None:
        for reader in (tex.restore, as_written, tex.plain):
            reader(text)

    assert_linear(read, lambda size: piece * (size // len(piece)), 4_000 if SOAK else 2_000)


# Units of 1 to 4 characters, drawn of all that means something to a reader.
CHARACTERS = "αΩaOx19 .,;:!?()[]{}^_\\$|`'\"~%&#*-+=<>/@\n≤∈é𝒪\u0301\u20d7·“"
ROUNDS = (60 if SOAK else 20 if SLOW else 7) * (
    1 + 20 * float(os.environ.get("BROADSHEET_FUZZ_MINUTES", "0"))
)
READERS = {
    "restore": tex.restore,
    "as written": as_written,
    "plain": tex.plain,
    "spans": tex.spans,
    "unicode": tex.unicode,
    "letters": letters,
    "links": links.split,
    "lines": escape.lines,
}


def units() -> list[str]:
    rng = random.Random(18)
    worded = [
        *CHARACTERS,
        "times",
        "alpha",
        "sim",
        "\\alpha",
        "frac{",
        "text{",
        "http://",
        "a ",
        "x_",
    ]
    drawn = ["".join(rng.choices(worded, k=rng.randint(2, 4))) for _ in range(int(ROUNDS))]
    return [*CHARACTERS, "αβ", "α ", "(α", "αA", "α+", "9alpha", "\\alpha+", *drawn]


def test_time_doubles_at_most_for_any_repeated_unit() -> None:
    def seconds(unit: str, size: int, read: str) -> float:
        text = (unit * size)[:size]
        return spent(lambda: READERS[read](text))

    size = 8_000 if SOAK else 4_000
    slow = size * 6e-6  # what is slow at all must be so in proportion
    for unit, read in product(units(), READERS):
        large = seconds(unit, size, read)
        if large > slow:
            small = min(seconds(unit, size // 8, read) for _ in range(3))
            large = min(large, *(seconds(unit, size, read) for _ in range(2)))
            assert large < 24 * max(small, slow / 10), (unit, read)
        assert large < 4, (unit, read)
