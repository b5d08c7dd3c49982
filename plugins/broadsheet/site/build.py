"""Building the site: content is read, the site planned, and the output folder brought in line."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from ..archive.archive import Archive
from ..archive.hashed_months import HashedMonths
from ..archive.people_index import People
from ..archive.reader import ArchiveReader, forget_parsed_days
from ..content import disk, vocabularies
from ..content.pages.location import PaperLocation, duplicate_id, repeated
from ..content.redirects import FILE as REDIRECTS
from ..content.redirects import Redirect
from ..content.redirects import parse as parse_redirects
from ..errors import BroadsheetError, ChangedContent, ContentError, LedgerError
from ..incremental.explain import explain as explained
from ..incremental.lock import locked
from ..incremental.manifest import Manifest
from ..incremental.plan import Partition
from ..incremental.spent import SpentByKind
from ..incremental.survey import survey
from ..incremental.writer import Result, Writer
from ..io import cache
from ..io.cache import Store, sweep
from ..io.parallel import cores, in_background, relaxed_gc
from ..io.settings import Settings
from ..pages.context import BuildInputs
from ..pages.days import target_keys
from ..related.day_profiles import DAY_PROFILES
from ..render import assets
from ..render.templates import Templates
from ..subscriptions import loader
from ..subscriptions.targets import SubscriptionSettings
from . import dependencies, folders
from .line import built_line
from .planner import Planner
from .request import BuildRequest, SiteSources
from .stamp import code_stamp
from .today import last_day
from .unchanged import manifest_of

_ATTEMPTS = 3  # while content is edited under a build


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build: how many papers and files, how long it took (seconds), of that to read and
    plan, and where it is; and the processor's time that each kind of page took."""

    papers: int
    result: Result
    seconds: float
    output: Path
    ignored: tuple[str, ...] = ()  # files below content/ of which nothing is made
    held: tuple[date, ...] = ()  # days that are ahead of their time
    newest: date | None = None  # the last day that has a folder
    reading: float = 0.0
    spent: SpentByKind = field(default_factory=dict)
    doubted: Exception | None = None  # why the cache was left aside
    lacking: tuple[tuple[str, str], ...] = ()  # files rendered now that lack something, with what

    def line(self) -> str:
        """Return the build in one line."""
        result = self.result
        changed = (result.written, result.unchanged, result.removed)
        return built_line(self.papers, changed, self.seconds)


class Progress:
    """Listens to a build. This one only passes on to `tell` which files were written."""

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
    sources: SiteSources,
    request: BuildRequest | None = None,
    progress: Progress | None = None,
) -> Built:
    """Bring the output folder in line with the content, as a request says (all but its `explain`
    and `wrote`; `progress` is told of files). Raises BroadsheetError; the site is whole then, each
    file old or new."""
    started = time.monotonic()
    request = request or BuildRequest()
    progress = progress or Progress()
    settings = sources.settings
    with _typed_files(settings), _locked(settings, _manifest(settings)), relaxed_gc():
        doubted = None
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                done = _build_once(sources, request, progress, again=attempt > 1)
                prepared, result, spent, lacking = done
                break
            except ChangedContent:
                if attempt == _ATTEMPTS:
                    raise
            except cache.MALFORMED as error:
                # A cache whose checksums are right may hold what no build left there.
                if request.fresh or attempt == _ATTEMPTS:
                    raise
                doubted = error
                request = replace(request, fresh=True)
                forget_parsed_days()
                DAY_PROFILES.clear()
        built = Built(
            prepared.archive.count,
            result,
            time.monotonic() - started,
            settings.output,
            prepared.ignored,
            prepared.held,
            max(prepared.archive.days, default=None),
            prepared.seconds,
            spent,
            doubted,
            tuple(lacking),
        )
        if request.finished and attempt == 1:
            request.finished(built)
    return built


def _build_once(
    sources: SiteSources, request: BuildRequest, progress: Progress, *, again: bool = False
) -> tuple[_Prepared, Result, SpentByKind, Sequence[tuple[str, str]]]:
    """Read content and bring the output in line with it; `again` trusts no file's times. Raises
    ChangedContent where content was edited meanwhile: what was written is in the journal."""
    settings = sources.settings
    jobs = request.jobs or sources.jobs or cores()
    manifest = _manifest(settings)  # read again: an attempt before this one wrote to it
    look = partial(survey, settings.output, manifest)
    looked = in_background(look) if jobs > 1 and not request.fresh else look
    prepared = _prepare(
        sources,
        fresh=request.fresh,
        jobs=jobs,
        until=request.until,
        trusting=not again,
        hashed=None if again else request.hashed,
    )
    writer = Writer(
        settings.output,
        manifest,
        fresh=request.fresh,
        jobs=jobs,
        read=prepared.archive.month,
        warm_up=_newest(prepared.archive) if request.warm_up else {},
        surveyed=looked,
    )
    progress.start(prepared.steps)
    result = writer.carry_out(prepared.partitions, progress.step, progress.wrote)
    return prepared, result, writer.spent, writer.lacking


def explain(sources: SiteSources, path: str, until: date | None = None) -> str:
    """Return in one line why a build would render a file or the page at an address. Writes nothing.
    Raises BroadsheetError."""
    settings = sources.settings
    with _typed_files(settings):
        folders.refuse_cache(settings)
        with locked(settings.cache):
            sweep(settings.cache)
            try:
                prepared = _prepare(sources, until=until)
            except cache.MALFORMED:  # as in `build`
                forget_parsed_days()
                prepared = _prepare(sources, fresh=True, until=until)
            file = dependencies.output_file(path)
            return explained(
                prepared.partitions, _manifest(settings), settings.output, file, dependencies.NAMES
            )


@contextmanager
def _locked(settings: Settings, manifest: Manifest) -> Iterator[None]:
    """Hold the lock on the output and the cache, once both may be written to."""
    folders.refuse(settings, manifest)
    with locked(settings.cache):
        sweep(settings.cache)
        yield


def _newest(archive: Archive) -> dict[str, tuple[str, ...]]:
    """Return the keys of the newest day's targets, by partition."""
    return {f"{archive.newest:%Y-%m}": target_keys(archive.newest)} if archive.newest else {}


@contextmanager
def _typed_files(settings: Settings) -> Iterator[None]:
    """Make errors name files as the user would type them."""
    try:
        yield
    except BroadsheetError as error:
        if error.file is not None:
            error.file = _as_typed(settings, error)
        raise


def _as_typed(settings: Settings, error: BroadsheetError) -> str:
    """Return a file as the user would type it: relative to the working folder, not to content/."""
    file = error.file or ""
    if isinstance(error, (ContentError, LedgerError)):
        file = os.path.join(settings.content, file)  # noqa: PTH118
    path = os.path.relpath(file) if os.path.isabs(file) else file  # noqa: PTH117
    return file if path.startswith("..") else path


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A build before it is carried out, and how long that took (seconds)."""

    archive: Archive
    partitions: Iterator[Partition]
    steps: int
    ignored: tuple[str, ...]
    held: tuple[date, ...]
    seconds: float


def _prepare(
    sources: SiteSources,
    *,
    fresh: bool = False,
    trusting: bool = True,
    jobs: int = 1,
    until: date | None = None,
    hashed: HashedMonths | None = None,
) -> _Prepared:
    """Read what the site is made of, and plan it."""
    began = time.monotonic()
    settings = sources.settings
    code = code_stamp()
    vocabulary = vocabularies.read_cached(
        settings.content, Store(settings.cache / "vocabulary", fresh=fresh), code
    )
    reader = ArchiveReader(
        settings.content,
        vocabulary,
        settings.cache,
        code,
        fresh=fresh,
        trusting=trusting,
        jobs=jobs,
        until=last_day(settings, until),
        hashed=hashed,
    )
    archive = Archive(reader.summaries(), reader.month, reader.day)
    _refuse_duplicate_ids(archive, reader)
    planner = Planner(
        BuildInputs(
            archive=archive,
            vocabulary=vocabulary,
            settings=settings,
            templates=Templates(
                sources.environment,
                Store(settings.cache / "templates", fresh=fresh),
                settings.words,
            ),
            code=code,
            search_store=Store(settings.cache / "search", fresh=fresh),
            people=People(archive, reader.people, code, settings.author_pages),
            item_store=Store(settings.cache / "items", fresh=fresh),
            asked=SubscriptionSettings(loader.read(settings.content), sources.form),
            redirects=_redirects(settings.content),
            pages=tuple(sources.pages),
            theme=assets.read_theme(settings.theme / "static"),
            files=tuple(sources.files),
        )
    )
    return _Prepared(
        archive,
        planner.partitions(),
        planner.steps,
        tuple(reader.ignored),
        tuple(reader.held),
        time.monotonic() - began,
    )


def _manifest(settings: Settings) -> Manifest:
    """Return the record of what was written to the output folder."""
    return manifest_of(settings.output, settings.cache)


def _redirects(root: Path) -> tuple[Redirect, ...]:
    """Return the rows of redirects.yml; none without the file. Raises ContentError."""
    source = disk.read(root, REDIRECTS)
    return () if source is None else parse_redirects(source.text())


def _refuse_duplicate_ids(archive: Archive, reader: ArchiveReader) -> None:
    """Raise ContentError if papers share an id; ValueError, one of MALFORMED, if they do in the
    cache alone."""
    if len(archive.ids) == archive.count:
        return
    papers = (
        PaperLocation(placed.paper.id, placed.path, placed.line)
        for key in archive.keys
        for day in archive.month(key).days
        for placed in day.papers
    )
    for location, first in repeated(papers, lambda one: one.id):
        for when in {location.date, first.date}:
            if reader.read_anew(when) != archive.day(when):
                raise ValueError(f"the cache's {when} is not that of content/")
        raise duplicate_id(location, first)
