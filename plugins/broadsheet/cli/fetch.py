"""`broadsheet fetch`: fetch raw listings into seeds/."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from .. import fetch as fetching
from ..errors import SettingsError
from .days import DAY
from .groups import CommandGroup
from .settings import pelican_settings, settings_option
from .terminal import echo

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """The options that all sources share."""

    day: date | None
    since: date | None
    again: int | None
    refresh: bool
    seeds: Path
    contact: str | None
    base_url: str | None

    def wanted(self, again: int) -> fetching.WantedDays:
        """Return the days that are asked for; `again` days before today where no option says."""
        if self.day is not None and self.since is not None:
            raise click.UsageError("--date and --since can't be given together")
        return fetching.WantedDays(
            day=self.day,
            since=self.since,
            again=again if self.again is None else self.again,
            refresh=self.refresh,
        )

    def context(self) -> fetching.Context:
        """Return what the fetch works with."""
        base = self.base_url
        return fetching.Context(
            seeds=self.seeds,
            contact=self.contact or None,
            addresses=(
                fetching.SourceAddresses.all_at(base) if base else fetching.SourceAddresses()
            ),
            progress=echo,
        )


def _options(command: _Command) -> _Command:
    """Add the options that all sources share."""
    for option in reversed(
        (
            click.option("--date", "day", type=DAY, metavar="D", help="The day, as 2025-12-01."),
            click.option("--since", type=DAY, metavar="D", help="All days from this one on."),
            click.option(
                "--again",
                type=click.IntRange(0, fetching.MOST_AGAIN),
                metavar="N",
                help="Without dates, ask for the N days before today again, which may have filled "
                f"up (default: {fetching.AGAIN}; for all sources, what BROADSHEET_FETCH_AGAIN "
                "says).",
            ),
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


@click.group("fetch", cls=CommandGroup, invoke_without_command=True)
@settings_option
@_options
@click.pass_context
def fetch(ctx: click.Context, /, path: Path, **options: Any) -> None:
    """Fetch raw listings into seeds/, byte for byte as served.

    Alone it fetches from all sources of the settings (BROADSHEET_SOURCES), and then asks for the
    authors' own text (enrich), unless BROADSHEET_ENRICH is False. A source that fails leaves the
    others; the end names it, and the command exits with 1.
    """
    if ctx.invoked_subcommand is not None:
        given = [
            name
            for name in ("path", *options)
            if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
        ]
        if given:
            raise click.UsageError(
                f"options belong after the source: broadsheet fetch {ctx.invoked_subcommand} ..."
            )
        return
    chosen = _Options(**options)
    settings = fetching.of_pelican(pelican_settings(path))
    if not settings.sources:
        raise SettingsError(
            "BROADSHEET_SOURCES = []: no source to fetch from; expected such as "
            '[{"source": "huggingface"}]',
            file=str(path),
        )
    wanted = chosen.wanted(settings.again)
    with fetching.Fetcher(chosen.context()) as fetcher:
        done = [
            (source.label, outcomes)
            for source, outcomes in fetcher.fetch_all(settings.sources, wanted)
        ]
        if settings.enrich:
            done.append(("enrich", fetcher.enrich(wanted)))
    _end(
        [outcome for _, outcomes in done for outcome in outcomes],
        [label for label, outcomes in done if any(one.error for one in outcomes)],
        len(done),
    )


@fetch.command("huggingface")
@_options
def huggingface(**options: Any) -> None:
    """Hugging Face's Daily Papers: today's, and the last days' again, unless dates are given."""
    _one(fetching.HuggingFace(), _Options(**options))


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
@click.option(
    "--word",
    "-w",
    "words",
    multiple=True,
    metavar="WORD",
    help="Only papers with this word or phrase in title or abstract; give the option again for "
    "papers with any of several.",
)
@_options
def arxiv(categories: tuple[str, ...], words: tuple[str, ...], **options: Any) -> None:
    """arXiv's announcements in some categories: the newest, and the last days where they are
    missing, unless dates are given."""
    _one(fetching.Arxiv(categories, words), _Options(**options))


@fetch.command("feed")
@click.argument("url")
@click.option(
    "--name", metavar="NAME", help="What its captures are named by (default: its address)."
)
@_options
def feed(url: str, name: str | None, **options: Any) -> None:
    """Any RSS, Atom or JSON feed: the papers that it shows now."""
    _one(fetching.WebFeed(url, name), _Options(**options))


@fetch.command("enrich")
@_options
def enrich(**options: Any) -> None:
    """The authors' own text, authors and categories of the papers that the last days' listings
    show, by arXiv; and what a list names by id or DOI alone, by arXiv and Crossref.

    Without dates it is for today's listings and the last days'. What was asked for before is not
    asked for again.
    """
    chosen = _Options(**options)
    with fetching.Fetcher(chosen.context()) as fetcher:
        _end(fetcher.enrich(chosen.wanted(fetching.AGAIN)))


def _one(source: fetching.Source, options: _Options) -> None:
    wanted = options.wanted(fetching.AGAIN)
    with fetching.Fetcher(options.context()) as fetcher:
        _end(fetcher.fetch(source, wanted))


def _end(
    outcomes: Sequence[fetching.FetchOutcome], failed: Sequence[str] = (), of: int = 1
) -> None:
    """Print each failure in a line, and which sources failed; exit with 1 where there is one."""
    errors = [outcome.error for outcome in outcomes if outcome.error is not None]
    for error in errors:
        echo(f"error: {error}", err=True)
    if failed:
        echo(f"failed: {'; '.join(failed)} ({len(failed)} of {of} sources)", err=True)
    if errors:
        sys.exit(1)
