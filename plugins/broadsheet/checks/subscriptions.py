"""Check subscriptions: files that can't be read, and topics and tags that don't exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath

from ..content.disk import SourceFile
from ..errors import ContentError, shown
from ..subscriptions import loader
from ..subscriptions.model import Subscription
from ..suggestions import did_you_mean
from . import devices
from .problem import ERROR, WARNING, Problem, of_error

KIND = "subscription"


def problems(
    sources: Sequence[SourceFile], topics: Collection[str], tags: Collection[str]
) -> Iterator[Problem]:
    """Yield the problems of the files of content/subscriptions. `topics` and `tags` are the known
    slugs; an unknown tag is only a warning, since curators may use tags that tags.yml lacks."""
    for source in sources:
        try:
            one = loader.parsed(source)
        except ContentError as error:
            yield of_error(error, KIND, source.path)
            continue
        yield from _unknown(source, one, topics, tags)
        name = PurePosixPath(source.path).stem
        yield from devices.problems([(name, None)], source.path, "the page and the feeds")


def _unknown(
    source: SourceFile, one: Subscription, topics: Collection[str], tags: Collection[str]
) -> Iterator[Problem]:
    for key, slugs, known, severity in (
        ("topics", one.topics, topics, ERROR),
        ("tags", one.tags, tags, WARNING),
    ):
        for slug in slugs:
            if slug in known:
                continue
            yield Problem(
                file=source.path,
                line=_line(source, key),
                severity=severity,
                kind=KIND,
                message=f"{key}: {shown(slug)} is not in {key}.yml{did_you_mean(slug, known)}",
            )


def _line(source: SourceFile, key: str) -> int | None:
    for number, line in enumerate(source.text().split("\n"), start=1):
        if line.startswith(f"{key}:"):
            return number
    return None
