"""The interface of a kind of page: its addresses, its links in menu and footer, and its targets.

A kind is one module with one template, listed in `registry.KINDS`; the planner only loops over
them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import ClassVar, NamedTuple

from ..incremental.plan import Target
from ..render.views import Link
from ..urls import AddressKind
from .context import BuildContext, BuildInputs


class PartChange(NamedTuple):
    """The last change of a partition: its fingerprint before, and the keys of the targets that may
    differ since."""

    before: str
    keys: Collection[str]


class PageKind:
    """A kind of page, or of file, of one site.

    Targets name by parts what they depend on. `month_inputs` and `site_inputs` must change whenever
    any of the targets' parts does, beside the base parts, the templates named here and the content
    of the month (of the whole site): the planner puts their fingerprint on the partition, whose
    targets are looked at only where that differs.
    """

    name: ClassVar[str]
    addresses: ClassVar[tuple[AddressKind, ...]] = ()
    """The kinds of address that its pages, feeds and exports have, with its entries in sitemaps."""
    templates: ClassVar[tuple[str, ...]] = ()
    """The templates of the targets of the whole site."""
    month_templates: ClassVar[tuple[str, ...]] = ()
    """The templates of the targets of a month."""

    part_templates: ClassVar[tuple[str, ...]] = ()
    """The templates of the targets of a part."""

    def __init__(self, context: BuildContext) -> None:
        self._context = context
        self._archive = context.archive
        self._settings = context.settings
        self._words = context.settings.words
        self._labels = context.labels
        self._exports = context.exports
        self._printer = context.printer

    @classmethod
    def menu(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return its links in the menu."""
        return ()

    @classmethod
    def footer(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return its links in the footer."""
        return ()

    def month_inputs(self, key: str) -> object:
        """Return what a month's targets depend on beside the month's content."""
        return ""

    def month_targets(self, key: str) -> Iterable[Target]:
        """Return the targets of a month."""
        return ()

    def part_inputs(self) -> Mapping[str, str]:
        """Return partitions of its own, for pages by the ten thousands that belong to no month:
        the fingerprint of what each depends on, by its key."""
        return {}

    def part_change(self, key: str) -> PartChange | None:
        """Return what the last change of one of these partitions came to; None where that is not
        known."""
        return None

    def part_targets(self, key: str, among: Collection[str] | None = None) -> Iterable[Target]:
        """Return the targets of one of these partitions; only those with keys `among` some."""
        return ()

    def site_inputs(self) -> object:
        """Return what the targets of the whole site depend on beside all months' content."""
        return ""

    def site_targets(self) -> Iterable[Target]:
        """Return the targets of the whole site."""
        return ()

    def last_targets(self) -> Iterable[Target]:
        """Return the targets that draw on what all others leave in the cache."""
        return ()
