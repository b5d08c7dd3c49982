"""Builds on a cache or beside lists that are damaged or planted: the same site, nothing runs."""

from __future__ import annotations

import itertools
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.incremental.inventory import FOLDER
from broadsheet.io import cache
from tests.digests import Digest
from tests.io.test_cache import payloads
from tests.soak import sampled

TEXT = "content/2025/08/07/optimization.md"


def kept(digest: Digest) -> list[Path]:
    """All files of the cache, and the lists in the output."""
    folders = digest.folder / ".broadsheet", digest.output / FOLDER
    return sorted(
        path for one in folders for path in one.rglob("*") if path.is_file() and path.name != "lock"
    )


def edited(digest: Digest) -> None:
    """A title of the same length, a page less."""
    digest.write(TEXT, digest.read(TEXT).replace("flat valleys", "deep valleys"))
    (digest.folder / "content/2025/08/08/vision.md").unlink()


def flipped(path: Path, at: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[at.randrange(len(data))] ^= 1 << at.randrange(8)
    path.write_bytes(data)


def cut(path: Path, at: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: at.randrange(path.stat().st_size)])


def nuls(path: Path, at: random.Random) -> None:
    data = path.read_bytes()
    keep = at.randrange(len(data))
    path.write_bytes(data[:keep] + bytes(len(data) - keep + 3))


def folder(path: Path, at: random.Random) -> None:
    path.unlink()
    (path / "in it").mkdir(parents=True)


def link(path: Path, at: random.Random) -> None:
    path.unlink()
    path.symlink_to(path.parents[1] / "nowhere")


def gone(path: Path, at: random.Random) -> None:
    path.unlink()


_PLACES = [*cache.FOLDERS, "lock"]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A digest, built; tests work on copies."""
    made = Digest(tmp_path_factory.mktemp("original") / "digest")
    made.build()
    return made


@pytest.fixture
def built(original: Digest, tmp_path: Path) -> Digest:
    """A copy of it, which has a cache and an output."""
    return original.copied(tmp_path / "built")


@pytest.fixture(scope="module")
def wanted(original: Digest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the edited digest, from nothing."""
    folder = tmp_path_factory.mktemp("wanted")
    made = original.copied(folder / "digest")
    edited(made)
    return made.anew(folder).whole()


@pytest.fixture(scope="module")
def plain(original: Digest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the digest as it is, from nothing."""
    return original.anew(tmp_path_factory.mktemp("plain")).whole()


DAMAGE = [flipped, cut, nuls, folder, link, gone]


@pytest.mark.slow(except_each=5)
@pytest.mark.parametrize("fresh", sampled([False, True], 2))
@pytest.mark.parametrize("where", ["cache", "output"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_whatever_is_damaged_the_site_is_as_from_nothing(
    built: Digest,
    wanted: dict[str, bytes],
    damage: Callable[[Path, random.Random], None],
    where: str,
    fresh: bool,
) -> None:
    at = random.Random(damage.__name__)
    for path in kept(built):
        if (path.parent.name == FOLDER) == (where == "output"):
            damage(path, at)
    edited(built)
    built.build(fresh=fresh)
    assert built.whole() == wanted


def test_files_that_change_places_are_damaged(built: Digest, wanted: dict[str, bytes]) -> None:
    for directory in {path.parent for path in kept(built)}:
        files = sorted(path for path in directory.iterdir() if path.is_file())
        data = [path.read_bytes() for path in files]
        for path, other in zip(files, data[1:] + data[:1], strict=True):
            path.write_bytes(other)
    edited(built)
    built.build()
    assert built.whole() == wanted


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize(
    ("kind", "name"),
    sampled(list(itertools.product(["file", "folder", "link", "pipe"], _PLACES)), len(_PLACES) - 1),
)
def test_anything_may_stand_in_place_of_a_folder_of_the_cache(
    digest: Digest, plain: dict[str, bytes], tmp_path: Path, name: str, kind: str
) -> None:
    place = digest.folder / ".broadsheet" / name
    outside = tmp_path / "outside"
    outside.write_text("theirs")
    place.parent.mkdir()
    if kind == "file":
        place.write_text("a file")
    elif kind == "folder":
        (place / "2025-08" / "x").mkdir(parents=True)
    elif kind == "link":
        place.symlink_to(outside)
    else:
        os.mkfifo(place)
    digest.build()
    assert digest.whole() == plain
    assert outside.read_text() == "theirs"


def planted(path: Path, payload: bytes) -> None:
    """Put a payload into a file of the cache that is whole, under the stamp that stands there."""
    stamp = path.read_bytes().partition(b"\n")[2].partition(b"\n")[0]
    cache.save_bytes(path, stamp + b"\n" + payload)
    assert cache.load_bytes(path) == stamp + b"\n" + payload


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("number", sampled([0, 1, 8, 2, 3], 2))
def test_nothing_that_is_planted_runs(
    built: Digest, wanted: dict[str, bytes], tmp_path: Path, number: int, whole: bool
) -> None:
    marker = tmp_path / "marker"
    payload = payloads(marker)[number]
    for path in kept(built):
        if path.parent.name != FOLDER:
            if whole:
                planted(path, payload)
            else:
                path.write_bytes(payload)
    templates = built.folder / ".broadsheet" / "templates"
    for old in ("0a1b", "__jinja2_0a1b.cache"):
        (templates / old).write_bytes(payload)
    edited(built)
    built.build()
    assert not marker.exists()
    assert built.whole() == wanted


SHAPES = [
    b"{}",
    b"[]",
    b"null",
    b'"x"',
    b"[[1]]",
    b'{"2508.00001":["x"]}',
    b'{"a":{"b":[-1]}}',
    b"",
]
"""Values of other shapes than any that is kept."""


def forge(path: Path, value: bytes) -> None:
    """Put another value into a file of the cache, under the fingerprint and with the checksums that
    a build expects."""
    if path.parent.parent.name == "site":  # the manifest, which is in parts
        cache.save_parts(path, [value] * 3)
        assert cache.load_part(path, 2) == value
    else:
        planted(path, value)


def output_lost(digest: Digest) -> None:
    """Everything is rendered again, with what the cache has."""
    shutil.rmtree(digest.output)


@pytest.fixture(scope="module", params=[edited, output_lost])
def changed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Digest, Callable[[Digest], None], dict[str, bytes]]:
    """A digest with a subscription, built; a change; the site after it, from nothing."""
    folder = tmp_path_factory.mktemp("changed")
    digest = Digest(folder / "digest")
    digest.write("content/subscriptions/nets.yml", "title: Nets\nwords: valleys\n")
    digest.build()
    after = digest.copied(folder / "after")
    request.param(after)
    return digest, request.param, after.anew(folder).whole()


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("shape", sampled(SHAPES, 3))
def test_a_value_of_another_shape_is_absent(
    changed: tuple[Digest, Callable[[Digest], None], dict[str, bytes]], tmp_path: Path, shape: bytes
) -> None:
    before, change, wanted = changed
    digest = before.copied(tmp_path / "digest")
    for path in kept(digest):
        if path.parent.name != FOLDER:
            forge(path, shape)
    change(digest)
    digest.build()
    assert digest.whole() == wanted
