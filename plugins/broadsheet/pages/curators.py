"""/curators/: who is credited with what, from content alone (git's history differs from clone to
clone)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .. import urls
from ..archive.archive import Archive
from ..incremental.plan import File, Target, fingerprint
from ..render.views import Link
from ..urls import AddressKind
from .context import BuildContext, BuildInputs
from .kind import PageKind

Credits = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def credits_of(archive: Archive) -> Credits:
    """Return curators and submitters with their papers, those with most first, then by name."""
    rows = []
    for title, kind in (("Curators", "curators"), ("Submitters", "submitters")):
        counts: Counter[str] = Counter()
        for summary in archive.months.values():
            counts.update(dict(getattr(summary, kind)))
        rows.append((title, tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))))
    return tuple(rows)


class CuratorsPage(PageKind):
    """The page of curators."""

    name = "curators"
    addresses = (AddressKind(urls.CURATORS, of_site=lambda _: [urls.CURATORS]),)
    templates = ("curators.html",)

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        self._credits = credits_of(context.archive)

    @classmethod
    def footer(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return the link to the page."""
        return [Link(path=urls.CURATORS, label=inputs.settings.words.gettext("Curators"))]

    def site_inputs(self) -> object:
        """Return who is credited."""
        return self._credits

    def site_targets(self) -> Iterable[Target]:
        """Return the page's target."""
        parts = self._context.shared | {
            "templates": self._context.templates.fingerprints(self.templates),
            "content": fingerprint(self._credits),
        }
        yield Target("curators", parts, lambda: [self._page()])

    def _page(self) -> File:
        words = self._words
        titles = {"Curators": words.gettext("Curators"), "Submitters": words.gettext("Submitters")}
        people = tuple(
            (titles[title], tuple(Link(path="", label=name, count=count) for name, count in counts))
            for title, counts in self._credits
        )
        head = self._printer.head(
            urls.CURATORS,
            titles["Curators"],
            words.gettext("Who chose, sorted and annotated these papers."),
        )
        return self._printer.page("curators.html", head, groups=people)
