"""Edits of the content folder as transactions: all files of an edit, or none of them, whatever ends
the process that makes it.

An edit is prepared in content/.staging, which git ignores: each file as it will be and, where it
is there already, as it was. Then a journal is put beside them, which says what the edit is; only
then files move into place, one by one. Whoever works with the folder next finds the journal of an
edit that was cut off and settles it: by finishing it or, where people have edited files since that
it would have to overwrite, by taking it back. What people edited is never written over, and no
settling leaves a paper in no page or in two. Without a journal nothing of the edit has happened,
and what was prepared is swept.
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
from . import disk, journal
from .journal import Edit, EditState, Journal, Step, data_fingerprint

STAGING = ".staging"  # below content/
JOURNAL = "journal"
IGNORE = ".gitignore"
UNDOING = "undo"  # the journal of an edit that is being taken back

PATIENCE = 10.0  # seconds that a reader waits for an edit that is being made


@dataclass(frozen=True, slots=True)
class Settled:
    """An edit that was cut off, and whether it was finished, or taken back."""

    edit: Edit
    finished: bool

    def line(self) -> str:
        """What became of it, for people."""
        name = plain(self.edit.name)  # a journal is a file, and may be anybody's
        if self.finished:
            return f"{name} had been cut off; it is finished now"
        return f"{name} had been cut off; what it had written is taken back, so please run it again"


@contextmanager
def alone(root: Path) -> Iterator[Settled | None]:
    """Have a content folder alone while it is changed, with what was cut off before settled; gives
    what that was. Raises SiteError where another import or edit has it, or it can't be settled."""
    with disk.locked(root):
        yield _settle(root)


def settle(root: Path) -> Settled | None:
    """Settle what was cut off, for who only reads the folder. Gives what it was.

    Waits for an edit that is being made, at most `PATIENCE`. Raises SiteError where that lasts
    longer, and where an edit that was cut off can't be settled because the folder can't be written:
    half of an edit is never read.
    """
    until = time.monotonic() + PATIENCE
    while _is_there(root / STAGING):
        try:
            with disk.locked(root, error=_Busy):
                return _settle(root)
        except _Busy:
            if not _begun(root):
                return None  # another is preparing its edit: nothing of it has happened
            if time.monotonic() > until:
                raise
        except SiteError:
            if _begun(root) or not _is_folder(root / STAGING):
                raise
            return None  # what was prepared can't be swept, and is in nobody's way
        time.sleep(0.02)
    return None


class _Busy(SiteError):
    """Another process has the folder."""


def carry_out(
    root: Path,
    writes: Sequence[tuple[str, str | None]],
    edit: Edit | None = None,
    *,
    sync: bool = True,
) -> None:
    """Write files below `root` and remove those whose text is None, all or none.

    The caller has the folder `alone`. Without `sync` the disk isn't waited for; that is for what
    can be made again. Raises SiteError, and has changed nothing, where a path leaves `root` or the
    disk refuses.
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
            made = []
            for n, (path, text) in enumerate(writes):
                at = root / path
                before = _bytes(at)
                after = None if text is None else text.encode("utf-8", "surrogatepass")
                if after is not None:
                    _put(staging / f"{n}.new", after, sync)
                    if before is not None:
                        _put(staging / f"{n}.old", before, sync)
                made.append((path, before, after))
            at = staging / JOURNAL
            book = journal.journal_of(edit or Edit(), made)
            files.write_whole(at, journal.packed(book), sync=sync)
            if sync:
                _sync_folder(staging)
        except OSError as refused:
            raise SiteError(f"can't be written: {refused.strerror}", file=str(at)) from refused
    except SiteError:
        if not _begun(root):
            shutil.rmtree(staging, ignore_errors=True)
        raise
    _apply(root, book)


def _apply(root: Path, book: Journal) -> None:
    """Move an edit's files into place; take it back where the disk refuses."""
    at = root
    try:
        for n, step in enumerate(book.steps):
            at = root / step.path
            _do(root, n, step)
    except OSError as refused:
        error = SiteError(f"can't be written: {refused.strerror}", file=str(at))
        try:
            _undo(root, book)
            _end(root)
        except OSError:
            error.message += "; the next command settles what was begun"
        raise error from refused
    _finish(root)


def _do(root: Path, n: int, step: Step) -> None:
    target = root / step.path
    if step.after is None:
        if not _applied(root, n, step):
            files.move(target, root / STAGING / f"{n}.gone")
        _prune(root, target.parent)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        files.move(root / STAGING / f"{n}.new", target)


def _finish(root: Path) -> None:
    """End an edit all of whose files are in place: it is done, also where its journal stays."""
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
    """Remove the staging folder, last of all what has git ignore it."""
    for path in sorted(staging.iterdir()):
        if path.name == IGNORE:
            continue
        if _is_folder(path):
            shutil.rmtree(path)
        else:
            path.unlink()
    (staging / IGNORE).unlink(missing_ok=True)
    staging.rmdir()


def _settle(root: Path) -> Settled | None:
    staging = root / STAGING
    if not _is_there(staging):
        return None
    if not _is_folder(staging):
        raise SiteError(
            "found a file or a link; edits are prepared here, please remove it", file=str(staging)
        )
    try:
        undoing = _is_there(staging / UNDOING)
        if not undoing and not _is_there(staging / JOURNAL):
            _sweep(staging)
            return None
        book = _journal(root, UNDOING if undoing else JOURNAL)
        finished = not undoing and _finishes(root, book)
        if finished:
            for n, step in enumerate(book.steps):
                if not _applied(root, n, step) or step.after is None:
                    _do(root, n, step)
        else:
            _undo(root, book)
        _end(root)
    except OSError as refused:
        raise SiteError(
            "an edit was cut off and can't be settled: "
            f"{shown(refused.filename or staging)}: {refused.strerror}; expected to be let write "
            "here",
            file=str(staging),
        ) from refused
    return Settled(book.edit, finished)


def _applied(root: Path, n: int, step: Step) -> bool:
    """Whether an edit had come to a file: what was prepared for it is no longer where it was."""
    staging = root / STAGING
    if step.after is None:
        return _is_there(staging / f"{n}.gone") or not _is_there(root / step.path)
    return not _is_there(staging / f"{n}.new")


def _standing(root: Path, n: int, step: Step) -> EditState:
    staging = root / STAGING
    return EditState(
        step,
        _applied(root, n, step),
        _bytes(staging / f"{n}.{'gone' if step.after is None else 'old'}"),
        _bytes(staging / f"{n}.new"),
        _bytes(root / step.path),
    )


def _finishes(root: Path, book: Journal) -> bool:
    """Whether an edit that was cut off is to be finished, or taken back. Raises SiteError where
    people's own edits since allow neither."""
    standings = [_standing(root, n, step) for n, step in enumerate(book.steps)]
    for n, one in enumerate(standings):
        if not one.applied and data_fingerprint(one.after) != one.step.after:
            raise _damaged(root, f"{n}.new")
    found = journal.finishes(book, standings)
    if found is None:
        edited = ", ".join([one.step.path for one in standings if one.edited][:4])
        raise SiteError(
            f"{book.edit.name} was cut off, and {edited} edited since, so that it can be neither "
            "finished nor taken back; expected each paper in one page alone: please see to that, "
            "then remove this folder",
            file=str(root / STAGING),
        )
    return found


def _undo(root: Path, book: Journal) -> None:
    """Put back what an edit had done to files that are still as it left them; where it was an
    import, the ledger remembers what it had put into those that are not. Begun again after a cut,
    it goes on. Raises OSError, and LedgerError for a ledger that can't be read."""
    staging = root / STAGING
    edited: set[str] = set()
    if _is_there(staging / JOURNAL):
        files.move(staging / JOURNAL, staging / UNDOING)
    for n, step in reversed(list(enumerate(book.steps))):
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
    if edited and book.edit.again:
        _remember(root, book, edited)


def _remember(root: Path, book: Journal, ids: set[str]) -> None:
    staging = root / STAGING
    for n, step in enumerate(book.steps):
        after = _text(staging / f"{n}.new")
        if not step.path.endswith(disk.LEDGER) or after is None:
            continue
        target = root / step.path
        before, now = _text(staging / f"{n}.old"), _text(target)
        made = journal.remembered(before, after, now, ids, step.path)
        if made != now:
            aside = staging / f"{n}.remembered"
            _put(aside, made.encode("utf-8", "surrogatepass"), True)
            target.parent.mkdir(parents=True, exist_ok=True)
            files.move(aside, target)


def _begun(root: Path) -> bool:
    staging = root / STAGING
    return _is_there(staging / JOURNAL) or _is_there(staging / UNDOING)


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
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


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prune(root: Path, folder: Path) -> None:
    """Remove a folder below `root`, and those above it, where they are empty."""
    while folder != root:
        if folder.is_dir():
            if any(folder.iterdir()):
                return
            folder.rmdir()
        folder = folder.parent


def _journal(root: Path, name: str) -> Journal:
    """The journal in the staging folder. Raises SiteError for a damaged one, and for one that
    names files outside `root`."""
    book = journal.unpacked((root / STAGING / name).read_bytes())
    if book is None:
        raise _damaged(root, name)
    for step in book.steps:
        disk.target(root, step.path)
    return book


def _damaged(root: Path, name: str) -> SiteError:
    return SiteError(
        "an edit was cut off, and what it left here is damaged; expected each paper in one page "
        "alone: please see to that (`git diff` shows what was written), then remove this folder",
        file=str(root / STAGING / name),
    )
