"""`broadsheet mail`: build the day's or week's message, and send it to subscribers."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import ContentError, SettingsError
from .editing import tell
from .settings import at_address, pelican_settings, settings_option

if TYPE_CHECKING:
    from ..archive.model import Day
    from ..mail import Issue, Job, Server, Subscriber
    from ..subscriptions.model import Subscription

RECENT = 2  # months in which issues are looked for

_SITEURL = click.option("--siteurl", metavar="URL", help="Where the site is read, not SITEURL.")


@click.group()
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

    desk = Desk(path, siteurl)
    frequency = "daily" if is_daily else "weekly"
    keys = desk.keys(frequency)
    if not keys and key is None:
        raise ContentError(f"there is no {'day with papers' if is_daily else 'finished week'} yet")
    issue = desk.issue(frequency, key or keys[-1], name)
    made = message(issue, desk.sender, desk.render)
    data = serialised(made)
    if output is not None and output.suffix in (".html", ".txt"):
        kind = "text/plain" if output.suffix == ".txt" else "text/html"
        part = next(one for one in made.walk() if one.get_content_type() == kind)
        data = bytes(part.get_payload(decode=True))
    if output is None:
        sys.stdout.buffer.write(data)
        return
    output.write_bytes(data)
    click.echo(f"{output}: {issue.heading}, {issue.total} papers, {len(data)} bytes")


@mail.command("send")
@click.option("--to", "file", type=click.Path(path_type=Path, dir_okay=False),
              help="Subscribers (CSV: address,subscription,frequency,token).")  # fmt: skip
@click.option("--list", "list_name", metavar="NAME",
              help="The file NAME.csv in the folder BROADSHEET_LISTS names.")  # fmt: skip
@click.option("--ledger", type=click.Path(path_type=Path, dir_okay=False),
              help="The ledger of what was sent, if not beside the subscribers.")  # fmt: skip
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
    from ..mail import Policy, open_book, parse_subscribers, run
    from ..mail.smtp import Delivery

    if not anywhere:
        _refuse_reachable(os.environ)
    desk = Desk(path, siteurl)
    readers_file = _readers_file(file, list_name)
    server = None if dry_run else smtp_server(os.environ)
    readers, wrong = parse_subscribers(
        _text(readers_file), file=str(readers_file), subscriptions=desk.subscriptions
    )
    for problem in wrong:
        click.echo(f"{readers_file}: {problem}", err=True)
    book_file = ledger or readers_file.with_name(readers_file.stem + ".sent.sqlite")
    _refuse_inside_repository(book_file)
    with open_book(book_file, readers_file.with_name(readers_file.stem + ".key")) as book:
        book.meet(one.key for one in readers)
        if dry_run:
            for issue, count in desk.due(book, readers):
                click.echo(f"{issue.name}: {issue.total} papers, to {count} subscribers")
            return
        unknown = book.settle(again=retry_unknown)
        if unknown and not retry_unknown:
            click.echo(f"{unknown} messages of a run that was cut off may or may not have arrived")
        jobs = list(desk.jobs(book, readers))
        assert server is not None
        report = run(
            jobs, server.connect, desk.sender.address, book, time,
            Policy(rate=rate, waits=Policy().waits[:patience]),
        )  # fmt: skip
        for name in sorted({job.issue for job in jobs}):
            counts = ", ".join(f"{n} {state}" for state, n in sorted(book.counts(name).items()))
            click.echo(f"{name}: {counts}")
    told = ", ".join(
        f"{report.fates[fate]} {fate.value}" for fate in Delivery if report.fates[fate]
    )
    click.echo(told or "nothing was due")
    if report.stopped:
        click.echo(f"error: {report.stopped}", err=True)
    if report.stopped or wrong:
        sys.exit(1)


class Desk:
    """What mail is made from: settings, content, and the theme's template."""

    def __init__(self, path: Path, siteurl: str | None) -> None:
        from ..io.settings import of_pelican

        self.values: dict[str, Any] = pelican_settings(path, at_address(siteurl))
        self.settings = of_pelican(self.values)
        self.render = lru_cache(maxsize=1)(self._renderer)()

    @cached_property
    def sender(self) -> Any:
        """Who sends."""
        from ..mail.issues import sender

        return sender(self.values, self.settings)

    @cached_property
    def names(self) -> Any:
        """Topics and tags."""
        from ..content import vocabularies
        from ..render.labels import Labels

        return Labels(vocabularies.read(self.settings.content))

    @cached_property
    def subscriptions(self) -> dict[str, Subscription]:
        """The subscriptions by name."""
        from ..subscriptions import loader

        return {one.name: one for one in loader.read(self.settings.content)}

    def _renderer(self) -> Any:
        from jinja2 import Environment, FileSystemLoader

        from ..render.templates import Templates

        overrides = self.values.get("THEME_TEMPLATES_OVERRIDES") or []
        folders = [*map(str, overrides), str(self.settings.theme / "templates")]
        templates = Templates(Environment(loader=FileSystemLoader(folders)))
        return lambda name, values: templates.render(name, dict(values))

    @lru_cache(maxsize=4)  # noqa: B019  (a desk lives as long as its command)
    def _month(self, key: str) -> list[Day]:
        from ..archive.day_reader import read_day
        from ..content import disk, transaction

        tell(transaction.settle(self.settings.content))
        days = disk.read_month(self.settings.content, key)
        topics = self.names.vocabulary.topic_slugs
        return [read_day(day, topics) for day in days]

    @cached_property
    def _published(self) -> list[date]:
        from ..content import disk

        keys = disk.months(self.settings.content)[-RECENT:]
        return [day.date for key in keys for day in self._month(key) if day.papers]

    def keys(self, kind: str) -> list[str]:
        """The issues that there are, of the last months, oldest first."""
        from ..mail.issues import finished_weeks

        if kind == "daily":
            return [day.isoformat() for day in self._published]
        return list(finished_weeks(self._published))

    def _days(self, kind: str, key: str) -> list[Day]:
        from ..calendar import week_days

        try:
            wanted = [date.fromisoformat(key)] if kind == "daily" else list(week_days(key))
        except ValueError:
            example = "2025-08-07" if kind == "daily" else "2025-W32"
            raise ContentError(f'found "{key}"; expected such as {example}') from None
        months = dict.fromkeys(f"{day:%Y-%m}" for day in wanted)
        return [
            day for month in months for day in self._month(month)
            if day.date in wanted and day.papers
        ]  # fmt: skip

    @lru_cache(maxsize=64)  # noqa: B019
    def issue(self, kind: str, key: str, subscription: str = "") -> Issue:
        """An issue. Raises ContentError where there are no papers."""
        from ..mail import issues
        from ..search.matching import matches, numbers
        from ..search.papers import index_of
        from ..subscriptions.model import query_of

        days = self._days(kind, key)
        if not days:
            raise ContentError(f"{key}: nothing was published; expected a day or week with papers")
        chosen = None
        if subscription:
            if subscription not in self.subscriptions:
                known = ", ".join(self.subscriptions) or "one in content/subscriptions"
                raise ContentError(f'no subscription "{subscription}"; expected {known}')
            one = self.subscriptions[subscription]
            papers = [placed for day in days for placed in day.papers]
            found = numbers(matches(query_of(one), index_of(days, self.names)))
            ids = frozenset(papers[number].paper.id for number in found)
            chosen = issues.Chosen(one.name, one.title, ids)
        if kind == "daily":
            return issues.daily(days[0], self.names, self.settings, chosen)
        return issues.weekly(key, days, self.names, self.settings, chosen)

    def due(self, book: Any, readers: Sequence[Subscriber]) -> Iterator[tuple[Issue, int]]:
        """The issues that are due and have papers, with how many get them. Opens nothing."""
        from ..mail import due

        for kind, subscription, members in _groups(readers):
            for key in due(kind, self.keys(kind), book.opened(kind, subscription)):
                issue = self.issue(kind, key, subscription)
                if issue.total:
                    yield issue, len(members)

    def jobs(self, book: Any, readers: Sequence[Subscriber]) -> Iterator[Job]:
        """Open the issues that are due, and give all messages that wait, oldest issue first."""
        from ..mail import Job, due, message, serialised
        from ..mail.book import GONE
        from ..mail.model import issue_name

        now = datetime.now(UTC)
        for kind, subscription, members in _groups(readers):
            for key in due(kind, self.keys(kind), book.opened(kind, subscription)):
                total = self.issue(kind, key, subscription).total
                recipients = [one.key for one in members] if total else []
                name = issue_name(kind, key, subscription)
                book.open_issue(name, kind, key, subscription, recipients)
        by = {(kind, sub): members for kind, sub, members in _groups(readers)}
        for name, kind, key, subscription in book.unfinished():
            waiting = book.waiting(name)
            try:
                issue = self.issue(kind, key, subscription)
            except ContentError:
                issue = None  # the day, or the subscription, has gone since
            known = {one.key: one for one in by.get((kind, subscription), ())}
            for recipient in waiting:
                reader = known.get(recipient)
                if reader is None or issue is None:
                    book.mark(name, recipient, GONE)
                    continue

                def data(issue: Issue = issue, reader: Subscriber = reader) -> bytes:
                    return serialised(message(issue, self.sender, self.render, to=reader, now=now))

                yield Job(name, reader, data)


def _groups(readers: Sequence[Subscriber]) -> list[tuple[str, str, list[Subscriber]]]:
    """Readers by frequency and subscription."""
    groups: dict[tuple[str, str], list[Subscriber]] = {}
    for one in readers:
        groups.setdefault((one.frequency, one.subscription), []).append(one)
    return [(kind, name, members) for (kind, name), members in sorted(groups.items())]


def smtp_server(environment: Any) -> Server:
    """The mail server that the environment names. Raises SettingsError."""
    from ..mail import Server
    from ..mail.smtp import SECURITY

    host = environment.get("BROADSHEET_SMTP_HOST", "")
    if not host:
        raise SettingsError("BROADSHEET_SMTP_HOST is not set; expected the mail server's name")
    security = environment.get("BROADSHEET_SMTP_SECURITY", "starttls")
    if security not in SECURITY:
        raise SettingsError(f"BROADSHEET_SMTP_SECURITY: expected one of {', '.join(SECURITY)}")
    port = environment.get("BROADSHEET_SMTP_PORT", "465" if security == "tls" else "587")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise SettingsError("BROADSHEET_SMTP_PORT: expected a port's number")
    return Server(
        host=host,
        port=int(port),
        user=environment.get("BROADSHEET_SMTP_USER") or None,
        password=environment.get("BROADSHEET_SMTP_PASSWORD") or None,
        security=security,
    )


def _readers_file(file: Path | None, name: str | None) -> Path:
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


def _refuse_reachable(environment: Any) -> None:
    """Raises SettingsError where strangers may have a program run on this machine."""
    from ..mail import refusal

    try:
        event = json.loads(Path(environment.get("GITHUB_EVENT_PATH", "")).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        event = None
    reason = refusal(environment, event if isinstance(event, dict) else None)
    if reason is not None:
        raise SettingsError(
            f"no mail is sent from here: {reason}; expected a private repository, or a machine of "
            "your own that runs no jobs (docs/mail.md; --allow-public-runner sends nevertheless)"
        )


def _refuse_inside_repository(file: Path) -> None:
    """Addresses belong in no repository, where a careless `git add` would publish them."""
    for folder in file.resolve().parents:
        if (folder / ".git").exists():
            raise SettingsError(
                f"this lies in the repository {folder}; expected subscribers outside of any",
                file=str(file),
            )


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"can't be read: {error.strerror}", file=str(file)) from error
    except UnicodeDecodeError as error:
        raise SettingsError("this is no UTF-8; expected a CSV file", file=str(file)) from error
