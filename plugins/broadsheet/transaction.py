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

import hashlib
import json
import os
import shutil
import stat
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from . import content, files, pages
from .errors import SiteError, shown

STAGING = ".staging"  # below content/
JOURNAL = "journal"
UNDOING = "undo"  # the journal of an edit that is being taken back

PATIENCE = 10.0  # seconds that a reader waits for an edit that is being made

_FORMAT = "broadsheet edit 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who makes an edit, for whoever settles it: what was `asked`, in a form that tells whether it
    is asked once more, its `name` for people, and what is `said` when it is done."""

    name: str = "an edit"
    asked: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """An edit that was cut off, and whether it was finished, or taken back."""

    edit: Edit
    finished: bool

    def line(self) -> str:
        """What became of it, for people."""
        if self.finished:
            return f"{self.edit.name} had been cut off; it is finished now"
        return (
            f"{self.edit.name} had been cut off, and its files were edited since; what it had "
            "written is taken back"
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """One file of an edit: its path below content/, and the hashes of its bytes before and after
    (None: no file)."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class _Journal:
    """What an edit does. `new` and `gone` are the papers that stand in its pages only after, or
    only before it."""

    edit: Edit
    steps: tuple[_Step, ...]
    new: frozenset[str]
    gone: frozenset[str]


@contextmanager
def alone(root: Path) -> Iterator[Settled | None]:
    """Have a content folder alone while it is changed, with what was cut off before settled; gives
    what that was. Raises SiteError where another import or edit has it, or it can't be settled."""
    with content.locked(root):
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
            with content.locked(root, error=_Busy):
                return _settle(root)
        except _Busy:
            if not _begun(root):
                return None  # another is preparing its edit: nothing of it has happened
            if time.monotonic() > until:
                raise
        except SiteError:
            if _begun(root):
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
        content.target(root, path)
    if not writes:
        return
    _settle(root)
    staging = root / STAGING
    at = staging
    try:
        try:
            staging.mkdir(parents=True)
            (staging / ".gitignore").write_text("*\n", "utf-8")
            steps = []
            old: dict[str, bytes | None] = {}
            new: dict[str, bytes | None] = {}
            for n, (path, text) in enumerate(writes):
                at = root / path
                old[path] = before = _bytes(at)
                new[path] = after = None if text is None else text.encode("utf-8", "surrogatepass")
                if after is not None:
                    _put(staging / f"{n}.new", after, sync)
                    if before is not None:
                        _put(staging / f"{n}.old", before, sync)
                steps.append(_Step(path, _hash(before), _hash(after)))
            at = staging / JOURNAL
            had, has = _ids(old), _ids(new)
            journal = _Journal(
                edit or Edit(), tuple(steps), frozenset(has - had), frozenset(had - has)
            )
            files.write_whole(at, _packed(journal), sync=sync)
            if sync:
                _sync_folder(staging)
        except OSError as refused:
            raise SiteError(f"can't be written: {refused.strerror}", file=str(at)) from refused
    except SiteError:
        if not _begun(root):
            shutil.rmtree(staging, ignore_errors=True)
        raise
    _apply(root, journal)


def _apply(root: Path, journal: _Journal) -> None:
    """Move an edit's files into place; take it back where the disk refuses."""
    at = root
    try:
        for n, step in enumerate(journal.steps):
            at = root / step.path
            _do(root, n, step)
    except OSError as refused:
        error = SiteError(f"can't be written: {refused.strerror}", file=str(at))
        try:
            _undo(root, journal)
            _end(root)
        except OSError:
            error.message += "; the next command settles what was begun"
        raise error from refused
    _finish(root)


def _do(root: Path, n: int, step: _Step) -> None:
    target = root / step.path
    if step.after is None:
        if not _applied(root, n, step):
            files.move(target, root / STAGING / f"{n}.gone")
        _prune(root, target.parent)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        files.move(root / STAGING / f"{n}.new", target)


def _undo(root: Path, journal: _Journal) -> None:
    """Put back what an edit had done to files that are still as it left them. Begun again after a
    cut, it goes on."""
    staging = root / STAGING
    if _is_there(staging / JOURNAL):
        files.move(staging / JOURNAL, staging / UNDOING)
    for n, step in reversed(list(enumerate(journal.steps))):
        target = root / step.path
        old, gone = staging / f"{n}.old", staging / f"{n}.gone"
        if step.after is None:
            if _is_there(gone) and not _is_there(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                files.move(gone, target)
        elif step.before is not None:
            if _is_there(old) and _hash(_bytes(target)) == step.after:
                files.move(old, target)
        else:
            if not _is_there(staging / f"{n}.new") and _hash(_bytes(target)) == step.after:
                files.move(target, staging / f"{n}.new")
            _prune(root, target.parent)


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
    shutil.rmtree(root / STAGING)


def _settle(root: Path) -> Settled | None:
    staging = root / STAGING
    if not _is_there(staging):
        return None
    if not stat.S_ISDIR(staging.lstat().st_mode):
        raise SiteError(
            "found a file or a link; edits are prepared here, please remove it", file=str(staging)
        )
    try:
        undoing = _is_there(staging / UNDOING)
        if not undoing and not _is_there(staging / JOURNAL):
            shutil.rmtree(staging)
            return None
        journal = _unpacked(root, UNDOING if undoing else JOURNAL)
        finished = not undoing and _forward(root, journal)
        if finished:
            for n, step in enumerate(journal.steps):
                if not _applied(root, n, step) or step.after is None:
                    _do(root, n, step)
        else:
            _undo(root, journal)
        _end(root)
    except OSError as refused:
        raise SiteError(
            "an edit was cut off and can't be settled: "
            f"{shown(refused.filename or staging)}: {refused.strerror}; expected to be let write "
            "here",
            file=str(staging),
        ) from refused
    return Settled(journal.edit, finished)


def _applied(root: Path, n: int, step: _Step) -> bool:
    """Whether an edit had come to a file: what was prepared for it is no longer where it was."""
    staging = root / STAGING
    if step.after is None:
        return _is_there(staging / f"{n}.gone") or not _is_there(root / step.path)
    return not _is_there(staging / f"{n}.new")


def _forward(root: Path, journal: _Journal) -> bool:
    """Whether an edit that was cut off is to be finished, or taken back. Raises SiteError where
    people's own edits since allow neither."""
    staging = root / STAGING
    now: dict[str, bytes | None] = {}
    ahead: dict[str, bytes | None] = {}
    back: dict[str, bytes | None] = {}
    barred: list[str] = []  # edited since, and the edit had not come to them
    touched: list[str] = []  # edited since, after the edit had come to them
    put_back = False
    for n, step in enumerate(journal.steps):
        path = step.path
        now[path] = ahead[path] = back[path] = found = _bytes(root / path)
        stands = _hash(found)
        if _applied(root, n, step):
            if stands == step.after:
                kept = staging / (f"{n}.gone" if step.after is None else f"{n}.old")
                back[path] = _bytes(kept)
            else:
                touched.append(path)
                put_back = put_back or (step.before is not None and stands == step.before)
        elif stands == step.before:
            ahead[path] = None if step.after is None else _bytes(staging / f"{n}.new")
            if _hash(ahead[path]) != step.after:
                raise _damaged(root, f"{n}.new")
        else:
            barred.append(path)
    forward = not barred and _safe(now, ahead, journal.gone)
    backward = _safe(now, back, journal.new)
    if forward and not (put_back and backward):
        return True
    if backward:
        return False
    raise SiteError(
        f"{journal.edit.name} was cut off, and {shown(', '.join((touched + barred)[:4]))} edited "
        "since, so that it can be neither finished nor taken back; expected each paper in one page "
        "alone: please see to that, then remove this folder",
        file=str(staging),
    )


def _safe(
    now: Mapping[str, bytes | None],
    then: Mapping[str, bytes | None],
    meant: frozenset[str],
) -> bool:
    """Whether files can become others without a paper in two pages, or one in none that wasn't
    `meant` to go."""
    ids = _ids(then)
    return max(ids.values(), default=0) <= 1 and set(_ids(now)) - set(ids) <= meant


def _ids(texts: Mapping[str, bytes | None]) -> Counter[str]:
    """The papers of pages, and in how many places each stands."""
    return Counter(
        seen.id
        for path, data in texts.items()
        if data is not None and path.endswith(".md")
        for seen in pages.scan(data.decode("utf-8", "replace"))
    )


def _begun(root: Path) -> bool:
    staging = root / STAGING
    return _is_there(staging / JOURNAL) or _is_there(staging / UNDOING)


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _hash(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


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
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _packed(journal: _Journal) -> bytes:
    body = json.dumps(
        {
            "edit": asdict(journal.edit),
            "steps": [asdict(step) for step in journal.steps],
            "new": sorted(journal.new),
            "gone": sorted(journal.gone),
        }
    ).encode()
    return f"{_FORMAT} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def _unpacked(root: Path, name: str) -> _Journal:
    """The journal in the staging folder. Raises SiteError for a damaged one, and for one that
    names files outside `root`."""
    head, _, body = (root / STAGING / name).read_bytes().partition(b"\n")
    if head != f"{_FORMAT} {hashlib.sha256(body).hexdigest()}".encode():
        raise _damaged(root, name)
    try:
        raw: dict[str, Any] = json.loads(body)
        journal = _Journal(
            Edit(**raw["edit"]),
            tuple(_Step(**step) for step in raw["steps"]),
            frozenset(raw["new"]),
            frozenset(raw["gone"]),
        )
        for step in journal.steps:
            content.target(root, step.path)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _damaged(root, name) from None
    return journal


def _damaged(root: Path, name: str) -> SiteError:
    return SiteError(
        "an edit was cut off, and what it left here is damaged; expected each paper in one page "
        "alone: please see to that (`git diff` shows what was written), then remove this folder",
        file=str(root / STAGING / name),
    )
