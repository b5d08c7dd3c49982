"""`broadsheet post`: post the day to Slack, Discord, Telegram, Mastodon and Bluesky."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ..counts import counted
from ..errors import SettingsError
from .days import DAY
from .editing import report_settled
from .running import refuse_public_runner
from .settings import at_address, pelican_settings, settings_option
from .terminal import echo

if TYPE_CHECKING:
    from ..io.settings import Settings
    from ..posts.model import Post, PostTarget

LOG = Path(".posted/log.sqlite")
"""The delivery log, beside the settings file."""


@click.command()
@click.option("--to", "names", multiple=True, metavar="NAME",
              help="Only this target of BROADSHEET_POSTS (may be repeated).")  # fmt: skip
@click.option("--date", "day", type=DAY, metavar="D",
              help="This day, unless it was posted, instead of what is due.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only print what would be posted.")
@click.option("--ledger", type=click.Path(path_type=Path, dir_okay=False),
              help=f"The delivery log, instead of {LOG}.")  # fmt: skip
@click.option("--retry-unknown", is_flag=True,
              help="Also post again what may or may not have arrived.")  # fmt: skip
@click.option("--seconds", type=click.FloatRange(1, 600), default=30.0, show_default=True,
              help="Wait so long for an answer.")  # fmt: skip
@click.option("--allow-public-runner", "anywhere", is_flag=True,
              help="Post even where strangers' pull requests may run.")  # fmt: skip
@click.option("--siteurl", metavar="URL", help="Where the site is read, instead of SITEURL.")
@settings_option
def post(
    names: tuple[str, ...],
    day: date | None,
    dry_run: bool,
    ledger: Path | None,
    retry_unknown: bool,
    seconds: float,
    anywhere: bool,
    siteurl: str | None,
    path: Path,
) -> None:
    """Post the newest day to the services that BROADSHEET_POSTS names, each once.

    Secrets come from the environment: BROADSHEET_POST_ and the target's name in capitals. Run it
    when the site is in place. What a service defers waits for the next run.
    """
    from ..fetch.clock import Clock
    from ..fetch.exchange import Exchange
    from ..io.settings import of_pelican
    from ..mail.delivery_log import open_log
    from ..posts import sending, services
    from ..posts import settings as post_settings
    from ..posts.model import State

    if not anywhere and not dry_run:
        refuse_public_runner(os.environ, "nothing is posted", "its keys", "docs/posts.md")
    values = pelican_settings(path, at_address(siteurl))
    settings = of_pelican(values)
    if not settings.url:
        raise SettingsError("SITEURL is empty; posts need whole addresses, with https://")
    targets = _chosen(post_settings.targets(values), names)
    if not dry_run:
        targets = [post_settings.with_secret(one, os.environ) for one in targets]
    days = _Days(settings)
    only = f"{day:%Y-%m-%d}" if day else None
    file = ledger or path.parent / LOG
    failed = False
    with ExitStack() as until_done:
        if dry_run and not file.exists():  # nothing is written then
            file = Path(until_done.enter_context(TemporaryDirectory())) / file.name
        file.parent.mkdir(parents=True, exist_ok=True)
        log = until_done.enter_context(open_log(file))
        log.register(target.name for target in targets)
        if dry_run:
            for target in targets:
                for key in sending.due_days(days, log, target, only):
                    echo(f"-- {target.name}, {key}")
                    echo(services.text(target, days.post(key)) + "\n")
            return
        unknown = log.settle(retry_unknown=retry_unknown)
        if unknown and not retry_unknown:
            posts = counted(unknown, "post")
            echo(f"{posts} of a run that was cut off may or may not have arrived")
        anything = False
        with Exchange(seconds=seconds) as exchange:
            for made in sending.run(days, targets, log, exchange.send, Clock(), only=only):
                anything = True
                verdict = made.verdict
                why = f": {verdict.why}" if verdict.why else ""
                failed |= verdict.state is not State.SENT
                line = f"{made.target}: {made.day} {_SAID[verdict.state.value]}{why}"
                echo(line, err=verdict.state is not State.SENT)
        doubtful = 0 if anything else log.in_doubt()
    if not anything:
        more = f"; of earlier posts, {doubtful} may or may not have arrived (--retry-unknown)"
        echo("nothing was due" + more * bool(doubtful))
    if failed:
        sys.exit(1)


_SAID = {
    "sent": "posted",
    "later": "waits for the next run",
    "refused": "is refused, and waits for the next run",
    "unknown": "may or may not have arrived (--retry-unknown posts it again)",
}


def _chosen(targets: tuple[PostTarget, ...], names: tuple[str, ...]) -> list[PostTarget]:
    """Return the targets of these names, or all. Raises SettingsError where there is none."""
    from ..suggestions import did_you_mean

    if not targets:
        raise SettingsError(
            "BROADSHEET_POSTS is empty; expected targets such as [{'to': 'slack'}] (docs/posts.md)"
        )
    known = [target.name for target in targets]
    for name in names:
        if name not in known:
            raise click.UsageError(
                f"--to {name}: no such target{did_you_mean(name, known)}; expected one of "
                f"{', '.join(known)}"
            )
    return [target for target in targets if not names or target.name in names]


class _Days:
    """The days of a digest as posts."""

    def __init__(self, settings: Settings) -> None:
        from ..mail.issue_source import IssueSource
        from ..site.today import last_day

        self._settings = settings
        self._source = IssueSource(settings, report_settled, last_day(settings))

    def keys(self) -> list[str]:
        """Return the newest days that have papers, oldest first."""
        return self._source.keys("daily")

    def post(self, day: str) -> Post:
        """Return a day's post. Raises ContentError where it has no papers."""
        from ..posts.model import post_of

        words = self._settings.words
        issue = self._source.issue("daily", day)
        return post_of(issue, self._settings.name, words.language, words)
