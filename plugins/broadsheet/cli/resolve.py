"""`broadsheet resolve`: mend a merge of two curators' work."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..content.from_here import named_from_here
from .editing import carry_out
from .terminal import echo

if TYPE_CHECKING:
    from ..reconcile.names import State
    from ..reconcile.repository import Stages
    from ..reconcile.resolve import Step
    from ..reconcile.three import Three


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
    from ..curate.changes.folder import Folder
    from ..reconcile import repository
    from ..reconcile import states as merges
    from ..reconcile.resolve import steps

    wanted = {below(root, path) if path.exists() else _named(root, path) for path in files}
    folder: Folder = Folder(root)
    unmerged = repository.unmerged(root)
    sides = _sides(root, unmerged)
    if sides is None:
        echo("nothing is merged here; nothing to do")
        return
    three, name, going = sides
    paths = {path for state in three for path in state}
    merged = merges.merge(*three, repository.elsewhere(root, paths))
    now = folder.texts(sorted({*paths, *merged.files}))
    found = [
        one for one in steps(merged.files, three, unmerged, now) if not wanted or one.path in wanted
    ]
    writes = {one.path: one.text for one in found if one.written}
    if writes and not dry_run:
        carry_out(folder, lambda: curate.Change(writes=writes, message=name))
    if going and not dry_run:
        staged = [one.path for one in found if one.stage]
        repository.stage(root, [path for path in staged if path in unmerged or path in writes])
    others = [
        *(f"{root}/{path}" for path in unmerged if path not in merged.files),
        *repository.unmerged_elsewhere(root),
    ]
    _report(root, name, merged.told, found, others)


def _sides(root: Path, unmerged: Mapping[str, Stages]) -> tuple[Three[State], str, bool] | None:
    """Return the content before and on both sides of what is merged, what that is, and whether it
    goes on; None where nothing is merged."""
    from ..reconcile import repository

    what = repository.merging(root)
    if what is not None and (what.in_progress or not unmerged):
        return repository.states(root, what), what.what, what.in_progress
    if unmerged:
        return repository.of_stages(root, unmerged), "unmerged files", True
    return None


def _report(
    root: Path, name: str, told: Sequence[str], found: Sequence[Step], others: Sequence[str]
) -> None:
    """Say what was done and what is left to decide; exit with 1 where anything is."""
    from ..errors import plain
    from ..reconcile.resolve import ResolvedFile

    for line in told:
        echo(named_from_here(plain(line), root))
    for one in found:
        _tell(root, one)
    for path in others:
        echo(f"{plain(path)}: not a file that this command merges; settle it by hand")
    if not found and not others:
        echo(f"{name}: every paper stands as it should; nothing to do")
    by_hand = (ResolvedFile.MARKED, ResolvedFile.HELD)
    undecided = sum(max(len(one.conflicts), one.done in by_hand) for one in found)
    if undecided or others:
        echo(
            f"error: {undecided + len(others)} to decide by hand: take the lines that you want, "
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
        echo(f"{file}: {step.done.value}")
    for one in step.conflicts:
        said = (
            f"one side {one.ours}, the other {one.theirs}"
            if one.ours and one.theirs
            else ("both sides changed these lines")
        )
        echo(f"{file}:{one.line}: {plain(said)}; {step.done.value}")
