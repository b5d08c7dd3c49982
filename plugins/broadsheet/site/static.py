"""Static pages (About, Contributing ...): read and linked by Pelican, rendered in our plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from . import markdown
from .plan import File, Group, digest
from .templates import Printer, Templates


@dataclass(frozen=True, slots=True)
class StaticPage:
    """A static page as Pelican read it.

    `html` gives its content, not yet made safe, with links that stand behind a given root
    (without its trailing slash). `listed` says that the footer and sitemaps name it.
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
    base: Mapping[str, str],
) -> Iterator[Group]:
    """Each static page as a group of the plan; `base` are the parts that every page depends on."""
    for page in pages:
        root = printer.root(page.path)
        html = page.html(root.removesuffix("/"))
        parts = {
            **base,
            "content": digest(page.path, page.title, page.description, page.listed, html),
            "templates": templates.fingerprints([page.template]),
        }

        def render(page: StaticPage = page, html: str = html) -> list[File]:
            head = printer.head(page.path, page.title, page.description, index=page.listed)
            view = StaticPageView(page.title, markdown.page(html), page.path)
            return [printer.page(page.template, head, page=view)]

        yield Group(f"page {page.path}", parts, render)
