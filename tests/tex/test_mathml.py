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
    ("formula", "inside"),
    [
        (r"e^{ \betaU(x)}", "<mi>β</mi><mi>U</mi>"),
        (r"\GenPPL=27", "<mi>GenPPL</mi></mrow><mo>=</mo>"),
        (r"\A^k", "<msup><mi>A</mi><mi>k</mi></msup>"),
        (r"{\bW_q}", "<mi>bW</mi>"),
        (r"\bigO{n \log n}", '<mi>bigO</mi></mrow><mo>\u2061</mo><mrow><mo stretchy="false">('),
        (r"\pair{x}{y}", "<mi>x</mi><mo>,</mo><mi>y</mi>"),
    ],
)
def test_a_command_of_its_author_s_own_shows_what_it_says(formula: str, inside: str) -> None:
    markup = tex.mathml(formula)
    assert markup is not None
    assert inside in markup
    assert "\\" not in markup.partition("<annotation")[0]


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        (r"x+\bigO{n}", "bigO"),
        (r"\frac{\zz}{2}", "zz"),
        (r"\frac{a}{b}\colon X", ""),
        (r"\substack{a\\b}", ""),
    ],
)
def test_an_unknown_command_is_named(formula: str, name: str) -> None:
    assert tex.unknown(formula) == name


@pytest.mark.parametrize("formula", [r"\color{red}{x}", r"\style{color:red}{x}", r"\label{eq:a}x"])
def test_what_says_nothing_of_a_formula_is_left_out(formula: str) -> None:
    markup = tex.mathml(formula)
    assert markup is not None
    assert markup.startswith("<math><semantics><mi>x</mi><annotation")
    assert tex.unicode(formula) == "x"


def test_a_vector_s_arrow_stands_above_its_letter_in_any_font() -> None:
    markup = tex.mathml(r"\vec{v}")
    assert markup is not None
    assert '<mover><mi>v</mi><mo stretchy="false">→</mo></mover>' in markup


def test_lines_below_a_sum_are_rows() -> None:
    markup = tex.mathml(r"\sum_{\substack{i<j\\ k}} x")
    assert markup is not None
    assert markup.count("<mtr>") == 2


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
        "{x",
        "x\\",
        r"\def\a{\a\a}\a",
        r"\newcommand{\a}{b}\a",
        r"\colorbox{red}{x}",
        r"\unknown{\color{red}",
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
