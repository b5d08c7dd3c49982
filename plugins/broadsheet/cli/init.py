"""`broadsheet init`: write the files of a digest."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import SettingsError
from ..scaffold.answers import HOSTS, LICENCES, NAME
from .terminal import echo

if TYPE_CHECKING:
    from ..scaffold import Answers, MergeStep


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", metavar="TEXT", help="What the digest is called.")
@click.option("--host", type=click.Choice(HOSTS), help="Where it is published.")
@click.option("--domain", metavar="DOMAIN", help="A domain of its own, such as papers.example.org.")
@click.option("--repository", metavar="URL",
              help="Its repository; git's remote `origin`, if there is one.")  # fmt: skip
@click.option("--source", "sources", multiple=True, metavar="SOURCE",
              help="Where papers come from: huggingface, arxiv or a feed's address; "
              "give it again for more.")  # fmt: skip
@click.option("--category", "-c", "categories", multiple=True, metavar="CATEGORY",
              help="An arXiv category such as cs.LG; give it again for more.")  # fmt: skip
@click.option("--word", "words", multiple=True, metavar="WORD",
              help="Of arXiv's papers, those with this word; give it again for more.")  # fmt: skip
@click.option("--licence", type=click.Choice(LICENCES), help="The licence of the content.")
@click.option("--offline", is_flag=True,
              help="Do not ask the package index for the hash of this Broadsheet.")  # fmt: skip
def init(folder: Path, offline: bool, **given: Any) -> None:
    """Write a digest's files into FOLDER: settings, topics, workflows and forms for its host,
    pinned requirements, an example listing.

    Only what is missing is written: FOLDER may be a fresh clone, or a digest that is short of some.
    On a terminal, what no option says is asked for.
    """
    from ..scaffold import Digest, pin, refuse_newer, templates

    digest = Digest(folder)
    known = digest.record()
    if known is not None:
        refuse_newer(known, pin.version())
    begun = known is None and digest.text(templates.SETTINGS) is not None
    answers = _answers(given, known.answers if known else None, digest.remote(), begun=begun)
    line = digest.requirement(None if offline else pin.wheel_hash())
    files = templates.render(
        answers, version=pin.version(), requirement=line, docs=pin.documentation()
    )
    steps = digest.adopted(files)
    digest.carry_out(steps, answers)
    _report(folder, steps)
    _merge_driver(folder)
    if "--hash" not in line:
        echo(
            f"{templates.PINNED} has no hash: the package index was not asked, gave no answer, or "
            "has other files than this Broadsheet; `broadsheet upgrade` asks again",
            err=True,
        )
    echo("Next:")
    for command, meaning in _next(folder):
        echo(f"  {command:<21} # {meaning}" if meaning else f"  {command}")


def _answers(given: dict[str, Any], known: Answers | None, remote: str, *, begun: bool) -> Answers:
    """Return the answers: options first, then what a person says, what the record has, and what
    git's remote tells. `begun` is a digest that has settings and no record: it keeps all formats.
    Raises SettingsError."""
    from ..scaffold.answers import ALL_FORMATS, Answers, repository_address, validated
    from ..scaffold.hosts import code_host

    start = (known or Answers()).as_json() | (ALL_FORMATS if begun else {})
    if not start["repository"]:
        start["repository"] = repository_address(remote)
    if known is None:
        start["host"] = (
            code_host(Answers(host="server", repository=start["repository"])) or "github"
        )
    start.update({key: value for key, value in given.items() if value})
    if known is None and given["categories"] and not given["sources"]:
        start["sources"] = ["arxiv"]
    if sys.stdin.isatty() and sys.stdout.isatty():
        _ask(start, {key for key, value in given.items() if value})
    for key in ("sources", "categories", "words", *ALL_FORMATS):
        start[key] = tuple(start[key])
    return validated(Answers(**start))


def _ask(answers: dict[str, Any], given: set[str]) -> None:
    """Ask for what was not given; change the answers in place."""
    if "name" not in given:
        answers["name"] = _asked("What is the digest called?", answers["name"] or NAME, "name")
    if "host" not in given:
        answers["host"] = click.prompt(
            "Where is it published?", type=click.Choice(HOSTS), default=answers["host"]
        )
    if "repository" not in given and not answers["repository"]:
        answers["repository"] = _asked(
            "Its repository's address, if there is one", "", "repository"
        )
    if "domain" not in given:
        answers["domain"] = _asked(
            "A domain of its own, if there is one", answers["domain"], "domain"
        )
    if not {"sources", "categories"} & given:
        answers["sources"] = _asked(
            "Where do papers come from (huggingface, arxiv, feeds' addresses)?",
            ", ".join(answers["sources"]),
            "sources",
        )
    if "arxiv" in answers["sources"] and "categories" not in given:
        answers["categories"] = _asked(
            "Which arXiv categories?", ", ".join(answers["categories"]) or "cs.LG", "categories"
        )
    if "licence" not in given:
        answers["licence"] = click.prompt(
            "The licence of the content", type=click.Choice(LICENCES), default=answers["licence"]
        )


def _asked(question: str, default: str, what: str) -> Any:
    """Return a person's answer, asked for until it is valid; of a list, its elements."""
    from ..scaffold.answers import Answers, validated

    def check(text: str) -> object:
        listed = what in ("sources", "categories")
        value = [part.strip() for part in text.split(",") if part.strip()] if listed else text
        answer: dict[str, Any] = {"categories": ("cs.LG",), what: value}  # for arXiv, asked later
        try:
            validated(Answers(**answer))
        except SettingsError as error:
            raise click.BadParameter(str(error)) from error
        return value

    return click.prompt(question, default=default, show_default=bool(default), value_proc=check)


def _report(folder: Path, steps: Sequence[MergeStep]) -> None:
    """Say what was written, and what was there and stays as it is."""
    from ..scaffold import Kind

    for step in steps:
        if step.kind is Kind.ADDED:
            echo(f"wrote {folder / step.path}")
    for step in steps:
        if step.kind not in (Kind.ADDED, Kind.SAME):
            echo(f"left {folder / step.path} as it is")
    same = sum(step.kind is Kind.SAME for step in steps)
    if same:
        echo(f"{same} file{'s were' if same != 1 else ' was'} there already")


def _merge_driver(folder: Path) -> None:
    """Set up git's merge driver, where the folder is a clone already."""
    from ..errors import BroadsheetError
    from ..reconcile import repository

    if not (folder / ".git").exists():
        return
    try:
        repository.install(folder, repository.command())
    except BroadsheetError as error:  # such as a configuration that can't be written
        echo(f"git's merge driver was not set up: {error.message}", err=True)


def _next(folder: Path) -> list[tuple[str, str]]:
    return [
        *([(f"cd {_typed(folder)}", "")] if folder != Path() else []),
        ("broadsheet import", "seeds/ into content/"),
        ("broadsheet build", "content/ into output/"),
        ("broadsheet serve", "look at it"),
        ("broadsheet doctor", "what is missing to publish it"),
    ]


def _typed(folder: Path) -> str:
    """Return a folder's path as a shell takes it."""
    text = str(folder)
    if os.name == "nt":  # where shells know double quotes alone, and no path has one
        return f'"{text}"' if " " in text else text
    return shlex.quote(f"./{text}" if text.startswith("-") else text)
