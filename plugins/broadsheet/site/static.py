"""Static pages (About, Contributing ...): read and linked by Pelican, rendered in our plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from . import markdown
from .plan import File, Group, digest
from .settings import Settings
from .templates import Printer, Templates
from .views import SiteView


@dataclass(frozen=True, slots=True)
class StaticPage:
    """A static page as Pelican read it.

    `html` gives its content, not yet made safe, with links that stand behind a given root
    (without its trailing slash). `listed` says that the footer names it.
    """

    path: str  # its address, "about/"
    title: str
    description: str
    template: str  # "page.html"
    listed: bool
    html: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class StaticPageView:
    """What page.html is given as `page`."""

    title: str
    content: Markup
    url: str


def page_groups(
    pages: Sequence[StaticPage],
    printer: Printer,
    templates: Templates,
    site: SiteView,
    settings: Settings,
) -> Iterator[Group]:
    """Each static page as a group of the plan."""
    for page in pages:
        root = printer.root(page.path)
        html = page.html(root.removesuffix("/"))
        parts = {
            "content": digest(page.path, page.title, page.description, html),
            "templates": templates.fingerprints([page.template]),
            "settings": digest(settings.fingerprint(), site),
        }

        def render(page: StaticPage = page, html: str = html) -> list[File]:
            head = printer.head(page.path, page.title, page.description)
            view = StaticPageView(page.title, markdown.page(html), page.path)
            return [printer.page(page.template, head, page=view)]

        yield Group(f"page {page.path}", parts, render)
