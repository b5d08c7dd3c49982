"""Groups of commands, whose --help tells what each does in a whole sentence."""

from __future__ import annotations

import click

_LONGEST = 300  # characters of a summary


class CommandGroup(click.Group):
    """A group of commands. click's own cuts summaries at the end of the line."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command's name and summary, which goes on in further lines."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(_LONGEST)))
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)
