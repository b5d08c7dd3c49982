"""Formulas become MathML that a strict page may hold."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import tex
from broadsheet.tex.mathml import ATTRIBUTES, ELEMENTS, TOKENS

PIECES = [
    "\\frac",
    "\\sqrt",
    "\\left(",
    "\\right)",
    "\\text",
    "\\textit{",
    "{",
    "}",
    "^",
    "_",
    "x",
    "1",
    "&",
    "\\\\",
    "<",
    ">",
    '"',
    "'",
    "\\color{red}",
    "\\href{javascript:x}",
    "\\style{a}{b}",
    "\\begin{matrix}",
    "\\end{matrix}",
    "</math>",
    "<script>",
    "&lt;",
    "\\mathbf",
    "\\unicode{x3c}",
    "%",
    "#",
    "~",
    "\\cancel",
    "\\boxed",
    "\\hat",
    "\\hspace{1em}",
    "é",
    "𝒪",
    "\\operatorname",
    "\\not",
    "\\limits",
]


@pytest.mark.parametrize(
    ("formula", "inside"),
    [
        (r"x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"\frac{a}{b}", "<mfrac><mi>a</mi><mi>b</mi></mfrac>"),
        (r"\widetilde{O}(n)", "<mover"),
        (r"\textbf{32.5%}", "32.5%"),
        (r"\href{https://a.example}{y}", "<mi>y</mi>"),
        (r"\text{a<b}", "a&lt;b"),
        (r"\mathcal{O}", "<mi>𝒪</mi>"),
        (r"x_{\textrm{KL}}", "<mtext>KL</mtext>"),
        (r"e^{\betaU}", "<mrow><mi>β</mi><mi>U</mi></mrow>"),
        (r"\textit{ab c} > 0", "<mtext>ab\u00a0c</mtext>"),
        (r"\text{a\textbf{b}c}", "<mtext>a</mtext><mtext>b</mtext><mtext>c</mtext>"),
    ],
)
def test_a_formula_becomes_mathml(formula: str, inside: str) -> None:
    markup = tex.mathml(formula)
    assert markup is not None
    assert markup.startswith("<math><semantics>")
    assert inside in markup


def test_the_tex_goes_along_as_an_annotation() -> None:
    markup = tex.mathml("a<b")
    assert markup is not None
    assert '<annotation encoding="application/x-tex">a&lt;b</annotation>' in markup


@pytest.mark.parametrize(
    "formula", [r"x\tfrac{a}{b}", r"\dfrac{a}{\tfrac{b}{c}}", r"\tbinom{n}{k}"]
)
def test_a_fraction_s_size_is_said_by_the_element_around_it(formula: str) -> None:
    markup = tex.mathml(formula)
    assert markup is not None
    assert "<mstyle displaystyle=" in markup
    assert not re.search(r"<(?!math|mstyle|mtable)\w+[^>]* (displaystyle|scriptlevel)=", markup)


def test_a_display_formula_says_so() -> None:
    assert (tex.mathml("x", display=True) or "").startswith('<math display="block">')


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "  ",
        r"\unknowncommand",
        "{x",
        "x\\",
        r"\def\a{\a\a}\a",
        r"\newcommand{\a}{b}\a",
        r"\color{red}{x}",
        r"\style{color:red}{x}",
        "x\0y",
        "{" * 100 + "x" + "}" * 100,
        "x^{" * 100 + "x" + "}" * 100,
        r"\sqrt " * 100 + "x",
        r"\left(" * 100 + "x" + r"\right)" * 100,
        r"\begin{matrix}" * 100,
        "x" * 5000,
    ],
)
def test_what_cannot_or_must_not_be_converted_gives_nothing(formula: str) -> None:
    assert tex.mathml(formula) is None


@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
def test_nothing_but_harmless_mathml_comes_out(formula: str) -> None:
    markup = tex.mathml(formula)
    if markup is None:
        return
    tree = html5lib.parseFragment(markup, namespaceHTMLElements=False)
    assert [child.tag for child in tree] == ["{http://www.w3.org/1998/Math/MathML}math"] or [
        child.tag for child in tree
    ] == ["math"]
    for element in tree.iter():
        if element is tree or not isinstance(element.tag, str):
            continue
        assert element.tag.split("}")[-1] in ELEMENTS
        assert element.tag.split("}")[-1] not in TOKENS or len(element) == 0
        extra = set(element.attrib) - ATTRIBUTES
        assert not extra or (extra == {"mathvariant"} and element.get("mathvariant") == "normal")
