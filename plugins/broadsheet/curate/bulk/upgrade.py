"""Upgrade content of an older format, by command only. Pure.

topics.yml has the version of the content's format. A step converts one version to the next; the
version's number is written last, so an upgrade that was cut off starts over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ...errors import VocabularyError
from ...topics import CONTENT_VERSION

TOPICS = "topics.yml"

Texts = Mapping[str, str]
UpgradeStep = Callable[[Texts], Texts]  # from all texts by path to those that change

# By the version that a step converts. Version 1 is the first.
STEPS: Mapping[int, UpgradeStep] = {}

_VERSION = re.compile(r"^(version:[ \t]*)([0-9]{1,9})\b", re.M)


def version_of(topics: str) -> int:
    """Return the version in the text of topics.yml. Raises VocabularyError without one."""
    match = _VERSION.search(topics)
    if match is None:
        raise VocabularyError(
            "found no `version:` line; expected one such as `version: 1`", file=TOPICS, line=1
        )
    return int(match[2])


def upgrade(
    texts: Texts, *, to: int = CONTENT_VERSION, steps: Mapping[int, UpgradeStep] = STEPS
) -> dict[str, str]:
    """Return the files that change, topics.yml last; none where the content is up to date.

    Raises VocabularyError for content newer than `to`, or older than the oldest step.
    """
    version = version_of(texts.get(TOPICS, ""))
    if version > to:
        raise VocabularyError(
            f"content of version {version}, this Broadsheet knows up to {to}: "
            "install a newer Broadsheet",
            file=TOPICS,
        )
    changed: dict[str, str] = {}
    for number in range(version, to):
        step = steps.get(number)
        if step is None:
            raise VocabularyError(
                f"content of version {number}, which this Broadsheet can't upgrade", file=TOPICS
            )
        changed.update(step({**texts, **changed}))
    if version < to:
        topics = changed.pop(TOPICS, texts[TOPICS])
        changed[TOPICS] = _VERSION.sub(rf"\g<1>{to}", topics, count=1)
    return changed
