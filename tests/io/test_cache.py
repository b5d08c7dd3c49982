"""The cache: whatever is in it, nothing of it runs, and what is not as we left it is not there."""

from __future__ import annotations

import json
import marshal
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from broadsheet.io.cache import Store, load, load_older, save, sweep


def test_what_is_kept_comes_back_under_its_stamp_only(tmp_path: Path) -> None:
    kept = Store(tmp_path / "days")
    kept.put("2025-08-07", "stamp", b"value\nand more")
    assert kept.get("2025-08-07", "stamp") == b"value\nand more"
    assert kept.get("2025-08-07", "other") is None
    assert kept.get("2025-08-08", "stamp") is None
    assert kept.names() == ["2025-08-07"]


def test_a_fresh_store_is_empty(tmp_path: Path) -> None:
    Store(tmp_path / "days").put("a", "stamp", b"value")
    assert Store(tmp_path / "days", fresh=True).get("a", "stamp") is None


def test_a_file_in_the_place_of_another_is_damaged(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        for name in ("a", "b"):
            save(tmp_path / folder / f"{name}.json", {"it": folder + name})
    (tmp_path / "one" / "a.json").rename(tmp_path / "aside")
    (tmp_path / "one" / "b.json").rename(tmp_path / "one" / "a.json")
    (tmp_path / "aside").rename(tmp_path / "one" / "b.json")
    (tmp_path / "two" / "a.json").rename(tmp_path / "one" / "c.json")
    (tmp_path / "two" / "b.json").rename(tmp_path / "three")
    assert [load(tmp_path / "one" / f"{name}.json", dict) for name in "abc"] == [None] * 3
    (tmp_path / "four").mkdir()
    (tmp_path / "three").rename(tmp_path / "four" / "b.json")
    assert load(tmp_path / "four" / "b.json", dict) is None


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _nuls(path: Path) -> None:
    path.write_bytes(bytes(len(path.read_bytes())))


def _folder(path: Path) -> None:
    path.unlink()
    (path / "with").mkdir(parents=True)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link(path: Path) -> None:
    path.rename(path.with_name("aside"))
    path.symlink_to(path.with_name("aside"))


def _endless(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("damage", [_cut, _flip, _nuls, _folder, _pipe, _link, _endless])
def test_what_is_damaged_is_absent_and_made_again(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    kept = Store(tmp_path / "days")
    kept.put("a", "stamp", b"value")
    damage(tmp_path / "days" / "a")
    assert kept.get("a", "stamp") is None
    kept.put("a", "stamp", b"value")
    assert kept.get("a", "stamp") == b"value"
    assert not (tmp_path / "days" / "a").is_symlink()
    kept.drop("a")
    assert kept.get("a", "stamp") is None


def test_a_file_in_the_place_of_a_folder_is_absent_and_makes_room(tmp_path: Path) -> None:
    (tmp_path / "days").write_text("a file")
    kept = Store(tmp_path / "days")
    assert kept.names() == []
    assert kept.get("a", "stamp") is None
    kept.put("a", "stamp", b"value")
    assert kept.get("a", "stamp") == b"value"


def test_nothing_is_written_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "days").symlink_to(tmp_path / "outside")
    kept = Store(tmp_path / "days")
    kept.put("a", "stamp", b"value")
    assert kept.get("a", "stamp") == b"value"
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("body", ["[" * 100_000, "nan", "[]", '{"a": 1e999999}x', "\ud800"])
def test_a_valid_checksum_makes_no_good_value_of_a_bad_one(tmp_path: Path, body: str) -> None:
    kept = Store(tmp_path / "days")
    kept.put("a", "stamp", body.encode("utf-8", "surrogatepass"))
    assert kept.read("a", "stamp", dict[str, str]) is None
    assert kept.read_as("a", "stamp", lambda value: json.loads(value)["key"]) is None


class Row(NamedTuple):
    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    day: date
    rows: dict[str, Row]


TABLE = Table(date(2025, 8, 7), {"a": Row("sea", (1, 2))})


def test_a_value_comes_back_with_its_type(tmp_path: Path) -> None:
    store = Store(tmp_path / "days")
    store.write("a", "stamp", TABLE)
    assert store.read("a", "stamp", Table) == TABLE
    assert store.read("a", "other", Table) is None


@pytest.mark.parametrize(
    "data",
    [
        "{}",
        '{"day":"2025-08-07","rows":{"a":["sea",[1,"two"]]}}',
        '{"day":"2025-08-07","rows":{"a":["sea"]}}',
        '{"day":"2025-13-07","rows":{}}',
        '{"day":"2025-08-07","rows":[]}',
        '[["2025-08-07",{}]]',
        "null",
    ],
)
def test_a_value_of_another_shape_is_absent(tmp_path: Path, data: str) -> None:
    store = Store(tmp_path / "days")
    store.put("a", "stamp", data.encode())
    assert store.read("a", "stamp", Table) is None


@pytest.mark.parametrize("value", ["half a pair \ud83d", {"a": object()}])
def test_a_value_that_json_cant_hold_is_not_kept(tmp_path: Path, value: object) -> None:
    store = Store(tmp_path / "days")
    store.write("a", "stamp", value)
    assert store.names() == []


def test_parts_and_links_are_swept(tmp_path: Path) -> None:
    for folder in ("days", "known", "site/0011"):
        save(tmp_path / folder / "good.json", {})
        (tmp_path / folder / ".good.json.ab12cd34.part").write_text("half")
        (tmp_path / folder / "link").symlink_to(tmp_path)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / ".x.part").write_text("theirs")
    sweep(tmp_path)
    found = sorted(path.name for path in tmp_path.rglob("*") if not path.is_dir())
    assert found == [".x.part", *["good.json"] * 3]


def test_the_format_before_is_read_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'broadsheet 2 fe1fe9b9d3d8bc9a14d4b8bd\n{"a":1}')
    assert load(path, dict) is None
    assert load_older(path, dict) is None  # another checksum


class _Runs:
    """Makes a file where it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self._marker = marker

    def __reduce__(self) -> object:
        return os.mkdir, (str(self._marker),)


def payloads(marker: Path) -> list[bytes]:
    """What makes a folder where it is run, in each form that Python would take."""
    source = f"import os\nos.mkdir({str(marker)!r})\n"
    code = compile(source, "planted", "exec")
    import jinja2.bccache

    pickled = [pickle.dumps(_Runs(marker), protocol) for protocol in range(5)]
    bytecode = jinja2.bccache.bc_magic + pickle.dumps("0" * 40) + marshal.dumps(code)
    return [source.encode(), marshal.dumps(code), bytecode, jinja2.bccache.bc_magic + pickled[4],
            *pickled]  # fmt: skip


def test_the_payloads_run_where_they_are_run(tmp_path: Path) -> None:
    for number, payload in enumerate(payloads(tmp_path / "marker")[-5:]):
        pickle.loads(payload)
        (tmp_path / "marker").rename(tmp_path / str(number))
