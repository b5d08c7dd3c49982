"""Results of Google Scholar that are copied as text."""

from __future__ import annotations

import pytest

from broadsheet.listings import parse
from broadsheet.listings.lists import search_results
from tests.growth import assert_linear

PAGE = """Google Scholar
[PDF] arxiv.org
[PDF] Kites of the northern sea: a study
A Kite, B de Line, C Reel… - arXiv preprint arXiv …, 2026 - arxiv.org
… We fly kites of twelve kinds over the sea. Their lines hold in the wind, and we
explain why they do …
Save Cite Cited by 12 Related articles All 3 versions
You only wind once
D Wind - Journal of Kites, 2025 - example.org
Reels are wound by hand. We wind them in one go.
☆ Save 99 Cite Related articles
"""
ALERT = """[PDF] Kites of the northern sea: a study
A Kite, B de Line, C Reel - arXiv preprint arXiv:2601.00011, 2026
… We fly kites of twelve kinds over the sea. Their lines hold in the wind, and we
explain why they do …
{foot}
[HTML] You only wind once
D Wind - Journal of Kites, 2025
Reels are wound by hand. We wind them in one go.
{foot}"""


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        (PAGE, None),
        (ALERT.format(foot=""), "2601.00011"),
        (ALERT.format(foot="Save Twitter LinkedIn Facebook\n"), "2601.00011"),
    ],
)
def test_copied_results_have_titles_names_venues_and_passages(text: str, arxiv: str | None) -> None:
    first, second = parse(text.encode(), file="2026-01-05.txt").entries
    assert (first.title, first.arxiv) == ("Kites of the northern sea: a study", arxiv)
    assert first.authors == ("A Kite", "B de Line", "C Reel")
    assert first.abstract == (
        "… We fly kites of twelve kinds over the sea. Their lines hold in the wind, and we "
        "explain why they do …"
    )
    assert (second.title, second.authors) == ("You only wind once", ("D Wind",))
    assert (second.venue, second.published) == ("Journal of Kites", "2025")
    assert second.abstract == "Reels are wound by hand. We wind them in one go."


def test_other_texts_and_lists_stay_as_they_are() -> None:
    listed = "- Kites of the North\n  A Kite, B Line - Journal of Kites, 2026\n" * 2
    for text in (listed, "Kites\n\nA text - with dashes, 2026\n", ""):
        assert search_results.as_headings(text) == text


def test_results_take_linear_time() -> None:
    assert_linear(search_results.as_headings, lambda n: "Kites\nA Kite - B, 2026\n" * n, 20_000)
    assert_linear(search_results.as_headings, lambda n: "Kites\nA " + " - 2026" * n, 20_000)
