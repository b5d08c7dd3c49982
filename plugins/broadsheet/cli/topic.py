"""`broadsheet topic`: rename a topic, or merge several into one."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import perform_on_all, root_option
from .groups import CommandGroup


@click.group(cls=CommandGroup)
def topic() -> None:
    """Rename a topic, or merge several into one."""


@topic.command()
@click.argument("old")
@click.argument("new")
@click.option("--name", metavar="NAME", help="Its name for readers, where that changes too.")
@root_option
def rename(old: str, new: str, name: str | None, root: Path) -> None:
    """Give the topic OLD the slug NEW.

    Its pages of all days, papers that wait, topics.yml, intake.yml and subscriptions follow; its
    old addresses and feeds lead to the new ones. NEW may be OLD, with --name.
    """
    from .. import curate

    perform_on_all(root, lambda state: curate.rename(state, "topic", old, new, name=name))


@topic.command()
@click.argument("old", nargs=-1, required=True)
@click.option("--into", "kept", metavar="KEPT", required=True, help="The topic that stays.")
@root_option
def merge(old: tuple[str, ...], kept: str, root: Path) -> None:
    """Make one topic of several: all papers of OLD go to KEPT.

    Each day's pages are joined, and nothing of them is lost. In topics.yml KEPT takes over the
    words of OLD that it lacks; old addresses and feeds lead to those of KEPT.
    """
    from .. import curate

    perform_on_all(root, lambda state: curate.merge(state, "topic", old, kept))
