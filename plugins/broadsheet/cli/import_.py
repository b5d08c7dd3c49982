"""`broadsheet import`: turn raw listings into content pages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..content.from_here import name_from_here
from ..counts import counted
from ..errors import BroadsheetError, ListingError, plain
from .days import DAY
from .editing import report_settled
from .terminal import echo

if TYPE_CHECKING:
    from ..importer import ImportReport, Preview
    from ..listings.model import Column

_WIDTH = 79  # columns of a terminal that a table takes
_NARROWEST = 20  # of these, an example's
_MOST_COLUMNS = 200  # that a dry run shows of each kind


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--date", "given", type=DAY, metavar="DATE",
              help="The day of listings that don't tell it themselves.")  # fmt: skip
@click.option("--seeds", type=click.Path(path_type=Path, file_okay=False), default=Path("seeds"),
              show_default=True, help="Where listings are when no FILE is named.")  # fmt: skip
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
@click.option("--strict", is_flag=True,
              help="Refuse a listing of which anything would be lost: a column that is not read, a "
              "paper that can't be.")  # fmt: skip
@click.option("--dry-run", is_flag=True,
              help="Show what each column and field became and the first papers as they would be "
              "published, and write nothing.")  # fmt: skip
def import_(
    files: tuple[Path, ...],
    given: date | None,
    seeds: Path,
    root: Path,
    strict: bool,
    dry_run: bool,
) -> None:
    """Import listings into content/ (default: all of seeds/).

    Each listing is all or nothing; one that can't be read is named on standard error, the others
    go on, and the command exits with 1.
    """
    from .. import importer

    listings = list(files) or _all(seeds)
    if dry_run:
        _show(listings, root, given, strict)
        return
    with _progress(len(listings)) as done:
        outcome = importer.run(
            listings,
            root,
            given=given,
            strict=strict,
            store=importer.store_beside(root),
            done=done,
        )
    report_settled(outcome.settled)
    for report in outcome.reports:
        if not report.unchanged:
            echo(summary(report))
        for notice in report.notices:
            echo(f"{plain(report.file)}: {plain(notice)}", err=True)
    for folder in () if files else _folders(seeds):
        echo(f"{plain(folder)}: a folder, not read; expected listings in {seeds} itself", err=True)
    if not listings:
        echo(f"{seeds} holds no listing, nothing to import")
    unchanged = sum(report.unchanged for report in outcome.reports)
    if unchanged:
        echo(f"{counted(unchanged, 'listing')} already imported, nothing to do")
    for error in outcome.errors:
        name_from_here(error, root)
        echo(f"error: {error}", err=True)
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


def _show(files: list[Path], root: Path, given: date | None, strict: bool) -> None:
    """Print what an import would make of each file."""
    from .. import importer

    failed = False
    for file in files:
        try:
            found = importer.preview(file, root, given=given, strict=strict)
        except ListingError as error:
            echo(f"error: {error}", err=True)
            failed = True
            continue
        echo("\n".join(preview_lines(found)))
        for notice in found.notices:
            echo(f"{plain(found.file)}: {plain(notice)}", err=True)
    if failed:
        sys.exit(1)


def preview_lines(found: Preview) -> list[str]:
    """Return a preview as lines of text; the sections are Markdown, as pages hold them."""
    papers = counted(len(found.listing.entries), "paper")
    day = f"of {found.day}" if found.day else f"of no known day: {found.undated}"
    empty = f" ({found.listing.empty})" if found.listing.empty else ""
    lines = [
        f"{plain(found.file)}: format {found.listing.format}, {papers}{empty} {day}",
        "",
    ]
    kept = [column for column in found.columns if column.field]
    looked_at = [column for column in found.columns if column.field == ""]
    left = [column for column in found.columns if column.field is None]
    lines += _rows("What became of each column (column, field, papers, first value):", kept)
    lines += _rows("Looked at, for links or a day:", looked_at)
    lines += _rows("Not read:", left)
    if found.sections:
        count = len(found.sections)
        lines.append(f"The first {'paper' if count == 1 else f'{count} papers'} as published:")
        for topic, section in found.sections:
            lines += ["", f"({topic})", "", section.strip()]
    return lines


def _rows(heading: str, columns: list[Column]) -> list[str]:
    """Return columns as a table beneath a heading; nothing where there are none."""
    if not columns:
        return []
    shown = [
        (plain(one.name[:40]), f"-> {one.field}" if one.field else "", str(one.count), one.example)
        for one in columns[:_MOST_COLUMNS]
    ]
    widths = [max(len(row[n]) for row in shown) for n in range(3)]
    rest = max(_WIDTH - sum(widths) - 8, _NARROWEST)
    table = [
        f"  {row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]:>{widths[2]}}  {_cut(row[3], rest)}"
        for row in shown
    ]
    more = len(columns) - len(shown)
    return [heading, *table, *([f"  and {more} more"] if more else []), ""]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


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


def _folders(seeds: Path) -> list[Path]:
    """Return the folders in a folder that are not hidden."""
    return sorted(path for path in seeds.iterdir() if path.name[0] != "." and path.is_dir())


def summary(report: ImportReport) -> str:
    """Return a report in one line."""
    if report.enriches:
        told = report.known + report.waiting + report.published
        parts = [f"tells more of {counted(told, 'paper')}"]
        parts += [f"{report.published} published"] if report.published else []
    else:
        parts = [f"{report.listed} listed", f"{report.published} published"]
    if report.lifted:
        parts[-1] += f" ({report.lifted} that waited)"
    for word in ("waiting", "late", "known", "refreshed", "declined", "unknown"):
        count = getattr(report, word)
        if count and not (report.enriches and word == "known"):
            parts.append(f"{count} {word}")
    if report.duplicates:
        more = f" ({report.enriched} told more of)" if report.enriched else ""
        parts.append(f"{report.duplicates} published on another day{more}")
    text = f"{plain(report.file)}: {report.date}: {', '.join(parts)}"
    if report.topics:
        text += " (" + ", ".join(f"{topic} {count}" for topic, count in report.topics) + ")"
    return text
