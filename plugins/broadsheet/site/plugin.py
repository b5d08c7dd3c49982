"""The Pelican plugin: what Pelican read and set becomes values, and the build is run.

With `static_reader` all that knows Pelican. Pelican's own generators read static pages and the
files that content links to; our writer collects instead of writing, so that these enter the plan
like all else, and `pelican` and `broadsheet build` give the same site.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click
from pelican import signals
from pelican.contents import Static
from pelican.generators import (
    Generator,
    PagesGenerator,
    PelicanTemplateNotFound,
    StaticGenerator,
)
from pelican.readers import BaseReader
from pelican.settings import DEFAULT_CONFIG
from pelican.writers import Writer as PelicanWriter

from ..content import images, strays, transaction
from ..content.pages import static
from ..errors import BroadsheetError, ContentError, SiteError, plain, shown
from ..incremental.plan import File
from ..io import symlinks
from ..io.settings import jobs_of, of_pelican
from ..pages.static import StaticPage
from ..subscriptions.subscribe_page import form_of
from .build import Built, Progress, build, explain
from .static_reader import WRONG, PageReader, links, parser_of


class CollectingWriter(PelicanWriter):  # type: ignore[misc]
    """Takes what Pelican's generators would write; nothing reaches the disk."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self.pages: list[StaticPage] = []

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **values: Any) -> None:
        """Collect a static page."""
        page = values.get("page")
        if page is None or not name:
            return
        if not static.is_output(name):
            self.settings[WRONG].append(
                ContentError(
                    f"this page would be written to {shown(name)}; expected a line `Slug: ...` of "
                    "letters, digits and hyphens",
                    file=page.get_relative_source_path(),
                )
            )
            return
        self.pages.append(
            StaticPage(
                path=name.removesuffix("index.html"),
                title=str(page.title),
                description=str(page.metadata.get("description", "")),
                template=template.name,
                listed=page.status == "published",
                html=page.broadsheet_html,
                links=partial(links, page),
            )
        )

    def write_feed(self, *args: Any, **values: Any) -> None:
        """Feeds are in our plan; Pelican's stay unwritten."""


class DigestGenerator(Generator):  # type: ignore[misc]
    """Runs the build, after Pelican's own generators have had their turn."""

    linked: tuple[Static, ...] = ()

    def generate_context(self) -> None:
        """Nothing of ours enters Pelican's context."""

    def generate_output(self, writer: CollectingWriter) -> None:
        """Build the site; end the process with one line and exit code 1 where that fails."""
        try:
            _refuse_wrong(self.settings[WRONG], self.context["generated_content"])
            files = _published(Path(self.path), self.linked)
            settings = of_pelican(self.settings)
            settled = transaction.settle(settings.content)
            if settled is not None:
                click.echo(settled.line(), err=True)
            pages = sorted(writer.pages, key=lambda page: page.path)
            asked = self.settings.get("BROADSHEET_EXPLAIN")
            form = form_of(self.settings)
            again = bool(self.settings.get("BROADSHEET_AGAIN"))
            progress = _Bar if sys.stderr.isatty() and not again else Progress
            if asked is not None:
                click.echo(explain(settings, self.env, asked, pages=pages, files=files, form=form))
                return
            built = build(
                settings,
                self.env,
                pages=pages,
                files=files,
                form=form,
                fresh=bool(self.settings.get("BROADSHEET_FRESH")),
                jobs=jobs_of(self.settings),
                again=again,
                progress=progress(self.settings.get("BROADSHEET_WROTE")),
            )
        except BroadsheetError as error:
            _end(error, self.path)
        if not again:
            _report(built, self.path)


class _Bar(Progress):
    """A progress bar on a terminal."""

    def start(self, steps: int) -> None:
        self._bar = click.progressbar(length=steps, label="Building", file=sys.stderr)
        self._left = steps

    def step(self) -> None:
        self._bar.update(1)
        self._left -= 1
        if not self._left:
            self._bar.render_finish()


def _report(built: Built, root: str) -> None:
    click.echo(built.line())
    if built.ignored:
        first = os.path.relpath(os.path.join(root, built.ignored[0]))  # noqa: PTH118
        more = len(built.ignored) - 1
        click.echo(
            plain(f"{first}{f' and {more} more' if more else ''}: left out; a day's folder takes "
                  "Markdown pages and day.yml only"),
            err=True,
        )  # fmt: skip


def _end(error: BroadsheetError, root: str) -> NoReturn:
    """End the process with one line and exit code 1."""
    if isinstance(error, ContentError) and error.file and not os.path.exists(error.file):  # noqa: PTH110
        error.file = os.path.relpath(os.path.join(root, error.file))  # noqa: PTH118
    click.echo(f"error: {error}", err=True)
    raise SystemExit(1) from error


def _refuse_wrong(wrong: Sequence[BroadsheetError], read: Mapping[str, Any]) -> None:
    """Pelican logs a page that it can't read and goes on; a broken page must not go unnoticed."""
    if wrong:
        raise min(wrong, key=lambda error: error.file or "")
    broken = sorted(path for path, found in read.items() if found is None)
    if broken:
        raise ContentError(
            "Pelican can't read this page (its message stands above); "
            "expected `Title: ...` and Markdown",
            file=broken[0],
        )


def _refuse_unknown_templates(generators: list[Any]) -> None:
    """Pelican would end with a traceback where a static page names a template that isn't there."""
    for one in generators:
        if not isinstance(one, PagesGenerator):
            continue
        for page in (*one.pages, *one.hidden_pages, *one.draft_pages):
            try:
                one.get_template(page.template)
            except PelicanTemplateNotFound:
                error = ContentError(
                    f"Template: {shown(page.template)} is no template of the theme; expected one "
                    "that is, or no such line",
                    file=os.path.relpath(page.source_path),
                )
                click.echo(f"error: {error}", err=True)
                raise SystemExit(1) from None


def _published(root: Path, linked: Iterable[Static]) -> tuple[File, ...]:
    """The files that Pelican would copy, as files of our plan: raster images alone."""
    found = {}
    for one in linked:
        path = one.get_relative_source_path()
        if any(part.startswith(".") and part != ".." for part in path.split("/")):
            continue
        try:
            data = symlinks.read(root, path)
        except OSError as error:
            raise ContentError(f"can't be read: {error.strerror}", file=path) from error
        wrong = images.problem(path, data)
        if wrong:
            raise ContentError(wrong, file=path)
        found[one.save_as] = data
    return tuple(File(path, data) for path, data in sorted(found.items()))


def _take_files(generators: list[Any]) -> None:
    """Have the files that Pelican would copy for our plan."""
    _refuse_unknown_templates(generators)
    ours = next((one for one in generators if isinstance(one, DigestGenerator)), None)
    if ours is None:
        return
    for one in generators:
        if isinstance(one, StaticGenerator):
            ours.linked += tuple(one.staticfiles)
            one.staticfiles.clear()  # Pelican's context holds the very same list


def _begin(pelican: Any) -> None:
    """Set what Pelican must not do, whatever the settings say, and refuse what must not be read,
    before it walks through the content folder."""
    pelican.settings.update(_ALWAYS)
    pelican.settings[WRONG] = []
    pelican.settings["DOCUTILS_SETTINGS"] = {
        **(pelican.settings.get("DOCUTILS_SETTINGS") or {}),
        "file_insertion_enabled": False,
        "raw_enabled": False,
    }
    pelican.settings["IGNORE_FILES"] = [*pelican.settings["IGNORE_FILES"], ".*"]
    if pelican.settings["FILENAME_METADATA"] == DEFAULT_CONFIG["FILENAME_METADATA"]:
        pelican.settings["FILENAME_METADATA"] = ""  # dates, which static pages don't have
    try:
        strays.refuse(Path(pelican.settings["PATH"]))
        for folder in (pelican.settings["THEME"], *pelican.settings["THEME_TEMPLATES_OVERRIDES"]):
            for path, wrong in symlinks.leading_out(folder):
                raise SiteError(wrong, file=os.path.relpath(f"{folder}/{path}"))
        parser_of(pelican.settings["MARKDOWN"])
    except BroadsheetError as error:
        _end(error, pelican.settings["PATH"])


# No cache of Pelican's is read: it unpickles, and so runs, what stands there. Content is no
# template.
_ALWAYS: dict[str, Any] = {
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
    "TEMPLATE_PAGES": {},
    "READERS": {},
}


def _take_readers(readers: Any) -> None:
    """Leave Pelican the readers of Markdown pages and of files that it copies."""
    readers.reader_classes = {"static": BaseReader, "md": PageReader}


def _check_templates(generator: Any) -> None:
    """Note pages that name a template which the theme doesn't have: Pelican would fail there."""
    for page in (*generator.pages, *generator.translations, *generator.hidden_pages,
                 *generator.hidden_translations, *generator.draft_pages,
                 *generator.draft_translations):  # fmt: skip
        try:
            generator.get_template(page.template)
        except PelicanTemplateNotFound:
            generator.settings[WRONG].append(
                ContentError(
                    f"Template: {shown(page.template)} is no template of the theme; expected one "
                    "such as page, or none",
                    file=page.get_relative_source_path(),
                )
            )
            page.template = "page"


def register() -> None:
    """Connect to Pelican (docs.getpelican.com, "Plugins")."""
    signals.initialized.connect(_begin)
    signals.readers_init.connect(_take_readers)
    signals.page_generator_finalized.connect(_check_templates)
    signals.get_writer.connect(_get_writer)
    signals.get_generators.connect(_get_generators)
    signals.all_generators_finalized.connect(_take_files)


def _get_writer(_: Any) -> type[CollectingWriter]:
    return CollectingWriter


def _get_generators(_: Any) -> type[DigestGenerator]:
    return DigestGenerator
