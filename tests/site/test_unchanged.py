"""A build that finds what the last one left tells so before Pelican is loaded; no other does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.archive import hashed_months
from broadsheet.site import unchanged
from tests.digests import Digest, numbers

DAY = "content/2025/08/07/optimization.md"


@pytest.fixture
def own(built: Digest, tmp_path: Path) -> Digest:
    """A built digest that may be changed."""
    return built.copied(tmp_path / "own")


@pytest.fixture
def told(own: Digest, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What builds were told before they began: a line, or None."""
    monkeypatch.setattr(hashed_months, "TOO_NEAR", 0)
    found: list[str | None] = []
    real = unchanged.Sources.nothing_to_do

    def telling(sources: unchanged.Sources) -> str | None:
        found.append(real(sources))
        return found[-1]

    monkeypatch.setattr(unchanged.Sources, "nothing_to_do", telling)
    own.build()
    found.clear()
    return found


def _append(path: str, text: str) -> Callable[[Digest], None]:
    return lambda digest: digest.write(path, digest.read(path) + text)


def _lose(digest: Digest) -> None:
    (digest.output / "index.html").unlink()


def _rebuild_otherwise(digest: Digest) -> None:
    """The site is built otherwise, and then again by a program that leaves no word of it."""
    digest.write("content/pages/more.md", "Title: More\n\nMore.\n")
    digest.run("pelican", "content")
    (digest.folder / "content/pages/more.md").unlink()


CHANGES: list[Callable[[Digest], object]] = [
    _append(DAY, "\nMore.\n"),
    lambda digest: shutil.rmtree(digest.folder / "content/2025/08/08"),
    lambda digest: digest.write(
        "content/topics.yml", digest.read("content/topics.yml").replace("what is best", "the best")
    ),
    lambda digest: digest.write("content/pages/more.md", "Title: More\n\nMore.\n"),
    lambda digest: digest.set("SITENAME", "Other papers"),
    _lose,
    _rebuild_otherwise,
]


@pytest.mark.slow(except_each=2)
@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_noticed_and_then_nothing_is_left_to_do(
    own: Digest, told: list[str | None], change: Callable[[Digest], object]
) -> None:
    before = own.files()
    line = own.build()
    assert numbers(line)["written"] == 0
    assert told.pop() == line
    change(own)
    own.build()
    assert told.pop() is None
    assert (own.files() == before) == (change in (_lose, _rebuild_otherwise))
    assert numbers(own.build())["written"] == 0
    assert told.pop() is not None


def test_where_settings_are_more_than_values_each_build_plans(
    own: Digest, told: list[str | None]
) -> None:
    own.write("pelicanconf.py", own.read("pelicanconf.py") + "\nJINJA_FILTERS = {'x': len}\n")
    for _ in range(2):
        own.build()
    assert told == []


def test_content_that_was_written_anew_is_read_and_found_the_same(
    own: Digest, told: list[str | None]
) -> None:
    for path in (own.folder / "content").rglob("*.md"):
        text = path.read_bytes()
        path.unlink()
        path.write_bytes(text)
    assert numbers(own.build())["written"] == 0
    assert told.pop() is not None
