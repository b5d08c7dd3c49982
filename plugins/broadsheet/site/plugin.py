"""The Pelican plugin: what Pelican read and set becomes values, and the build is run.

The only module that knows Pelican. Pelican's own generators read static pages and the files that
content links to; our writer collects instead of writing, so that these enter the plan like all
else, and `pelican` and `broadsheet build` give the same site.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click
from pelican import signals
from pelican.generators import (
    Generator,
    PagesGenerator,
    PelicanTemplateNotFound,
    StaticGenerator,
)
from pelican.writers import Writer as PelicanWriter

from .. import transaction
from ..errors import BroadsheetError, ContentError, shown
from . import assets
from .build import Built, Progress, build, explain
from .plan import File
from .settings import jobs_of, of_pelican
from .static import StaticPage
from .subscribing import form_of


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
        self.pages.append(
            StaticPage(
                path=name.removesuffix("index.html"),
                title=str(page.title),
                description=str(page.metadata.get("description", "")),
                template=template.name,
                listed=page.status == "published",
                html=page.get_content,
            )
        )

    def write_feed(self, *args: Any, **values: Any) -> None:
        """Feeds are in our plan; Pelican's stay unwritten."""


class DigestGenerator(Generator):  # type: ignore[misc]
    """Runs the build, after Pelican's own generators have had their turn."""

    files: tuple[File, ...] = ()

    def generate_context(self) -> None:
        """Nothing of ours enters Pelican's context."""

    def generate_output(self, writer: CollectingWriter) -> None:
        """Build the site; end the process with one line and exit code 1 where that fails."""
        try:
            _refuse_unread(self.path, self.context["generated_content"])
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
                click.echo(
                    explain(settings, self.env, asked, pages=pages, files=self.files, form=form)
                )
                return
            built = build(
                settings,
                self.env,
                pages=pages,
                files=self.files,
                form=form,
                fresh=bool(self.settings.get("BROADSHEET_FRESH")),
                jobs=jobs_of(self.settings),
                again=again,
                progress=progress(self.settings.get("BROADSHEET_WROTE")),
            )
        except BroadsheetError as error:
            click.echo(f"error: {error}", err=True)
            raise SystemExit(1) from error
        if not again:
            _report(built)


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


def _report(built: Built) -> None:
    click.echo(built.line())


def _refuse_unread(root: str, read: dict[str, Any]) -> None:
    """Pelican logs a page that it can't read and goes on; a broken page must not go unnoticed."""
    broken = sorted(path for path, found in read.items() if found is None)
    if broken:
        raise ContentError(
            "Pelican can't read this page (its message stands above); "
            "expected `Title: ...` and Markdown",
            file=os.path.relpath(os.path.join(root, broken[0])),  # noqa: PTH118
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


def _take_files(generators: list[Any]) -> None:
    """Move the files that Pelican would copy into our plan."""
    _refuse_unknown_templates(generators)
    ours = next((one for one in generators if isinstance(one, DigestGenerator)), None)
    if ours is None:
        return
    sources = {}
    for one in generators:
        if isinstance(one, StaticGenerator):
            for static in one.staticfiles:
                sources[static.save_as] = Path(static.source_path)
            one.staticfiles.clear()  # Pelican's context holds the very same list
    ours.files = assets.read_each(sources)


def register() -> None:
    """Connect to Pelican (docs.getpelican.com, "Plugins")."""
    signals.get_writer.connect(_get_writer)
    signals.get_generators.connect(_get_generators)
    signals.all_generators_finalized.connect(_take_files)


def _get_writer(_: Any) -> type[CollectingWriter]:
    return CollectingWriter


def _get_generators(_: Any) -> type[DigestGenerator]:
    return DigestGenerator
