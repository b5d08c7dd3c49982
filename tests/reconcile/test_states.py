"""Two curators at once: whatever each does, nothing is lost, whichever side merges."""

from __future__ import annotations

import random

import pytest

from broadsheet.reconcile import states
from tests.soak import sampled

from .curators import (
    Curating,
    Standing,
    edit,
    errors,
    mirrored,
    standing,
    statuses,
    texts,
    undecided,
)

RENAMED = {"amber": "elder", "basil": "fern"}


@pytest.fixture(scope="module")
def curating(tmp_path_factory: pytest.TempPathFactory) -> Curating:
    return Curating(tmp_path_factory.mktemp("curators"))


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("number", sampled(range(200), 20))
def test_random_pairs_of_edits_merge_and_nothing_is_lost(curating: Curating, number: int) -> None:
    chance = random.Random(number)
    ann, bo = curating.copy("ann"), curating.copy("bo")
    did = edit(ann, chance, "ann"), edit(bo, chance, "bo")
    base, ours, theirs = texts(curating.base), texts(ann), texts(bo)
    merged = states.merge(base, ours, theirs)
    other = states.merge(base, theirs, ours)
    assert {path: mirrored(one.text) for path, one in other.files.items()} == {
        path: one.text for path, one in merged.files.items()
    }, did
    assert merged.told == other.told
    result = {path: one.text for path, one in merged.files.items() if one.text}
    marked = "".join(result.values())
    sides = "".join(undecided(marked))
    for state in (ours, theirs):
        for key, one in standing(state).items():
            for note in one.paper.notes:
                gone = any(
                    key not in standing(side) and "declined" in statuses(side).get(key, ())
                    for side in (ours, theirs)
                ) and not was_picked(key, *map(standing, (base, ours, theirs)))
                assert note.text in (sides if gone else marked), (key, note, did)
    if any(one.conflicts for one in merged.files.values()):
        assert sides
        return
    expect(base, ours, theirs, result)
    twin = curating.copy("merged")
    for path in texts(twin):
        (twin.folder / "content" / path).unlink()
    for path, text in result.items():
        twin.write(f"content/{path}", text)
    assert errors(twin) == [], did


def expect(
    base: dict[str, str], ours: dict[str, str], theirs: dict[str, str], result: dict[str, str]
) -> None:
    """What each paper must be after a merge, told from the states alone."""
    before, mine, other, now = (standing(one) for one in (base, ours, theirs, result))
    for key in {**before, **mine, **other}:
        declined = {s for side in (ours, theirs) for s in statuses(side).get(key, ())}
        if (
            (key not in mine or key not in other)
            and (key in before or "declined" in declined)
            and not was_picked(key, before, mine, other)
        ):
            assert key not in now, key
            continue
        assert key in now, key
        sides = [one[key] for one in (mine, other) if key in one]
        was = before.get(key)
        places = {one.path for one in sides} - ({was.path} if was else set())
        assert now[key].path in (places or {one.path for one in sides})
        for name in ("tags", "notes"):
            sets = [{_renamed(one) for one in getattr(side.paper, name)} for side in sides]
            old = {_renamed(one) for one in getattr(was.paper, name)} if was else set()
            added = set.union(*sets) - old
            kept = set.intersection(*sets)
            found = {_renamed(one) for one in getattr(now[key].paper, name)}
            assert found == added | kept, (key, name)
        words = set(now[key].paper.abstract.split())
        had = set(was.paper.abstract.split()) if was else set()
        for side in sides:
            assert set(side.paper.abstract.split()) - had <= words, key
        assert now[key].paper.title in {side.paper.title for side in sides}
        assert now[key].paper.upvotes in {side.paper.upvotes for side in sides}


def was_picked(key: str, *states: dict[str, Standing]) -> bool:
    """Whether a paper waited, and a side picked it: that wins over declining it."""
    before, *sides = (one[key].path if key in one else "" for one in states)
    picked = any(path and not path.endswith("waiting.md") for path in sides)
    return before.endswith("waiting.md") and picked


def _renamed(value: object) -> object:
    return RENAMED.get(value, value) if isinstance(value, str) else value
