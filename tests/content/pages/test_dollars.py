"""Dollar signs of formulas without another end, and those that are money."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content.pages.dollars import escaped, unclosed

PROSE = st.lists(
    st.sampled_from(["$", "$$", "$x", "x_1$", "$\\alpha", "$15", "\\$", "`", "\n\n", " ", "a", "#",
                     "\\#", "\\\\", "{", "}", "```\n", "US$ 5", "$HOME", "$x$"]), max_size=12,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rate $O(n^2) in time", [(5, True)]), ("$x is open", [(0, True)]),
        ("x_1$ is", [(3, False)]), ("$2^n steps", [(0, True)]), ("a $x$ b $y", [(8, True)]),
        ("$$\nx = 1\n", [(0, True)]), ("($n points", [(1, True)]),
        ("cost $15 and $2k", []), ("US$ 20, A$5, 100$", []), ("set $PATH and ${HOME}/x", []),
        ("`$x` and $y$", []), ("\\$x", []), ("$-valued", []),
        ("Micro$oft", []), ("```\n$x_1\n```\n", []),
    ],
)  # fmt: skip
def test_signs_beside_tex_are_open_formulas(text: str, found: list[tuple[int, bool]]) -> None:
    assert [(one.start, one.opens) for one in unclosed(text)] == found


@given(PROSE)
def test_what_is_escaped_is_open_no_more(text: str) -> None:
    once = escaped(text)
    assert re.sub(r"\\+\$", "$", once) == re.sub(r"\\+\$", "$", text)
    assert escaped(escaped(once)) == escaped(once)
