"""Command lines that are parsed and not run."""

from __future__ import annotations

from collections.abc import Sequence

import click

from broadsheet.cli import main


def parse(words: Sequence[str]) -> None:
    """Parse a command line as `broadsheet` does, and run nothing. Raises click.UsageError for
    options that the command does not take."""
    rest = list(words)
    assert rest.pop(0) == "broadsheet"
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        below = command.get_command(context, name)
        assert below is not None, name
        command = below
    command.make_context("broadsheet", rest, parent=context).close()
