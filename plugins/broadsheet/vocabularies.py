"""The vocabulary on disk: content/topics.yml and content/tags.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from .content import Source
from .errors import ContentError
from .topics import Vocabulary, parse_vocabulary


def read(root: Path) -> Vocabulary:
    """The content folder's topics and tags. Raises VocabularyError or ContentError."""
    topics, tags = root / "topics.yml", root / "tags.yml"
    return _parsed(_required(topics), _required(tags), str(topics), str(tags))


_parsed = lru_cache(maxsize=1)(parse_vocabulary)  # `serve` reads it again and again


def _required(path: Path) -> str:
    try:
        return Source(str(path), path.read_bytes()).text()
    except OSError as error:
        raise ContentError(
            f"can't be read: {error.strerror}; expected the vocabulary here", file=str(path)
        ) from error
