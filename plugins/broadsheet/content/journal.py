"""The journal of an edit of the content folder: what it does to which files, and what is to become
of it where it was cut off. Pure.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from . import ledger as ledgers
from . import pages
from .ledger import Ledger

_FORMAT = "broadsheet edit 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who makes an edit, for whoever settles it: what was `asked`, in a form that tells whether it
    is asked once more, its `name` for people, and what is `said` when it is done.

    `again` says that the edit puts papers into pages, as an import does, and is made again from
    what it came from: where it was cut off it is taken back and never finished, since people may
    have written down the same papers since.
    """

    name: str = "an edit"
    asked: str = ""
    said: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One file of an edit: its path below content/, the hashes of its bytes before and after
    (None: no file), and the papers that it holds after."""

    path: str
    before: str | None
    after: str | None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Journal:
    """What an edit does. `new` and `gone` are the papers that stand in its pages only after, or
    only before it."""

    edit: Edit
    steps: tuple[Step, ...]
    new: frozenset[str]
    gone: frozenset[str]


@dataclass(frozen=True, slots=True)
class EditState:
    """A file as an edit that was cut off left it: whether it had come to it (`applied`), and the
    file's bytes `before`, `after` (None also where they are not kept any more) and `now`."""

    step: Step
    applied: bool
    before: bytes | None
    after: bytes | None
    now: bytes | None

    @property
    def edited(self) -> bool:
        """Whether people have edited it since."""
        return data_fingerprint(self.now) != (self.step.after if self.applied else self.step.before)


def journal_of(edit: Edit, texts: Sequence[tuple[str, bytes | None, bytes | None]]) -> Journal:
    """The journal of an edit of files, each with its path and its bytes before and after."""
    steps = tuple(
        Step(path, data_fingerprint(before), data_fingerprint(after), tuple(papers({path: after})))
        for path, before, after in texts
    )
    had = papers({path: before for path, before, _ in texts})
    has = {one for step in steps for one in step.ids}
    return Journal(edit, steps, frozenset(has - set(had)), frozenset(set(had) - has))


def finishes(journal: Journal, standings: Iterable[EditState]) -> bool | None:
    """Whether an edit that was cut off is to be finished (True) or taken back (False); None where
    people's edits since allow neither.

    No file that people edited is to be written over, and no paper may come to stand in two pages or
    in none.
    """
    found = list(standings)
    if all(one.applied for one in found):
        return True
    if journal.edit.again or not any(one.applied for one in found):
        return False
    now = {one.step.path: one.now for one in found}
    ahead = {one.step.path: one.now if one.applied else one.after for one in found}
    back = {
        one.step.path: one.before if one.applied and not one.edited else one.now for one in found
    }
    backward = _safe(now, back, journal.new)
    forward = not any(one.edited and not one.applied for one in found)
    forward = forward and _safe(now, ahead, journal.gone)
    put_back = any(
        one.applied
        and one.edited
        and one.step.before
        and data_fingerprint(one.now) == one.step.before
        for one in found
    )
    if forward and not (put_back and backward):
        return True
    return False if backward else None


def _safe(
    now: Mapping[str, bytes | None], then: Mapping[str, bytes | None], meant: Collection[str]
) -> bool:
    """Whether files can become others without a paper in two pages, or one in none that wasn't
    `meant` to go."""
    ids = papers(then)
    return max(ids.values(), default=0) <= 1 and set(papers(now)) - set(ids) <= set(meant)


def papers(files: Mapping[str, bytes | None]) -> Counter[str]:
    """The papers of pages, and in how many places each stands."""
    return Counter(
        paper.location.id
        for path, data in files.items()
        if data is not None and path.endswith(".md")
        for paper in pages.scan(data.decode("utf-8", "replace"), file=path)
    )


def remembered(
    before: str | None, after: str, now: str | None, ids: Collection[str], file: str
) -> str:
    """A day's ledger where an import is taken back whose pages people have edited since: as it is
    `now`, with what the import would have said (`after`) of the papers that it had written there.
    A paper that people deleted so stays away. Their own changes of the ledger stand.

    Raises LedgerError for a ledger that can't be read.
    """
    meant = ledgers.parse(after, file=file)
    old = {one.id: one for one in ledgers.parse(before, file=file).statuses} if before else {}
    there = ledgers.parse(now, file=file) if now else Ledger(date=meant.date)
    statuses = {one.id: one for one in there.statuses}
    for record in meant.statuses:
        if record.id in ids and statuses.get(record.id) == old.get(record.id):
            statuses[record.id] = record
    made = replace(there, statuses=tuple(statuses.values()))
    return ledgers.update(now, made) if now else ledgers.format(made)


def data_fingerprint(data: bytes | None) -> str | None:
    """A hash of a file's bytes; None where there is no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def packed(journal: Journal) -> bytes:
    """A journal as bytes, with a checksum."""
    body = json.dumps(
        {
            "edit": asdict(journal.edit),
            "steps": [asdict(step) for step in journal.steps],
            "new": sorted(journal.new),
            "gone": sorted(journal.gone),
        }
    ).encode()
    return f"{_FORMAT} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def unpacked(data: bytes) -> Journal | None:
    """What `packed` made bytes of; None where they are damaged."""
    head, _, body = data.partition(b"\n")
    if head != f"{_FORMAT} {hashlib.sha256(body).hexdigest()}".encode():
        return None
    try:
        raw: dict[str, Any] = json.loads(body)
        steps = tuple(Step(**{**step, "ids": tuple(step["ids"])}) for step in raw["steps"])
        found = Journal(Edit(**raw["edit"]), steps, frozenset(raw["new"]), frozenset(raw["gone"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    texts = (step.path for step in found.steps)
    return found if all(isinstance(one, str) for one in texts) else None
