"""Read the vocabulary: content/topics.yml and content/tags.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from .. import conflict_markers
from ..errors import ContentError
from ..io import symlinks
from ..topics import Vocabulary, parse_vocabulary
from .disk import SourceFile


def read(root: Path) -> Vocabulary:
    """Read a content folder's topics and tags. Raises VocabularyError or ContentError."""
    names = ("topics.yml", "tags.yml")
    topics, tags = (_required(root, name) for name in names)
    return _parsed(topics, tags, *(str(root / name) for name in names))


_parsed = lru_cache(maxsize=1)(parse_vocabulary)  # `serve` reads it for every build


def _required(root: Path, name: str) -> str:
    path = root / name
    symlinks.refuse(root, name, file=str(path))
    try:
        text = SourceFile(str(path), path.read_bytes()).text()
    except OSError as error:
        raise ContentError(
            f"can't be read: {error.strerror}; expected the vocabulary here", file=str(path)
        ) from error
    conflict_markers.refuse(text, file=str(path))
    return text
