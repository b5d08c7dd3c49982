from __future__ import annotations

import pytest

from broadsheet.counts import counted


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 papers"), (1, "1 paper"), (2, "2 papers"), (400, "400 papers")]
)
def test_one_is_singular_and_all_else_plural(count: int, said: str) -> None:
    assert counted(count, "paper") == said


def test_a_plural_of_another_form_is_given() -> None:
    assert counted(1, "summary", "summaries") == "1 summary"
    assert counted(0, "summary", "summaries") == "0 summaries"
