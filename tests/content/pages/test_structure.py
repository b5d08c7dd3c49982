"""What looks like a paper's heading or block and is none."""

from __future__ import annotations

import pytest

from broadsheet.content.pages import parse, survey
from broadsheet.content.pages.structure import odd_blocks, structure
from broadsheet.errors import ContentError
from tests.digests import OPTIMIZATION
from tests.growth import assert_quick


def test_a_page_as_written_has_nothing_odd() -> None:
    lines = OPTIMIZATION.split("\n")
    found = structure(lines, 5)
    assert [lines[n][:6] for n in found.starts] == ["## Ste", "## On "]
    assert (found.wrong, found.slips, list(odd_blocks(lines, 5, found))) == ((), (), [])


def test_a_part_of_a_text_is_read_and_told() -> None:
    text = OPTIMIZATION.replace("> Worth", "### Results\n\nMany.\n\n> Worth")
    assert len(parse(text).papers) == 2
    page, wrong = survey(text)
    assert page is not None
    assert [error.line for error in wrong] == [text[: text.index("###")].count("\n") + 1]
    assert survey(text, slips=False)[1] == ()


def test_papers_after_a_block_without_an_end_are_read() -> None:
    text = OPTIMIZATION.replace("upvotes: 12\n```\n", "upvotes: 12\n", 1)
    with pytest.raises(ContentError, match="no end before the paper"):
        parse(text)
    page, wrong = survey(text)
    assert page is not None
    assert [paper.id for paper in page.papers] == ["2508.00001"]
    assert len(wrong) == 1


@pytest.mark.parametrize(
    "text",
    [
        "````\n## A paper\n\n```yaml\nid: x\n```\n````", "~~~\n# a comment\n~~~", "    ## code",
        "| a | b |\n|---|---|\n| 1 | 2 |", "- a list\n- of two", "above\n\n---\n\nbelow",
        "```yaml\nlearning_rate: 3\nlayers: 4\n```", "```python\nid: int\n```",
    ],
)  # fmt: skip
def test_examples_tables_lists_and_rules_are_text(text: str) -> None:
    page = OPTIMIZATION.replace("> Worth", f"{text}\n\n> Worth")
    assert survey(page)[1] == ()
    assert len(parse(page).papers) == 2


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize(
    "part",
    ["```\n## a\n```yaml\n", "```\n", "## a\n\n", "a\n---\n", "```yaml\nid: a\n```\n\n", "# a\n\n",
     "<<<<<<< a\n", "=======\n", "$x \\$", "```a\n"],
)  # fmt: skip
def test_hostile_pages_cost_linear_time(part: str) -> None:
    front = "---\ntitle: A\ndate: 2025-08-07\ntopic: a\n---\n"
    assert_quick(lambda: survey(front + part * (100_000 // len(part))), 4)
