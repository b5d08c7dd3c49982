"""Static pages (About, Contributing ...): read and linked by Pelican, rendered in our plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..errors import BroadsheetError, SiteError
from ..incremental.plan import File, Target, fingerprint
from ..render import markdown
from ..render.templates import Printer, Templates


@dataclass(frozen=True, slots=True)
class StaticPage:
    """A static page as Pelican read it.

    `html` is its content, not yet made safe; `links` gives, for a given root (without its trailing
    slash), the addresses that go in the places of some that stand there. `listed` says that the
    footer and sitemaps name it.
    """

    path: str  # its address, "about/"
    title: str
    description: str
    template: str  # "page.html"
    listed: bool
    html: str
    links: Callable[[str], Mapping[str, str]]


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
) -> Iterator[Target]:
    """Each static page as a group of the plan; `base` are the parts that every page depends on."""
    for page in pages:
        root = printer.root(page.path)
        links = page.links(root.removesuffix("/"))
        parts = {
            **base,
            "content": fingerprint(
                page.path,
                page.title,
                page.description,
                page.listed,
                page.html,
                sorted(links.items()),
            ),
            "templates": templates.fingerprints([page.template]),
        }

        def render(page: StaticPage = page, links: Mapping[str, str] = links) -> list[File]:
            head = printer.head(page.path, page.title, page.description, index=page.listed)
            view = StaticPageView(page.title, markdown.page(page.html, links), page.path)
            try:
                return [printer.page(page.template, head, page=view)]
            except BroadsheetError:
                raise
            except Exception as error:  # any template of a theme may be named
                raise SiteError(
                    f"this template can't show a static page: {error}; expected one such as page",
                    file=page.template,
                ) from error

        yield Target(f"page {page.path}", parts, render)
