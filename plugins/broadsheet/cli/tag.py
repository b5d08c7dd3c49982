"""`broadsheet tag`: rename a tag, or merge several into one."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import perform_on_all, root_option
from .groups import CommandGroup


@click.group(cls=CommandGroup)
def tag() -> None:
    """Rename a tag, or merge several into one."""


@tag.command()
@click.argument("old")
@click.argument("new")
@click.option("--name", metavar="NAME", help="Its name for readers, where that changes too.")
@root_option
def rename(old: str, new: str, name: str | None, root: Path) -> None:
    """Give the tag OLD the slug NEW.

    All papers, those that wait, tags.yml, intake.yml and subscriptions follow; its old addresses
    and feeds lead to the new ones. NEW may be OLD, with --name. Papers are recognised by the old
    name, too.
    """
    from .. import curate

    perform_on_all(root, lambda state: curate.rename(state, "tag", old, new, name=name))


@tag.command()
@click.argument("old", nargs=-1, required=True)
@click.option("--into", "kept", metavar="KEPT", required=True, help="The tag that stays.")
@root_option
def merge(old: tuple[str, ...], kept: str, root: Path) -> None:
    """Make one tag of several: papers tagged OLD are tagged KEPT, each once.

    In tags.yml KEPT takes over the names and synonyms of OLD; old addresses and feeds lead to those
    of KEPT.
    """
    from .. import curate

    perform_on_all(root, lambda state: curate.merge(state, "tag", old, kept))
