"""A cache that somebody made up, with the checksums and fingerprints that a build expects: what it
claims is judged as content is, and where it can't be, the build goes on without it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from broadsheet.archive.reader import forget_parsed_days
from broadsheet.content import journal
from broadsheet.curate.versions.uncommitted import Uncommitted
from broadsheet.incremental.inventory import FOLDER, Inventory
from broadsheet.incremental.manifest import Manifest
from broadsheet.incremental.records import NO_RECORD
from broadsheet.io import cache, parallel
from tests.digests import OPTIMIZATION, VISION, Digest

PAGE = "content/2025/08/07/optimization.md"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A built digest of two months, in which a name has a page."""
    made = Digest(tmp_path_factory.mktemp("original") / "digest")
    earlier = OPTIMIZATION.replace("2025-08-07", "2025-07-05").replace("steps-that", "earlier")
    made.write("content/2025/07/05/optimization.md", earlier.replace("2508.", "2507."))
    made.write("content/subscriptions/steps.yml", "title: Steps\nwords: gradient\n")
    forget_parsed_days()  # of other tests in this process: they would not be cached again
    made.build()
    return made


@pytest.fixture(scope="module")
def wanted(original: Digest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the edited digest, from nothing."""
    folder = tmp_path_factory.mktemp("wanted")
    made = original.copied(folder / "digest")
    edited(made)
    return made.anew(folder).whole()


def edited(digest: Digest) -> None:
    """A new day, and a title of an older one."""
    digest.write(PAGE, digest.read(PAGE).replace("flat valleys", "deep valleys"))
    page = VISION.replace("2025-08-08", "2025-08-09").replace("pixels-of-a-feather", "pixels")
    digest.write("content/2025/08/09/vision.md", page)


def forge(path: Path, change: Callable[[Any], Any]) -> None:
    """Change the value of a cache file; its stamp, checksum and name stay right."""
    body = cache.load_bytes(path)
    assert body is not None, path
    stamp, _, value = body.partition(b"\n")
    made = json.dumps(change(json.loads(value))).encode()
    cache.save_bytes(path, stamp + b"\n" + made)
    forget_parsed_days()


def leaves(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each place of a value where a text or number stands, as a container and a key."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in list(pairs):
        if isinstance(one, dict | list):
            yield from leaves(one)
        else:
            yield value, key


def each(kind: type, to: Any, *, where: str = "") -> Callable[[Any], Any]:
    """Every text or number, or those of a name, is another."""

    def change(value: Any) -> Any:
        for holder, key in leaves(value):
            if isinstance(holder[key], kind) and (not where or key == where):
                holder[key] = to
        return value

    return change


def of_papers(**fields: Any) -> Callable[[Any], Any]:
    """Every paper of a day has other fields."""

    def change(value: Any) -> Any:
        for placed in value["papers"]:
            placed["paper"] |= fields
        return value

    return change


FORGED: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "an address that runs": ("days/2025-08-08", of_papers(code="javascript:ran(1)")),
    "an id that leaves the site": ("days/2025-08-08", of_papers(id="../../../x")),
    "a tag that is a path": ("days/2025-08-08", of_papers(tags=["../x"])),
    "papers twice": ("days/2025-08-08", lambda day: day | {"papers": day["papers"] * 2}),
    "an id of another day": ("days/2025-08-08", of_papers(id="steps-that-shrink")),
    "a file of another day": (
        "days/2025-08-08",
        lambda day: day | {"papers": [one | {"path": "../x.md"} for one in day["papers"]]},
    ),
    "ids of a month": ("months/2025-07.json", lambda value: value | {"ids": ["../x", "<b>"]}),
    "tags of a month": (
        "months/2025-07.json",
        lambda value: value | {"tags": {"../x": value["tags"]["sgd"]}},
    ),
    "counts below zero": ("months/2025-07.json", each(int, -1)),
    "names in parts without end": ("people/index", lambda value: value | {"bits": 10**9}),
    "a part of names that leaves the folder": (
        "people/index",
        lambda value: value | {"parts": {"../../../pwned": value["parts"]["0"]}},
    ),
    "names without months": ("people/index", lambda value: value | {"linked": {}}),
    "rows of names": (
        "people/part-0",
        lambda value: [{key: ["x", "y", []] for key in value[0]}, value[1]],
    ),
    "names of a month": (
        "people/2025-08.names",
        lambda value: value | {"names": {k: ["x", ":", []] for k in value["names"]}},
    ),
    "days of lines": ("search/2025-07.briefs", lambda rows: [[*r[:2], "x", *r[3:]] for r in rows]),
    "a part elsewhere": ("search/recent.entry", lambda value: value | {"name": "//a.example/x"}),
    "cards elsewhere": ("search/2025-07.cards", lambda value: value | {"name": "../../x"}),
    "a topic that is a path": ("vocabulary/vocabulary", each(str, "../x", where="slug")),
    "a word of more": ("search/recent.entry", lambda value: value | {"x": [[[]]]}),
}


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("name", FORGED)
def test_what_is_made_up_is_left_aside(
    original: Digest, wanted: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    digest = original.copied(tmp_path / "digest")
    path, change = FORGED[name]
    forge(digest.folder / ".broadsheet" / path, change)
    edited(digest)
    digest.build()
    assert digest.whole() == wanted
    assert not list(tmp_path.rglob("pwned*"))


def test_a_name_that_leads_elsewhere_is_no_file_of_the_cache(tmp_path: Path) -> None:
    names = ["../x", "/x", "a/../../../x", "..", ".", "", "a\\b", "a\0"]
    uses: list[Callable[[str], object]] = [
        lambda key: cache.Store(tmp_path / "in/days").write(key, "1", []),
        lambda key: cache.Store(tmp_path / "in/days").get(key, "1"),
        lambda key: cache.Store(tmp_path / "in/days").drop(key),
        lambda key: Manifest(tmp_path / "in/site").keep(f"{key}/x", NO_RECORD),
        lambda key: Manifest(tmp_path / "in/site").forget(f"{key}/x"),
        lambda key: Inventory(tmp_path / "in").settle(f"{key}/x", "0" * 24, ["a"]),
        lambda key: Inventory(tmp_path / "in").note(f"{key}/x", ["a"]),
        lambda key: Inventory(tmp_path / "in").forget(f"{key}/x"),
    ]
    for name in names:
        for use in uses:
            with pytest.raises(ValueError, match="no file of"):
                use(name)
    assert not list(tmp_path.iterdir())


def test_a_build_says_that_it_left_the_cache_aside(
    original: Digest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = original.copied(tmp_path / "digest")
    path, change = FORGED["days of lines"]
    forge(digest.folder / ".broadsheet" / path, change)
    edited(digest)
    digest.build()
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.startswith("warning: a build with what the cache holds failed (")


def test_a_size_that_no_file_has_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "site" / "x.json"
    for size in (10**13, -1, 5):
        table = b"%d:%s" % (size, b"0" * 24)
        cache.save_parts(path, [b"[]"])
        head = cache._parts_head(path, table)
        path.write_bytes(b"\n".join((head, table, b"[]")))
        assert cache.load_part(path, 0) is None


def test_a_file_of_holes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "days" / "x"
    cache.save_bytes(path, b"x")
    with path.open("r+b") as file:
        file.truncate(1 << 40)
    assert cache.load_bytes(path) is None
    assert cache.load_part(path, 0) is None


def test_a_list_of_holes_is_not_read(tmp_path: Path) -> None:
    lists = Inventory(tmp_path)
    lists.begin()
    lists.settle("2025-08", "0" * 24, ["a"])
    assert lists.hashes("2025-08")
    with (tmp_path / FOLDER / "2025-08").open("r+b") as file:
        file.truncate(1 << 40)
    assert lists.hashes("2025-08") == set()
    assert lists.state("2025-08").damaged


def test_a_journal_of_other_types_is_damaged() -> None:
    whole = journal.journal_of(
        journal.Edit(name="a", asked="b", said="c"), [("x.md", b"old", b"new")]
    )
    assert journal.decode(journal.encode(whole)) == whole
    for change in ({"before": 5}, {"after": [1]}, {"ids": (1,)}, {"path": None}):
        steps = (replace(whole.steps[0], **change),)
        assert journal.decode(journal.encode(replace(whole, steps=steps))) is None
    for edit in (replace(whole.edit, said=5), replace(whole.edit, again="x")):  # type: ignore[arg-type]
        assert journal.decode(journal.encode(replace(whole, edit=edit))) is None


def test_edits_of_other_files_are_not_committed(digest: Digest) -> None:
    store = cache.Store(digest.folder / ".broadsheet" / "edits")
    for path in ("../pelicanconf.py", "/etc/passwd", "pages/about.md"):
        store.write("uncommitted", "uncommitted 1", {path: [[None, None]]})
        found = Uncommitted(digest.folder / "content").changed()
        assert (found.own, found.mixed) == ((), ())


def _fails(number: int) -> int:
    return {0: 0}[number]


def test_a_bug_in_another_process_is_one_exception_here() -> None:
    with pytest.raises(KeyError) as raised:
        list(parallel.map_jobs([0, 1, 0, 1], _fails, 2))
    assert raised.value.args == (1,)
    assert any("_fails" in note for note in raised.value.__notes__)
