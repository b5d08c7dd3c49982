"""Read a content folder for a check: the days to check in full, all other days' papers by scan.

With `online` and `settings`, the only module of this package that reads files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from ..content import disk, pages, strays
from ..content.disk import INTAKE, DaySources, SourceFile
from ..content.own_keys import FILE as OWN_KEYS
from ..content.pages import ScannedPaper
from ..content.redirects import FILE as REDIRECTS
from ..errors import ContentError, shown
from ..io import settings_literals, symlinks
from ..io.settings import AUTHOR_PAGES
from .content import TAGS, TOPICS, CheckInputs
from .problem import ERROR, WARNING, Problem, of_error

_DAY = re.compile(r"(\d{4}/\d{2}/\d{2})(?:/[^/]+)?\Z")
_MONTH = re.compile(r"(\d{4}(?:/\d{2})?)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the settings say of content: the folders of static pages, those whose images are
    published, and the theme's templates by name."""

    pages: tuple[str, ...]
    copied: tuple[str, ...]
    templates: frozenset[str]


def inputs(
    root: Path,
    paths: Sequence[str] = (),
    *,
    unused: bool = False,
    site: Site | None = None,
    before: Mapping[str, str] = MappingProxyType({}),
) -> tuple[CheckInputs, tuple[Problem, ...]]:
    """Read what to check: the whole folder, or the days and files of `paths` (below it, slashes).

    Also returns the problems of folders that are not valid days, and of stray files. A path to
    topics.yml or tags.yml means the whole folder, since every page depends on these. `unused` asks
    for notes on topics and tags without papers. `site` is what the settings say, None where they
    are not known; `before` are earlier texts, by path, of the files that changed.
    """
    whole = not paths or any(path in ("", ".", TOPICS, TAGS) for path in paths)
    wanted = None if whole else set(_folders(paths))
    days: list[DaySources] = []
    papers: list[ScannedPaper] = []
    dates: set[date] = set()
    wrong: list[Problem] = []
    for day in _days(root, wrong):
        folder = disk.day_folder(day.date)
        dates.add(day.date)
        if wanted is None or any(folder.startswith(one) for one in wanted):
            days.append(day)
        papers.extend(_scanned(day))
    for stray in strays.find(root, days=True, page_folders=site.pages if site else None):
        if whole or any(_below(stray.path, path) or _below(path, stray.path) for path in paths):
            wrong.append(_stray(stray))
    return CheckInputs(
        days=days,
        papers=papers,
        dates=frozenset(dates),
        topics=_file(root, TOPICS),
        tags=_file(root, TAGS),
        redirects=_file(root, REDIRECTS),
        intake=_file(root, INTAKE) if whole or INTAKE in paths else None,
        statics=tuple(_statics(root, None if whole else paths)),
        files=frozenset(_other_files(root)),
        keys=_file(root, OWN_KEYS),
        templates=site.templates if site else None,
        copied=site.copied if site else (strays.IMAGES,),
        author_pages=settings_literals.author_pages(
            root.absolute().parent / settings_literals.FILE, AUTHOR_PAGES
        ),
        before=before,
        text_of=lambda path: source.text() if (source := disk.read(root, path)) else None,
        whole=whole,
        unused=unused,
    ), tuple(wrong)


def _days(root: Path, wrong: list[Problem]) -> Iterator[DaySources]:
    """Yield the days that have files, and note the folders that can't be read."""
    try:
        months = disk.months(root)
    except ContentError as error:
        wrong.append(of_error(error, "folder"))
        return
    for key in months:
        try:
            folders = disk.day_folders(root, key)
        except ContentError as error:
            wrong.append(of_error(error, "folder"))
            continue
        for folder in folders:
            if strays.folder_problem(folder.rpartition("/")[0]):
                continue  # its month is told as a stray folder
            try:
                day = disk.read_folder(root, folder, waiting=True)
            except ContentError as error:
                wrong.append(of_error(error, "folder"))
                continue
            if day.files:
                yield day


def below(root: Path, path: Path) -> str:
    """Convert a path that the user typed to one below the content folder.

    Raises ContentError for a path that does not exist or is elsewhere.
    """
    try:
        inside = path.resolve().relative_to(root.resolve()).as_posix()
        there = path.exists()
    except (OSError, RuntimeError):  # a name that is too long, links in a circle
        raise ContentError("this is not a valid path", file=str(path)) from None
    except ValueError:
        raise ContentError(
            f"this is not in the content folder {shown(root)}", file=str(path)
        ) from None
    if not there:
        raise ContentError("no such file or folder", file=str(path))
    return inside


def _folders(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        match = _DAY.match(path) or _MONTH.match(path)
        if match:
            yield match[1] + "/" if match.re is _MONTH else match[1]


def links_beside(root: Path, overrides: Iterable[str | Path] = ()) -> Iterator[Problem]:
    """Yield what must not be read (`symlinks.unfit`) in the folders beside content/ that a site is
    made of: seeds/, theme/ and those that replace templates (THEME_TEMPLATES_OVERRIDES)."""
    beside = root.absolute().parent
    folders = (beside / "seeds", beside / "theme", *(beside / one for one in overrides))
    for folder in dict.fromkeys(folders):
        for path, wrong in symlinks.unfit(folder):
            file = os.path.relpath(folder / path, root.absolute())
            yield _stray(strays.Stray(file, wrong))


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


def _stray(stray: strays.Stray) -> Problem:
    return Problem(
        file=stray.path,
        line=None,
        severity=WARNING if stray.harmless else ERROR,
        kind="folder",
        message=stray.message,
    )


def _scanned(day: DaySources) -> Iterator[ScannedPaper]:
    for source in day.pages:
        text = source.data.decode("utf-8", "replace")
        yield from pages.scan(text, file=source.path)


def _file(root: Path, name: str) -> SourceFile | None:
    try:
        return disk.read(root, name)
    except ContentError:
        if symlinks.why_not(root, name):  # a link is reported as a stray file
            return None
        raise


def _statics(root: Path, paths: Sequence[str] | None) -> Iterator[SourceFile]:
    for name in sorted(_files_below(root, strays.PAGES)):
        hidden = "/." in name or symlinks.why_not(root, name)  # reported as stray files
        if not name.endswith(".md") or ".md/" in name:
            continue  # told as a stray file or folder
        if not hidden and (paths is None or any(_below(name, one) for one in paths)):
            source = disk.read(root, name)
            if source is not None:
                yield source


def _other_files(root: Path) -> Iterator[str]:
    """Yield the files that static pages may link to: those of all folders but the years'."""
    try:
        with os.scandir(root) as entries:
            folders = sorted(e.name for e in entries if e.is_dir() and not _MONTH.match(e.name))
    except FileNotFoundError:
        raise ContentError("no such folder; expected content here", file=str(root)) from None
    for folder in folders:
        for name in _files_below(root, folder):
            if not (root / name).is_symlink():
                yield name


def _files_below(root: Path, folder: str) -> Iterator[str]:
    """Yield the paths of the files, and links to files, below a folder of the content folder. No
    link to a folder is followed, nor `folder` itself where it is one: it may lead to the whole
    machine, and is reported as a stray file."""
    top = root / folder
    if top.is_symlink():
        return
    for at, _, names in os.walk(top):
        within = Path(at).relative_to(root).as_posix()
        for name in names:
            if os.path.isfile(f"{at}/{name}"):  # noqa: PTH113
                yield f"{within}/{name}"
