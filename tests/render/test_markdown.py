"""Markdown to safe HTML: what is passed over the parser comes out the same, and nothing runs."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import InvolvedText
from broadsheet.feeds.item_source import html_of
from broadsheet.render import markdown
from broadsheet.text import bounded_markdown
from broadsheet.text.bounded_markdown import page_html, page_parser
from broadsheet.text.marked_formulas import PRIVATE
from tests.growth import assert_linear
from tests.soak import SOAK

PIECES = st.sampled_from(
    ["word", "Words,", "a & b", "&amp;", "x > y", "< z", "$x^2$", "$$y$$", "$5", " ", "  ", "\n",
     "\n\n", "https://a.example/b_c?d=e&f=g#h", "http://a.example.", "(https://a.example/x)",
     "*em*", "_", "1.", "2)", "- ", "# ", "=", "---", "`code`", "[a](b)", "\\", "!", "|", "~", "\t",
     "\u00a0", "é", "“q”", "ftp://x", "https://", ":", "+", "\ue000", "'", '"', "&#39;", "\u2028"]
)  # fmt: skip


@settings(max_examples=400 if SOAK else 100)
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


@settings(max_examples=200 if SOAK else 50)
@given(st.text())
def test_any_text_gives_html_that_parses_and_runs_nothing(text: str) -> None:
    for html in (str(markdown.abstract(text)), str(markdown.title(text))):
        tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
        for element in tree.iter():
            assert element.tag not in ("script", "style", "iframe", "img", "form")
            assert not any(str(name).startswith("on") or name == "style" for name in element)


@pytest.mark.slow(except_each=5)
@pytest.mark.parametrize("text", ["`", "<", "`a ", "``` `` ` ", "[", "*a ", "](", "$", "<a ", "_"])
def test_hostile_text_takes_no_more_than_linear_time(text: str) -> None:
    assert_linear(markdown.abstract, lambda count: text * count, 4_000, floor=0.5)


def test_a_formula_that_cant_be_converted_shows_its_letters_or_its_tex() -> None:
    assert '<code class="tex">(x ≤ y</code>' in markdown.abstract(r"so $\left(x \leq y$ is")
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


def _page(text: str) -> str:
    """Return a static page's text as it is published."""
    return str(markdown.page(*page_html(page_parser(), text)))


def test_a_static_page_shows_formulas_as_papers_do() -> None:
    html = _page("## Of $x^2$\n\n| a | b |\n|---|---|\n| $|y|$ | \\$5 |\n\n$$z\n= 1$$\n\n($w$)")
    assert html.count("<math") == 4
    assert '<math display="block">' in html
    assert "<td>$5</td>" in html
    assert '<span class="nb">(<math>' in html
    link = _page('[a](/about/ "on $x<y$ \\$") ![$y$](/images/y.png) [b](/p/$1$)')
    assert 'title="on $x&lt;y$ $"' in link
    assert 'alt="$y$"' in link
    assert 'href="/p/$1$"' in link


@pytest.mark.parametrize(
    "text",
    ["`$x$ \\$`", "```\n$x$ \\$\n```", "    $x$ \\$", "<code>$x$ \\$</code>", "<pre>$x$ \\$</pre>"],
)
def test_code_in_a_static_page_stays_as_it_is(text: str) -> None:
    assert "$x$ \\$" in _page(f"{text}\n\n$y$")
    assert _page(f"{text}\n\n$y$").count("<math") == 1


def test_an_id_made_of_a_heading_with_a_formula_is_of_its_letters() -> None:
    parser = bounded_markdown.Parser(["markdown.extensions.toc"])
    html = str(markdown.page(*page_html(parser, "[TOC]\n\n## Of $x_i$ here")))
    assert '<h2 id="of-x_i-here">' in html
    assert 'href="#of-x_i-here"' in html


def test_a_formula_in_a_link_s_title_is_not_repeated_beyond_bounds() -> None:
    text = '[a]: /x "$' + "x" * 9_000 + '$"\n\n' + "[a] " * 2_000
    assert bounded_markdown.problem(text) is not None
    assert len(markdown.abstract(text)) < 3 * len(text)
    with pytest.raises(InvolvedText, match="repeats its formulas"):
        _page(text)


def test_the_work_on_a_page_is_counted_by_what_its_author_wrote() -> None:
    parser = bounded_markdown.page_parser()
    parser_left = parser._bounds.meter
    page_html(parser, "$x$ " * 500)
    of_formulas = parser_left.left
    page_html(parser, "abc " * 500)
    assert of_formulas <= parser_left.left  # marks are longer than formulas, and allow no more


FORGED = [
    "$x$ &#xe000;0&#xe001; &#xe000;9&#xe001; &#57344;1&#57345;",
    "$x$ \ue0000\ue001 \ue000" + "0" * 32 + ".0\ue001",
    '[a](https://a.example "&#xe000;0&#xe001;") $<b>$',
    '[a](https://a.example/$x$ "$y$ onmouseover=alert(1)") $z$',
    '[a][r] $x$\n\n[r]: https://a.example/&#xe000;0&#xe001; "$x$"',
    'href="\ue003x" &quot;href="&#xe003;x" <a href="&#xe003;//evil.example">b</a> $x$',
    "`$x$` <code>$x$</code> &#2;wzxhzdk:0&#3; \x02klzzwxh:0000\x03 $x$",
    "`` &#xe000; `` \\\ue000 &amp;#xe000;0&amp;#xe001; $x$ $x$ $x$",
]


def _mark(text: str) -> str:
    """The mark that stands for a text's formulas while its HTML is cleaned."""
    return bounded_markdown.html(text)[1]


@pytest.mark.parametrize("text", FORGED)
def test_no_text_can_forge_what_stands_for_a_formula_or_the_root(text: str) -> None:
    for html in (
        markdown.rooted(str(markdown.abstract(text)), "/ROOT/"),
        markdown.rooted(html_of(text), "https://ROOT/"),
        str(markdown.title(text)),
        markdown.rooted(_page(text), "/ROOT/"),
    ):
        assert not PRIVATE.search(html)
        tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
        for element in tree.iter():
            assert not str(element.tag).startswith("b")
            for name, value in element.items():
                assert not name.startswith("on")
                assert "<" not in value
                assert name == "title" or "ROOT" not in value
        assert len(html) < 40 * len(text) + 2_000


def test_a_mark_copied_from_an_earlier_build_means_nothing() -> None:
    text = "Of $x$ and"
    copied = f"{text} &#xe000;{_mark(text)}0&#xe001;"
    assert _mark(copied) != _mark(text)
    assert str(markdown.abstract(copied)).count("<math") == 1
    assert _mark(text) not in str(markdown.abstract(copied))
    assert _mark(copied) == _mark(copied)  # and the same text always gives the same bytes


def test_formulas_in_attributes_are_their_tex() -> None:
    html = str(markdown.abstract('[a](https://a.example "on $x<y$") $z$'))
    assert 'title="on $x&lt;y$"' in html
    assert html.count("<math") == 1


def test_every_formula_stands_once_where_it_was() -> None:
    text = " ".join(f"$x_{{{n}}}$ *{n}* `{n}`" for n in range(60))
    html = str(markdown.abstract(text))
    assert html.count("<math") == 60
    assert [html.index(f"x_{{{n}}}") for n in range(60)] == sorted(
        html.index(f"x_{{{n}}}") for n in range(60)
    )


@given(st.text(alphabet="$x&#;e03\ue000\ue001\ue002\ue003<>\"' a=\\[](){}*_`\n", max_size=60))
def test_marks_never_show(text: str) -> None:
    for html in (markdown.abstract(text), html_of(text), markdown.title(text), _page(text)):
        shown = markdown.rooted(str(html), "/")
        assert not PRIVATE.search(shown), (text, shown)
        assert not re.search("[0-9a-f]{16}x", shown)


def test_links_are_read_as_browsers_read_them() -> None:
    text = "[a](/\\evil.example) [b](/papers/x/) [c](HTTPS://a.example)"
    html = str(markdown.abstract(text))
    assert 'href="//evil.example"' in html  # and not behind the root, as a page of ours
    assert 'href="https://a.example"' in html
    assert 'href="/papers/x/"' in markdown.rooted(html, "/")


@pytest.mark.slow
def test_what_is_too_long_or_too_involved_shows_as_its_words() -> None:
    for text in ("> " + "- " * 900 + "end", "[" * 9_000 + "end", "*a* " * 6_000 + "end"):
        html = str(markdown.abstract(f"{text} $x$ https://a.example/b <i> & c"))
        assert "end <math" in html
        assert '<a href="https://a.example/b" rel=' in html
        assert "&lt;i&gt; &amp; c</p>" in html
        assert bounded_markdown.problem(text) is not None
        assert str(markdown.title(text)).count("<") == 0
