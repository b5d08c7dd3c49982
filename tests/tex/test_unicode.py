"""Formulas as plain Unicode, and whole texts without markup."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet import tex


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (r"\varepsilon^{-2.5}", "ε⁻²·⁵"),
        (r"\mathcal{O}(\varepsilon^{-2})", "O(ε⁻²)"),
        (r"x_{ij}^2", "xᵢⱼ²"),
        (r"\theta_{\text{GRPO}}", "θ_GRPO"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\sqrt{\frac{L}{\mu}}", "√(L/μ)"),
        (r"\hat{x} \in \mathbb{R}^{d\times d}", "x̂ ∈ ℝ^(d×d)"),
        (r"256\times 256", "256×256"),
        (r"a \leq b", "a ≤ b"),
        (r"\left( a+b \right)^2", "(a+b)²"),
        (r"n\log n", "n log n"),
        (r"k \not\equiv 1 \pmod{4}", "k ≢ 1 (mod 4)"),
        (r"\langle a, b\rangle", "⟨a, b⟩"),
        (r"360^\circ", "360°"),
        (r"60\%", "60%"),
        (r"\bar{x}", "x̄"),
        (r"\text{two words}", "two words"),
        (r"\method", "method"),
        (r"e^{\betaU} 3\muK, \partialF, a\inS", "eᵝᵁ 3μK, ∂F, a ∈ S"),
        (r"\toprule", "toprule"),
        ("", ""),
    ],
)
def test_a_formula_in_unicode(formula: str, shown: str) -> None:
    assert tex.unicode(formula) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"a **bold** *word* with $\varepsilon^2$", "a bold word with ε²"),
        (r"**27$\times$ more** of $a*b*c$", "27× more of a*b*c"),
        ("a [link](https://a.example/x_(y)) here", "a link here"),
        ("<https://a.example> and <b>x</b>", "https://a.example and x"),
        (r"costs \$5, a\_b, 3 \* 4 \# 1", "costs $5, a_b, 3 * 4 # 1"),
        ("`code_x` and snake_case and &lt;think>", "code_x and snake_case and <think>"),
        ("***both*** and **a *b* c**", "both and a b c"),
        ("## Heading\n\n- item", "Heading\n\nitem"),
    ],
)
def test_a_text_without_markup(text: str, shown: str) -> None:
    assert tex.plain(text) == shown


@given(st.text(alphabet="abc ,.;:()%&", max_size=80))
@example(":,a,;a::")
def test_plain_words_stay(text: str) -> None:
    assert tex.plain(tex.restore(text)).split() == text.split()


def test_an_escaped_bracket_is_no_link() -> None:
    assert tex.plain(r"codes over Z\[u,v](u,v) here") == "codes over Z[u,v](u,v) here"
