"""HTML as Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings.fields.html_prose import is_html, line_of_prose, prose
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<br>line</p><p>Two</p>", "One line\n\nTwo"),
        ("One<br><br>Two", "One\n\nTwo"),
        ("CO<sub>2</sub>, 10<sup>-3</sup>, 20<sup>th</sup>", "CO₂, 10⁻³, 20th"),
        ("<i>M. milvus</i> is <b>red</b>", "*M. milvus* is **red**"),
        ('<a href="https://x.example/a_(b)">a line</a>', "[a line](https://x.example/a_%28b%29)"),
        ('<a href="https://x.example/a">https://x.example/a</a>', "https://x.example/a"),
        ('<a href="javascript:alert(1)">a line</a>', "a line"),
        ('<a href="/relative">a line</a>', "a line"),
        ("<ul><li>One</li><li>Two</li></ul>After", "• One\n\n• Two\n\nAfter"),
        ("<script>alert(1)</script><style>p {}</style>Kites", "Kites"),
        ('<img src="x" onerror="alert(1)">Kites', "Kites"),
        ("&lt;p&gt;Escaped &lt;b&gt;twice&lt;/b&gt;&lt;/p&gt;", "Escaped **twice**"),
        ("<jats:title>Abstract</jats:title><jats:p>Kites</jats:p>", "Abstract\n\nKites"),
        ("a<!-- b --><script>c</script> &amp; <b>d</b>", "a & **d**"),
        ("Sets where a <b and c> d", "Sets where a <b and c> d"),
        ("5 &lt; 6", "5 < 6"),
        (
            'A <math><semantics><mi>x</mi><annotation encoding="application/x-tex">x_1'
            "</annotation></semantics></math> kite",
            "A $x_1$ kite",
        ),
    ],
)
def test_what_becomes_of_each(html: str, text: str) -> None:
    assert prose(html) == text


def test_titles_are_words_alone() -> None:
    assert line_of_prose('On <i>kites</i>\n<a href="https://x.example/">up</a>') == "On kites up"


def test_maths_in_plain_text_is_no_html() -> None:
    for text in ("a < b and c > d", "x<y, y>z", "if a <b and c> d", "R&D, AT&T; kites"):
        assert not is_html(text)
        assert prose(text) == text


TAGS = st.sampled_from(
    ["p", "b", "i", "a", "ul", "li", "div", "span", "sub", "sup", "table", "td", "h2", "br", "img",
     "script", "style", "iframe", "svg", "form", "blockquote", "pre", "code", "em"]
)  # fmt: skip
WORDS = st.text(st.sampled_from("abcÄß .,()[]*_`$\\\n"), max_size=12)
ADDRESSES = st.sampled_from(
    ["https://x.example/", "javascript:alert(1)", "data:text/html,x", "//x.example", "x\n", "(", ""]
)


@st.composite
def markup(draw: st.DrawFn, depth: int = 3) -> str:
    pieces = [draw(WORDS)]
    for _ in range(draw(st.integers(0, 3))):
        tag, address = draw(TAGS), draw(ADDRESSES)
        inner = draw(markup(depth - 1)) if depth else draw(WORDS)
        closed = f"</{tag}>" if draw(st.booleans()) else ""
        pieces.append(f'<{tag} href="{address}" onclick="alert(1)">{inner}{closed}{draw(WORDS)}')
    return "".join(pieces)


@given(markup())
def test_no_tag_and_no_unsafe_link_is_left(html: str) -> None:
    made = prose(html)
    assert not re.search(r"</?[a-z]", made)
    assert "alert" not in made
    for address in re.findall(r"\]\((\w+:[^()]*)\)", made):
        assert address == "https://x.example/"
    assert "\n\n\n" not in made
    assert made == made.strip()


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    prose(text)
    line_of_prose(f"<p>{text}</p>")


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize(
    "grow",
    [
        lambda n: "<b>" * n, lambda n: "<div>" * 50 + "<p>x" * n, lambda n: "<p>" + "a<br>" * n,
        lambda n: "<ul><li>" * 20 + "x <i>y</i>" * n, lambda n: "&lt;b&gt;" * n,
        lambda n: "<p " + "a='<' " * n + ">", lambda n: "<!--" * n, lambda n: "<a href=" * n,
    ],
)  # fmt: skip
def test_time_grows_with_the_length(grow) -> None:  # type: ignore[no-untyped-def]
    assert_linear(prose, grow, 1_000)
