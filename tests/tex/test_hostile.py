"""Whatever a stranger's text holds, reading it ends, soon, without an error."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import tex

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


@given(st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    for read in (tex.restore, tex.markdown):
        result = read(text)
        assert "".join(span.source for span in tex.spans(result)) == result
        tex.plain(result)
        for span in tex.spans(result):
            if span.math:
                tex.mathml(span.text)
                tex.words(span.text)


@pytest.mark.parametrize("piece", GROWING)
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        for read in (tex.restore, tex.markdown, tex.plain):
            read(text)
        return time.process_time() - started

    small, large = seconds(4_000), seconds(32_000)
    assert large < 24 * max(small, 0.02)
