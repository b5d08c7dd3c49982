"""Shared by the commands that edit or read the content folder: carrying out an edit under the
folder's lock, and reporting an edit that was cut off.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from ..errors import plain

if TYPE_CHECKING:
    from ..content.transaction import Settled
    from ..curate import Change
    from ..curate.folder import Folder

_NOT_COMPARED = ("root", "contact", "base_url")
"""Parameters of commands that do not determine the edit."""


def carry_out(folder: Folder, make: Callable[[], Change]) -> str:
    """Carry out the change that `make` returns, under the folder's lock; return the message to
    print.

    Where the same command was cut off before, its edit is finished rather than made again. Raises
    BroadsheetError as `make` and `Folder.carry_out` do.
    """
    context = click.get_current_context()
    name = f"broadsheet {context.info_name}"
    given = {key: value for key, value in context.params.items() if key not in _NOT_COMPARED}
    asked = json.dumps([name, given], default=str, sort_keys=True)
    with folder.exclusive() as settled:
        if settled is not None and settled.finished and settled.edit.asked == asked:
            return plain(settled.edit.said)
        report_settled(settled)
        change = make()
        folder.carry_out(change, name=name, asked=asked)
    return change.message


def report_settled(settled: Settled | None) -> None:
    """Report on standard error how an edit that was cut off was settled; nothing for None."""
    if settled is not None:
        click.echo(settled.line(), err=True)
