"""Static pages (About, Contributing ...): read by Pelican, rendered as targets of our plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from ..content.pages.static import refuse_case
from ..errors import BroadsheetError, ContentError, shown
from ..incremental.plan import File, Target, fingerprint
from ..render import markdown
from ..render.views import Link
from ..text.marked_formulas import Marked
from ..text.plain import plain
from ..urls import Addresses, AddressKind, file_of
from .context import BuildContext, BuildInputs
from .kind import PageKind


@dataclass(frozen=True, slots=True)
class StaticPage:
    """A static page as Pelican read it.

    `html` is its content, not sanitised yet, with marks for its formulas. `links` returns, for a
    given root (without its trailing slash), the addresses that replace some in `html`. `listed`
    says whether the footer and sitemaps name it. `lang` is its language.
    """

    path: str  # its address, "about/"
    title: str
    description: str
    template: str  # "page.html"
    listed: bool
    html: Marked
    links: Callable[[str], Mapping[str, str]]
    lang: str = ""
    source: str = ""  # its file, below content/


@dataclass(frozen=True, slots=True)
class StaticPageView:
    """What a static page's template is given as `page`."""

    title: str
    content: Markup
    url: str
    lang: str = ""  # its language, where that is not the interface's


def _words(text: str) -> str:
    """Return a page's title or description as plain text, which is Markdown where it has maths."""
    return plain(text) if "$" in text else text


class StaticPages(PageKind):
    """The static pages; each names its template."""

    name = "static pages"
    addresses = (
        AddressKind(
            r"(?s:.+)",
            lambda site, match: match[0] in site.statics or match[0] in site.hidden,
            of_site=lambda site: site.statics,
        ),
    )

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        refuse_case(page.path for page in context.inputs.pages)
        self._refuse_taken()
        self._targets = tuple(map(self._target, context.inputs.pages))

    def _refuse_taken(self) -> None:
        """Raise ContentError for a page at the address of another page."""
        site = self._context.addresses
        others = Addresses(
            site.months.values(),
            kinds=[kind for kind in site.kinds if kind not in self.addresses],
            subscriptions=site.subscriptions,
            search=site.search,
        )
        seen: dict[str, str] = {}
        for page in self._context.inputs.pages:
            other = seen.setdefault(page.path, page.source)
            if other != page.source or page.path in others:
                whose = shown(other) if other != page.source else "one of the site's parts"
                raise ContentError(
                    f"{file_of(page.path)}: two pages would be written to this address, this one "
                    f"and {whose}; expected a slug of its own",
                    file=page.source or page.path,
                )

    @classmethod
    def footer(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return the links to those pages that are listed."""
        return [
            Link(path=page.path, label=_words(page.title)) for page in inputs.pages if page.listed
        ]

    def site_inputs(self) -> object:
        """Return what the pages depend on."""
        return [(target.key, sorted(target.dependencies.items())) for target in self._targets]

    def site_targets(self) -> Iterable[Target]:
        """Return a target for each page."""
        return self._targets

    def _target(self, page: StaticPage) -> Target:
        links = page.links(self._printer.root(page.path).removesuffix("/"))
        content = fingerprint(
            page.path,
            page.title,
            page.description,
            page.listed,
            page.lang,
            page.html.text,
            [span.source for span in page.html.formulas],
            sorted(links.items()),
        )
        parts = self._context.shared | {
            "content": content,
            "templates": self._context.templates.fingerprints([page.template]),
        }
        return Target(f"page {page.path}", parts, partial(self._files, page, links))

    def _files(self, page: StaticPage, links: Mapping[str, str]) -> list[File]:
        said = _words(page.description)
        head = self._printer.head(page.path, _words(page.title), said, index=page.listed)
        lang = page.lang if page.lang != self._context.site.lang else ""
        text, mark, formulas = page.html
        content = markdown.page(text, mark, formulas, links)
        title = markdown.title(page.title) if "$" in page.title else page.title
        view = StaticPageView(title, content, page.path, lang)
        try:
            return [self._printer.page(page.template, head, page=view)]
        except BroadsheetError as error:
            if error.file != page.template:
                raise
            raise self._unfit(page, error.message) from error
        except Exception as error:  # a page may name any of the theme's templates
            raise self._unfit(page, str(error)) from error

    @staticmethod
    def _unfit(page: StaticPage, why: str) -> ContentError:
        return ContentError(
            f"its template, {page.template}, can't show a static page: {why}; expected one such as "
            "page",
            file=page.source or page.path,
        )
