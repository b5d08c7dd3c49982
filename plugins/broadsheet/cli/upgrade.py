"""`broadsheet upgrade`: bring a digest's content and templates to this Broadsheet."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..counts import counted
from ..errors import plain
from .editing import carry_out
from .terminal import echo

if TYPE_CHECKING:
    from ..curate.changes.folder import Folder
    from ..scaffold import Digest, MergeStep

_LONGEST = 100  # lines of difference that are shown of one file


@click.command()
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before files are written.")
@click.option("--offline", is_flag=True,
              help="Do not ask the package index for the hash of this Broadsheet.")  # fmt: skip
@click.option("--sentences", is_flag=True,
              help="Also write each abstract a sentence a line.")  # fmt: skip
def upgrade(root: Path, dry_run: bool, yes: bool, offline: bool, sentences: bool) -> None:
    """Bring a digest to this Broadsheet: the format of its content, and the files that `broadsheet
    init` wrote: workflows, pinned requirements, settings.

    The difference is shown first; on a terminal you are asked. What you changed in such a file
    stays: a newer template is merged around it. Where both changed the same lines the file stays as
    it is, and FILE.conflict beside it has both: take over what you like, then remove it.
    """
    _content(root, dry_run)
    if sentences:
        _sentences(root, dry_run)
    _templates(root.absolute().parent, dry_run=dry_run, yes=yes, offline=offline)


def _content(root: Path, dry_run: bool) -> None:
    """Bring the content folder to the current format. Nothing else upgrades it."""
    from .. import curate
    from ..curate.bulk.upgrade import version_of
    from ..curate.changes.folder import Folder
    from ..topics import CONTENT_VERSION

    folder: Folder = Folder(root)

    def change() -> curate.Change:
        texts = folder.texts()
        before = version_of(texts.get("topics.yml", ""))
        writes = curate.upgrade(texts)
        files = counted(len(writes), "file")
        message = f"{root}: from version {before} to {CONTENT_VERSION}, {files} changed"
        if not writes:
            message = f"{root} is of version {CONTENT_VERSION}, the newest; nothing to do"
        return curate.Change(writes=writes, message=message)

    echo(plain(change().message) if dry_run else carry_out(folder, change))


def _sentences(root: Path, dry_run: bool) -> None:
    """Write abstracts a sentence a line, as imports write new ones."""
    from .. import curate
    from ..curate.changes.folder import Folder

    folder: Folder = Folder(root)

    def change() -> curate.Change:
        texts = folder.texts()
        writes = curate.sentences(texts)
        count = sum(path.endswith(".md") for path in writes)
        message = f"{root}: abstracts a sentence a line, {counted(count, 'page')} changed"
        return curate.Change(writes=dict(writes), message=message)

    echo(plain(change().message) if dry_run else carry_out(folder, change))


def _templates(folder: Path, *, dry_run: bool, yes: bool, offline: bool) -> None:
    """Bring a digest's templates to this Broadsheet's."""
    from ..scaffold import Digest, Kind, pin, refuse_newer, templates

    digest = Digest(folder)
    known = digest.record()
    if known is None:
        echo("no templates are on record here; `broadsheet init .` writes what is missing")
        return
    refuse_newer(known, pin.version())
    line = digest.requirement(None if offline else pin.wheel_hash())
    files = templates.render(
        known.answers, version=pin.version(), requirement=line, docs=pin.documentation()
    )
    steps = digest.upgraded(files)
    changing = [step for step in steps if step.text is not None or step.conflict is not None]
    for step in changing:
        echo("".join(_difference(step)), nl=False)
    for step in steps:
        if step.kind is not Kind.SAME:
            echo(f"{step.path}: {step.kind.value}{_advice(step)}")
    for path in digest.dropped(files):
        echo(
            f"{plain(path)}: no longer one of Broadsheet's templates; remove it unless you need it"
        )
    if not changing:
        echo(f"templates are those of Broadsheet {pin.version()}; nothing to do")
    asked = changing and not yes and sys.stdin.isatty() and sys.stdout.isatty()
    if dry_run or (asked and not click.confirm("Write these?", default=True)):
        if changing:
            echo("nothing was written")
        return
    digest.carry_out(steps, known.answers)
    _end(digest, steps)


def _end(digest: Digest, steps: Sequence[MergeStep]) -> None:
    """Say what is left to do; exit with 1 where conflicts are to be settled."""
    from ..scaffold import Kind

    if any(step.text is not None and step.mine is None for step in steps):
        echo("Look at it with `git add -A` and `git diff --cached`, and commit it.")
    elif any(step.text is not None for step in steps):
        echo("Look at it with `git diff`, and commit it.")
    open_ones = [step for step in steps if step.kind in (Kind.CONFLICT, Kind.UNSETTLED)]
    if open_ones:
        echo(
            f"error: {counted(len(open_ones), 'file')} with a conflict to settle",
            err=True,
        )
        sys.exit(1)


def _advice(step: MergeStep) -> str:
    from ..scaffold import Kind
    from ..scaffold.merge import CONFLICT

    if step.kind is Kind.CONFLICT:
        return (
            f"; it stays as it is, {step.path}{CONFLICT} has both: take over what you like, then "
            "remove that"
        )
    if step.kind is Kind.UNSETTLED:
        return f"; settle it, remove {step.path}{CONFLICT}, and run this again"
    if step.kind is Kind.FOREIGN:
        return ", left as it is"
    if step.kind is Kind.REMOVED:
        return "; `broadsheet init .` writes it again"
    return ""


def _difference(step: MergeStep) -> Iterator[str]:
    """Yield what a step changes, as a unified diff; of a conflict, what would be put beside."""
    from ..scaffold.merge import CONFLICT, plain_ends

    before = plain_ends(step.mine or "").splitlines()
    after = plain_ends(step.text if step.text is not None else step.conflict or "").splitlines()
    name = step.path if step.text is not None else step.path + CONFLICT
    source = step.path if step.mine is not None else "/dev/null"
    lines = difflib.unified_diff(before, after, source, name, lineterm="", n=2)
    for count, line in enumerate(lines):
        if count == _LONGEST:
            yield "...\n"
            return
        yield f"{_visible(line)}\n"


def _visible(line: str) -> str:
    return "".join(char if char.isprintable() or char == "\t" else "\ufffd" for char in line)
