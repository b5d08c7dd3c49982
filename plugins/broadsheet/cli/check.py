"""`broadsheet check`: report everything that is wrong with the content, in one run."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .editing import report_settled
from .terminal import echo

if TYPE_CHECKING:
    from ..checks import Problem
    from ..checks.folder import Site

OUTPUT = "output"
"""The default of Pelican's setting OUTPUT_PATH, beside the content folder."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text",
              show_default=True,
              help="For people, for machines, or as annotations on GitHub.")  # fmt: skip
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
@click.option("--settings", "-s", type=click.Path(path_type=Path, dir_okay=False),
              default=Path("pelicanconf.py"), show_default=True,
              help="The site's settings.")  # fmt: skip
@click.option("--changed", metavar="[BASE]", is_flag=False, flag_value="HEAD",
              help="Only the days that differ from this commit's (default: HEAD).")  # fmt: skip
@click.option("--online", is_flag=True,
              help="Ask arXiv whether ids and titles belong together, "
              "and servers whether links answer.")  # fmt: skip
@click.option("--unused", is_flag=True, help="Also tell topics and tags that no paper has.")
@click.option("--base-url", hidden=True, help="Ask this server instead of arXiv.")
def check(
    paths: tuple[Path, ...],
    form: str,
    root: Path,
    settings: Path,
    changed: str | None,
    online: bool,
    unused: bool,
    base_url: str | None,
) -> None:
    """Check content, topics, tags, ledgers and settings (default: all of them).

    PATH is a page, a day's folder, or any other file of the content folder, or the settings file.
    Exits with 1 if anything is an error; warnings and notes don't fail.
    """
    from .. import checks
    from ..checks import folder
    from ..content import transaction

    report_settled(transaction.settle(root))
    inside = [folder.below(root, path) for path in paths if not _same(path, settings)]
    changes = None if changed is None else _changes(root, changed)
    if changes is not None:
        inside.extend(changes.paths)
    if changes is not None and not inside and not _tracked(root, None):
        echo(f"no content differs from {changed}", err=True)
        return
    everything = not (inside or changes is not None)
    check_settings = settings in paths or everything
    values = _values(settings) if check_settings else None
    problems: list[Problem] = []
    if inside or not (paths or changes is not None):
        inputs, wrong = folder.inputs(
            root,
            inside,
            unused=unused,
            site=_site(values) if values else None,
            before=changes.before if changes else _gone(root) if everything else {},
        )
        problems.extend((*wrong, *checks.check(inputs), *_subscriptions(root, inside)))
        if online:
            from ..checks import online as online_checks

            problems.extend(online_checks.check(inputs, base_url=base_url, progress=_progress))
    if not inside and not paths:
        overrides = values["THEME_TEMPLATES_OVERRIDES"] if values else ()
        problems.extend(folder.links_beside(root, overrides))
        if values and overrides:
            from ..checks import templates

            problems.extend(templates.problems(values, root))
    if check_settings:
        from ..checks import settings as settings_checks

        if os.path.lexists(settings) or settings in paths:
            problems.extend(settings_checks.check(settings, _validate))
    problems.extend(_tracked(root, values))
    _tell(problems, form, root)


@dataclass(frozen=True, slots=True)
class _Changes:
    """What differs from a commit: paths below the content folder, and the pages among them as they
    were."""

    paths: list[str]
    before: dict[str, str]


def _changes(root: Path, base: str) -> _Changes | None:
    """Return what differs from a commit; None before a repository's first, where all is new."""
    from ..curate.versions import git

    if base == "HEAD" and not git.has_commits(root):
        return None
    paths = git.changed(root, base)
    return _Changes(paths, _texts(git.read(root, base, paths)))


def _gone(root: Path) -> dict[str, str]:
    """Return the pages of days that the last commit has and the content folder has not, with their
    ledgers: nothing else tells of these."""
    from ..io.tracking import removed

    gone = removed(root)
    days = {path[:11] for path in gone if path.endswith("/day.yml")}
    lost = [path for path in gone if path.endswith(".md") and path[:11] in days]
    if not lost:
        return {}
    from ..curate.versions import git

    return _texts(git.read(root, "HEAD", lost))


def _tell(problems: list[Problem], form: str, root: Path) -> None:
    """Print what was found; exit with 1 where anything of it is an error."""
    from .. import checks

    ordered = checks.in_order(problems)
    echo(checks.report(ordered, form, root=str(root)), nl=False, orders=form == "github")
    echo(checks.summary(ordered), err=True)
    if any(problem.kind == "duplicate-id" for problem in ordered) and _is_merge(root):
        echo("after a merge, `broadsheet resolve` mends papers that stand twice", err=True)
    if any(problem.severity == checks.ERROR for problem in ordered):
        sys.exit(1)


def _is_merge(root: Path) -> bool:
    """Return whether branches were merged just now."""
    from ..errors import BroadsheetError
    from ..reconcile import repository

    try:
        return repository.merging(root) is not None
    except BroadsheetError:
        return False


def _validate(values: Mapping[str, Any]) -> None:
    """Read all that the settings hold. Raises SettingsError for the first that is invalid."""
    from ..fetch import settings as fetching
    from ..io.settings import of_pelican
    from ..posts.settings import targets
    from ..summaries.settings import model_of

    of_pelican(values)
    fetching.of_pelican(values)
    targets(values)
    model_of(values, {})


def _values(settings: Path) -> dict[str, Any] | None:
    """Return Pelican's settings; None where there are none, or they can't be read."""
    from ..errors import SettingsError
    from .settings import pelican_settings

    try:
        return pelican_settings(settings) if settings.is_file() else None
    except SettingsError:
        return None  # reported with the settings' own problems


def _site(values: Mapping[str, Any]) -> Site:
    """Return what the settings say of content."""
    from ..checks.folder import Site

    themes = (values["THEME"], *values["THEME_TEMPLATES_OVERRIDES"])
    return Site(
        pages=tuple(map(str, values["PAGE_PATHS"])),
        copied=tuple(map(str, values["STATIC_PATHS"])),
        templates=frozenset(
            file.stem
            for theme in themes
            for folder in (Path(theme), Path(theme, "templates"))
            for file in folder.glob("*.html")
        ),
    )


def _texts(found: Mapping[str, bytes]) -> dict[str, str]:
    """Return the pages among earlier files, by path."""
    return {
        path: data.decode("utf-8", "replace")
        for path, data in found.items()
        if path.endswith(".md") and (path[:1].isdigit() or path.startswith("pages/"))
    }


def _tracked(root: Path, values: Mapping[str, Any] | None) -> list[Problem]:
    """Return an error for each folder written by builds, or by edits, in which git tracks files:
    the folders of the settings, where they could be read, otherwise the default ones."""
    from ..checks import ERROR, Problem
    from ..content.transaction import STAGING
    from ..errors import SettingsError
    from ..io.cache import FOLDER
    from ..io.settings import of_pelican
    from ..io.tracking import tracked

    beside = root.absolute().parent
    folders = [beside / FOLDER, beside / OUTPUT, root / STAGING]
    caches = {folders[0]}
    if values is not None:
        try:
            site = of_pelican(values)
            folders[1:2] = [site.cache, site.output]
            caches.add(site.cache.absolute())
        except SettingsError:
            pass  # reported with the settings' own problems
    return [
        Problem(file=os.path.relpath(folder, root), line=None, severity=ERROR, kind="tracked",
                message=message)
        for folder in dict.fromkeys(path.absolute() for path in folders)
        for message in tracked(folder, submodule=folder in caches)
    ]  # fmt: skip


def _subscriptions(root: Path, inside: list[str]) -> list[Problem]:
    """Return the problems of the subscriptions at or below `inside`; of all where it is empty."""
    from ..checks import subscriptions
    from ..content import vocabularies
    from ..errors import BroadsheetError
    from ..subscriptions import loader

    sources = [
        source
        for source in loader.sources(root)
        if not inside
        or any(source.path == path or source.path.startswith(f"{path}/") for path in inside)
    ]
    try:
        vocabulary = vocabularies.read(root) if sources else None
    except BroadsheetError:
        return []  # reported with the vocabulary's own problems
    if vocabulary is None:
        return []
    return list(
        subscriptions.problems(sources, set(vocabulary.topic_by_slug), set(vocabulary.tag_by_slug))
    )


def _same(path: Path, settings: Path) -> bool:
    return path.absolute() == settings.absolute()


def _progress(message: str) -> None:
    echo(message, err=True)
