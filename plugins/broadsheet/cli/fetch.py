"""`broadsheet fetch`: fetch raw listings into seeds/."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from .. import fetch as fetching

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _options(command: _Command) -> _Command:
    """Add the options that all sources share."""
    for option in reversed(
        (
            click.option("--date", "day", type=_DAY, metavar="D", help="The day, as 2025-12-01."),
            click.option("--since", type=_DAY, metavar="D", help="All days from this one on."),
            click.option(
                "--refresh", is_flag=True, help="Keep a listing again for its fresher votes."
            ),
            click.option(
                "--seeds",
                type=click.Path(file_okay=False, path_type=Path),
                default=Path("seeds"),
                show_default=True,
                help="The folder of raw listings.",
            ),
            click.option(
                "--contact",
                envvar="BROADSHEET_CONTACT",
                metavar="URL",
                help="Whom the server may write to: your site's or your mail address "
                "(or set BROADSHEET_CONTACT).",
            ),
            click.option("--base-url", hidden=True, help="Ask this server instead."),
        )
    ):
        command = option(command)
    return command


@click.group("fetch")
def fetch() -> None:
    """Fetch raw listings into seeds/, byte for byte as served."""


@fetch.command("huggingface")
@_options
def huggingface(
    day: datetime | None,
    since: datetime | None,
    refresh: bool,
    seeds: Path,
    contact: str | None,
    base_url: str | None,
) -> None:
    """Hugging Face's Daily Papers, of today unless dates are given."""
    _one_date(day, since)
    with _fetcher(seeds, contact, base_url) as fetcher:
        _end(fetcher.huggingface(day=_date(day), since=_date(since), refresh=refresh))


@fetch.command("arxiv")
@click.option(
    "--category",
    "-c",
    "categories",
    multiple=True,
    required=True,
    metavar="CATEGORY",
    help="An arXiv category such as cs.LG; give the option again for more.",
)
@_options
def arxiv(
    categories: tuple[str, ...],
    day: datetime | None,
    since: datetime | None,
    refresh: bool,
    seeds: Path,
    contact: str | None,
    base_url: str | None,
) -> None:
    """arXiv's announcements in some categories, the newest unless dates are given."""
    _one_date(day, since)
    with _fetcher(seeds, contact, base_url) as fetcher:
        _end(fetcher.arxiv(categories, day=_date(day), since=_date(since), refresh=refresh))


def _one_date(day: datetime | None, since: datetime | None) -> None:
    if day is not None and since is not None:
        raise click.UsageError("--date and --since can't be given together")


def _date(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _fetcher(seeds: Path, contact: str | None, base_url: str | None) -> fetching.Fetcher:
    return fetching.Fetcher(
        seeds=seeds,
        read=fetching.read_listing,
        state=fetching.STATE_FILE,
        contact=contact or None,
        addresses=fetching.SourceAddresses.all_at(base_url) if base_url else None,
        progress=click.echo,
    )


def _end(outcomes: list[fetching.Outcome]) -> None:
    """Print each failure in a line, and exit with 1 where there is one."""
    failed = [outcome.error for outcome in outcomes if outcome.error is not None]
    for error in failed:
        click.echo(f"error: {error}", err=True)
    if failed:
        sys.exit(1)
