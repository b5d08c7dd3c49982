"""The journal of an edit of the content folder, and the decision on an edit that was cut off: roll
it forward or back. Pure.
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
    """What the journal says of an edit as a whole. The fields are part of the journal's format.

    `name` is the edit's name in messages; `asked` identifies the command, so that the same command
    run again is recognised; `said` is the command's message when the edit is done. `again` marks an
    edit that can be repeated from its source, as an import can: it is always rolled back, since
    people may have added the same papers by hand meanwhile.
    """

    name: str = "an edit"
    asked: str = ""
    said: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class JournalStep:
    """One file of an edit: its path below content/, the fingerprints of its bytes before and after
    (None: no file), and the ids of the papers that it holds after."""

    path: str
    before: str | None
    after: str | None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Journal:
    """An edit's steps. `new` and `gone` are the ids that its pages hold only after it, or only
    before it."""

    edit: Edit
    steps: tuple[JournalStep, ...]
    new: frozenset[str]
    gone: frozenset[str]


@dataclass(frozen=True, slots=True)
class EditState:
    """A step of an edit that was cut off: whether it was applied, and the file's bytes `before`,
    `after` (None also where the staging folder no longer has them) and `now`."""

    step: JournalStep
    applied: bool
    before: bytes | None
    after: bytes | None
    now: bytes | None

    @property
    def edited(self) -> bool:
        """Whether the file was edited after the edit was cut off."""
        return data_fingerprint(self.now) != (self.step.after if self.applied else self.step.before)


def journal_of(edit: Edit, texts: Sequence[tuple[str, bytes | None, bytes | None]]) -> Journal:
    """Return the journal of an edit of `texts`: path, bytes before, bytes after."""
    steps = tuple(
        JournalStep(
            path, data_fingerprint(before), data_fingerprint(after), tuple(papers_in({path: after}))
        )
        for path, before, after in texts
    )
    had = papers_in({path: before for path, before, _ in texts})
    has = {key for step in steps for key in step.ids}
    return Journal(edit, steps, frozenset(has - set(had)), frozenset(set(had) - has))


def rolls_forward(journal: Journal, states: Iterable[EditState]) -> bool | None:
    """Decide whether to roll an edit that was cut off forward (True) or back (False).

    Returns None where edits since the cut allow neither. A file that people edited is never
    overwritten, and no paper may end up in two pages or in none.
    """
    steps = list(states)
    if all(state.applied for state in steps):
        return True
    if journal.edit.again or not any(state.applied for state in steps):
        return False
    now = {state.step.path: state.now for state in steps}
    ahead = {state.step.path: state.now if state.applied else state.after for state in steps}
    back = {
        state.step.path: state.before if state.applied and not state.edited else state.now
        for state in steps
    }
    backward = _safe(now, back, journal.new)
    forward = not any(state.edited and not state.applied for state in steps)
    forward = forward and _safe(now, ahead, journal.gone)
    put_back = any(
        state.applied
        and state.edited
        and state.step.before
        and data_fingerprint(state.now) == state.step.before
        for state in steps
    )
    if forward and not (put_back and backward):
        return True
    return False if backward else None


def _safe(
    now: Mapping[str, bytes | None], then: Mapping[str, bytes | None], meant: Collection[str]
) -> bool:
    """Return whether changing files from `now` to `then` leaves no paper in two pages, and removes
    no paper but those `meant` to go."""
    ids = papers_in(then)
    return max(ids.values(), default=0) <= 1 and set(papers_in(now)) - set(ids) <= set(meant)


def papers_in(files: Mapping[str, bytes | None]) -> Counter[str]:
    """Return the ids in the pages among `files` (bytes by path), with how often each occurs."""
    return Counter(
        paper.location.id
        for path, data in files.items()
        if data is not None and path.endswith(".md")
        for paper in pages.scan(data.decode("utf-8", "replace"), file=path)
    )


def merged_ledger(
    before: str | None, after: str, now: str | None, ids: Collection[str], file: str
) -> str:
    """Return a day's ledger for a rolled-back import some of whose pages people have edited since.

    It is the ledger as it is `now`, with the import's rows (from `after`) for the papers `ids` of
    those pages, so that a paper that people deleted is not imported again. Rows that people changed
    since `before` are kept. Raises LedgerError for a ledger that can't be read.
    """
    meant = ledgers.parse(after, file=file)
    old = {one.id: one for one in ledgers.parse(before, file=file).statuses} if before else {}
    there = ledgers.parse(now, file=file) if now else Ledger(date=meant.date)
    statuses = {one.id: one for one in there.statuses}
    for record in meant.statuses:
        if record.id in ids and statuses.get(record.id) == old.get(record.id):
            statuses[record.id] = record
    merged = replace(there, statuses=tuple(statuses.values()))
    return ledgers.update(now, merged) if now else ledgers.format(merged)


def data_fingerprint(data: bytes | None) -> str | None:
    """Return the SHA-256 of a file's bytes; None where there is no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def encode(journal: Journal) -> bytes:
    """Return a journal as JSON after a line with its format and checksum."""
    body = json.dumps(
        {
            "edit": asdict(journal.edit),
            "steps": [asdict(step) for step in journal.steps],
            "new": sorted(journal.new),
            "gone": sorted(journal.gone),
        }
    ).encode()
    return f"{_FORMAT} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def decode(data: bytes) -> Journal | None:
    """Return the journal that `encode` wrote; None for damaged bytes."""
    head, _, body = data.partition(b"\n")
    if head != f"{_FORMAT} {hashlib.sha256(body).hexdigest()}".encode():
        return None
    try:
        raw: dict[str, Any] = json.loads(body)
        steps = tuple(JournalStep(**{**step, "ids": tuple(step["ids"])}) for step in raw["steps"])
        journal = Journal(Edit(**raw["edit"]), steps, frozenset(raw["new"]), frozenset(raw["gone"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return journal if _is_sound(journal) else None


def _is_sound(journal: Journal) -> bool:
    """Return whether what was read holds texts where a journal has texts."""
    edit, steps = journal.edit, journal.steps
    texts = (edit.name, edit.asked, edit.said, *journal.new, *journal.gone)
    of_steps = (text for step in steps for text in (step.path, *step.ids))
    prints = (text for step in steps for text in (step.before, step.after))
    return (
        all(isinstance(text, str) for text in (*texts, *of_steps))
        and all(text is None or isinstance(text, str) for text in prints)
        and isinstance(edit.again, bool)
    )
