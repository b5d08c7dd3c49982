"""Edit the content folder in transactions: all files of an edit change or none, whatever ends the
process.

An edit is staged in content/.staging, which git ignores: each file's new bytes and, where the file
exists, its old ones. Then a journal of the edit is written there; only then files are renamed into
place, one by one. The next command that works with the folder finds the journal of an edit that was
cut off and settles it: it rolls the edit forward or, where that would overwrite what people edited
since, back. No settling overwrites people's edits or leaves a paper in no page or in two. A staging
folder without a journal holds an edit of which nothing was applied; it is removed. One that git
tracks is refused: what it holds would be done to content that nobody looked at.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import SiteError, plain, shown
from ..io import files
from ..io.tracking import tracked
from . import disk
from . import journal as journals
from .journal import Edit, EditState, Journal, JournalStep, data_fingerprint

STAGING = disk.STAGING
JOURNAL = "journal"
IGNORE = ".gitignore"
UNDOING = "undo"  # the journal of an edit that is being rolled back

PATIENCE = 10.0  # seconds that a reader waits for an edit in progress


@dataclass(frozen=True, slots=True)
class SettledEdit:
    """An edit that was cut off, and whether it was rolled forward (`finished`) or back."""

    edit: Edit
    finished: bool

    def line(self) -> str:
        """Return a message on what was done."""
        name = plain(self.edit.name)  # a journal is a file, and may be anybody's
        if self.finished:
            return f"{name} had been cut off; it is finished now"
        return f"{name} had been cut off; what it had written is taken back, so please run it again"


@contextmanager
def exclusive(root: Path) -> Iterator[SettledEdit | None]:
    """Hold the lock of a content folder while it is changed; yield what was settled first.

    Raises SiteError where another import or edit holds the lock, and where an edit that was cut off
    can't be settled.
    """
    with disk.locked(root):
        yield _settle(root)


def settle(root: Path) -> SettledEdit | None:
    """Settle an edit that was cut off, before the folder is only read; return what was settled.

    Waits up to `PATIENCE` for an edit in progress. Raises SiteError where that takes longer, and
    where an edit can't be settled because the folder can't be written: half of an edit is
    never read.
    """
    until = time.monotonic() + PATIENCE
    while _is_there(root / STAGING):
        try:
            with disk.locked(root, error=_Busy):
                return _settle(root)
        except _Busy:
            if not _has_journal(root):
                return None  # another process stages its edit: nothing is applied yet
            if time.monotonic() > until:
                raise
        except SiteError:
            if _has_journal(root) or not _is_folder(root / STAGING):
                raise
            return None  # staged files without a journal can stay
        time.sleep(0.02)
    return None


class _Busy(SiteError):
    """Another process holds the folder's lock."""


def commit(
    root: Path,
    writes: Sequence[tuple[str, str | None]],
    edit: Edit | None = None,
    *,
    sync: bool = True,
) -> None:
    """Write files below `root` and remove those whose text is None, all or none.

    The caller holds the lock (`exclusive`). Without `sync` nothing is flushed to disk, for edits
    that can be repeated. Raises SiteError, with nothing changed, where a path leaves `root` or a
    file can't be written.
    """
    for path, _ in writes:
        disk.target(root, path)
    if not writes:
        return
    _settle(root)
    staging = root / STAGING
    at = staging
    try:
        try:
            staging.mkdir(parents=True)
            (staging / IGNORE).write_text("*\n", "utf-8")
            steps = []
            for n, (path, text) in enumerate(writes):
                at = root / path
                before = _bytes(at)
                after = None if text is None else text.encode("utf-8", "surrogatepass")
                if after is not None:
                    _put(staging / f"{n}.new", after, sync)
                    if before is not None:
                        _put(staging / f"{n}.old", before, sync)
                steps.append((path, before, after))
            at = staging / JOURNAL
            journal = journals.journal_of(edit or Edit(), steps)
            files.write_whole(at, journals.encode(journal), sync=sync)
            if sync:
                files.sync_folder(staging)
        except OSError as refused:
            raise SiteError(f"can't be written: {refused.strerror}", file=str(at)) from refused
    except SiteError:
        if not _has_journal(root):
            shutil.rmtree(staging, ignore_errors=True)
        raise
    _apply(root, journal)


def _apply(root: Path, journal: Journal) -> None:
    """Rename an edit's files into place; roll back where a file can't be written."""
    at = root
    try:
        for n, step in enumerate(journal.steps):
            at = root / step.path
            _do(root, n, step)
    except OSError as refused:
        error = SiteError(f"can't be written: {refused.strerror}", file=str(at))
        try:
            _roll_back(root, journal)
            _end(root)
        except OSError:
            error.message += "; the next command settles what was begun"
        raise error from refused
    _complete(root)


def _do(root: Path, n: int, step: JournalStep) -> None:
    target = root / step.path
    if step.after is None:
        if not _applied(root, n, step):
            files.move(target, root / STAGING / f"{n}.gone")
        _prune(root, target.parent)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        files.move(root / STAGING / f"{n}.new", target)


def _complete(root: Path) -> None:
    """Remove the staging folder of an applied edit. The edit is done even where that fails."""
    try:
        _end(root)
    except OSError as refused:
        raise SiteError(
            f"can't be removed: {refused.strerror}; the edit is done, and the next command sweeps",
            file=str(root / STAGING),
        ) from refused


def _end(root: Path) -> None:
    for name in (JOURNAL, UNDOING):
        (root / STAGING / name).unlink(missing_ok=True)
    _sweep(root / STAGING)


def _sweep(staging: Path) -> None:
    """Remove the staging folder, its .gitignore last."""
    for path in sorted(staging.iterdir()):
        if path.name == IGNORE:
            continue
        if _is_folder(path):
            shutil.rmtree(path)
        else:
            path.unlink()
    (staging / IGNORE).unlink(missing_ok=True)
    staging.rmdir()


def _settle(root: Path) -> SettledEdit | None:
    staging = root / STAGING
    if not _is_there(staging):
        return None
    if not _is_folder(staging):
        raise SiteError(
            "found a file or a link; edits are prepared here, please remove it", file=str(staging)
        )
    for message in tracked(staging):  # an edit of somebody else's
        raise SiteError(message, file=str(staging))
    try:
        undoing = _is_there(staging / UNDOING)
        if not undoing and not _is_there(staging / JOURNAL):
            _sweep(staging)
            return None
        journal = _journal(root, UNDOING if undoing else JOURNAL)
        finished = not undoing and _rolls_forward(root, journal)
        if finished:
            for n, step in enumerate(journal.steps):
                if not _applied(root, n, step) or step.after is None:
                    _do(root, n, step)
        else:
            _roll_back(root, journal)
        _end(root)
    except OSError as refused:
        raise SiteError(
            "an edit was cut off and can't be settled: "
            f"{shown(refused.filename or staging)}: {refused.strerror}; expected to be let write "
            "here",
            file=str(staging),
        ) from refused
    return SettledEdit(journal.edit, finished)


def _applied(root: Path, n: int, step: JournalStep) -> bool:
    """Return whether a step was applied: its staged file is no longer there."""
    staging = root / STAGING
    if step.after is None:
        return _is_there(staging / f"{n}.gone") or not _is_there(root / step.path)
    return not _is_there(staging / f"{n}.new")


def _state(root: Path, n: int, step: JournalStep) -> EditState:
    staging = root / STAGING
    return EditState(
        step,
        _applied(root, n, step),
        _bytes(staging / f"{n}.{'gone' if step.after is None else 'old'}"),
        _bytes(staging / f"{n}.new"),
        _bytes(root / step.path),
    )


def _rolls_forward(root: Path, journal: Journal) -> bool:
    """Decide whether to roll an edit that was cut off forward or back. Raises SiteError where
    people's edits since allow neither, and for damaged staged files."""
    states = [_state(root, n, step) for n, step in enumerate(journal.steps)]
    for n, state in enumerate(states):
        if not state.applied and data_fingerprint(state.after) != state.step.after:
            raise _damaged(root, f"{n}.new")
    forward = journals.rolls_forward(journal, states)
    if forward is None:
        edited = ", ".join([state.step.path for state in states if state.edited][:4])
        raise SiteError(
            f"{journal.edit.name} was cut off, and {edited} edited since, so that it can be "
            "neither finished nor taken back; expected each paper in one page alone: please see to "
            "that, then remove this folder",
            file=str(root / STAGING),
        )
    return forward


def _roll_back(root: Path, journal: Journal) -> None:
    """Restore the files that are still as the edit left them.

    Where an import's file was edited since, the ledger keeps the import's rows for its papers.
    Rolling back is idempotent, so it can be resumed. Raises OSError, and LedgerError for a ledger
    that can't be read.
    """
    staging = root / STAGING
    edited: set[str] = set()
    if _is_there(staging / JOURNAL):
        files.move(staging / JOURNAL, staging / UNDOING)
    for n, step in reversed(list(enumerate(journal.steps))):
        target = root / step.path
        new, old, gone = (staging / f"{n}.{end}" for end in ("new", "old", "gone"))
        if step.after is None:
            if _is_there(gone) and not _is_there(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                files.move(gone, target)
            continue
        if not _is_there(new) and (step.before is None or _is_there(old)):
            if data_fingerprint(_bytes(target)) != step.after:
                edited.update(step.ids)
            else:
                files.move(target, new) if step.before is None else files.move(old, target)
        _prune(root, target.parent)
    if edited and journal.edit.again:
        _keep_rows(root, journal, edited)


def _keep_rows(root: Path, journal: Journal, ids: set[str]) -> None:
    """Write ledgers that keep an import's rows for the papers `ids`."""
    staging = root / STAGING
    for n, step in enumerate(journal.steps):
        after = _text(staging / f"{n}.new")
        if not step.path.endswith(disk.LEDGER) or after is None:
            continue
        target = root / step.path
        before, now = _text(staging / f"{n}.old"), _text(target)
        merged = journals.merged_ledger(before, after, now, ids, step.path)
        if merged != now:
            aside = staging / f"{n}.remembered"
            _put(aside, merged.encode("utf-8", "surrogatepass"), True)
            target.parent.mkdir(parents=True, exist_ok=True)
            files.move(aside, target)


def _has_journal(root: Path) -> bool:
    staging = root / STAGING
    return _is_there(staging / JOURNAL) or _is_there(staging / UNDOING)


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _bytes(path: Path) -> bytes | None:
    try:
        return files.read_regular(path)
    except FileNotFoundError:
        return None


def _text(path: Path) -> str | None:
    data = _bytes(path)
    return None if data is None else disk.SourceFile(path.name, data).text(with_mark=True)


def _put(path: Path, data: bytes, sync: bool) -> None:
    with path.open("wb") as file:
        file.write(data)
        if sync:
            file.flush()
            os.fsync(file.fileno())


def _prune(root: Path, folder: Path) -> None:
    """Remove a folder below `root` and its parents below `root`, where they are empty."""
    while folder != root:
        if folder.is_dir():
            if any(folder.iterdir()):
                return
            folder.rmdir()
        folder = folder.parent


def _journal(root: Path, name: str) -> Journal:
    """Read a journal of the staging folder. Raises SiteError for a damaged journal, and for one
    with a path outside `root`."""
    journal = journals.decode(files.read_regular(root / STAGING / name))
    if journal is None:
        raise _damaged(root, name)
    for step in journal.steps:
        disk.target(root, step.path)
    return journal


def _damaged(root: Path, name: str) -> SiteError:
    return SiteError(
        "an edit was cut off, and what it left here is damaged; expected each paper in one page "
        "alone: please see to that (`git diff` shows what was written), then remove this folder",
        file=str(root / STAGING / name),
    )
