"""The vocabulary on disk: content/topics.yml and content/tags.yml."""

from __future__ import annotations

from pathlib import Path

from .content import Source
from .errors import ContentError
from .topics import Vocabulary, parse_vocabulary


def read(root: Path) -> Vocabulary:
    """The content folder's topics and tags. Raises VocabularyError or ContentError."""
    topics, tags = root / "topics.yml", root / "tags.yml"
    return parse_vocabulary(_required(topics), _required(tags), str(topics), str(tags))


def _required(path: Path) -> str:
    try:
        return Source(str(path), path.read_bytes()).text()
    except OSError as error:
        raise ContentError(
            f"can't be read: {error.strerror}; expected the vocabulary here", file=str(path)
        ) from error
