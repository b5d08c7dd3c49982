"""The command `broadsheet`: a module for each subcommand, and `editing` and `settings`, which
several share. May import everything; nothing imports it.

Errors become one line and an exit code here. Subcommands are imported when they are run, and import
what they need when they are called, so that start-up stays fast (docs/architecture.md).
"""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from ..content.from_here import name_from_here
from ..errors import BroadsheetError
from ..io.parallel import relaxed_gc
from .examples import epilog
from .groups import CommandGroup
from .terminal import echo

SUBCOMMANDS = {
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
    "edit": ("edit", "edit"),
    "reclassify": ("reclassify", "reclassify"),
    "topic": ("topic", "topic"),
    "tag": ("tag", "tag"),
    "retire": ("retire", "retire"),
    "pick": ("pick", "pick"),
    "decline": ("decline", "decline"),
    "review": ("review", "review"),
    "undo": ("undo", "undo"),
    "explain": ("explain", "explain"),
    "diff": ("diff", "diff"),
    "merge-driver": ("merge_driver", "merge_driver"),
    "resolve": ("resolve", "resolve"),
    "upgrade": ("upgrade", "upgrade"),
    "doctor": ("doctor", "doctor"),
    "try": ("try_", "try_"),
    "search": ("search", "search"),
    "mail": ("mail", "mail"),
    "ping": ("ping", "ping"),
    "post": ("post", "post"),
    "summarize": ("summarize", "summarize"),
    "completion": ("completion", "completion"),
}
"""Each subcommand's module and function."""

UNEXPECTED = 70
"""The exit code for an error that is a bug (EX_SOFTWARE in sysexits.h)."""


class LazyCommands(CommandGroup):
    """The group of all subcommands, each imported when it is run.

    Prints a BroadsheetError as one line and exits with 1, whichever subcommand raised it. Any other
    exception is a bug: it is printed as one line that says so, and the exit code is `UNEXPECTED`.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUBCOMMANDS:
            return None
        module, name = SUBCOMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f".{module}", __package__), name)
        command.epilog = epilog(cmd_name)
        _remember_content(command)
        if isinstance(command, click.Group):
            for below, one in command.commands.items():
                one.epilog = epilog(f"{cmd_name} {below}")
                _remember_content(one)
        return command

    def invoke(self, ctx: click.Context) -> object:
        atexit.register(gc.freeze)  # skips the interpreter's last collection, at exit
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # for terminals without UTF-8
        try:
            with relaxed_gc():
                return super().invoke(ctx)
        except BroadsheetError as error:
            if ctx.params["traceback"]:
                raise
            name_from_here(error, ctx.meta.get(_CONTENT, Path("content")))
            echo(f"error: {error}", err=True)
            sys.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params["traceback"]:
                raise
            of_file = isinstance(error, OSError) and _of_file(error)
            echo(f"error: {of_file or _unexpected(error)}", err=True)
            sys.exit(1 if of_file else UNEXPECTED)


_CONTENT = "broadsheet.content"
"""The key of a command's content folder in what its contexts share."""


def _remember_content(command: click.Command) -> None:
    """Keep which content folder a command is told, for the messages about it."""

    def remember(ctx: click.Context, _: click.Parameter, value: Path) -> Path:
        ctx.meta[_CONTENT] = value
        return value

    for option in command.params:
        if "--content" in option.opts and isinstance(option.type, click.Path):
            option.callback = option.callback or remember


_FULL = (errno.ENOSPC, errno.EDQUOT)


def _of_file(error: OSError) -> BroadsheetError | None:
    """Return an error of the operating system as one of ours, where it names a file or tells of a
    full disk; None for others."""
    if error.errno in _FULL and error.filename is None:
        return BroadsheetError(f"nothing more can be written: {error.strerror}")
    if not isinstance(error.filename, str | bytes) or not error.strerror:
        return None
    file = os.fsdecode(error.filename)
    return BroadsheetError(f"can't be read or written: {error.strerror}", file=file)


def _unexpected(error: Exception) -> BroadsheetError:
    """Return any other exception as an error that asks for a report."""
    message = str(error)[:500] or "no message"
    return BroadsheetError(
        f"unexpected {type(error).__name__}: {message}; this is a bug, please report it with the "
        "output of `broadsheet --traceback ...`"
    )


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
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
