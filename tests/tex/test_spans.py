"""One definition of what counts as maths in Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import tex

from ..growth import assert_linear


def maths(text: str) -> list[str]:
    return [span.text for span in tex.spans(text) if span.math]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a $x$ and $y_1$.", ["x", "y_1"]),
        ("a $$x^2$$ alone", ["x^2"]),
        ("two $a$$b$", ["a", "b"]),
        ("it costs $5 million and $10 more", []),
        ("from $5 (in US$) on", []),
        ("US$5-US$6, A$7", []),
        (r"an escaped \$5 and \$6", []),
        (r"an escaped \$5 beside $x$", ["x"]),
        ("`$a$` and ``b $c$`` then $d$", ["d"]),
        ("```\n$a$\n```\n$b$", ["b"]),
        ("~~~ sh\necho $a$b\n~~~\nthen $c$", ["c"]),
        ("an unclosed ` and $x$", ["x"]),
        ("$5 and `a $b$` then $x$", ["x"]),
        ("$ x $ is none", []),
        ("$a\n\nb$ is none", []),
        ("$a\nb$ is one", ["a\nb"]),
        (r"$a \$ b$", [r"a \$ b"]),
        ("", []),
        ("$", []),
        ("$$", []),
        ("so\n$$\na\n= b\n$$\nand $c$", ["\na\n= b\n", "c"]),
        ("  $$ a $$  ", [" a "]),
        ("$$\n\na\n$$ and $b$", ["b"]),
        ("$$ a\n\n$b$ $$", ["b"]),
        ("of $$ a $$ and\n$$ c $$ d", []),
        ("$$ 5 million $$", []),
        ("[$5](https://example.org/a$b) beside $c$", ["c"]),
        (r"$\href{https://example.org}{x}$", [r"\href{https://example.org}{x}"]),
    ],
)
def test_what_is_maths(text: str, found: list[str]) -> None:
    assert maths(text) == found


@given(st.text(alphabet="$`\\ a1\n~{", max_size=60))
def test_the_pieces_join_to_the_whole(text: str) -> None:
    pieces = tex.spans(text)
    assert "".join(piece.source for piece in pieces) == text
    assert all(piece.text for piece in pieces)


def test_prose_for_a_renderer_without_maths_has_plain_dollars() -> None:
    (piece,) = tex.spans(r"costs \$5 and \\$6")
    assert piece.markdown == r"costs $5 and \\$6"


def test_display_is_told() -> None:
    assert [span.display for span in tex.spans("$$a$$ $b$") if span.math] == [True, False]


@pytest.mark.parametrize("unit", ["$$ ", "$$ a\n", "\n$$ ", "\n$$ a $", "$$\n", " " * 9 + "$$\n"])
def test_signs_that_close_nothing_are_read_in_linear_time(unit: str) -> None:
    assert_linear(tex.spans, lambda count: unit * count, 4_000, floor=0.5)
