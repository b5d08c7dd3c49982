"""Records in columns: some targets are replaced, and all is as if the record was made anew."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as struct_with

from broadsheet.incremental.inventory import FOLDER, Inventory, hashed
from broadsheet.incremental.manifest import Manifest
from broadsheet.incremental.records import KeptPartition, PartitionRecord, TargetRecord, Written

PARTS = {"content": "of all"}

_dependencies = st.fixed_dictionaries(
    {"code": st.sampled_from("12"), "content": st.sampled_from("12")},
    optional={"templates": st.sampled_from("12")},
)
_target = st.tuples(_dependencies, st.integers(0, 3))
_targets = st.dictionaries(st.sampled_from("abcdef"), _target, max_size=5)


def recorded(key: str, dependencies: dict[str, str], files: int) -> TargetRecord:
    made = [Written(f"{key}/{n}", f"{key}{n}{dependencies}", n) for n in range(files)]
    return TargetRecord.of(dependencies, made)


def record(targets: dict[str, tuple[dict[str, str], int]]) -> PartitionRecord:
    return PartitionRecord.of(PARTS, {key: recorded(key, *one) for key, one in targets.items()})


@given(_targets, _targets, st.sets(st.sampled_from("abcdef")))
def test_a_record_in_which_targets_are_replaced_is_that_of_all_targets(
    before: dict[str, tuple[dict[str, str], int]],
    after: dict[str, tuple[dict[str, str], int]],
    keys: set[str],
) -> None:
    columns = KeptPartition.of(record(before))
    assert columns.is_whole
    assert columns.record() == record(before)
    known = {key: one for key, one in before.items() if key in keys}
    assert columns.some(keys) == record(known).targets
    stays = {key: one for key, one in before.items() if key not in keys}
    added = {key: one for key, one in after.items() if key not in stays}
    made = columns.without(keys).with_targets({"content": "new"}, record(added).targets)
    assert made.is_whole
    whole = PartitionRecord.of({"content": "new"}, record(stays | added).targets)
    assert made.record() == whole


def test_what_a_target_shares_with_all_others_is_kept_once() -> None:
    targets = {key: ({"code": "1", "content": key}, 1) for key in "abc"}
    kept = KeptPartition.of(record(targets)).targets
    assert kept.common == {"code": "1"}
    assert kept.own == [{"content": "a"}, {"content": "b"}, {"content": "c"}]


@pytest.mark.parametrize(
    "damage",
    [
        {"keys": ["a", "a"]},
        {"keys": ["a"]},
        {"own": [{}]},
        {"counts": [3, -1]},
        {"counts": [1, 2]},
        {"fingerprints": ["x"]},
    ],
)
def test_columns_that_contradict_each_other_are_no_record(
    tmp_path: Path, damage: dict[str, object]
) -> None:
    columns = KeptPartition.of(record({"a": ({"code": "1"}, 1), "b": ({"code": "2"}, 1)}))
    targets = struct_with(columns.targets, **damage)
    Manifest(tmp_path).keep_columns("names", replace(columns, targets=targets))
    assert Manifest(tmp_path).partition("names") is None


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_a_list_that_is_amended_is_that_of_all_files(
    tmp_path_factory: pytest.TempPathFactory, before: set[str], after: set[str]
) -> None:
    output = tmp_path_factory.mktemp("output")
    inventory = Inventory(output)
    inventory.begin()
    inventory.settle("names", "1" * 24, before)
    inventory.note("names", ["folder/", *after])
    assert inventory.amend("names", "2" * 24, before - after, after - before)
    amended = (output / FOLDER / "names").read_bytes()
    inventory.settle("names", "2" * 24, after)
    assert (output / FOLDER / "names").read_bytes() == amended


def test_a_list_with_any_bit_flipped_is_damaged_and_not_amended(tmp_path: Path) -> None:
    inventory = Inventory(tmp_path)
    inventory.begin()
    inventory.settle("names", "1" * 24, "ab")
    assert not inventory.is_damaged("names")
    path = tmp_path / FOLDER / "names"
    whole = path.read_bytes()
    for place, bit in itertools.product(range(len(whole)), range(8)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        assert inventory.is_damaged("names")
        assert not inventory.amend("names", "2" * 24, [], ["c"])


def test_a_journal_with_any_bit_flipped_or_lines_of_another_is_damaged(tmp_path: Path) -> None:
    inventory = Inventory(tmp_path)
    inventory.begin()
    inventory.settle("names", "1" * 24, "ab")
    settled = (tmp_path / FOLDER / "names").read_bytes()
    inventory.note("names", ["c"])
    inventory.note("names", ["d", "e"])
    path = tmp_path / FOLDER / "names"
    assert inventory.state("names").begun == {hashed("c"), hashed("d"), hashed("e")}
    assert not inventory.state("names").damaged
    assert inventory.among("names", frozenset({hashed("e").encode()})) == {hashed("e")}
    whole = path.read_bytes()
    for place, bit in itertools.product(range(len(settled), len(whole)), range(8)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        assert inventory.is_damaged("names")
        assert inventory.state("names").damaged
        assert inventory.among("names", frozenset()) is None
    inventory.note("other", ["c"])
    path.write_bytes(settled + (tmp_path / FOLDER / "other").read_bytes())
    assert inventory.state("names").damaged
    ends = {len(settled) + 17 + 18, len(whole)}
    for cut in range(len(settled) + 1, len(whole) + 1):
        path.write_bytes(whole[:cut])
        assert inventory.state("names").damaged == (cut not in ends)
