"""Pages that point on: addresses that were published once and lead elsewhere now.

What content/redirects.yml lists becomes a page each, except where the site has a page of its own
at the address: that one stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from .. import calendar
from ..content.redirects import Redirect, refuse, resolved
from ..incremental.plan import File, Target, fingerprint
from ..render.labels import Labels
from ..render.templates import Printer
from ..render.views import Link
from ..urls import Addresses

TEMPLATE = "moved.html"


def groups(
    rows: Sequence[Redirect],
    site: Addresses,
    names: Labels,
    printer: Printer,
    base: Mapping[str, str],
    files: frozenset[str] = frozenset(),
) -> Iterator[Target]:
    """The pages as groups of the plan.

    `site` tells what pages the site has; `base` are the parts that every page depends on; `files`
    are the paths of files that are copied. Raises ContentError for an address at or below one of
    these.
    """
    moved = [row for row in rows if row.old not in site]
    for row in moved:
        refuse(row, files)
    for row in resolved(moved):
        target = Link(
            path=row.new, label=label(row.new, names), kind="gone" if row.why else "moved"
        )
        parts = {**base, "content": fingerprint(row.old, target, row.why)}
        yield Target(f"moved {row.old}", parts, partial(_page, row, target, printer))


def _page(row: Redirect, target: Link, printer: Printer) -> list[File]:
    head = printer.head(row.old, row.old.rstrip("/"), row.why or "", index=False)
    return [printer.page(TEMPLATE, head, target=target, reason=row.why or "")]


def label(address: str, names: Labels) -> str:
    """What a page of the site is called, for a link to it."""
    parts = address.rstrip("/").split("/")
    if parts[0] in ("topics", "tags"):
        if len(parts) == 1:
            return f"All {parts[0]}"
        kind = parts[0][:-1]
        if kind == "tag" or parts[1] in names.topics:
            return names.term(kind, parts[1]).label
    if parts[0] == "papers":
        return "The paper"
    try:
        return calendar.full(date(*map(int, parts[:3])))
    except (TypeError, ValueError):
        return address or "The newest day"
