"""Bringing content of an older format up to date, by command and never silently. Pure.

topics.yml says which version of the format the content has. A step makes one version of the one
before it; the version's number is written last, so an upgrade that was cut off starts over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..errors import VocabularyError
from ..topics import CONTENT_VERSION

TOPICS = "topics.yml"

Texts = Mapping[str, str]
Step = Callable[[Texts], Texts]  # all files' texts by path, to those that change

# From a version to the next. Version 1 is the first there was.
STEPS: Mapping[int, Step] = {}

_VERSION = re.compile(r"^(version:[ \t]*)([0-9]{1,9})\b", re.M)


def version_of(topics: str) -> int:
    """The version that the text of topics.yml names. Raises VocabularyError without one."""
    match = _VERSION.search(topics)
    if match is None:
        raise VocabularyError(
            "found no `version:` line; expected one such as `version: 1`", file=TOPICS, line=1
        )
    return int(match[2])


def upgrade(
    texts: Texts, *, to: int = CONTENT_VERSION, steps: Mapping[int, Step] = STEPS
) -> dict[str, str]:
    """The files that change, topics.yml last; none where the content is up to date.

    Raises VocabularyError for content newer than `to`, or older than the oldest step.
    """
    version = version_of(texts.get(TOPICS, ""))
    if version > to:
        raise VocabularyError(
            f"content of version {version}, this Broadsheet knows up to {to}: "
            "install a newer Broadsheet",
            file=TOPICS,
        )
    made: dict[str, str] = {}
    for number in range(version, to):
        step = steps.get(number)
        if step is None:
            raise VocabularyError(
                f"content of version {number}, which this Broadsheet can't upgrade", file=TOPICS
            )
        made.update(step({**texts, **made}))
    if version < to:
        topics = made.pop(TOPICS, texts[TOPICS])
        made[TOPICS] = _VERSION.sub(rf"\g<1>{to}", topics, count=1)
    return made
