"""`broadsheet mail`: build a day's or week's message, and send it to subscribers."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..counts import counted
from ..errors import ContentError, SettingsError
from .editing import report_settled
from .groups import CommandGroup
from .running import refuse_public_runner
from .settings import at_address, pelican_settings, settings_option
from .terminal import echo

if TYPE_CHECKING:
    from ..io.settings import Settings
    from ..mail import Issue, Sender, Subscriber
    from ..mail.html import Render
    from ..mail.issue_source import IssueSource

_SITEURL = click.option("--siteurl", metavar="URL", help="Where the site is read, not SITEURL.")


@click.group(cls=CommandGroup)
def mail() -> None:
    """Send the digest by mail."""


@mail.command("build")
@click.option("--daily/--weekly", "is_daily", default=True, help="A day's message, or a week's.")
@click.option("--subscription", "name", metavar="NAME", default="",
              help="Only what this subscription matches.")  # fmt: skip
@click.option("--date", "key", metavar="D",
              help="Another day (2025-08-07) or week (2025-W32) than the newest.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the message here (.eml), or its HTML or text (.html, .txt).")  # fmt: skip
@_SITEURL
@settings_option
def build(
    is_daily: bool, name: str, key: str | None, output: Path | None, siteurl: str | None, path: Path
) -> None:
    """Build a message as a specimen, and print it."""
    from ..mail import message, serialised

    digest = _Digest.read(path, siteurl)
    source = digest.issues()
    frequency = "daily" if is_daily else "weekly"
    keys = source.keys(frequency)
    if not keys and key is None:
        raise ContentError(f"there is no {'day with papers' if is_daily else 'finished week'} yet")
    issue = source.issue(frequency, key or keys[-1], name)
    mime = message(issue, digest.sender(), digest.renderer())
    data = serialised(mime)
    if output is not None and output.suffix in (".html", ".txt"):
        content_type = "text/plain" if output.suffix == ".txt" else "text/html"
        part = next(part for part in mime.walk() if part.get_content_type() == content_type)
        data = bytes(part.get_payload(decode=True))
    if output is None:
        sys.stdout.buffer.write(data)
        return
    output.write_bytes(data)
    echo(f"{output}: {issue.heading}, {counted(issue.total, 'paper')}, {len(data)} bytes")


@mail.command("send")
@click.option("--to", "file", type=click.Path(path_type=Path, dir_okay=False),
              help="Subscribers (CSV: address,subscription,frequency,token).")  # fmt: skip
@click.option("--list", "list_name", metavar="NAME",
              help="The file NAME.csv in the folder BROADSHEET_LISTS names.")  # fmt: skip
@click.option("--ledger", type=click.Path(path_type=Path, dir_okay=False),
              help="The delivery log, if not beside the subscribers.")  # fmt: skip
@click.option("--rate", type=click.FloatRange(min=0.1), metavar="N",
              help="At most so many messages a minute.")  # fmt: skip
@click.option("--patience", type=click.IntRange(0, 3), default=3, show_default=True,
              help="How often to try again what the server defers.")  # fmt: skip
@click.option("--retry-unknown", is_flag=True,
              help="Also send again what may or may not have arrived.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only say what would be sent.")
@click.option("--allow-public-runner", "anywhere", is_flag=True,
              help="Send even where strangers' pull requests may run.")  # fmt: skip
@_SITEURL
@settings_option
def send(
    file: Path | None,
    list_name: str | None,
    ledger: Path | None,
    rate: float | None,
    patience: int,
    retry_unknown: bool,
    dry_run: bool,
    anywhere: bool,
    siteurl: str | None,
    path: Path,
) -> None:
    """Send each subscriber the issues that are due, each exactly once.

    Not from a machine that runs jobs of a public repository: anybody's pull request may run
    there, and read the subscribers.

    The server comes from the environment: BROADSHEET_SMTP_HOST, _PORT, _USER, _PASSWORD and
    _SECURITY (starttls, tls or none). What it defers is tried again, in this run and the next.
    """
    from ..mail import Delivery, Policy, message, open_log, parse_subscribers, run, serialised
    from ..mail import settings as mail_settings
    from ..mail.jobs import due_issues, jobs

    if not anywhere:
        refuse_public_runner(os.environ, "no mail is sent", "the subscribers", "docs/mail.md")
    digest = _Digest.read(path, siteurl)
    source = digest.issues()
    readers_file = _readers_file(file, list_name)
    server = None if dry_run else mail_settings.server(os.environ)
    readers, problems = parse_subscribers(
        _text(readers_file), file=str(readers_file), subscriptions=source.subscriptions
    )
    for problem in problems:
        echo(problem, err=True)
    log_file = ledger or readers_file.with_name(readers_file.stem + ".sent.sqlite")
    _refuse_inside_repository(log_file)
    with open_log(log_file, readers_file.with_name(readers_file.stem + ".key")) as log:
        log.register(reader.key for reader in readers)
        if server is None:
            for issue, count in due_issues(source, log, readers):
                papers, readers_due = counted(issue.total, "paper"), counted(count, "subscriber")
                echo(f"{issue.name}: {papers}, to {readers_due}")
            if problems:
                sys.exit(1)
            return
        unknown = log.settle(retry_unknown=retry_unknown)
        if unknown and not retry_unknown:
            messages = counted(unknown, "message")
            echo(f"{messages} of a run that was cut off may or may not have arrived")
        sender, render = digest.sender(), digest.renderer()

        def compose(issue: Issue, reader: Subscriber, now: datetime) -> bytes:
            return serialised(message(issue, sender, render, to=reader, now=now))

        waiting = list(jobs(source, log, readers, compose))
        report = run(
            waiting, server.connect, sender.address, log, time,
            Policy(rate=rate, waits=Policy().waits[:patience]),
        )  # fmt: skip
        for name in sorted({job.issue for job in waiting}):
            counts = ", ".join(f"{n} {state}" for state, n in sorted(log.counts(name).items()))
            echo(f"{name}: {counts}")
    totals = ", ".join(
        f"{report.deliveries[outcome]} {outcome.value}"
        for outcome in Delivery
        if report.deliveries[outcome]
    )
    echo(totals or "nothing was due")
    if report.stopped:
        echo(f"error: {report.stopped}", err=True)
    if report.stopped or problems:
        sys.exit(1)


@dataclass(frozen=True)
class _Digest:
    """A digest's settings file, as mail uses it. `values` are Pelican's settings; they go no
    further than this class and `mail.settings`."""

    values: dict[str, Any]
    settings: Settings

    @classmethod
    def read(cls, path: Path, siteurl: str | None) -> _Digest:
        """Read a settings file, with another SITEURL where one is given."""
        from ..io.settings import of_pelican

        values = pelican_settings(path, at_address(siteurl))
        return cls(values, of_pelican(values))

    def issues(self) -> IssueSource:
        """Return the digest's issues."""
        from ..mail.issue_source import IssueSource
        from ..site.today import last_day

        return IssueSource(self.settings, report_settled, last_day(self.settings))

    def sender(self) -> Sender:
        """Return the digest as a sender. Raises SettingsError."""
        from ..mail.settings import sender

        return sender(self.values, self.settings)

    def renderer(self) -> Render:
        """Return a function that renders the theme's templates."""
        from ..mail.settings import template_folders
        from ..mail.templates import renderer

        return renderer(template_folders(self.values, self.settings), self.settings.words)


def _readers_file(file: Path | None, name: str | None) -> Path:
    """Return the subscribers' file that --to or --list names."""
    if (file is None) == (name is None):
        raise click.UsageError("give either --to FILE or --list NAME")
    if file is None:
        folder = os.environ.get("BROADSHEET_LISTS", "")
        if not folder:
            raise SettingsError("BROADSHEET_LISTS is not set; expected the folder of the lists")
        assert name is not None
        if Path(name).name != name:
            raise click.UsageError(f"--list {name}: expected a name without folders")
        file = Path(folder) / f"{name}.csv"
    _refuse_inside_repository(file)
    return file


def _refuse_inside_repository(file: Path) -> None:
    """Raise SettingsError for a file in a git repository: `git add` could publish its addresses."""
    for folder in file.resolve().parents:
        if (folder / ".git").exists():
            raise SettingsError(
                f"is in the git repository {folder}; expected a file outside any repository",
                file=str(file),
            )


def _text(file: Path) -> str:
    """Return a file's text. Raises SettingsError where it can't be read."""
    from ..io.files import read_text

    try:
        return read_text(file, "utf-8-sig")
    except OSError as error:
        raise SettingsError(f"can't be read: {error.strerror}", file=str(file)) from error
    except UnicodeDecodeError as error:
        raise SettingsError("is not UTF-8; expected a CSV file", file=str(file)) from error
