"""The command `broadsheet`: one module a subcommand; errors become one line here."""

from __future__ import annotations

import sys

import click

from ..errors import BroadsheetError
from .add import add
from .build import build
from .check import check
from .diff import diff
from .explain import explain
from .fetch import fetch
from .import_ import import_
from .init import init
from .mail import mail
from .move import move, retire
from .ping import ping
from .retag import retag
from .serve import serve
from .try_ import try_
from .upgrade import upgrade


class _Group(click.Group):
    """Prints a BroadsheetError as one line and exits with 1, whichever subcommand raised it."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BroadsheetError as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="broadsheet")
def main() -> None:
    """Publish a curated daily digest of research papers.

    Raw listings go into seeds/, `broadsheet import` makes content pages of them, and
    `broadsheet build` makes the site of those.
    """


for _command in (
    import_, build, serve, init, fetch, check, add, move, retag, retire, explain, diff, upgrade,
    try_, mail, ping,
):  # fmt: skip
    main.add_command(_command)
