"""A sentence a line: nothing else changes, and no line means more to Markdown than its words."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.render import markdown
from broadsheet.text.sentence_lines import is_flowing, join, split

PIECES = st.sampled_from([
    "We show it.", "It holds!", "Does it?", "e.g. Twice.", "Fig. 3.", "See $a. B$ here.", "$x$",
    "`code. More`", "[a link. Or two](https://a.example/x. Y)", "<https://a.example/A.>", "1. One",
    "1986. Then", "- Item", "+ More", "* Star", "# Head", "> Quote", "= Set", "| Cell", "--- Dash",
    "[ref]: x", "“Quoted.”", "(In brackets.)", "\u5b8c\u4e86\u3002", "\u6b21", "**Bold. Still.**",
    "*A. B.*", "$$E. F.$$", "\\(a. B\\)", "\\", "<br>", "A.  Two spaces.", "~~~", "```", ": Def",
    "!", "{: .x}", "\u00a0. N", "end.\\",
])  # fmt: skip
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", " ", "\n", "\n\n"])), max_size=9).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs).strip()
)


def test_each_sentence_has_a_line() -> None:
    text = "We study steps, e.g. Adam. They shrink. See Fig. 2 for $a. B$. It “works.” Well?"
    assert split(text) == (
        "We study steps, e.g. Adam.\nThey shrink.\nSee Fig. 2 for $a. B$.\nIt “works.”\nWell?"
    )


@given(TEXTS)
@example("One. 1. Two. - Three. # Four. > Five.")
@example("A. B.\\\nC. D.")
def test_joining_takes_splitting_back(text: str) -> None:
    assert join(split(text)) == join(text)
    assert split(split(text)) == split(text)
    assert join(join(text)) == join(text)


@given(TEXTS)
def test_a_split_text_shows_the_same_words(text: str) -> None:
    def shown(one: str) -> str:
        return re.sub(r"\s+", " ", str(markdown.abstract(one)))

    whole = join(text)
    assert shown(join(split(text))) == shown(whole)
    if "\u3002" not in text:  # whose line ends other renderers show as spaces
        assert shown(split(text)) == shown(whole)


@pytest.mark.parametrize(
    "text",
    [
        "- One. Two.\n- Three. Four.",
        "    Code. More.",
        "```\nOne. Two.\n```",
        "| A. B. | C. |",
        "One. Two.\\\nThree. Four.",
        "$$\nA. B.\n$$",
        "[x]: https://a.example/A. B.",
    ],
)
def test_what_is_more_than_words_stays(text: str) -> None:
    assert split(text) == join(text) == text
    assert not is_flowing(text) or text.startswith("`")


def test_no_line_begins_a_list() -> None:
    found = split("It ran in 1986. 2. Then - well. - It ended. + Or. * Not. 3) Yes. So")
    assert not any(re.match(r"[-+*]|\d+[.)]", line) for line in found.split("\n"))


def test_a_hostile_text_takes_linear_time() -> None:
    for piece in ("A. ", "$A. ", "`A. ", "[A. ", "<A. ", "[a](", "```` "):
        text = piece * 6_000
        assert join(split(text)) == join(text)
