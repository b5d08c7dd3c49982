"""The command `broadsheet`: one module a subcommand; errors become one line here."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from importlib import import_module

import click

from ..errors import BroadsheetError
from ..io.parallel import relaxed_gc

# Each subcommand's module and its name there. They are imported when asked for: a build need not
# load what fetching and reading listings need.
_COMMANDS = {
    "import": ("import_", "import_"),
    "build": ("build", "build"),
    "serve": ("serve", "serve"),
    "init": ("init", "init"),
    "fetch": ("fetch", "fetch"),
    "check": ("check", "check"),
    "add": ("add", "add"),
    "move": ("move", "move"),
    "retag": ("retag", "retag"),
    "note": ("note", "note"),
    "retire": ("move", "retire"),
    "explain": ("explain", "explain"),
    "diff": ("diff", "diff"),
    "upgrade": ("upgrade", "upgrade"),
    "try": ("try_", "try_"),
    "mail": ("mail", "mail"),
    "ping": ("ping", "ping"),
}


UNEXPECTED = 70  # the exit code for what nobody thought of (EX_SOFTWARE in sysexits.h)


class _Group(click.Group):
    """Prints a BroadsheetError as one line and exits with 1, whichever subcommand raised it; and
    any other error, which is a bug, as one line that says so, with the code `UNEXPECTED`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f".{module}", __package__), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        atexit.register(gc.freeze)  # or all would be looked through once more at the end
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # what a terminal can't show
        try:
            with relaxed_gc():
                return super().invoke(ctx)
        except BroadsheetError as error:
            if ctx.params["traceback"]:
                raise
            click.echo(f"error: {error}", err=True)
            sys.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params["traceback"]:
                raise
            refused = isinstance(error, OSError) and _refused(error)
            click.echo(f"error: {refused or _unexpected(error)}", err=True)
            sys.exit(1 if refused else UNEXPECTED)


def _refused(error: OSError) -> BroadsheetError | None:
    """What the system refuses to do with a file, where the error says which."""
    if not isinstance(error.filename, str | bytes) or not error.strerror:
        return None
    file = os.fsdecode(error.filename)
    return BroadsheetError(f"can't be read or written: {error.strerror}", file=file)


def _unexpected(error: Exception) -> BroadsheetError:
    said = str(error)[:500] or "no more is known"
    return BroadsheetError(
        f"nobody thought of this: {type(error).__name__}: {said}; please report it with what "
        "`broadsheet --traceback ...` shows"
    )


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="broadsheet")
@click.option(
    "--traceback",
    is_flag=True,
    envvar="BROADSHEET_TRACEBACK",
    help="Show where in the code an error arose (or set BROADSHEET_TRACEBACK).",
)
def main(traceback: bool) -> None:
    """Publish a curated daily digest of research papers.

    Raw listings go into seeds/, `broadsheet import` makes content pages of them, and
    `broadsheet build` makes the site of those.
    """
