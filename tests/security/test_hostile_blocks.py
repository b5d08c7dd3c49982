"""Blocks of papers and front matter with keys and tags by the thousands, or written in odd ways;
names that some systems can't hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.checks.keys import lines_of
from broadsheet.content import pages
from broadsheet.errors import ContentError
from tests.digests import OPTIMIZATION, Digest

PAGE = "2025/08/07/optimization.md"


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


def test_a_paper_has_some_tags_and_not_thousands() -> None:
    def tagged(count: int) -> str:
        tags = ", ".join(f"t{n}" for n in range(count))
        return OPTIMIZATION.replace("tags: [sgd]", f"tags: [{tags}]", 1)

    assert len(pages.parse(tagged(200), file=PAGE).sections[0].paper.tags) == 200
    with pytest.raises(ContentError, match="201 tags; expected at most 200") as caught:
        pages.parse(tagged(201), file=PAGE)
    assert (caught.value.file, caught.value.line) == (PAGE, 12)


def test_names_that_windows_keeps_are_warned_of_where_they_stand(tmp_path: Path) -> None:
    digest = Digest(tmp_path / "digest")
    digest.write(
        f"content/{PAGE}",
        digest.read(f"content/{PAGE}").replace("id: steps-that-shrink", "id: aux.x"),
    )
    digest.write(
        "content/tags.yml", digest.read("content/tags.yml").replace("slug: sgd", "slug: con")
    )
    digest.write("content/subscriptions/nul.yml", "title: Steps\nwords: gradient\n")
    told = [line for line in digest.command("check").out.splitlines() if line.endswith("[device]")]
    assert [line.partition(": Windows keeps this name")[0] for line in told] == [
        f'content/{PAGE}:7: warning: "aux.x"',
        'content/subscriptions/nul.yml: warning: "nul"',
        'content/tags.yml:2: warning: "con"',
    ]
