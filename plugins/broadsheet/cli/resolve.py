"""`broadsheet resolve`: mend a merge of two curators' work."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .editing import carry_out

if TYPE_CHECKING:
    from ..reconcile.resolve import Step


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
def resolve(files: tuple[Path, ...], dry_run: bool, root: Path) -> None:
    """Mend FILES (default: all of the content) after a merge, rebase or cherry-pick.

    Both sides are compared paper by paper, over all pages, so that a paper which one side moved
    keeps what the other changed. What is mended is staged; what only you can decide is marked in
    its file and told with its line, and the command exits with 1. A file that you edited since the
    merge stays as it is.
    """
    from .. import curate
    from ..checks.folder import below
    from ..curate.folder import Folder
    from ..errors import plain
    from ..reconcile import repository
    from ..reconcile import states as merges
    from ..reconcile.resolve import Done, steps

    wanted = {below(root, path) if path.exists() else _named(root, path) for path in files}
    folder: Folder = Folder(root)
    unmerged = repository.unmerged(root)
    what = repository.merging(root)
    if what is None or (unmerged and not what.in_progress):
        if not unmerged:
            click.echo("nothing is merged here; nothing to do")
            return
        three, name, going = repository.of_stages(root, unmerged), "unmerged files", True
    else:
        three, name, going = repository.states(root, what), what.what, what.in_progress
    paths = {path for state in three for path in state}
    merged = merges.merge(*three, repository.elsewhere(root, paths))
    now = folder.texts(sorted({*paths, *merged.files}))
    found = [
        one for one in steps(merged.files, three, unmerged, now) if not wanted or one.path in wanted
    ]
    others = [
        *(f"{root}/{path}" for path in unmerged if path not in merged.files),
        *repository.unmerged_elsewhere(root),
    ]

    def change() -> curate.Change:
        return curate.Change(
            writes={one.path: one.text for one in found if one.written}, message=name
        )

    if not dry_run and any(one.written for one in found):
        carry_out(folder, change)
    if not dry_run and going:
        repository.stage(
            root, [one.path for one in found if one.stage and (one.path in unmerged or one.written)]
        )
    for line in merged.told:
        click.echo(plain(line))
    for one in found:
        _tell(root, one)
    for path in others:
        click.echo(f"{plain(path)}: not a file that this command merges; settle it by hand")
    if not found and not others:
        click.echo(f"{name}: every paper stands as it should; nothing to do")
    open_ones = sum(max(len(one.conflicts), one.done is Done.MARKED) for one in found)
    if open_ones or others:
        click.echo(
            f"error: {open_ones + len(others)} to decide by hand: take the lines that you want, "
            "remove the markers, then `git add` the file",
            err=True,
        )
        sys.exit(1)


def _named(root: Path, path: Path) -> str:
    """Return the path below the content folder of a file that a side removed."""
    from ..errors import ContentError, shown

    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except (OSError, ValueError):
        raise ContentError(
            f"this is not in the content folder {shown(root)}", file=str(path)
        ) from None


def _tell(root: Path, step: Step) -> None:
    from ..errors import plain

    file = plain(f"{root}/{step.path}")
    if not step.conflicts:
        click.echo(f"{file}: {step.done.value}")
    for one in step.conflicts:
        said = (
            f"one side {one.ours}, the other {one.theirs}"
            if one.ours and one.theirs
            else ("both sides changed these lines")
        )
        click.echo(f"{file}:{one.line}: {said}; {step.done.value}")
