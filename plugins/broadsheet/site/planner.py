"""The plan of the site: what every kind of page has of targets, in partitions.

There is a partition for each month, one for each part of what a kind keeps by parts (people), one
(`SITE`) for what spans all months, and one (`LAST`) for what draws on all others. Each target names
by parts what it depends on, no more and no less: a part too few is a stale page, a part too many is
work for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from ..incremental.plan import Partition, PartitionChanges, Target
from ..pages import registry
from ..pages.context import BuildContext, BuildInputs
from ..pages.kind import PageKind

SITE = "site"
LAST = "last"
_MANY = 1_000  # targets that are rendered before those that draw on what all leave


class Planner:
    """Makes the plan. No month is read, and nothing rendered, before a target is asked to."""

    def __init__(self, inputs: BuildInputs, kinds: Sequence[type[PageKind]] | None = None) -> None:
        """Plan pages of some `kinds`; of all that are registered by default."""
        kinds = registry.KINDS if kinds is None else kinds
        self.context = BuildContext(inputs, kinds)
        self._archive = inputs.archive
        self._kinds = [kind(self.context) for kind in kinds]

    @property
    def steps(self) -> int:
        """The count of partitions."""
        return len(self._archive.keys) + len(self._parts) + 2

    def partitions(self) -> Iterator[Partition]:
        """Yield the partitions: the months, oldest first, and then what spans all."""
        for key in self._archive.keys:
            yield self._month(key)
        for key, (kind, stamp) in self._parts.items():
            yield self._part(key, kind, stamp)
        yield self._site()
        yield self._last()

    def _month(self, key: str) -> Partition:
        templates = [name for kind in self._kinds for name in kind.month_templates]
        inputs = [kind.month_inputs(key) for kind in self._kinds]
        parts = self.context.parts(templates, self._archive.months[key].fingerprint, inputs)
        return Partition(key, parts, self._targets(lambda kind: kind.month_targets(key)))

    @cached_property
    def _parts(self) -> dict[str, tuple[PageKind, str]]:
        return {
            key: (kind, stamp) for kind in self._kinds for key, stamp in kind.part_inputs().items()
        }

    def _part(self, key: str, kind: PageKind, stamp: str) -> Partition:
        parts = self.context.parts(kind.part_templates, stamp)
        return Partition(
            key,
            parts,
            lambda: _named(kind, kind.part_targets(key)),
            changes=lambda: self._part_changes(key, kind),
        )

    def _part_changes(self, key: str, kind: PageKind) -> PartitionChanges | None:
        change = kind.part_change(key)
        if change is None:
            return None
        return PartitionChanges(
            self.context.parts(kind.part_templates, change.before),
            change.keys,
            lambda: _named(kind, kind.part_targets(key, change.keys)),
        )

    def _site(self) -> Partition:
        templates = [name for kind in self._kinds for name in kind.templates]
        inputs = [kind.site_inputs() for kind in self._kinds]
        parts = self.context.parts(templates, self._digests(), inputs)
        # The plan of subscriptions reads what the months' targets cache of their matches.
        flush_at = 1 if self.context.inputs.asked.subscriptions else _MANY
        return Partition(SITE, parts, self._targets(lambda kind: kind.site_targets()), flush_at)

    def _last(self) -> Partition:
        parts = self.context.parts((), self._digests())
        return Partition(LAST, parts, self._targets(lambda kind: kind.last_targets()), flush_at=1)

    def _digests(self) -> list[tuple[str, str]]:
        return [(key, summary.fingerprint) for key, summary in self._archive.months.items()]

    def _targets(
        self, of: Callable[[PageKind], Iterable[Target]]
    ) -> Callable[[], Iterator[Target]]:
        return lambda: (target for kind in self._kinds for target in _named(kind, of(kind)))


def _named(kind: PageKind, targets: Iterable[Target]) -> Iterator[Target]:
    """Yield a kind's targets, each with its name, unless it has that of another kind."""
    return (target if target.kind else replace(target, kind=kind.name) for target in targets)
