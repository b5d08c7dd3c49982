"""Markdown to safe HTML: what is passed over the parser comes out the same, and nothing runs."""

from __future__ import annotations

import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.site import markdown

PIECES = st.sampled_from(
    ["word", "Words,", "a & b", "&amp;", "x > y", "< z", "$x^2$", "$$y$$", "$5", " ", "  ", "\n",
     "\n\n", "https://a.example/b_c?d=e&f=g#h", "http://a.example.", "(https://a.example/x)",
     "*em*", "_", "1.", "2)", "- ", "# ", "=", "---", "`code`", "[a](b)", "\\", "!", "|", "~", "\t",
     "\u00a0", "é", "“q”", "ftp://x", "https://", ":", "+", "\ue000", "'", '"', "&#39;", "\u2028"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join))
def test_what_passes_the_parser_by_is_what_the_parser_gives(text: str) -> None:
    quick = markdown._quick(text)
    if quick is not None:
        assert quick == markdown._rendered(text)


def test_words_formulas_and_addresses_pass_the_parser_by() -> None:
    text = "Of $x^2$ & more > less: see https://a.example/b_c?d=e&f=g.\n\nA second paragraph."
    quick = markdown._quick(text)
    assert quick is not None
    assert '<a href="https://a.example/b_c?d=e&amp;f=g" rel="noopener nofollow ugc">' in quick
    assert quick.count("<p>") == 2


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *b* **c** `d`", "<p>A <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a <think> b", "<p>a &lt;think&gt; b</p>"),
        ("`<think>` x", "<p><code>&lt;think&gt;</code> x</p>"),
        ("[a](javascript:alert(1))", "<p><a rel=\"noopener nofollow ugc\">a</a></p>"),
        ("![a](https://evil.example/x.png)", "<p></p>"),
        ("costs $5 and $10", "<p>costs $5 and $10</p>"),
    ],
)  # fmt: skip
def test_an_abstract_is_safe_html(text: str, html: str) -> None:
    assert markdown.abstract(text) == html


@settings(max_examples=200)
@given(st.text())
def test_any_text_gives_html_that_parses_and_runs_nothing(text: str) -> None:
    for html in (str(markdown.abstract(text)), str(markdown.title(text))):
        tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
        for element in tree.iter():
            assert element.tag not in ("script", "style", "iframe", "img", "form")
            assert not any(str(name).startswith("on") or name == "style" for name in element)


@pytest.mark.parametrize("text", ["`", "<", "`a ", "``` `` ` ", "[", "*a ", "](", "$", "<a ", "_"])
def test_hostile_text_takes_no_more_than_linear_time(text: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        markdown.abstract(text * count)
        return time.process_time() - start

    seconds(10)
    assert seconds(16_000) < 12 * seconds(2_000) + 0.5


def test_a_formula_that_cant_be_converted_shows_its_tex() -> None:
    assert '<code class="tex">\\frac{</code>' in markdown.abstract("so $\\frac{$ is")
    assert "<math" in markdown.abstract("so $\\frac12$ is")


def test_a_title_is_inline() -> None:
    assert markdown.title("On *x* & $\\varepsilon$").startswith("On <em>x</em> &amp; <math")
    assert "<a" not in markdown.title("[a](https://a.example)")


def test_static_pages_keep_tables_and_own_images_only() -> None:
    html = markdown.page(
        '<h2 id="a">A</h2><table><tr><td>1</td></tr></table><img src="/images/x.png" alt="x">'
        '<img src="https://evil.example/x.png" alt="y"><script>alert(1)</script>'
    )
    assert "<td>1</td>" in html
    assert 'src="/images/x.png"' in html
    assert "evil.example" not in html
    assert "script" not in html
