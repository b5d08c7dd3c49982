"""`broadsheet summarize`: have a model summarise or translate papers."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..counts import counted
from ..errors import BroadsheetError, ContentError, SettingsError
from .days import DAY
from .editing import report_settled
from .running import refuse_public_runner
from .settings import pelican_settings, settings_option
from .terminal import echo

if TYPE_CHECKING:
    from ..curate import Summarize
    from ..curate.changes.folder import Folder
    from ..papers import Paper
    from ..summaries.model import Model
    from ..summaries.run import Budget, SummaryResult

_Dated = tuple[date, "Paper"]


@click.command()
@click.argument("what", nargs=-1, metavar="[PAPER or DAY]...")
@click.option("--since", type=DAY, metavar="D", help="All days from this one on.")
@click.option("--papers", type=click.IntRange(1), default=100, show_default=True,
              help="At most so many papers.")  # fmt: skip
@click.option("--tokens", type=click.IntRange(1), help="At most so many tokens, by estimate.")
@click.option("--seconds", type=click.FloatRange(min=1), default=3600.0, show_default=True,
              help="At most so long, in all.")  # fmt: skip
@click.option("--answer-seconds", type=click.FloatRange(min=0.1), default=120.0, show_default=True,
              help="Wait so long for an answer.")  # fmt: skip
@click.option("--batch", type=click.IntRange(1, 1000), default=10, show_default=True,
              help="Write after so many papers of a day.")  # fmt: skip
@click.option("--again", is_flag=True, help="Also papers that have a summary no person edited.")
@click.option("--dry-run", is_flag=True, help="Only say which papers would be asked for.")
@click.option("--allow-public-runner", "anywhere", is_flag=True,
              help="Use a key even where strangers' pull requests may run.")  # fmt: skip
@settings_option
def summarize(
    what: tuple[str, ...],
    since: date | None,
    papers: int,
    tokens: int | None,
    seconds: float,
    answer_seconds: float,
    batch: int,
    again: bool,
    dry_run: bool,
    anywhere: bool,
    path: Path,
) -> None:
    """Have the model of BROADSHEET_SUMMARIES summarise or translate the newest day's papers, or
    those of PAPER or DAY.

    Summaries go into the papers' blocks, under machine_summary, to be reviewed as any change. What
    a person wrote or edited there stays. What was written stays, too, when a run ends early; the
    next one goes on. A key comes from the environment: BROADSHEET_SUMMARIES_KEY.
    """
    from ..curate.changes.folder import Folder
    from ..io.settings import of_pelican
    from ..summaries.run import Budget, wanting
    from ..summaries.settings import model_of

    values = pelican_settings(path)
    settings = of_pelican(values)
    model = model_of(values, os.environ)
    if model is None:
        raise SettingsError(
            "BROADSHEET_SUMMARIES is empty; expected such as {'endpoint': "
            "'http://localhost:11434/v1', 'model': 'llama3.1:8b'} (docs/summaries.md)"
        )
    if model.key and not anywhere and not dry_run:
        refuse_public_runner(os.environ, "no model is asked", "its key", "docs/summaries.md")
    folder = Folder(settings.content)
    found = _found(folder, what, since)
    wanted = [one for one in found if wanting(one[1], again=again)]
    echo(f"{len(wanted)} of {counted(len(found), 'paper')} to summarise")
    if not wanted:
        return
    if dry_run:
        for _, paper in wanted[:papers]:
            echo(f"{paper.id}: {paper.title}")
        return
    budget = Budget(papers=papers, tokens=tokens, seconds=seconds, answer=answer_seconds)
    _Writing(folder, batch).all(model, wanted, budget)


def _found(folder: Folder, what: Sequence[str], since: date | None) -> list[_Dated]:
    """Return the published papers of some days and the ones that are named, each once, with their
    days. Raises ContentError for what names no paper."""
    from ..content import disk

    days: list[date] = []
    named: list[str] = []
    for one in what:
        try:
            day = date.fromisoformat(one)
        except ValueError:
            named.append(one)
            continue
        if not disk.read_day(folder.root, day).pages:
            raise BroadsheetError(f"{day} has no papers; expected a day that has some, or a paper")
        days.append(day)
    if since is not None:
        days += [day.date for day in disk.read_days(folder.root) if day.date >= since]
    if not days and not named and since is None:
        newest = folder.newest()
        days = [newest] if newest else []
    found: dict[str, _Dated] = {}
    for day in dict.fromkeys(days):
        for item in folder.items(day):
            if not item.waits:
                found.setdefault(item.id, (day, item.paper))
    for one in named:
        place = folder.find(one)
        item = folder.item(one)
        if item.waits:
            raise BroadsheetError(f"{item.id} waits; expected a published paper")
        found.setdefault(item.id, (place.date, item.paper))
    return list(found.values())


class _Writing:
    """Writes summaries as they come, some papers of a day at a time."""

    def __init__(self, folder: Folder, batch: int) -> None:
        self._folder, self._batch = folder, batch
        self._pending: list[SummaryResult] = []
        self._day: date | None = None
        self._written = self._tokens = self._useless = 0

    def all(self, model: Model, wanted: Sequence[_Dated], budget: Budget) -> None:
        """Ask for papers and write what comes. Whatever ends the run, what came is written."""
        from ..fetch.clock import Clock
        from ..fetch.exchange import Exchange
        from ..summaries.run import summaries

        days = {paper.id: day for day, paper in wanted}
        total = min(len(wanted), budget.papers)
        number = 0
        try:
            with Exchange(seconds=budget.answer) as exchange:
                asked = [paper for _, paper in wanted]
                for result in summaries(model, asked, exchange.send, Clock(), budget=budget):
                    number += 1
                    self._tokens += result.tokens
                    said = "summarised" if result.summary else f"passed over: {result.why}"
                    echo(f"{number}/{total} {result.paper.id}: {said}", err=True)
                    self._take(result, days[result.paper.id])
        finally:
            self._write()
            echo(
                f"{counted(self._written, 'summary', 'summaries')} written, "
                f"{counted(self._useless, 'paper')} passed over, {total - number} left, "
                f"some {counted(self._tokens, 'token')}"
            )
        if self._useless:
            sys.exit(1)

    def _take(self, result: SummaryResult, day: date) -> None:
        if result.summary is None:
            self._useless += 1
            return
        if self._pending and (day != self._day or len(self._pending) >= self._batch):
            self._write()
        self._day = day
        self._pending.append(result)
        if len(self._pending) >= self._batch:
            self._write()

    def _write(self) -> None:
        """Write what is pending: all at once, or where one paper's block can't be edited by
        command, the others without it."""
        from ..curate import Summarize

        operations = [
            Summarize(result.paper.id, result.summary)
            for result in self._pending
            if result.summary is not None
        ]
        self._pending = []
        try:
            self._apply(operations)
        except ContentError:
            for operation in operations:
                try:
                    self._apply([operation])
                except ContentError as error:
                    self._useless += 1
                    echo(f"{operation.paper}: not written: {error}", err=True)

    def _apply(self, operations: Sequence[Summarize]) -> None:
        from .. import curate

        if not operations:
            return
        outcome = curate.apply(
            self._folder, operations, curate.Curator(), day=self._day, name="broadsheet summarize"
        )
        report_settled(outcome.settled)
        self._written += sum(done.changed for done in outcome.done)
