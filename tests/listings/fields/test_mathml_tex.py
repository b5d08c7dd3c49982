"""MathML as TeX."""

from __future__ import annotations

import pytest

from broadsheet.listings.fields.html_prose import prose
from broadsheet.listings.fields.mathml_tex import tex_of
from broadsheet.listings.untrusted.xml_tree import parse_xml
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("inner", "tex"),
    [
        ("<msup><mi>k</mi><mn>2</mn></msup>", "$k^{2}$"),
        ("<msub><mrow><mi>a</mi><mi>b</mi></mrow><mi>max</mi></msub>", "${ab}_{\\mathrm{max}}$"),
        ("<mfrac><mn>1</mn><msqrt><mi>n</mi></msqrt></mfrac>", "$\\frac{1}{\\sqrt{n}}$"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup><mo>=</mo><mn>4</mn>",
         "$x_{i}^{2} = 4$"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "$\\sqrt[3]{x}$"),
        ("<semantics><mi>k</mi><annotation encoding='application/x-tex'>k_1</annotation>"
         "</semantics>", "$k_1$"),
        # What needs no TeX, what is broken, what would be TeX.
        ("<mi>k</mi><mo>=</mo><mn>5</mn>", "k=5"),
        ("<msup><mi>k</mi></msup>", "$k$"),
        ("<msup><mi>\\input{x}$</mi><mn>2</mn></msup>", "$\\mathrm{inputx}^{2}$"),
    ],
)  # fmt: skip
def test_a_formula(inner: str, tex: str) -> None:
    assert tex_of(parse_xml(f"<math>{inner}</math>", file="")) == tex


def test_a_formula_in_an_abstract_keeps_its_exponent() -> None:
    text = (
        '<jats:p>Pull grows by <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:msup>'
        "<mml:mi>k</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> &amp; more.</jats:p>"
    )
    assert prose(text) == "Pull grows by $k^{2}$ & more."


def test_deep_and_long_formulas_are_read_in_linear_time() -> None:
    def deep(size: int) -> str:
        return (
            "<math>"
            + "<mrow>" * 200
            + "<msup><mi>k</mi><mn>2</mn></msup>" * size
            + ("</mrow>" * 200 + "</math>")
        )

    assert tex_of(parse_xml(deep(1), file="")) == "$k2$"
    assert_linear(lambda text: tex_of(parse_xml(text, file="")), deep, 2_000)
    short = "<math><msup><mi>k</mi><mn>2</mn></msup></math> and "
    assert_linear(prose, lambda size: "<p>" + short * size + "</p>", 100)
