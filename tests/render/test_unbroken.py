"""What is written to a formula without a space stays on its line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from broadsheet.render.markdown import abstract, title
from broadsheet.render.unbroken import WIDEST
from tests.digests import ROOT

LONG = "a + b + c + d + e + f + g + h + i + j + k + l + m + n"


def shown(html: str) -> str:
    """HTML with M for each formula, what isn't broken in brackets, what scrolls in braces."""
    html = re.sub("<math.*?</math>", "M", html, flags=re.S)
    html = re.sub('<span class="wide">(.*?</span>)</span>', r"{\1}", html)
    return re.sub('<span class="nb">(.*?)</span>', r"[\1]", html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("only $x$ here", "only M here"),
        ("a ($x$), b", "a [(M),] b"),
        ("the $k$-means of $a$/$b$.", "the [M-means] of [M/M.]"),
        ("*($x$)*, $y$", "<em>[(M)]</em>, M"),
        ("a &lt;$x$&gt; b", "a [&lt;M&gt;] b"),
        ("a\xa0$x$ b", "[a&nbsp;M] b"),
        ("$x$\nand $y$", "M\nand M"),
        ("https://a.example/b ($x$)", '<a href="https://a.example/b" '
         'rel="noopener nofollow ugc">https://a.example/b</a> [(M)]'),
        ("($x$)-nearest-neighbour-search-of-many", "[(M)-]nearest-neighbour-search-of-many"),
        (f"(${LONG}$)-like", "{[(M)-]}like"),
        (f"${LONG}$/${LONG}$;", "{[M/]}{[M;]}"),
        (f"where ${LONG}$ is", "where {[M]} is"),
        ("[$x$](https://a.example/ '<math>($y$)')-like", '<a href="https://a.example/" '
         'title="&lt;math&gt;($y$)" rel="noopener nofollow ugc">M</a>-like'),
    ],
)  # fmt: skip
def test_what_is_written_to_a_formula_is_kept_with_it(text: str, expected: str) -> None:
    html = shown(abstract(text)).removeprefix("<p>").removesuffix("</p>")
    assert html.replace("\xa0", "&nbsp;") == expected
    assert "<a " in expected or shown(title(text)).replace("\xa0", "&nbsp;") == expected


@given(st.lists(st.sampled_from(["$x$", "$y$-", "a", "(", ") ", " ", "&", ";", "*b*", "\n\n"])))
def test_nothing_but_the_elements_is_added(parts: list[str]) -> None:
    text = "".join(parts)
    html = abstract(text)
    for kept in re.findall('<span class="nb">(.*?)</span>', html):
        words = re.sub("<annotation.*?</annotation>|<[^<>]*>", "", kept)
        assert "<math>" in kept
        assert len(words.strip("();,")) <= 2 * WIDEST
        assert not re.search(r"\s", re.sub("<[^<>]*>", "", kept))
    assert html.count("<span") == html.count("</span>")


def test_a_browser_breaks_no_line_there(browser: Browser) -> None:
    text = " ".join(["some ($x$) and $k$-means"] * 60)
    style = ".nb { white-space: nowrap } p { width: 200px; overflow-wrap: anywhere }"
    page = browser.new_page()
    page.set_content(f"<style>{style}</style>{abstract(text)}")
    heights = page.evaluate(
        "[...document.querySelectorAll('.nb')].map((it) => it.getClientRects().length)"
    )
    page.close()
    assert heights == [1] * 120


@pytest.mark.parametrize("width", [320, 390])
def test_a_formula_wider_than_a_phone_scrolls_in_its_line(browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 600})
    style = (ROOT / "theme/static/css/main.css").read_text("utf-8")
    few = "abcdefghijklmnop = 2"  # wider than most, and in any font narrower than the line
    text = abstract(f"Of $x$, let ($W_1 + {LONG} = y$), and $x$ be.\n\nA sum ${few}$.")
    page.set_content(f"<style>{style}</style><main class=page><div class=abstract>{text}</div>")
    wide, short = page.locator(".wide").all()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert wide.evaluate("(it) => it.scrollWidth > it.clientWidth")
    assert short.evaluate("(it) => it.scrollWidth === it.clientWidth")
    page.context.close()
