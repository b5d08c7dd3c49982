"""Renders pages: what all of them share, and the path from each to the site's root."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ..incremental.plan import File
from ..io.settings import Settings
from ..urls import file_of, relative_root
from .frames import Frames, Given, Texts
from .markdown import rooted
from .templates import Templates
from .views import ROW, HeadView, SiteView, TitleRow


@dataclass(frozen=True, slots=True)
class Shell:
    """The top and bottom of a page, rendered."""

    masthead: Markup
    colophon: Markup


class Printer:
    """Renders pages, with what all of them share and the path from each to the site's root."""

    def __init__(self, templates: Templates, settings: Settings, site: SiteView) -> None:
        self._templates = templates
        self._settings = settings
        self._site = site
        self._named = {link.path for link in site.menu}
        self._shells: dict[str, Shell] = {}
        self._frames = Frames()

    @property
    def site_name(self) -> str:
        """The site's name."""
        return self._settings.name

    def root(self, path: str) -> str:
        """Return the path that precedes links on a page."""
        return relative_root(path) if self._settings.relative else self._settings.base

    def page(self, template: str, head: HeadView, **values: object) -> File:
        """Return a page as a file."""
        root = self.root(head.path)
        shell = None if head.path in self._named else self._shell(root, head)
        text = self._text(template, head, root, shell, values)
        return File(file_of(head.path), rooted(text, root).encode())

    def framed(
        self,
        template: str,
        key: Hashable,
        path: str,
        texts: Texts,
        view: Callable[[Given], tuple[HeadView, Mapping[str, object]]],
    ) -> File:
        """Return a page that differs in some texts alone from those of its `key`, by a frame (see
        frames.py). `view` makes its head and values of the texts, or of slots in their place."""
        root = self.root(path)

        def render(given: Given) -> str:
            head, values = view(given)
            shell = None if path in self._named else self._shell(root, head)
            return self._text(template, head, root, shell, values)

        text = self._frames.page((template, root, path in self._named, key), texts, render)
        return File(file_of(path), rooted(text, root).encode())

    def _text(
        self,
        template: str,
        head: HeadView,
        root: str,
        shell: Shell | None,
        values: Mapping[str, object],
    ) -> str:
        given: dict[str, object] = {"site": self._site, "head": head, "root": root, **values}
        if shell is not None:
            given["shell"] = shell
        return self._templates.render(template, given)

    def row(self, path: str, row: TitleRow) -> Markup:
        """Return a paper's row on a page that lists papers of several days and topics."""
        return self._templates.macro(ROW, "title_row", row, self.root(path), True, True)

    def _shell(self, root: str, head: HeadView) -> Shell:
        """Return the top and bottom of a page that is not in the menu: the same for all pages of
        one root, so they are rendered once and not 50,000 times."""
        shell = self._shells.get(root)
        if shell is None:
            given: dict[str, object] = {"site": self._site, "head": head, "root": root}
            shell = self._shells[root] = Shell(
                masthead=Markup(self._templates.render("partials/masthead.html", given)),
                colophon=Markup(self._templates.render("partials/colophon.html", given)),
            )
        return shell

    def canonical(self, path: str) -> str | None:
        """Return the absolute address of a page; None if SITEURL is unset."""
        return f"{self._settings.url}/{path}" if self._settings.url else None

    def head(self, path: str, title: str, description: str = "", **values: object) -> HeadView:
        """Return the head of a page at an address."""
        given: dict[str, object] = {"feeds": self._site.feeds, **values}
        given["card"] = given.get("card") or self._site.own_card
        return HeadView(
            title=title,
            description=description,
            path=path,
            canonical=self.canonical(path),
            **given,  # type: ignore[arg-type]
        )
