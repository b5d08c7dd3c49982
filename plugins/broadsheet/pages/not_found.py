"""404.html: the page that a host shows for addresses that don't exist."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from .. import urls
from ..incremental.plan import File, Target
from ..urls import AddressKind
from .kind import PageKind


class NotFoundPage(PageKind):
    """The page for addresses that don't exist. It is shown at any of them, so its links are never
    relative."""

    name = "404"
    addresses = (AddressKind(r"404\.html"),)
    templates = ("404.html",)

    def site_targets(self) -> Iterable[Target]:
        """Return the page's target."""
        yield Target("404", self._context.parts(self.templates, ""), lambda: [self._page()])

    def _page(self) -> File:
        head = self._printer.head(urls.MISSING, self._words.gettext("Page not found"), index=False)
        text = self._context.templates.render(
            "404.html",
            {
                "site": self._context.site,
                "head": replace(head, canonical=None),
                "root": self._settings.base,
            },
        )
        return File(urls.MISSING, text.encode())
