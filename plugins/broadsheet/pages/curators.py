"""/curators/: who is credited with what, from content alone (git's history differs from clone to
clone)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .. import urls
from ..archive.archive import Archive
from ..incremental.plan import File, Target, fingerprint
from ..render.templates import Printer
from ..render.views import Link

TEMPLATE = "curators.html"
TITLE = "Curators"

Credits = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def credits_of(archive: Archive) -> Credits:
    """Curators and submitters with their papers, those with most first, then by name."""
    found = []
    for title, kind in ((TITLE, "curators"), ("Submitters", "submitters")):
        counts: Counter[str] = Counter()
        for summary in archive.months.values():
            counts.update(dict(getattr(summary, kind)))
        found.append((title, tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))))
    return tuple(found)


def group(archive: Archive, printer: Printer, base: Mapping[str, str]) -> Target:
    """The page as a group of the plan; `base` are the parts that every page depends on."""
    found = credits_of(archive)

    def render() -> list[File]:
        head = printer.head(urls.CURATORS, TITLE, "Who chose, sorted and annotated these papers.")
        people = tuple(
            (title, tuple(Link(path="", label=name, count=count) for name, count in counts))
            for title, counts in found
        )
        return [printer.page(TEMPLATE, head, groups=people)]

    return Target("curators", {**base, "content": fingerprint(found)}, render)
