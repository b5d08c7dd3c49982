"""The lines that git leaves where two versions conflict."""

from __future__ import annotations

import pytest

from broadsheet.conflict_markers import conflicts, refuse
from broadsheet.errors import LedgerError


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\nd\n", [(2, 6)]),
        ("<<<<<<< ours\r\nb\r\n||||||| base\r\n=======\r\n>>>>>>> theirs\r\n", [(1, 5)]),
        ("<<<<<<< a\n=======\n>>>>>>> b\n<<<<<<< a\n=======\n>>>>>>> b\n", [(1, 3), (4, 6)]),
        ("<<<<<<< a\nb\n", [(1, 1)]),
        ("a\n\n=======\n", [(3, 3)]),
        (">>>>>>> a\n", [(1, 1)]),
        ("||||||| a\n", [(1, 1)]),
        ("## A title\n=======\n## Another\n", [(2, 2)]),
        ("A heading\n=======\n", []),
        ("A heading\n========\n", []),
        (" <<<<<<< quoted\n", []),
        ("a <<<<<<< b ======= c\n", []),
        ("<<<<<<<\n", []),
    ],
)
def test_conflicts_are_found_with_their_lines(text: str, lines: list[tuple[int, int]]) -> None:
    assert [(one.line, one.last_line) for one in conflicts(text)] == lines


def test_the_first_conflict_is_refused_with_its_line() -> None:
    with pytest.raises(LedgerError, match="up to line 4") as caught:
        refuse("a\n<<<<<<< ours\n=======\n>>>>>>> theirs\n", file="day.yml", kind=LedgerError)
    assert (caught.value.file, caught.value.line) == ("day.yml", 2)
