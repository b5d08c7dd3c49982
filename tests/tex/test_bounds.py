"""No formula of a stranger's takes a converter long: what is beyond a bound is shown as TeX."""

from __future__ import annotations

import subprocess
import sys

import pytest

from broadsheet import tex
from broadsheet.tex.bounds import UNCLOSED, sound, unclosed

from . import hostile_formulas

OPENING = ["(", "[", r"\{", r"\langle ", r"\lfloor ", r"\lvert ", r"\bigl(", r"\bigl|", "⟨",
           "f(x, ", r"\hat ) (", r"x^) [", r"\pmod ^", r"\bra _", r"{(} ", r"\frac{x}) (",
           r"\text{(}", r"\begin{matrix}(\end{matrix}", r"\sqrt[(]x",
           r"\unknown x ) ("]  # fmt: skip


@pytest.mark.parametrize("opening", OPENING)
def test_brackets_that_are_never_closed_are_counted_and_bounded(opening: str) -> None:
    assert unclosed(opening * 30) >= 30
    assert tex.mathml(opening * 30) is None
    assert tex.unicode(opening * 30)


@pytest.mark.parametrize(
    ("formula", "count"),
    [
        ("f(x, y)", 0),
        (r"\left[ 0, 1 \right) \cup \bigl( \tfrac{a}{b} \bigr]", 0),
        (r"\{x \mid x \in [0, 1)\}", 0),
        (r"\langle a, \hat{b} \rangle + \lfloor \frac{(a)}{(b)} \rfloor", 0),
        (r"(\alpha) + (\sqrt[3]{x}) + (\text{if } x_{(1)})", 0),
        (r"]a, b[", 1),
        (r"a) \leq (b", 1),
        (r"{(} )", 1),
    ],
)
def test_closed_brackets_are_told_from_open_ones(formula: str, count: int) -> None:
    assert unclosed(formula) == count <= UNCLOSED
    assert tex.mathml(formula) is not None


@pytest.mark.parametrize(
    "formula",
    [
        "^" * 70,
        r"\frac" * 70,
        r"\sqrt" * 70 + "x",
        r"\hat" * 70 + "x",
        "{" * 70 + "}" * 70,
        r"\left(" * 70 + r"\right)" * 70,
        r"\begin{matrix}" * 70 + r"\end{matrix}" * 70,
        "x & " * 600,
        "x" * 2001,
    ],
)
def test_length_and_nesting_are_bounded(formula: str) -> None:
    assert not sound(formula)
    assert tex.mathml(formula) is None


@pytest.mark.slow
def test_hostile_formulas_are_converted_in_bounded_time() -> None:
    assert len(set(hostile_formulas.formulas())) > 0.95 * hostile_formulas.COUNT
    done = subprocess.run(
        [sys.executable, hostile_formulas.__file__], capture_output=True, text=True, check=False
    )
    *formulas, last = done.stdout.splitlines() or [""]
    assert done.returncode == 0, f"{done.stderr}\nended at formula {len(formulas)}: {last}"
    assert last == "done"
    assert len(formulas) == hostile_formulas.COUNT
