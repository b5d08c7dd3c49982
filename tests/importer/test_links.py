"""Which links of an abstract lead to its code and to its project page."""

from __future__ import annotations

import pytest

from broadsheet.importer.links import Links, find, tidy
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "code", "project"),
    [
        ("No address here.", None, None),
        ("Our code is at https://github.com/a/b.", "https://github.com/a/b", None),
        ("See github.com/a/b and a.github.io/b!", "https://github.com/a/b", "https://a.github.io/b"),
        ("See www.gitlab.com/a/b.", "https://www.gitlab.com/a/b", None),
        ("All of it: https://gitlab.inria.example/a/b", "https://gitlab.inria.example/a/b", None),
        ("We thank https://github.com/ for hosting.", None, None),
        ("A page: https://sites.google.com/view/x", None, "https://sites.google.com/view/x"),
        ("Data sets at https://huggingface.co/a/b", None, "https://huggingface.co/a/b"),
        ("Code at https://huggingface.co/a/b", None, "https://huggingface.co/a/b"),
        ("The code: https://lab.example/x", "https://lab.example/x", None),
        ("Our project page: https://lab.example/x", None, "https://lab.example/x"),
        ("As in https://lab.example/x", None, None),
        ("The demo of https://arxiv.org/abs/2401.00001", None, None),
        ("Results: https://doi.org/10.1000/1", None, None),
        (
            "Code: https://github.com/a/b and https://github.com/c/d",
            "https://github.com/a/b",
            None,
        ),
        (
            "https://github.com/a/b has the code, https://a.github.io the demo",
            "https://github.com/a/b",
            "https://a.github.io",
        ),
        ("Code: HTTPS://GitHub.com/A/B", "HTTPS://GitHub.com/A/B", None),
        ("Mail me@github.com/a for code", None, None),
        ("It is not notgithub.com/a/b", None, None),
        ("Code: https://e.example/github.com/a", "https://e.example/github.com/a", None),
    ],
)  # fmt: skip
def test_hosts_decide_and_else_the_words_before(
    text: str, code: str | None, project: str | None
) -> None:
    assert find(text) == Links(code, project)


def test_only_words_just_before_a_link_say_what_it_is() -> None:
    assert find("The code" + " of it" * 5 + " https://lab.example/x").code
    assert find("The code" + " of it" * 20 + " https://lab.example/x") == Links()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://a.example/b.", "https://a.example/b"),
        ("https://a.example/b).", "https://a.example/b"),
        ("https://a.example/b_(c)", "https://a.example/b_(c)"),
        ("https://a.example/b_(c)),", "https://a.example/b_(c)"),
        ("https://a.example/b**", "https://a.example/b"),
        ("a.example/b", "https://a.example/b"),
        ("https://", None),
        ("https://...", None),
        ("https://a.example/" + "b" * 500, None),
    ],
)
def test_a_sentence_leaves_nothing_on_an_address(written: str, meant: str | None) -> None:
    assert tidy(written) == meant


@pytest.mark.parametrize(
    "part", ["https://github.com/", "github.com/a(", "https://a.example/)))", "."]
)
def test_time_grows_no_faster_than_the_abstract(part: str) -> None:
    def text(size: int) -> str:
        return "https://x.example " + part * (size // len(part))

    assert_linear(find, text, 16_000, floor=0.05)
