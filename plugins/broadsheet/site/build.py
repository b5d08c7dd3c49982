"""Building the site: from content on disk to the output folder, by way of the plan."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment

from .. import urls
from ..archive.archive import Archive
from ..archive.reader import ArchiveReader
from ..content import disk, vocabularies
from ..content.pages.location import PaperLocation, refuse_duplicate_ids
from ..content.redirects import FILE as REDIRECTS
from ..content.redirects import Redirect
from ..content.redirects import parse as parse_redirects
from ..errors import BroadsheetError, ChangedContent, ContentError, LedgerError
from ..feeds.targets import feed_links
from ..incremental.explain import explain as explained
from ..incremental.manifest import Manifest
from ..incremental.plan import File, Partition, Target, fingerprint
from ..incremental.survey import survey
from ..incremental.writer import Result, Writer, locked
from ..io.cache import Store, code_fingerprint, sweep
from ..io.parallel import cores, in_background, relaxed_gc
from ..io.settings import Settings
from ..pages import curators, redirects
from ..pages.context import BuildInputs
from ..pages.days import group_keys
from ..pages.static import StaticPage, page_groups
from ..render import assets
from ..render.labels import Labels
from ..render.templates import Printer, Templates
from ..render.views import Link, SiteView, SubscribeForm
from ..subscriptions import loader
from ..subscriptions.subscribe_page import PATH as SUBSCRIBE
from ..subscriptions.targets import Asked
from . import dependencies, folders
from .planner import LATE_SECTIONS, Planner

# Libraries whose version can change a page's bytes.
_LIBRARIES = ("pelican", "markdown", "jinja2", "markupsafe", "nh3", "math-core", "lunr", "pyyaml",
              "tzdata")  # fmt: skip

_ATTEMPTS = 3  # while content is edited under a build


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build: how many papers and files, and how long it took (seconds)."""

    papers: int
    result: Result
    seconds: float
    ignored: tuple[str, ...] = ()  # files below content/ of which nothing is made

    def line(self) -> str:
        """The build in one line."""
        return (
            f"{self.papers} papers, {self.result.files} files: {self.result.written} written, "
            f"{self.result.unchanged} unchanged, {self.result.removed} removed, "
            f"{self.seconds:.1f} s"
        )


class Progress:
    """Told how far a build is; does nothing by itself, but to hand on to `tell` which files were
    written."""

    def __init__(self, tell: Callable[[Sequence[str]], None] | None = None) -> None:
        self._tell = tell

    def start(self, steps: int) -> None:
        """A build of so many steps begins."""

    def step(self) -> None:
        """One of them is done."""

    def wrote(self, paths: Sequence[str]) -> None:
        """Files have been written."""
        if self._tell:
            self._tell(paths)


def build(
    settings: Settings,
    environment: Environment,
    *,
    pages: Sequence[StaticPage] = (),
    files: Iterable[File] = (),
    form: SubscribeForm | None = None,
    fresh: bool = False,
    jobs: int | None = None,
    again: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Bring the output folder in line with the content.

    `environment` finds the templates; `pages` are Pelican's static pages, `files` the files that
    content links to, `form` the mail service's. `fresh` ignores every cache. `jobs` is how many
    processes may render, as many as the machine has room for unless said. `again` renders the
    newest day even where nothing has changed: a process that will build once more then has at hand
    what its pages take. Raises BroadsheetError; the site then is whole, file by file old or new.
    """
    started = time.monotonic()
    progress = progress or Progress()
    files = tuple(files)
    manifest = _manifest(settings)
    with _typed_files(settings), _alone(settings, manifest), relaxed_gc():
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                papers, ignored, result = _build_once(
                    settings, environment, pages, files, form, fresh, jobs or cores(), again,
                    progress,
                )  # fmt: skip
                break
            except ChangedContent:
                if attempt == _ATTEMPTS:
                    raise
    return Built(papers, result, time.monotonic() - started, ignored)


def _build_once(
    settings: Settings,
    environment: Environment,
    pages: Sequence[StaticPage],
    files: tuple[File, ...],
    form: SubscribeForm | None,
    fresh: bool,
    jobs: int,
    again: bool,
    progress: Progress,
) -> tuple[int, tuple[str, ...], Result]:
    """Read content and bring the output in line with it; gives how many papers there are, and which
    files in days' folders nothing is made of. Raises
    ChangedContent where content was edited meanwhile: what was written is in the journal."""
    manifest = _manifest(settings)  # anew: a build that was begun again wrote to it
    look = partial(survey, settings.output, manifest)
    looked = in_background(look) if jobs > 1 and not fresh else look
    prepared = _prepare(settings, environment, pages, files, form, fresh, jobs)
    writer = Writer(
        settings.output,
        manifest,
        fresh=fresh,
        jobs=jobs,
        read=prepared.archive.month,
        warm_up=_newest(prepared.archive) if again else {},
        surveyed=looked,
    )
    progress.start(len(prepared.archive.keys) + LATE_SECTIONS)
    result = writer.carry_out(prepared.sections, progress.step, progress.wrote)
    return prepared.archive.count, prepared.ignored, result


def explain(
    settings: Settings,
    environment: Environment,
    path: str,
    *,
    pages: Sequence[StaticPage] = (),
    files: Iterable[File] = (),
    form: SubscribeForm | None = None,
) -> str:
    """Why a build would render a file or the page at an address, in one line; nothing is
    written. Raises BroadsheetError."""
    with _typed_files(settings):
        folders.refuse_cache(settings)
        with locked(settings.cache):
            sweep(settings.cache)
            prepared = _prepare(settings, environment, pages, tuple(files), form, fresh=False)
            file = dependencies.output_file(path)
            return explained(
                prepared.sections, _manifest(settings), settings.output, file, dependencies.NAMES
            )


@contextmanager
def _alone(settings: Settings, manifest: Manifest) -> Iterator[None]:
    """Have the output and the cache alone, and both fit to be written to."""
    folders.refuse(settings, manifest)
    with locked(settings.cache):
        sweep(settings.cache)
        yield


def _newest(whole: Archive) -> dict[str, tuple[str, ...]]:
    """The groups of the newest day, by section."""
    return {f"{whole.newest:%Y-%m}": group_keys(whole.newest)} if whole.newest else {}


@contextmanager
def _typed_files(settings: Settings) -> Iterator[None]:
    """Have errors name files as the user would type them."""
    try:
        yield
    except BroadsheetError as error:
        if error.file is not None:
            error.file = _as_typed(settings, error)
        raise


def _as_typed(settings: Settings, error: BroadsheetError) -> str:
    """A file as the user would type it: content by its way from here, not from content/."""
    file = error.file or ""
    if isinstance(error, (ContentError, LedgerError)):
        file = os.path.join(settings.content, file)  # noqa: PTH118
    near = os.path.relpath(file) if os.path.isabs(file) else file  # noqa: PTH117
    return file if near.startswith("..") else near


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A build before it is carried out."""

    archive: Archive
    sections: Iterator[Partition]
    ignored: tuple[str, ...]


def _prepare(
    settings: Settings,
    environment: Environment,
    pages: Sequence[StaticPage],
    files: tuple[File, ...],
    form: SubscribeForm | None,
    fresh: bool,
    jobs: int = 1,
) -> _Prepared:
    """Read what the site is made of, and plan it."""
    vocabulary = vocabularies.read(settings.content)
    code = fingerprint(
        code_fingerprint(),
        [f"{name} {version(name)}" for name in _LIBRARIES],
        sys.version_info[:2],  # texts are cut by Python's Unicode tables
    )
    reader = ArchiveReader(
        settings.content, vocabulary, settings.cache, code, fresh=fresh, jobs=jobs
    )
    whole = Archive(reader.summaries(), reader.month, reader.day)
    _refuse_duplicate_ids(whole)
    theme = assets.read_theme(settings.theme / "static")
    asked = Asked(loader.read(settings.content), form)
    moved = _redirects(settings.content)
    site = _site_view(settings, pages, theme, form, empty=whole.newest is None)
    templates = Templates(environment, Store(settings.cache / "templates", fresh=fresh))
    printer = Printer(templates, settings, site)
    shared = {"code": code, "settings": fingerprint(settings.fingerprint(), site)}
    addresses = urls.Addresses(
        [summary.pages() for summary in whole.months.values()],
        subscriptions=[one.name for one in asked.subscriptions],
        statics=[page.path for page in pages if page.listed],
        hidden=[page.path for page in pages if not page.listed],
        search=settings.search,
    )
    extra: tuple[Target, ...] = (
        assets.group("theme", theme),
        assets.group("files", files),
        *page_groups(pages, printer, templates, shared),
        curators.group(
            whole,
            printer,
            shared | {"templates": templates.fingerprints([curators.TEMPLATE])},
        ),
        *redirects.groups(
            moved,
            addresses,
            Labels(vocabulary),
            printer,
            shared | {"templates": templates.fingerprints([redirects.TEMPLATE])},
            frozenset(file.path for file in (*theme, *files)),
        ),
    )
    planner = Planner(
        BuildInputs(
            whole,
            vocabulary,
            settings,
            templates,
            site,
            code,
            Store(settings.cache / "search", fresh=fresh),
            Store(settings.cache / "items", fresh=fresh),
            asked,
            moved,
            addresses,
            extra,
        )
    )
    return _Prepared(whole, planner.sections(), tuple(reader.ignored))


def _manifest(settings: Settings) -> Manifest:
    """The record of what was written to the output folder."""
    name = fingerprint(os.path.relpath(settings.output, settings.cache))
    return Manifest(settings.cache / "site" / name)


def _redirects(root: Path) -> tuple[Redirect, ...]:
    """The rows of redirects.yml; none without the file. Raises ContentError."""
    source = disk.read(root, REDIRECTS)
    return () if source is None else parse_redirects(source.text())


def _refuse_duplicate_ids(whole: Archive) -> None:
    """Raise ContentError where two papers of different days have one id."""
    if len(whole.ids) != whole.count:
        refuse_duplicate_ids(
            PaperLocation(one.paper.id, one.path, one.line)
            for key in whole.keys
            for day in whole.month(key).days
            for one in day.papers
        )


def _site_view(
    settings: Settings,
    pages: Sequence[StaticPage],
    theme: tuple[File, ...],
    form: SubscribeForm | None,
    *,
    empty: bool,
) -> SiteView:
    stamp = assets.version(theme)
    trending = Link(path=urls.TRENDING, label="Trending", kind="trending")
    return SiteView(
        name=settings.name,
        tagline=settings.tagline,
        url=settings.url,
        lang=settings.language,
        menu=(
            Link(path="", label="Today", kind="home"),
            *(() if empty else (trending,)),
            Link(path="topics/", label="Topics", kind="topics"),
            Link(path="tags/", label="Tags", kind="tags"),
            Link(path="archive/", label="Archive", kind="archive"),
            *((Link(path="search/", label="Search", kind="search"),) if settings.search else ()),
        ),
        pages=(
            *(Link(path=page.path, label=page.title) for page in pages if page.listed),
            Link(path=SUBSCRIBE, label="Subscribe"),
            Link(path=urls.CURATORS, label=curators.TITLE),
        ),
        feeds=feed_links("all", settings.name),
        repository=settings.repository,
        suggest=settings.suggest_url,
        search=settings.search,
        stylesheet=f"theme/css/main.css?v={stamp}",
        scripts=(f"theme/js/site.js?v={stamp}",),
        version=stamp,
        mail_origin=form.origin if form else None,
    )
