"""/saved/: the papers that a reader saved in the browser."""

from __future__ import annotations

from collections.abc import Iterable

from .. import urls
from ..incremental.plan import File, Target
from ..urls import AddressKind
from .kind import PageKind


class SavedPage(PageKind):
    """The page of saved papers."""

    name = "saved"
    addresses = (AddressKind(urls.SAVED),)
    templates = ("saved.html",)

    def site_targets(self) -> Iterable[Target]:
        """Return the page's target."""
        yield Target("saved", self._context.parts(self.templates, ""), lambda: [self._page()])

    def _page(self) -> File:
        head = self._printer.head(
            urls.SAVED,
            self._words.gettext("Saved papers"),
            self._words.gettext("Papers that you saved in this browser."),
            index=False,
        )
        return self._printer.page("saved.html", head)
