"""`broadsheet merge-driver`: what git calls to merge a file of the content folder."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from ..errors import BroadsheetError
from .terminal import echo

_BELOW = re.compile(r"(?:\A|/)(\d{4}/\d{2}/\d{2}/[^/]+|[^/]+)\Z")


@click.command(name="merge-driver")
@click.argument("files", nargs=-1, metavar="[BASE OURS THEIRS PATH]")
@click.option("--install", is_flag=True, help="Set the driver up in the clone that you are in.")
def merge_driver(files: tuple[str, ...], install: bool) -> None:
    """Merge a file of the content by paper: called by git.

    The merged text goes into the file OURS. What a person must decide is marked there, and the
    command exits with 1. With --install, git is told in this clone to call it for the files that
    .gitattributes names.
    """
    if install:
        _install()
        return
    if len(files) != 4:
        raise click.UsageError("expected BASE OURS THEIRS PATH, or --install")
    from .. import reconcile
    from ..errors import plain, shown
    from ..io.files import read_regular

    base, ours, theirs, path = files
    try:
        texts = [read_regular(one).decode("utf-8") for one in (base, ours, theirs)]
    except OSError as error:
        raise BroadsheetError(f"{shown(path)} can't be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise BroadsheetError(f"{shown(path)} is no UTF-8; expected text to merge") from None
    below = _BELOW.search(path.replace("\\", "/"))
    merged = reconcile.merge(below[1] if below else path, *texts)
    Path(ours).write_bytes(merged.text.encode())
    for line in merged.told:
        echo(f"{plain(path)}: {plain(line)}", err=True)
    for one in merged.conflicts:
        did = f": ours {one.ours}, theirs {one.theirs}" if one.ours and one.theirs else ""
        echo(f"{plain(path)}:{one.line}: to be decided{plain(did)}", err=True)
    if merged.conflicts:
        echo("`broadsheet resolve` looks at all files together", err=True)
        sys.exit(1)


def _install() -> None:
    from ..reconcile import repository

    if not repository.install(Path(), repository.command()):
        raise BroadsheetError("this folder is no git repository; expected the clone of a digest")
    echo("git merges the content of this clone by paper now, as .gitattributes says")
