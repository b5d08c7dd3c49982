"""What `resolve` writes, given what curators did since the merge."""

from __future__ import annotations

import pytest

from broadsheet.content.pages.location import day_of, is_of_a_day
from broadsheet.errors import ContentError
from broadsheet.reconcile import files, states
from broadsheet.reconcile.resolve import ResolvedFile, steps
from broadsheet.reconcile.three import Three

DAY = "2025/08/07"


def page(topic: str, *sections: str) -> str:
    head = f"---\ntitle: {topic.title()}\ndate: 2025-08-07\ntopic: {topic}\n---\n"
    return head + "".join(f"\n{one}" for one in sections)


def paper(name: str, *tags: str) -> str:
    return f"## {name.title()}\n\n```yaml\nid: {name}\ntags: [{', '.join(tags)}]\n```\n\nOf it.\n"


def test_no_paper_goes_from_a_file_whose_place_was_moved_by_hand() -> None:
    vision, robotics, audio = (f"{DAY}/{name}.md" for name in ("vision", "robotics", "audio"))
    base = {vision: page("vision", paper("one")), robotics: page("robotics", paper("two"))}
    moved = {robotics: page("robotics", paper("two"), paper("one"))}
    tagged = {**base, vision: page("vision", paper("one", "sgd"))}
    sides = Three(base, moved, tagged)
    merged = states.merge(*sides).files
    clean = {robotics: moved[robotics], vision: tagged[vision]}
    done = {one.path: one.done for one in steps(merged, sides, {vision}, clean)}
    assert done[vision] is ResolvedFile.REMOVED
    assert done[robotics] is ResolvedFile.MENDED

    by_hand = {vision: tagged[vision], audio: page("audio", paper("two"), paper("one"))}
    made = {one.path: one for one in steps(merged, sides, {vision}, by_hand)}
    assert made[robotics].done is ResolvedFile.GONE
    assert made[vision].done is ResolvedFile.HELD
    assert not made[vision].written


@pytest.mark.parametrize(
    "path",
    ["2025/13/01/vision.md", "2025/02/30/waiting.md", "２０２５/08/07/vision.md", "pages/day.yml",
     "2025/8/7/day.yml", "day.yml", "2weird.md"],
)  # fmt: skip
def test_a_file_of_a_state_that_is_in_no_day_is_merged_as_any_other(path: str) -> None:
    assert not is_of_a_day(path)
    assert files.kind_of(path) == ""


def test_a_folder_that_is_no_day_is_named() -> None:
    with pytest.raises(ContentError, match="this file's folder is no day"):
        day_of("2025/13/01/vision.md")
