"""A run: builds the site, or explains a page, and reports on the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from ..content import transaction
from ..content.from_here import name_from_here
from ..counts import counted
from ..errors import BroadsheetError, plain
from .build import Built, Progress, build, explain
from .request import BuildRequest, SiteSources


def carry_out(sources: SiteSources, request: BuildRequest) -> Built | None:
    """Carry out a request, and report it; return what was built, if anything was asked to be. Where
    that fails, end the process with one line and exit code 1 (SystemExit)."""
    content = sources.settings.content
    try:
        settled = transaction.settle(content)
        if settled is not None:
            click.echo(plain(settled.line()), err=True)
        if request.explain is not None:
            click.echo(plain(explain(sources, request.explain, request.until)))
            return None
        progress = _Bar if sys.stderr.isatty() and not request.warm_up else Progress
        built = build(sources, request, progress(request.wrote))
    except BroadsheetError as error:
        end(error, content)
    if not request.warm_up:
        _report(built, content)
    return built


def end(error: BroadsheetError, content: Path) -> NoReturn:
    """End the process with one line that names files as seen from here, and exit code 1."""
    name_from_here(error, content)
    click.echo(f"error: {error}", err=True)
    raise SystemExit(1) from error


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


def _report(built: Built, content: Path) -> None:
    click.echo(built.line())
    if built.doubted is not None:
        why = plain(f"{type(built.doubted).__name__}: {built.doubted}")[:200]
        click.echo(
            f"warning: a build with what the cache holds failed ({why}); this one left it aside. "
            "Where nobody but Broadsheet writes the cache, please report that",
            err=True,
        )
    if built.lacking:
        path, what = built.lacking[0]
        rest = len(built.lacking) - 1
        others = f"; so in {counted(rest, 'file')} more" if rest else ""
        click.echo(plain(f"{path}: {what}{others}"), err=True)
    if built.held:
        rest = len(built.held) - 1
        click.echo(
            f"held back until their day: {built.held[0]}"
            f"{f' and {rest} more, up to {built.held[-1]}' if rest else ''}",
            err=True,
        )
    if built.ignored:
        first = os.path.relpath(content / built.ignored[0])
        more = len(built.ignored) - 1
        click.echo(
            plain(f"{first}{f' and {more} more' if more else ''}: left out; a day's folder takes "
                  "Markdown pages and day.yml only"),
            err=True,
        )  # fmt: skip
