"""What browsers and programs ask for at the site's root: favicon.ico, the description of its search
(OpenSearch 1.1), and llms.txt, which tells a program that reads pages where plainer forms are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from .. import urls
from ..incremental.plan import File, Target, fingerprint
from ..render.assets import ICON
from ..urls import AddressKind
from .context import BuildContext
from .kind import PageKind


class MachineFiles(PageKind):
    """The files at the site's root that no reader sees."""

    name = "machines"
    addresses = (AddressKind(r"favicon\.ico|opensearch\.xml|llms\.txt"),)

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        inputs = context.inputs
        taken = {file.path for file in inputs.files}
        self._icon = [
            File("favicon.ico", file.data)
            for file in inputs.theme
            if file.path == ICON and "favicon.ico" not in taken
        ]

    def site_inputs(self) -> object:
        """Return the icon's fingerprint."""
        return [fingerprint(file.data) for file in self._icon]

    def site_targets(self) -> Iterable[Target]:
        """Return the target of all these files."""
        yield Target(
            "machines", self._context.parts((), self.site_inputs()), lambda: list(self._files())
        )

    def _files(self) -> Iterator[File]:
        settings = self._settings
        yield from self._icon
        if settings.search and settings.url:
            description = open_search(settings.name, settings.url, self._words.gettext("Search"))
            yield File("opensearch.xml", description.encode())
        if settings.url:
            yield File("llms.txt", self._llms().encode())

    def _llms(self) -> str:
        """Return llms.txt (llmstxt.org): what the site is, and where programs read it best."""
        words, url = self._words, self._settings.url
        rows = [
            (urls.HOME, words.gettext("The newest day")),
            (urls.ARCHIVE, words.gettext("All days")),
            (urls.TOPICS, words.gettext("All topics")),
            (urls.TAGS, words.gettext("All tags")),
            (urls.feed("all", "json"), words.gettext("The newest papers as a feed")),
            ("feeds/feeds.opml", words.gettext("The list of all feeds")),
        ]
        about = words.gettext(
            "The page of each day, topic and tag is also there as index.md, index.json, index.bib "
            "and index.ris, at the same address."
        )
        if self._settings.term_exports != urls.EXPORTS:
            about = words.gettext(
                "The page of each day and week is also there as index.md, index.json, index.bib "
                "and index.ris, at the same address."
            )
        name = " ".join(self._settings.name.split())
        tagline = " ".join(self._settings.tagline.split())
        lines = [f"# {name}", "", *([f"> {tagline}", ""] if tagline else []), about, ""]
        lines += [f"- [{label}]({url}/{path})" for path, label in rows]
        return "\n".join(lines) + "\n"


def open_search(name: str, url: str, action: str) -> str:
    """Return the description of a site's search: its name in at most 16 characters, as the format
    asks, and where a query goes."""
    short = name if len(name) <= 16 else name[:15] + "…"
    place = escape(f"{url}/{urls.SEARCH}", quote=False)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(short, quote=False)}</ShortName>\n"
        f"<Description>{escape(f'{name}: {action}'[:1024], quote=False)}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template="{place}?q={{searchTerms}}"/>\n'
        "</OpenSearchDescription>\n"
    )
