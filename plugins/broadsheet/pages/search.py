"""/search/: the search page, and the files of the search index that it reads."""

from __future__ import annotations

from collections.abc import Iterable

from .. import urls
from ..archive.people import AUTHOR
from ..incremental.plan import File, Target
from ..render.views import Link
from ..subscriptions.subscribe_page import propose_address
from ..urls import AddressKind
from .context import BuildInputs
from .kind import PageKind


class SearchFiles(PageKind):
    """The files of the search index."""

    name = "search"

    def month_inputs(self, key: str) -> object:
        """Return whether a month is the one that is still filling."""
        return self._context.search.is_open(key)

    def month_targets(self, key: str) -> Iterable[Target]:
        """Return the targets of a month's cards."""
        return self._context.search.month(key) if self._settings.search else ()

    def site_targets(self) -> Iterable[Target]:
        """Return the targets of the generations."""
        return self._context.search.whole() if self._settings.search else ()

    def last_targets(self) -> Iterable[Target]:
        """Return the target of the manifest, which names the hashes of all other parts."""
        return self._context.search.last() if self._settings.search else ()


class SearchPage(PageKind):
    """The search page."""

    name = "search page"
    addresses = (AddressKind(urls.SEARCH, lambda site, _: site.search),)
    templates = ("search.html",)

    @classmethod
    def menu(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return the link to search, where there is any."""
        if inputs.settings.search:
            yield Link(
                path=urls.SEARCH, label=inputs.settings.words.gettext("Search"), kind="search"
            )

    def site_targets(self) -> Iterable[Target]:
        """Return the page's target."""
        if self._settings.search:
            yield Target("search", self._context.parts(self.templates, ""), lambda: [self._page()])

    def _page(self) -> File:
        return self._printer.page(
            "search.html",
            self._printer.head(
                urls.SEARCH,
                self._words.gettext("Search"),
                self._words.gettext("Search all papers."),
                index=False,
            ),
            propose=propose_address(self._settings),
            authors=urls.AUTHORS if self._context.people.top(AUTHOR) else "",
        )
