"""What the last change of a partition came to: no other target of it is listed or rendered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import SiteError
from broadsheet.incremental.manifest import Manifest
from broadsheet.incremental.plan import File, Partition, PartitionChanges, Target
from broadsheet.incremental.writer import Result, Writer

Texts = Mapping[str, str]


@dataclass
class Names:
    """A partition of a page for each name; it knows what changed since the texts before."""

    folder: Path
    before: Texts = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)

    def build(self, texts: Texts, *others: Partition, knows: bool = True) -> Result:
        """Build these texts."""
        self.listed.clear()
        keys = {
            key
            for key in texts.keys() | self.before.keys()
            if texts.get(key) != self.before.get(key)
        }
        changes = PartitionChanges(parts(self.before), keys, partial(self.targets, texts, keys))
        plan = Partition(
            "names",
            parts(texts),
            partial(self.targets, texts),
            changes=lambda: changes if knows else None,
        )
        writer = Writer(self.folder / "output", Manifest(self.folder / "manifest"))
        self.before = texts
        return writer.carry_out([plan, *others])

    def targets(self, texts: Texts, among: Collection[str] | None = None) -> Iterator[Target]:
        for key, text in texts.items():
            if among is None or key in among:
                self.listed.append(key)
                yield Target(key, {"content": text}, partial(page, key, text))

    def pages(self) -> dict[str, str]:
        """All pages that there are."""
        folder = self.folder / "output"
        return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def parts(texts: Texts) -> dict[str, str]:
    return {"content": repr(sorted(texts.items()))}


def page(key: str, text: str) -> list[File]:
    return [File(key, text.encode())]


@pytest.fixture
def names(tmp_path: Path) -> Names:
    made = Names(tmp_path)
    made.build({"ada": "1", "bob": "1", "cy": "1"})
    return made


def test_only_what_changed_is_listed(names: Names) -> None:
    assert names.build({"ada": "1", "bob": "2", "cy": "1"}) == Result(1, 2, 0)
    assert names.listed == ["bob"]
    assert names.pages() == {"ada": "1", "bob": "2", "cy": "1"}


def test_what_comes_and_goes_is_written_and_removed(names: Names) -> None:
    assert names.build({"ada": "1", "bob": "1", "dee": "1"}) == Result(1, 2, 1)
    assert names.listed == ["dee"]
    assert names.pages() == {"ada": "1", "bob": "1", "dee": "1"}


def test_all_is_listed_where_the_record_is_of_another_state(names: Names) -> None:
    names.before = {"ada": "0", "bob": "1", "cy": "1"}  # a build in between was lost
    assert names.build({"ada": "0", "bob": "2", "cy": "1"}) == Result(2, 1, 0)
    assert names.listed == ["ada", "bob", "cy"]
    assert names.pages() == {"ada": "0", "bob": "2", "cy": "1"}


def test_all_is_listed_where_a_file_is_lost(names: Names) -> None:
    (names.folder / "output" / "ada").unlink()
    assert names.build({"ada": "1", "bob": "1", "cy": "2"}) == Result(2, 1, 0)
    assert names.pages() == {"ada": "1", "bob": "1", "cy": "2"}


def test_a_page_that_was_kept_unlisted_has_its_address_for_itself(names: Names) -> None:
    target = Target("page", {"content": "1"}, partial(page, "ada", "mine"))
    other = Partition("other", {"content": "1"}, lambda: [target])
    with pytest.raises(SiteError, match="ada: two pages would be written"):
        names.build({"ada": "1", "bob": "1", "cy": "2"}, other)


def test_a_page_that_comes_to_a_partition_may_be_no_others(names: Names) -> None:
    target = Target("page", {"content": "1"}, partial(page, "dee", "mine"))
    other = Partition("other", {"content": "1"}, lambda: [target])
    names.build({"ada": "1", "bob": "1"}, other)
    with pytest.raises(SiteError, match="dee: two pages would be written"):
        names.build({"ada": "1", "bob": "1", "dee": "1"}, other)
    names.build({"ada": "1", "bob": "2"}, other)
    assert names.pages() == {"ada": "1", "bob": "2", "dee": "mine"}


def test_a_page_may_move_from_a_partition_to_another(names: Names) -> None:
    target = Target("page", {"content": "1"}, partial(page, "ada", "mine"))
    other = Partition("other", {"content": "1"}, lambda: [target])
    names.build({"bob": "1", "cy": "1"}, other)
    assert names.pages() == {"ada": "mine", "bob": "1", "cy": "1"}
    names.build({"ada": "1", "bob": "1", "cy": "2"})
    assert names.pages() == {"ada": "1", "bob": "1", "cy": "2"}


_texts = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("12"), min_size=1)


@given(st.lists(st.tuples(_texts, st.booleans(), st.booleans()), min_size=1, max_size=6))
def test_any_sequence_leaves_what_one_build_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Texts, bool, bool]]
) -> None:
    names = Names(tmp_path_factory.mktemp("names"))
    for texts, knows, lost in steps:
        if lost:
            names.before = {}
        names.build(texts, knows=knows)
        assert names.pages() == dict(texts)
