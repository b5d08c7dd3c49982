"""The Pelican plugin: what Pelican reads and is set to becomes values.

This module and `static_reader` are all that knows Pelican. Pelican's own generators read static
pages and the files that content links to; our writer collects instead of writing, so that these
enter the plan like all else. Plain `pelican` then builds the site; `broadsheet build` and `serve`
ask `SourcesPelican` for what was read, and call the build themselves.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound
from pelican import Pelican, signals
from pelican.contents import Static
from pelican.generators import (
    ArticlesGenerator,
    Generator,
    PagesGenerator,
    PelicanTemplateNotFound,
    StaticGenerator,
)
from pelican.readers import BaseReader
from pelican.settings import DEFAULT_CONFIG
from pelican.writers import Writer as PelicanWriter

from ..content import images, strays
from ..content.pages import static
from ..errors import BroadsheetError, ContentError, SiteError, shown
from ..incremental.plan import File
from ..io import symlinks
from ..io.settings import jobs_of, of_pelican, require_plugin, require_theme
from ..locale.languages import canonical
from ..pages.static import StaticPage
from ..render.translated import Translated
from ..subscriptions.subscribe_page import form_of
from .request import BuildRequest, SiteSources
from .run import carry_out, end
from .static_reader import PROBLEM, PageReader, links, parser_of

PROBLEMS = "broadsheet_problems"
"""Under this key of the context that a run's generators share, problems of pages are gathered:
Pelican would log each and go on."""


class CollectingWriter(PelicanWriter):  # type: ignore[misc]
    """Takes what Pelican's generators would write; nothing reaches the disk."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self.pages: list[StaticPage] = []
        self.problems: list[BroadsheetError] = []

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **values: Any) -> None:
        """Collect a static page."""
        page = values.get("page")
        if page is None or not name or page.status == "draft":
            return
        if not static.is_output(name):
            self.problems.append(
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
                lang=canonical(str(page.lang or "")),
                source=page.get_relative_source_path(),
            )
        )

    def write_feed(self, *args: Any, **values: Any) -> None:
        """Feeds are in our plan; Pelican's stay unwritten."""


class SourcesGenerator(Generator):  # type: ignore[misc]
    """Gathers what Pelican's own generators read, after they have had their turn."""

    linked: tuple[Static, ...] = ()

    def generate_context(self) -> None:
        """Nothing of ours enters Pelican's context."""

    def generate_output(self, writer: CollectingWriter) -> None:
        """Gather the sources, and hand them on; end the process with one line and exit code 1 where
        something can't be read."""
        try:
            problems = [*self.context.get(PROBLEMS, ()), *writer.problems]
            _refuse_problems(problems, self.context["generated_content"])
            sources = SiteSources(
                settings=of_pelican(self.settings),
                environment=self.env,
                pages=sorted(writer.pages, key=lambda page: page.path),
                files=_published(Path(self.path), self.linked),
                form=form_of(self.settings),
                jobs=jobs_of(self.settings),
            )
        except BroadsheetError as error:
            end(error, Path(self.path))
        self.hand_on(sources)

    def hand_on(self, sources: SiteSources) -> None:
        """Build the site: this is a run of plain `pelican`."""
        carry_out(sources, BuildRequest())


class SourcesPelican(Pelican):  # type: ignore[misc]
    """Pelican, run for what it reads alone: nothing is built. Raises SettingsError where the
    settings load other plugins."""

    def __init__(self, settings: dict[str, Any]) -> None:
        require_plugin(settings)
        found: list[SiteSources] = []

        class Gathering(SourcesGenerator):
            """Keeps the sources for whoever runs this Pelican."""

            def hand_on(self, sources: SiteSources) -> None:
                found.append(sources)

        self.generator = Gathering
        self._found = found
        super().__init__(settings)

    def sources(self) -> SiteSources:
        """Run Pelican's generators and return what they read. Raises SystemExit, after one line on
        stderr, where something can't be read."""
        self.run()
        return self._found[-1]


def _refuse_problems(problems: Sequence[BroadsheetError], read: Mapping[str, Any]) -> None:
    """Raise the first problem by file. Pelican logs a page that it can't read and goes on; a broken
    page must not go unnoticed."""
    if problems:
        raise min(problems, key=lambda error: error.file or "")
    broken = sorted(path for path, found in read.items() if found is None)
    if broken:
        raise ContentError(
            "Pelican can't read this page (its message stands above); "
            "expected `Title: ...` and Markdown",
            file=broken[0],
        )


def _published(root: Path, linked: Iterable[Static]) -> tuple[File, ...]:
    """Return the files that Pelican would copy, as files of our plan: raster images alone."""
    published = {}
    for static_file in linked:
        path = static_file.get_relative_source_path()
        if any(part.startswith(".") and part != ".." for part in path.split("/")):
            continue
        try:
            data = symlinks.read(root, path)
        except OSError as error:
            raise ContentError(f"can't be read: {error.strerror}", file=path) from error
        problem = images.problem(path, data)
        if problem:
            raise ContentError(problem, file=path)
        published[static_file.save_as] = data
    return tuple(File(path, data) for path, data in sorted(published.items()))


def _take_files(generators: list[Any]) -> None:
    """Move the files that Pelican would copy to our plan."""
    ours = next((each for each in generators if isinstance(each, SourcesGenerator)), None)
    if ours is None:
        return
    for generator in generators:
        if isinstance(generator, StaticGenerator):
            ours.linked += tuple(generator.staticfiles)
            generator.staticfiles.clear()  # Pelican's context holds the very same list


def _begin(pelican: Any) -> None:
    """Set what Pelican must not do, whatever the settings say, and refuse what must not be read,
    before it walks through the content folder."""
    pelican.settings.update(_ALWAYS)
    pelican.settings["DOCUTILS_SETTINGS"] = {
        **(pelican.settings.get("DOCUTILS_SETTINGS") or {}),
        "file_insertion_enabled": False,
        "raw_enabled": False,
    }
    jinja = pelican.settings["JINJA_ENVIRONMENT"]
    pelican.settings["JINJA_ENVIRONMENT"] = {
        **jinja,
        "extensions": [*jinja.get("extensions", ()), Translated],
    }
    pelican.settings["IGNORE_FILES"] = [*pelican.settings["IGNORE_FILES"], ".*"]
    if pelican.settings["FILENAME_METADATA"] == DEFAULT_CONFIG["FILENAME_METADATA"]:
        pelican.settings["FILENAME_METADATA"] = ""  # dates, which static pages don't have
    try:
        of_pelican(pelican.settings)  # a page is not to be blamed for a setting
        require_theme(pelican.settings)
        strays.refuse(Path(pelican.settings["PATH"]))
        for folder in (pelican.settings["THEME"], *pelican.settings["THEME_TEMPLATES_OVERRIDES"]):
            for path, problem in symlinks.unfit(folder):
                raise SiteError(problem, file=os.path.relpath(f"{folder}/{path}"))
        parser_of(pelican.settings["MARKDOWN"])
    except BroadsheetError as error:
        end(error, Path(pelican.settings["PATH"]))


# No cache of Pelican's is read: it unpickles, and so runs, what stands there. Content is no
# template.
_ALWAYS: dict[str, Any] = {
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
    "TEMPLATE_PAGES": {},
    "TEMPLATE_EXTENSIONS": [".html"],
    "TYPOGRIFY": False,
    "READERS": {},
}


def _take_readers(readers: Any) -> None:
    """Let Pelican read Markdown pages, by our reader, and the files that it copies; nothing
    else."""
    readers.reader_classes = {"static": BaseReader, "md": PageReader}


def _problems(generator: Any) -> list[BroadsheetError]:
    """Return the list of problems that a run's generators share."""
    problems: list[BroadsheetError] = generator.context.setdefault(PROBLEMS, [])
    return problems


def _note_problem(generator: Any, metadata: Mapping[str, Any]) -> None:
    """Note what our reader found wrong with a page."""
    if PROBLEM in metadata:
        _problems(generator).append(metadata[PROBLEM])


@dataclass(frozen=True, slots=True)
class _Named:
    """A template that is there, as far as Pelican must know it."""

    name: str


def _name_templates(generator: Any) -> None:
    """Have Pelican's generators of pages find templates without compiling them, which takes as long
    as writing a small site: what they would render is collected, and rendered by our plan."""
    if isinstance(generator, (ArticlesGenerator, PagesGenerator)):
        generator.get_template = partial(_found, generator)


def _found(generator: Any, name: str) -> _Named:
    """Return a template by its name, without extension. Raises PelicanTemplateNotFound."""
    for extension in generator.settings["TEMPLATE_EXTENSIONS"]:
        try:
            generator.env.loader.get_source(generator.env, name + extension)
        except TemplateNotFound:
            continue
        return _Named(name + extension)
    raise PelicanTemplateNotFound(name)


def _check_templates(generator: Any) -> None:
    """Note pages that name a template which the theme doesn't have, where Pelican would fail."""
    for page in (*generator.pages, *generator.translations, *generator.hidden_pages,
                 *generator.hidden_translations, *generator.draft_pages,
                 *generator.draft_translations):  # fmt: skip
        try:
            generator.get_template(page.template)
        except PelicanTemplateNotFound:
            _problems(generator).append(
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
    signals.generator_init.connect(_name_templates)
    signals.page_generator_context.connect(_note_problem)
    signals.article_generator_context.connect(_note_problem)
    signals.page_generator_finalized.connect(_check_templates)
    signals.get_writer.connect(_get_writer)
    signals.get_generators.connect(_get_generators)
    signals.all_generators_finalized.connect(_take_files)


def _get_writer(_: Any) -> type[CollectingWriter]:
    return CollectingWriter


def _get_generators(pelican: Any) -> type[SourcesGenerator]:
    return pelican.generator if isinstance(pelican, SourcesPelican) else SourcesGenerator
