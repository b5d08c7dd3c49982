"""Shared by the commands that edit or read the content folder: carrying out an edit under the
folder's lock, and reporting an edit that was cut off.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..content.from_here import named_from_here
from ..errors import plain
from .terminal import echo

if TYPE_CHECKING:
    from ..content.transaction import SettledEdit
    from ..curate import Change, ContentState, Curator, Operation, Outcome
    from ..curate.changes.folder import Folder

root_option = click.option(
    "--content",
    "root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("content"),
    show_default=True,
    help="The content folder.",
)
curator_option = click.option(
    "--curator",
    envvar="BROADSHEET_CURATOR",
    metavar="NAME",
    help="Who is credited (or set BROADSHEET_CURATOR).",
)

_NOT_COMPARED = ("root", "contact", "base_url")
"""Parameters of commands that do not determine the edit."""

_MOST_NAMED = 3  # new files in a line


def carry_out(folder: Folder, make: Callable[[], Change]) -> str:
    """Carry out the change that `make` returns, under the folder's lock; return the message to
    print.

    Where the same command was cut off before, its edit is finished rather than made again. Raises
    BroadsheetError as `make` and `Folder.carry_out` do.
    """
    name, asked = _command()
    with folder.exclusive() as settled:
        if settled is not None and settled.finished and settled.edit.asked == asked:
            return named_from_here(settled.edit.said, folder.root)
        report_settled(settled)
        change = make()
        created = folder.carry_out(change, name=name, asked=asked)
    tell_untracked(folder.root, created)
    return named_from_here(change.message, folder.root)


def perform_on_all(root: Path, make: Callable[[ContentState], Change]) -> None:
    """Carry out the change of all content that `make` returns, and report it. Raises
    BroadsheetError as `make` does."""
    from ..curate.changes.folder import Folder

    echo(carry_out(Folder(root), lambda: make(Folder(root).everything())))


def perform(
    root: Path,
    operations: Sequence[Operation],
    *,
    curator: str | None = None,
    seen: Mapping[str, str] | None = None,
) -> Outcome:
    """Carry out operations as this command, and report what each did. Raises BroadsheetError as
    `curate.apply` does."""
    outcome = carried_out(root, operations, curator=curator, seen=seen)
    echo(named_from_here(outcome.message, root))
    return outcome


def carried_out(
    root: Path,
    operations: Sequence[Operation],
    *,
    curator: str | None = None,
    seen: Mapping[str, str] | None = None,
) -> Outcome:
    """Carry out operations as this command. Raises BroadsheetError as `curate.apply` does."""
    from .. import curate
    from ..curate.changes.folder import Folder

    name, asked = _command()
    who = credited(curator)
    outcome = curate.apply(Folder(root), operations, who, name=name, asked=asked, seen=seen)
    report_settled(outcome.settled)
    tell_untracked(root, outcome.created)
    return outcome


def tell_untracked(root: Path, created: Sequence[str]) -> None:
    """Report on standard error which new files `git commit -a` would leave out, where git has the
    content folder: a paper that moved into one would be gone for all others."""
    if not created:
        return
    from ..curate.versions import git

    files = [plain(str(root / path)) for path in git.untracked(root, created)]
    if files:
        named = ", ".join(files[:_MOST_NAMED])
        more = len(files) - _MOST_NAMED
        named += f" and {more} more" if more > 0 else ""
        echo(
            f"new to git, and left out by `git commit -a`: {named}; `git add {plain(str(root))}` "
            "takes in all",
            err=True,
        )


def credited(curator: str | None) -> Curator:
    """Return a curator, named or not, who works today."""
    from .. import curate
    from ..fetch import Clock

    name = " ".join(curator.split()) if curator else None
    return curate.Curator(name=name or None, today=Clock().now().date().isoformat())


def distinguished(**given: object) -> None:
    """Tell what the running command was given besides its arguments, such as by standard input, so
    that it isn't taken for another that was cut off."""
    click.get_current_context().params.update(given)


def _command() -> tuple[str, str]:
    """Return the name of the command that runs, and what identifies it with what it was given."""
    context = click.get_current_context()
    name = "broadsheet " + " ".join(_names(context))
    given = {key: value for key, value in context.params.items() if key not in _NOT_COMPARED}
    return name, json.dumps([name, given], default=str, sort_keys=True)


def _names(context: click.Context) -> list[str]:
    """Return a command's name, with its group's before it."""
    found = []
    at: click.Context | None = context
    while at is not None and at.parent is not None:
        found.append(at.info_name or "")
        at = at.parent
    return found[::-1]


def report_settled(settled: SettledEdit | None) -> None:
    """Report on standard error how an edit that was cut off was settled; nothing for None."""
    if settled is not None:
        echo(settled.line(), err=True)
