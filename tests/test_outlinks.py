"""Links that settings give."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import SettingsError
from broadsheet.outlinks import BUILT_IN, OutLink, links_of, paper_links_of
from broadsheet.papers import Paper
from broadsheet.weburl import is_web_address, normalised, scheme_of


def menu(value: object) -> tuple[OutLink, ...]:
    return links_of({"MENUITEMS": value}, "MENUITEMS")


def test_links_are_pairs_as_pelican_has_them() -> None:
    rows = (("Forum", "https://forum.example"), ["Us", "/about/"], ("Mail", "mailto:a@b.example"),
            ("Code", "https://code.example/us", "icon"))  # fmt: skip
    assert menu(rows) == (
        OutLink("Forum", "https://forum.example"),
        OutLink("Us", "about/", inside=True),
        OutLink("Mail", "mailto:a@b.example"),
        OutLink("Code", "https://code.example/us"),
    )
    assert menu(None) == menu(()) == ()


@pytest.mark.parametrize(
    "value",
    ["https://x.example", {"a": "b"}, [("A",)], [("A", 5)], [("", "/x")], [("A\nB", "/x")],
     [("A", "javascript:alert(1)")], [("A", "java\tscript:alert(1)")], [("A", "//evil.example")],
     [("A", "\\\\evil.example")], [("A", "/x\" onload=\"y")], [("A", "../../x")],
     [("A", "data:text/html,x")], [("A", "/x")] * 51, [("A" * 101, "/x")]],
)  # fmt: skip
def test_what_is_no_link_is_refused(value: object) -> None:
    with pytest.raises(SettingsError, match="MENUITEMS"):
        menu(value)


@given(st.text(max_size=60))
def test_no_address_leads_to_a_script_or_out_of_its_attribute(address: str) -> None:
    try:
        (link,) = menu([("A", address)])
    except SettingsError:
        return
    shown = ("/" if link.inside else "") + link.address
    assert scheme_of(shown) in (None, "http", "https", "mailto")
    assert not re.search(r"[\s\"'<>]", shown)
    assert not (link.inside and normalised(shown).startswith("//"))


PAPER = Paper(id="x", title="A <b> & c", arxiv="2508.00001", doi='10.1/a"b?#')


def addresses(rows: object, paper: Paper = PAPER) -> list[str | None]:
    links = paper_links_of({"BROADSHEET_PAPER_LINKS": rows})
    return [link.address(paper, paper.title) for link in links]


def test_fields_are_quoted_and_a_paper_without_them_has_no_link() -> None:
    rows = [("a", "https://a.example/abs/{arxiv}"), ("b", "https://b.example/?q={title}&d={doi}"),
            ("c", "https://c.example/{doi}")]  # fmt: skip
    assert addresses(rows) == [
        "https://a.example/abs/2508.00001",
        "https://b.example/?q=A+%3Cb%3E+%26+c&d=10.1%2Fa%22b%3F%23",
        "https://c.example/10.1/a%22b%3F%23",
    ]
    assert addresses(rows, Paper(id="y", title="B")) == [None, None, None]


def test_without_the_setting_papers_have_the_usual_links() -> None:
    assert paper_links_of({}) == tuple(BUILT_IN.values())
    assert paper_links_of({"BROADSHEET_PAPER_LINKS": []}) == ()
    assert paper_links_of({"BROADSHEET_PAPER_LINKS": ["Google Scholar"]}) == (
        BUILT_IN["Google Scholar"],
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Gogle Scholar"], "did you mean Google Scholar?"),
        ([("a", "https://a.example/{axriv}")], "did you mean arxiv?"),
        ([("a", "https://{doi}/")], "a paper names no host"),
        ([("a", "https://{title}.example/")], "a paper names no host"),
        ([("a", "javascript:{title}")], "an address with https://"),
        ([("a", "https://a.example/{")], "an address with https://"),
        ([("a", "b", "c")], "a pair"),
        ("Google Scholar", "a list"),
    ],
)
def test_a_wrong_link_is_told(rows: object, expected: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(expected)):
        paper_links_of({"BROADSHEET_PAPER_LINKS": rows})


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_paper_s_field_leads_to_another_host(doi: str, title: str) -> None:
    paper = Paper(id="x", title=title, doi=doi or None)
    rows = [("a", "https://a.example/x/{doi}"), ("b", "https://a.example/?q={title}")]
    for address in addresses(rows, paper):
        assert address is None or (
            is_web_address(address) and normalised(address).startswith("https://a.example/")
        )
