"""Blocks of papers and front matter with keys by the thousands, or written in odd ways."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.checks.keys import lines_of


class Counted(list[str]):
    """Lines that count how often one of them is looked at."""

    looked_at = 0

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        self.looked_at += 1
        return super().__getitem__(place)


def test_each_line_is_looked_at_once_however_many_keys_there_are() -> None:
    lines = Counted(f"key{n}: {n}" for n in range(3000))
    found = lines_of([f"key{n}" for n in range(3000)], lines, 0, len(lines))
    assert found["key2999"] == 3000
    assert lines.looked_at == 3000


def test_keys_are_found_as_yaml_lets_them_be_written() -> None:
    lines = ["", "a: 1", ' "b c": 2', "'d':3", "e f : g", "i:j: k", "https://x.example: y", "a: 2"]
    assert lines_of(["a", "b c", "d", "e f", "i:j", "https://x.example"], lines, 1, len(lines)) == {
        "a": 2, "b c": 3, "d": 4, "e f": 5, "i:j": 6, "https://x.example": 7
    }  # fmt: skip


def test_a_key_that_no_line_begins_with_is_given_the_first_line() -> None:
    assert lines_of(["z", ""], ["x", "y: {z: 1}", ": 2"], 1, 3) == {"z": 2, "": 2}


@given(st.lists(st.text(alphabet="ab:\"' \t\x85é", max_size=12)), st.text(max_size=3))
def test_any_line_gives_a_line_within(lines: list[str], key: str) -> None:
    assert 1 <= lines_of([key], lines, 0, len(lines))[key] <= max(1, len(lines))
