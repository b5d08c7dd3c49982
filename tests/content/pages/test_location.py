"""Where papers stand, and the refusal of an id that stands twice."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.content.pages.location import PaperLocation, refuse_duplicate_ids, repeated
from broadsheet.errors import ContentError

HERE = PaperLocation("kites", "2025/08/07/vision.md", 9)


def test_a_location_has_the_day_of_its_page() -> None:
    assert HERE.date == date(2025, 8, 7)


def test_each_repeated_item_comes_with_the_first_of_its_key() -> None:
    assert list(repeated(["a1", "b1", "", "", "a2", "a3"], lambda text: text[:1])) == [
        ("a2", "a1"),
        ("a3", "a1"),
    ]


@pytest.mark.parametrize(
    ("first", "place"),
    [
        (PaperLocation("kites", "2025/08/05/vision.md", 7), "2025/08/05/vision.md:7"),
        (PaperLocation("kites", "2025/08/05/vision.md"), "2025/08/05/vision.md"),
        (PaperLocation("kites", "2025/08/07/vision.md", 3), "line 3"),
    ],
)
def test_an_id_in_use_is_refused_with_both_places(first: PaperLocation, place: str) -> None:
    refuse_duplicate_ids([first, HERE._replace(id="boats")])
    with pytest.raises(ContentError) as caught:
        refuse_duplicate_ids([first, HERE])
    assert (caught.value.file, caught.value.line) == (HERE.path, HERE.line)
    assert caught.value.message == (
        f'id: "kites" is already in use by the paper in {place}; expected one paper an id'
    )
