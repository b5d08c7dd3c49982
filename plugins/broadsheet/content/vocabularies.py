"""Read the vocabulary: content/topics.yml and content/tags.yml."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from .. import conflict_markers
from ..errors import ContentError
from ..io import files, symlinks
from ..io.cache import Store
from ..slugs import is_slug
from ..topics import Vocabulary, parse_vocabulary
from .disk import SourceFile

_TEXTS = ("topics.yml", "tags.yml")
_KEY = "vocabulary"


def read(root: Path) -> Vocabulary:
    """Read a content folder's topics and tags. Raises VocabularyError or ContentError."""
    return _parsed(*_texts(root), *_paths(root))


def read_cached(root: Path, store: Store, stamp: str) -> Vocabulary:
    """Return the same from a store, where it has what these texts were parsed into: parsing takes
    longer than all else of a build with nothing to do. `stamp` is the fingerprint of all that
    parsing depends on beside the texts. Raises VocabularyError or ContentError."""
    texts = _texts(root)
    stamped = hashlib.blake2b("\0".join((stamp, *texts)).encode(), digest_size=12).hexdigest()
    cached = store.read(_KEY, stamped, Vocabulary)
    if cached is None or not _has_slugs(cached):
        cached = _parsed(*texts, *_paths(root))
        store.write(_KEY, stamped, cached)
    return cached


def _texts(root: Path) -> tuple[str, str]:
    topics, tags = (_required(root, name) for name in _TEXTS)
    return topics, tags


def _paths(root: Path) -> tuple[str, str]:
    topics, tags = (str(root / name) for name in _TEXTS)
    return topics, tags


def _has_slugs(vocabulary: Vocabulary) -> bool:
    """Return whether all topics and tags have names that may be parts of paths."""
    slugs = [*vocabulary.topic_slugs, *(tag.slug for tag in vocabulary.tags)]
    return all(map(is_slug, slugs))


_parsed = lru_cache(maxsize=1)(parse_vocabulary)  # `serve` reads it for every build


def _required(root: Path, name: str) -> str:
    path = root / name
    symlinks.refuse(root, name, file=str(path))
    try:
        text = SourceFile(str(path), files.read_regular(path)).text()
    except OSError as error:
        raise ContentError(
            f"can't be read: {error.strerror}; expected the vocabulary here", file=str(path)
        ) from error
    conflict_markers.refuse(text, file=str(path))
    return text
