"""Drafts of papers: the text that a later capture may replace."""

from __future__ import annotations

import pytest

from broadsheet.importer.drafts import unite
from broadsheet.papers import Paper


@pytest.mark.parametrize(
    ("old", "new", "same_source", "replaced"),
    [
        (r"about \$$\sim$\$5 kites", r"about $\sim$5 kites", True, False),  # marked up anew
        ("a line of n kites", "a line of $n$ kites", True, False),
        ("a line of n kites", "a line of $n$ kites", False, True),  # the authors' text, at last
        ("a line of n kites", "a line of $m$ kites", True, True),  # another version
    ],
)
def test_text_is_replaced_for_what_it_says_not_for_its_marks(
    old: str, new: str, same_source: bool, replaced: bool
) -> None:
    paper = Paper(id="kites", title="Kites", abstract=old)
    later = Paper(id="", title="Kites", abstract=new)
    united = unite(paper, later, new_is_tex=True, same_source=same_source)
    assert united.abstract == (new if replaced else old)
