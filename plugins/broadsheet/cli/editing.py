"""What all commands that edit the content folder share: having it alone, telling what was settled,
and not doing twice what was asked once.
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

_ASIDE = ("root", "contact", "base_url")  # parameters that don't tell what is edited


def edited(folder: Folder, make: Callable[[], Change]) -> str:
    """Carry out the change that `make` gives; returns what to say.

    Where the very same command had been cut off, its edit is finished and not made once more.
    Raises BroadsheetError as `make` and `Folder.carry_out` do.
    """
    context = click.get_current_context()
    name = f"broadsheet {context.info_name}"
    given = {key: value for key, value in context.params.items() if key not in _ASIDE}
    asked = json.dumps([name, given], default=str, sort_keys=True)
    with folder.exclusive() as settled:
        if settled is not None and settled.finished and settled.edit.asked == asked:
            return plain(settled.edit.said)
        tell(settled)
        change = make()
        folder.carry_out(change, name=name, asked=asked)
    return change.message


def tell(settled: Settled | None) -> None:
    """Tell on standard error what became of an edit that was cut off."""
    if settled is not None:
        click.echo(settled.line(), err=True)
