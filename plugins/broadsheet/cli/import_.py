"""`broadsheet import`: turn raw listings into content pages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from .. import importer
from ..errors import BroadsheetError
from ..importer import ImportReport
from .editing import report_settled


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--date", "given", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="The day of listings that don't report_settled it themselves.")  # fmt: skip
@click.option("--seeds", type=click.Path(path_type=Path, file_okay=False), default=Path("seeds"),
              show_default=True, help="Where listings are when no FILE is named.")  # fmt: skip
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
def import_(files: tuple[Path, ...], given: datetime | None, seeds: Path, root: Path) -> None:
    """Import listings into content/ (default: all of seeds/).

    Each listing is all or nothing; one that can't be read is named on standard error, the others
    go on, and the command exits with 1.
    """
    listings = list(files) or _all(seeds)
    with _progress(len(listings)) as done:
        outcome = importer.run(
            listings,
            root,
            given=given.date() if given else None,
            store=importer.store_beside(root),
            done=done,
        )
    report_settled(outcome.settled)
    for report in outcome.reports:
        if not report.unchanged:
            click.echo(summary(report))
        for notice in report.notices:
            click.echo(f"{report.file}: {notice}", err=True)
    unchanged = sum(report.unchanged for report in outcome.reports)
    if unchanged:
        click.echo(f"{unchanged} listing{'s' * (unchanged != 1)} already imported, nothing to do")
    for error in outcome.errors:
        click.echo(f"error: {error}", err=True)
    if outcome.errors:
        sys.exit(1)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[], None]]:
    """Show a bar on a terminal; yield what moves it on by one."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=length, label="Importing", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _all(seeds: Path) -> list[Path]:
    """Return the files of a folder that are not hidden. Raises BroadsheetError."""
    try:
        if not seeds.is_dir():
            raise BroadsheetError("no such folder; expected raw listings here", file=str(seeds))
        return [
            path
            for path in seeds.iterdir()
            if not path.name.startswith(".") and (path.is_file() or path.is_symlink())
        ]
    except OSError as error:
        raise BroadsheetError(f"can't be read: {error.strerror}", file=str(seeds)) from error


def summary(report: ImportReport) -> str:
    """Return a report in one line."""
    parts = [f"{report.listed} listed", f"{report.published} published"]
    if report.lifted:
        parts[-1] += f" ({report.lifted} that waited)"
    for word in ("waiting", "late", "known", "refreshed", "declined"):
        count = getattr(report, word)
        if count:
            parts.append(f"{count} {word}")
    if report.duplicates:
        parts.append(f"{report.duplicates} published on another day")
    text = f"{report.file}: {report.date}: {', '.join(parts)}"
    if report.topics:
        text += " (" + ", ".join(f"{topic} {count}" for topic, count in report.topics) + ")"
    return text
