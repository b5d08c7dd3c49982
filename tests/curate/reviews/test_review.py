"""Decisions of a review: taken back one by one, kept, and made operations."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.curate.changes.items import DayItem
from broadsheet.curate.papers.operations import Annotate, Decline, Move, Operation, Pick, Retag
from broadsheet.curate.reviews.review import Review, decode, encode, retag_of
from broadsheet.errors import ContentError
from broadsheet.io.cache import MALFORMED
from broadsheet.papers import Paper

ITEMS = (
    DayItem(Paper(id="a", title="A", tags=("sgd", "nets")), "vision", True, "over the limit"),
    DayItem(Paper(id="b", title="B"), "vision", True),
    DayItem(Paper(id="c", title="C"), "vision", False),
)


def review(*operations: Operation) -> Review:
    found = Review(ITEMS)
    for one in operations:
        found = found.with_step(one)
    return found


@pytest.mark.parametrize(
    ("decided", "wanted"),
    [
        ([], ()),
        ([Pick("a")], (Pick("a", "vision"),)),
        ([Pick("a"), Decline("a")], (Decline("a"),)),
        ([Decline("a"), Pick("a"), Move("a", "other")], (Pick("a", "other"),)),
        ([Move("a", "other")], (Move("a", "other"),)),
        ([Move("a", "other"), Move("a", "vision")], ()),
        ([Retag("a", ("x",)), Retag("a", ("y",), ("sgd",))], (Retag("a", ("x", "y"), ("sgd",)),)),
        ([Retag("a", ("x",)), Retag("a", (), ("x",))], ()),
        ([Annotate("a", "One."), Annotate("a", "One."), Pick("a")],
         (Annotate("a", "One."), Pick("a", "vision"))),
        ([Retag("b", ("x",)), Annotate("b", "No."), Decline("b")], (Decline("b"),)),
        ([Pick("c")], ()), ([Decline("c"), Pick("c")], ()), ([Decline("c")], (Decline("c"),)),
        ([Pick("b"), Pick("a")], (Pick("a", "vision"), Pick("b", "vision"))),
    ],
)  # fmt: skip
def test_what_was_decided_last_counts(
    decided: list[Operation], wanted: tuple[Operation, ...]
) -> None:
    assert review(*decided).operations() == wanted


def test_counts_are_of_papers() -> None:
    assert review().counts() == (0, 0, 1)
    assert review(Pick("a"), Pick("a"), Decline("b"), Decline("c")).counts() == (1, 2, 0)
    assert review(Pick("a"), Decline("a")).undone().counts() == (1, 0, 1)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("x", Retag("a", ("x",))), ("x, +y -sgd", Retag("a", ("x", "y"), ("sgd",))),
        ("-sgd sgd2 -nets", Retag("a", ("sgd2",), ("sgd", "nets"))),
        ("", None), ("sgd", None), ("-x", None), ("X", None), ("../x", None), ("-", None),
        ("+", None),
    ],
)  # fmt: skip
def test_tags_are_typed_with_a_minus_for_those_to_drop(typed: str, wanted: Retag | None) -> None:
    if wanted is None:
        with pytest.raises(ContentError):
            retag_of(ITEMS[0], typed)
    else:
        assert retag_of(ITEMS[0], typed) == wanted


keys = st.sampled_from(["a", "b", "gone"])
texts = st.text(max_size=10)
operations = st.one_of(
    st.builds(Pick, keys), st.builds(Decline, keys), st.builds(Move, keys, texts),
    st.builds(Retag, keys, st.tuples(texts), st.tuples(texts)), st.builds(Annotate, keys, texts),
)  # fmt: skip


@given(st.lists(st.lists(operations, min_size=1).map(tuple)))
def test_kept_decisions_come_back_but_for_papers_that_are_gone(
    steps: list[tuple[Operation, ...]],
) -> None:
    kept = json.loads(json.dumps(encode(steps)))
    assert decode(kept, ["a", "b", "gone"]) == tuple(steps)
    left = [tuple(one for one in step if one.paper != "gone") for step in steps]
    assert decode(kept, ["a", "b"]) == tuple(step for step in left if step)


@pytest.mark.parametrize(
    "data", [[[{"paper": "a"}]], [[{"kind": "os", "paper": "a"}]], [[{"kind": "Pick"}]],
             [[{"kind": "Pick", "paper": "a", "more": 1}]]],
)  # fmt: skip
def test_other_data_is_refused(data: list[list[dict[str, object]]]) -> None:
    with pytest.raises(MALFORMED):
        decode(data, ["a"])
