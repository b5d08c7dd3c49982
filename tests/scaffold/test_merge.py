"""A newer template around a person's edits: whatever they did is never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.scaffold.merge import Kind, adopt, plain_ends, upgrade
from broadsheet.scaffold.record import WrittenTemplate

BASE = "one\ntwo\nthree\nfour\nfive\n"


@pytest.mark.parametrize(
    ("mine", "new", "kind", "text"),
    [
        (BASE, BASE, Kind.SAME, None),
        (BASE, "1\n", Kind.UPDATED, "1\n"),
        ("0\n" + BASE, BASE, Kind.EDITED, None),
        ("0\n" + BASE, BASE + "6\n", Kind.MERGED, "0\n" + BASE + "6\n"),
        (BASE + "6\n", BASE + "6\n", Kind.SAME, None),
        (None, BASE, Kind.REMOVED, None),
        ("0\n" + BASE, BASE.replace("five", "5"), Kind.MERGED, "0\n" + BASE.replace("five", "5")),
        (BASE.replace("two", "mine"), BASE.replace("two", "new"), Kind.CONFLICT, None),
        (BASE.replace("\n", "\r\n"), "1\n2\n", Kind.UPDATED, "1\r\n2\r\n"),
    ],
)
def test_what_becomes_of_a_file(mine: str | None, new: str, kind: Kind, text: str | None) -> None:
    step = upgrade("a.txt", new, mine, WrittenTemplate(BASE), unsettled=False)
    assert (step.kind, step.text) == (kind, text)
    assert (step.conflict is not None) == (kind is Kind.CONFLICT)


def test_files_of_one_s_own_are_left_alone() -> None:
    assert upgrade("a", "new", "mine", None, unsettled=False).kind is Kind.FOREIGN
    assert upgrade("a", "new", None, None, unsettled=False).kind is Kind.ADDED
    assert adopt("a", "new", "mine", WrittenTemplate("old")).text is None
    assert adopt("a", "new", "new", None).written == WrittenTemplate("new")


def test_a_conflict_is_settled_by_removing_its_file() -> None:
    mine, new = BASE.replace("two", "mine"), BASE.replace("two", "new")
    first = upgrade("a", new, mine, WrittenTemplate(BASE), unsettled=False)
    assert first.written == WrittenTemplate(BASE, new)
    assert first.conflict is not None
    assert "<<<<<<< yours\nmine\n" in first.conflict
    assert "=======\nnew\n>>>>>>> Broadsheet\n" in first.conflict
    waiting = upgrade("a", new, mine, first.written, unsettled=True)
    assert (waiting.kind, waiting.text, waiting.written) == (Kind.UNSETTLED, None, first.written)
    settled = upgrade("a", new, mine, first.written, unsettled=False)
    assert (settled.kind, settled.written) == (Kind.EDITED, WrittenTemplate(new))
    newer = new.replace("five", "5")
    later = upgrade("a", newer, mine, settled.written, unsettled=False)
    assert (later.kind, later.text) == (Kind.MERGED, mine.replace("five", "5"))


def test_a_merge_that_would_be_no_python_is_a_conflict() -> None:
    base = "a = [\n    1,\n    2,\n]\nb = 1\n"
    mine = base.replace("a = [\n", "a = (\n").replace("]\n", ")\n")
    new = "a = [\n    1,\n    2,\n    3,\n]\nb = 1\n"
    step = upgrade("x.py", new.replace("]", "]  # x"), mine, WrittenTemplate(base), unsettled=False)
    assert step.kind is Kind.CONFLICT


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\u2028\n", "\n"]), max_size=8).map("".join)


@given(LINES, LINES, LINES, st.booleans())
def test_no_edit_is_lost(base: str, mine: str, new: str, cut: bool) -> None:
    """Lines that a person added are in the file, or the file is as they left it."""
    if cut:
        mine = mine.removesuffix("\n")
    step = upgrade("a", new, mine, WrittenTemplate(base), unsettled=False)
    if step.text is None:
        return  # the file stays as it is
    added = set(plain_ends(mine).split("\n")) - set(base.split("\n"))
    assert added <= set(step.text.split("\n"))
    again = upgrade("a", new, step.text, step.written, unsettled=False)
    assert again.text is None


def test_a_huge_file_is_not_merged() -> None:
    mine = "x\n" * 600_000
    assert (
        upgrade("a", "new\n", mine, WrittenTemplate("old\n"), unsettled=False).kind is Kind.CONFLICT
    )
