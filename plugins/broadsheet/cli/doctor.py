"""`broadsheet doctor`: say what a digest still lacks to be published."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import FetchError, SettingsError
from .settings import pelican_settings, settings_option
from .terminal import echo, echo_json

if TYPE_CHECKING:
    from ..doctor import Facts, Finding


@click.command()
@settings_option
@click.option("--online", is_flag=True,
              help="Also ask GitHub, by `gh`, and whether the site answers.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="For people, or for machines.")  # fmt: skip
def doctor(path: Path, online: bool, form: str) -> None:
    """Say what this digest still lacks to be published, each with its remedy.

    Exits with 1 where something needed is missing; what is only advised, or can't be seen from
    here, does not fail.
    """
    from ..doctor import LEVELS, Level, gather, judge
    from ..io.settings import of_pelican

    values, trouble = None, ""
    try:
        values = pelican_settings(path)
        of_pelican(values)
    except SettingsError as error:
        values, trouble = None, error.message
    facts = gather(path.absolute().parent, values, trouble)
    found = list(judge(facts))
    if online:
        found = [*(one for one in found if one.level is not Level.UNSEEN), *_asked(facts)]
    found = [one for level in LEVELS for one in found if one.level is level]
    if form == "json":
        rows = [{"level": one.level.value, "what": one.what, "remedy": one.remedy} for one in found]
        echo_json(rows, indent=1)
    else:
        _print(found, online)
    if any(one.level is Level.NEEDED for one in found):
        sys.exit(1)


def _print(found: list[Finding], online: bool) -> None:
    from ..doctor import Level
    from ..errors import plain

    for one in found:
        echo(f"{one.level.value}: {plain(one.what)}")
        echo(f"    {plain(one.remedy)}")
    count = sum(one.level is Level.NEEDED for one in found)
    if count:
        echo(f"{count} thing{'s are' if count != 1 else ' is'} needed before this is published")
    elif online or all(one.level is not Level.UNSEEN for one in found):
        echo("nothing needed is missing")
    else:
        echo("nothing needed is missing here; what is unseen is at the host")


def _asked(facts: Facts) -> Iterator[Finding]:
    """Yield what the code host and the site answer; what can't be asked stays unseen."""
    from urllib.parse import urlsplit

    from ..doctor import ask, github, repository
    from ..doctor.finding import advised, unseen
    from ..scaffold import hosts

    answers = repository.with_remote(facts)
    if hosts.code_host(answers) == "github" and answers.repository:
        name = urlsplit(answers.repository).path.strip("/")
        try:
            yield from github.judge(name, facts, ask.github)
        except FetchError as error:
            yield unseen(
                f"what GitHub has set: {error.message}", "Run `gh auth login`, then again."
            )
            yield from repository.at_the_host(facts)
    else:
        yield from repository.at_the_host(facts)
    url = (facts.settings or {}).get("SITEURL")
    if url and (why := ask.answers(f"{url}/")):
        yield advised(
            f"the site does not answer at {url}/: {why}", "Publish it, then run this again."
        )
