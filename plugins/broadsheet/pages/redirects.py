"""Redirects: pages at addresses that were published once and lead elsewhere now.

Each row of content/redirects.yml becomes a page, except where the site has a page of its own at the
address.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from ..content.redirects import Redirect, refuse, refuse_case, resolved
from ..incremental.plan import File, Target, fingerprint
from ..render.labels import Labels
from ..render.views import Link
from .context import BuildContext
from .kind import PageKind


class RedirectPages(PageKind):
    """The pages of redirects. Raises ContentError for a redirect from an address at or below that
    of a file that is published as it is."""

    name = "redirects"
    templates = ("moved.html",)

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        inputs = context.inputs
        rows = [row for row in inputs.redirects if row.old not in context.addresses]
        files = frozenset(file.path for file in (*inputs.theme, *inputs.files))
        for row in rows:
            refuse(row, files)
            refuse_case(row, context.addresses)
        self._rows = resolved(rows)

    def site_inputs(self) -> object:
        """Return all redirects, which feeds depend on too, and those that become pages."""
        return self._context.inputs.redirects, self._rows

    def site_targets(self) -> Iterable[Target]:
        """Return a target for each page."""
        templates = self._context.templates.fingerprints(self.templates)
        for row in self._rows:
            link = Link(
                path=row.new,
                label=label(row.new, self._labels),
                kind="gone" if row.why else "moved",
            )
            parts = self._context.shared | {
                "templates": templates,
                "content": fingerprint(row.old, link, row.why),
            }
            yield Target(f"moved {row.old}", parts, partial(self._files, row, link))

    def _files(self, row: Redirect, link: Link) -> list[File]:
        why = row.why or ""
        head = self._printer.head(row.old, row.old.rstrip("/"), why, index=False)
        return [self._printer.page("moved.html", head, target=link, reason=why)]


def label(address: str, labels: Labels) -> str:
    """Return the label of a link to a page of the site."""
    words = labels.words
    parts = address.rstrip("/").split("/")
    if parts[0] in ("topics", "tags"):
        kind = parts[0][:-1]
        if len(parts) == 1:
            return words.gettext("All topics") if kind == "topic" else words.gettext("All tags")
        if kind == "tag" or parts[1] in labels.topics:
            return labels.term(kind, parts[1]).label
    if parts[0] == "papers":
        return words.gettext("The paper")
    try:
        return words.dates.full(date(*map(int, parts[:3])))
    except (TypeError, ValueError):
        return address or words.gettext("The newest day")
