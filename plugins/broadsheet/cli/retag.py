"""`broadsheet retag`: change the tags of a paper, or rename a tag."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import perform, perform_on_all, root_option
from .terminal import echo


@click.command()
@click.argument("paper", required=False)
@click.option("--add", "-a", multiple=True, metavar="TAG", help="A tag to add.")
@click.option("--drop", "-d", multiple=True, metavar="TAG", help="A tag to take away.")
@click.option("--rename", nargs=2, metavar="OLD NEW",
              help="Give a tag another slug in all papers, without a PAPER.")  # fmt: skip
@root_option
def retag(
    paper: str | None,
    add: tuple[str, ...],
    drop: tuple[str, ...],
    rename: tuple[str, str] | None,
    root: Path,
) -> None:
    """Add tags to PAPER, or take some away; or rename a tag everywhere.

    PAPER is its id, its address, its arXiv id, its title, or the title's start. Nothing else of the
    page changes but the line `updated:`, which tells followers. With --rename, tags.yml and
    subscriptions follow, and the tag's old addresses and feeds lead to the new ones; where there is
    such a tag already, they become one.
    """
    from .. import curate
    from ..curate.changes.folder import Folder

    if (paper is None) == (rename is None) or (rename and (add or drop)):
        raise click.UsageError("expected a PAPER with --add or --drop, or --rename OLD NEW alone")
    if paper is not None and not add and not drop:
        raise click.UsageError("expected --add, --drop, or both")
    if rename:
        old, new = rename
        perform_on_all(root, lambda state: curate.rename(state, "tag", old, new, join=True))
    else:
        assert paper is not None
        perform(root, [curate.Retag(paper, add, drop)])
    known = Folder(root).vocabulary.tag_by_slug
    for tag in rename[1:] if rename else add:
        if tag not in known:
            echo(f"{tag} is not in tags.yml; add it there, so that it has a name", err=True)
