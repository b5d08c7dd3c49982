"""The operations of curators as values, carried out in one transaction.

The commands, the list on the terminal and other front ends all call `apply`:

    outcome = apply(Folder(root), [Pick("2401.16164"), Decline("some-title")], Curator(name="Cy"))

An operation names its paper as people do: by id, address, arXiv id, title, or the start or words of
one. Operations are carried out in order, each on what the ones before it left; where one fails,
nothing is written. `undo` takes the last edit back, of whatever front end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ...content.journal import Edit
from ...content.ledger import DECLINED, PUBLISHED, WAITING
from ...content.pages import PaperLocation
from ...content.transaction import SettledEdit
from ...errors import ContentError, EditedSince, shown
from ...papers import MachineSummary
from ..changes.change import Change, ledger_path
from ..changes.folder import Folder
from .decline import decline
from .desk import Curator, Desk
from .move import move
from .note import note, revise_note
from .pick import pick
from .retag import retag
from .reword import reword
from .summarize import summarize

UNDO = "broadsheet undo"


@dataclass(frozen=True, slots=True)
class Pick:
    """Publish a paper that waits, in its own topic or another."""

    paper: str
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Decline:
    """Decline a paper; `why` is what readers of a published paper's address are told."""

    paper: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Move a paper to another topic (a waiting one too), or another day."""

    paper: str
    topic: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Retag:
    """Add tags to a paper and drop others."""

    paper: str
    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotate:
    """Add a note, in Markdown, to a paper."""

    paper: str
    text: str


@dataclass(frozen=True, slots=True)
class ReviseNote:
    """Replace the text of one of a paper's notes (from 1), or without a text remove the note."""

    paper: str
    number: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Reword:
    """Give a paper another title or abstract, in Markdown."""

    paper: str
    title: str | None = None
    abstract: str | None = None


@dataclass(frozen=True, slots=True)
class Summarize:
    """Put a model's summary into a paper's block, unless a person edited the one that is there."""

    paper: str
    summary: MachineSummary


Operation = Pick | Decline | Move | Retag | Annotate | ReviseNote | Reword | Summarize


@dataclass(frozen=True, slots=True)
class DoneOperation:
    """An operation that was carried out: its paper's id, what was done, and whether that changed
    anything."""

    operation: Operation
    id: str
    message: str
    changed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What some operations did: one line for each, the paths of the written and removed files,
    those `created` among them, and the edit that was settled before."""

    done: tuple[DoneOperation, ...] = ()
    message: str
    paths: tuple[str, ...] = ()
    created: tuple[str, ...] = ()
    settled: SettledEdit | None = None


def apply(
    folder: Folder,
    operations: Sequence[Operation],
    curator: Curator,
    *,
    day: date | None = None,
    name: str = "an edit",
    asked: str = "",
    seen: Mapping[str, str] | None = None,
) -> Outcome:
    """Carry out operations, all or none, under the folder's lock.

    Papers are looked for on `day` first, by id, which spares reading all others. `name` is the
    command's in messages; where one with the same `asked` was cut off, it is finished rather than
    made again. `seen` are the marks (`Item.mark`) of papers as the curator saw them, by id. Raises
    EditedSince, with nothing changed, where one of these was edited since, and BroadsheetError for
    the first operation that can't be carried out.
    """
    with folder.exclusive() as settled:
        if settled is not None and settled.finished and asked and settled.edit.asked == asked:
            return Outcome(message=settled.edit.said)
        change, done = planned(folder, operations, curator, day=day, seen=seen)
        created = folder.carry_out(change, name=name, asked=asked)
    return Outcome(
        done=done,
        message=change.message,
        paths=tuple(sorted(change.writes)),
        created=created,
        settled=settled,
    )


def planned(
    folder: Folder,
    operations: Sequence[Operation],
    curator: Curator,
    *,
    day: date | None = None,
    seen: Mapping[str, str] | None = None,
) -> tuple[Change, tuple[DoneOperation, ...]]:
    """Return what operations would change, without writing it. Raises as `apply` does."""
    fresh = Folder(folder.root)
    near = fresh.papers_on(day) if day else {}
    places = [near.get(one.paper) or _place(fresh, one) for one in operations]
    days = {place.date for place in places}
    days |= {one.day for one in operations if isinstance(one, Move) and one.day}
    desk = Desk(fresh.state(days), {place.id: place for place in places})
    if seen is not None:
        _as_seen(desk, [place.id for place in places], seen)
    done = tuple(
        _carried_out(desk, operation, place.id, curator)
        for operation, place in zip(operations, places, strict=True)
    )
    return desk.finished("\n".join(one.message for one in done)), done


def undo(folder: Folder, *, asked: str = UNDO, seen: str | None = None) -> Outcome:
    """Take back the last edit that was made on this machine, whatever command made it.

    `seen` is what the edit that the curator saw as the last one said. Raises EditedSince where the
    last one is another, and ContentError, naming the file, where one of its files was edited since,
    and where there is nothing to undo.
    """
    with folder.exclusive() as settled:
        if settled is not None and settled.finished and settled.edit.asked == asked:
            return Outcome(message=settled.edit.said)
        history = folder.history
        last = history.last()
        if seen is not None and last.said != seen:
            raise EditedSince(
                f"another edit was made since, by {last.name}; nothing was taken back"
            )
        first, *more = last.said.splitlines() or [""]
        said = f"undone: {last.name}: {first}" + (f", and {len(more)} more" if more else "")
        writes = {file.path: file.text for file in last.files}
        created = folder.missing(writes)
        folder.commit(writes, Edit(name=UNDO, asked=asked, said=said))
        history.drop(last)
    return Outcome(message=said, paths=tuple(sorted(writes)), created=created, settled=settled)


def _place(folder: Folder, operation: Operation) -> PaperLocation:
    """Return where an operation's paper stands; a paper to decline may stand in a ledger alone."""
    found = folder.by_id.get(operation.paper)
    if found is not None:
        return found
    try:
        return folder.find(operation.paper)
    except ContentError:
        for status in (PUBLISHED, WAITING, DECLINED):
            listed = folder.status_day(operation.paper, status)
            if listed is not None:
                return PaperLocation(operation.paper, ledger_path(listed))
        raise


def _as_seen(desk: Desk, keys: Sequence[str], seen: Mapping[str, str]) -> None:
    """Raise EditedSince for the first paper that is not as it was seen."""
    for key in keys:
        item = desk.item(key)
        if seen.get(key) != (item.mark if item else None):
            raise EditedSince(
                f"{shown(key)} was edited after it was shown here; nothing was changed",
                file=desk.place(key).path,
                line=desk.line(key),
            )


_LEFT: dict[type, str] = {
    Decline: "declined already",
    Summarize: "has a summary that a person edited",
}
"""What is said of an operation that left a paper as it was."""


def _carried_out(desk: Desk, operation: Operation, key: str, curator: Curator) -> DoneOperation:
    said: str | None
    match operation:
        case Pick():
            said = pick(desk, key, curator, topic=operation.topic)
        case Decline():
            said = decline(desk, key, curator, why=operation.why)
        case Move():
            said = move(desk, key, curator, topic=operation.topic, day=operation.day)
        case Retag():
            said = retag(desk, key, curator, add=operation.add, drop=operation.drop)
        case Annotate():
            said = note(desk, key, curator, operation.text)
        case ReviseNote():
            said = revise_note(desk, key, curator, operation.number, operation.text)
        case Reword():
            said = reword(desk, key, curator, title=operation.title, abstract=operation.abstract)
        case Summarize():
            said = summarize(desk, key, operation.summary)
    if said is None:
        state = _LEFT.get(type(operation), "published already")
        return DoneOperation(operation, key, f"{key}: {state}", changed=False)
    return DoneOperation(operation, key, said)
