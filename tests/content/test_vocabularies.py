"""Topics and tags as a folder has them, read again and from the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.content.vocabularies import read, read_cached
from broadsheet.errors import VocabularyError
from broadsheet.io.cache import Store
from tests.digests import Digest


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def test_the_cache_has_what_the_files_say(digest: Digest, store: Store) -> None:
    root = digest.folder / "content"
    first, again = (read_cached(root, store, "stamp") for _ in range(2))
    assert first == again == read(root)
    assert store.names() == ["vocabulary"]


def test_an_edited_file_and_another_stamp_are_read_anew(digest: Digest, store: Store) -> None:
    root = digest.folder / "content"
    read_cached(root, store, "stamp")
    digest.write("content/tags.yml", digest.read("content/tags.yml").replace("name: ", "name: X"))
    assert read_cached(root, store, "stamp") == read(root)
    assert all(tag.name.startswith("X") for tag in read_cached(root, store, "stamp").tags)
    assert read_cached(root, store, "other") == read(root)


def test_what_is_wrong_is_told_whatever_the_cache_has(digest: Digest, store: Store) -> None:
    root = digest.folder / "content"
    read_cached(root, store, "stamp")
    digest.write("content/tags.yml", "tags: none\n")
    for _ in range(2):
        with pytest.raises(VocabularyError, match=r'tags\.yml:1: "none", expected a list'):
            read_cached(root, store, "stamp")
