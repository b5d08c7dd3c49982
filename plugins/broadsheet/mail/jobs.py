"""Which messages a run sends: the issues that are due, opened in the delivery log, and a job for
each recipient who waits for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Protocol

from ..errors import ContentError
from .delivery_log import GONE, DeliveryLog
from .due import due
from .model import Issue, Subscriber, issue_name
from .sending import Job

Compose = Callable[[Issue, Subscriber, datetime], bytes]
"""Makes the bytes of an issue's message to one reader, with its date."""


class Issues(Protocol):
    """Where issues come from (`issue_source`)."""

    def keys(self, kind: str) -> list[str]:
        """Return the keys of the newest issues of a kind, oldest first."""

    def issue(self, kind: str, key: str, subscription: str = "", /) -> Issue:
        """Return an issue. Raises ContentError where it has no papers."""


def due_issues(
    source: Issues, log: DeliveryLog, readers: Sequence[Subscriber]
) -> Iterator[tuple[Issue, int]]:
    """Yield the issues that are due and have papers, each with its number of recipients. The log
    is not changed."""
    for kind, subscription, members in _groups(readers):
        for key in due(kind, source.keys(kind), log.opened(kind, subscription)):
            issue = source.issue(kind, key, subscription)
            if issue.total:
                yield issue, len(members)


def jobs(
    source: Issues, log: DeliveryLog, readers: Sequence[Subscriber], compose: Compose
) -> Iterator[Job]:
    """Open the issues that are due, then yield a job for each waiting delivery, oldest issue first.

    Deliveries to readers who have left, and of issues that no longer exist, are marked as gone.
    """
    now = datetime.now(UTC)
    groups = _groups(readers)
    for kind, subscription, members in groups:
        for key in due(kind, source.keys(kind), log.opened(kind, subscription)):
            total = source.issue(kind, key, subscription).total
            recipients = [reader.key for reader in members] if total else []
            log.open_issue(issue_name(kind, key, subscription), kind, key, subscription, recipients)
    members_of = {(kind, subscription): members for kind, subscription, members in groups}
    for name, kind, key, subscription in log.unfinished():
        waiting = log.waiting(name)
        try:
            issue = source.issue(kind, key, subscription)
        except ContentError:
            issue = None  # the day or the subscription no longer exists
        by_key = {reader.key: reader for reader in members_of.get((kind, subscription), ())}
        for recipient in waiting:
            reader = by_key.get(recipient)
            if reader is None or issue is None:
                log.mark(name, recipient, GONE)
                continue

            def build(issue: Issue = issue, reader: Subscriber = reader) -> bytes:
                return compose(issue, reader, now)

            yield Job(name, reader, build)


def _groups(readers: Sequence[Subscriber]) -> list[tuple[str, str, list[Subscriber]]]:
    """Return the readers by frequency and subscription, sorted by both."""
    groups: dict[tuple[str, str], list[Subscriber]] = {}
    for reader in readers:
        groups.setdefault((reader.frequency, reader.subscription), []).append(reader)
    return [(kind, name, members) for (kind, name), members in sorted(groups.items())]
