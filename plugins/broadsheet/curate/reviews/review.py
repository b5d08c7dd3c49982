"""A review of a day: its papers, and the decisions on them that are not written yet. Pure.

Decisions are kept in their order, so that each can be taken back, and become operations when all
are written in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import msgspec

from ...errors import ContentError, shown
from ..changes.change import refuse_no_slug
from ..changes.items import DayItem
from ..papers.operations import Annotate, Decline, Move, Operation, Pick, Retag, Reword

_KINDS: Mapping[str, type[Operation]] = {
    one.__name__: one for one in (Pick, Decline, Move, Retag, Annotate, Reword)
}

Step = tuple[Operation, ...]
"""What one key decided: one operation, or one for each of several papers."""


@dataclass(frozen=True, slots=True)
class Review:
    """A day's papers as they are (`items`), and the steps that were decided, oldest first."""

    items: tuple[DayItem, ...]
    steps: tuple[Step, ...] = ()

    def with_step(self, *operations: Operation) -> Review:
        """Return the review with one more decision; itself for none."""
        return replace(self, steps=(*self.steps, operations)) if operations else self

    def undone(self) -> Review:
        """Return the review without its last decision."""
        return replace(self, steps=self.steps[:-1])

    def choice(self, key: str) -> Pick | Decline | None:
        """Return what was last decided on a paper: to pick it, to decline it, or nothing."""
        return next(
            (
                one
                for step in reversed(self.steps)
                for one in step
                if one.paper == key and isinstance(one, Pick | Decline)
            ),
            None,
        )

    def now(self, item: DayItem) -> DayItem:
        """Return a paper with the decided topic, tags, title and abstract."""
        paper, topic, tags = item.paper, item.topic, list(item.paper.tags)
        for one in self._of(item.id):
            if isinstance(one, Move) and one.topic:
                topic = one.topic
            elif isinstance(one, Retag):
                tags = [tag for tag in tags if tag not in one.drop]
                tags += [tag for tag in one.add if tag not in tags]
            elif isinstance(one, Reword):
                title = paper.title if one.title is None else one.title
                abstract = paper.abstract if one.abstract is None else one.abstract
                paper = replace(paper, title=title, abstract=abstract)
        return replace(item, topic=topic, paper=replace(paper, tags=tuple(tags)))

    def notes(self, key: str) -> tuple[str, ...]:
        """Return the notes that were decided to be added to a paper."""
        return tuple(one.text for one in self._of(key) if isinstance(one, Annotate))

    def counts(self) -> tuple[int, int, int]:
        """Return how many papers are to be picked, are to be declined, and are published already
        and stay so."""
        picked = declined = published = 0
        for item in self.items:
            choice = self.choice(item.id)
            declined += isinstance(choice, Decline)
            picked += isinstance(choice, Pick) and item.waits
            published += not item.waits and not isinstance(choice, Decline)
        return picked, declined, published

    def operations(self) -> tuple[Operation, ...]:
        """Return the operations that carry out what was decided, in the order of the papers: what
        changed of a paper, then whether it is picked or declined. A declined paper's other changes
        are left out."""
        found: list[Operation] = []
        for item in self.items:
            choice = self.choice(item.id)
            if isinstance(choice, Decline):
                found.append(choice)
                continue
            new = self.now(item)
            picks = isinstance(choice, Pick) and item.waits
            add = tuple(tag for tag in new.paper.tags if tag not in item.paper.tags)
            drop = tuple(tag for tag in item.paper.tags if tag not in new.paper.tags)
            title = _other(new.paper.title, item.paper.title)
            abstract = _other(new.paper.abstract, item.paper.abstract)
            if title is not None or abstract is not None:
                found.append(Reword(item.id, title, abstract))
            if add or drop:
                found.append(Retag(item.id, add, drop))
            found += [Annotate(item.id, text) for text in dict.fromkeys(self.notes(item.id))]
            if picks:
                found.append(Pick(item.id, new.topic))
            elif new.topic != item.topic:
                found.append(Move(item.id, new.topic))
        return tuple(found)

    def _of(self, key: str) -> Iterable[Operation]:
        return (one for step in self.steps for one in step if one.paper == key)


def retag_of(item: DayItem, typed: str) -> Retag:
    """Return the change of tags that a person typed: "pruning -sgd" adds one and drops another.

    Raises ContentError for what can't be a tag, for a tag to drop that the paper lacks, and where
    nothing would change.
    """
    words = typed.replace(",", " ").split()
    drop = tuple(dict.fromkeys(word[1:] for word in words if word.startswith("-")))
    add = tuple(dict.fromkeys(word.removeprefix("+") for word in words if word[0] != "-"))
    for tag in (*add, *drop):
        refuse_no_slug(tag, "tag")
    for tag in drop:
        if tag not in item.paper.tags:
            raise ContentError(f"it has no tag {shown(tag)}")
    add = tuple(tag for tag in add if tag not in item.paper.tags)
    if not add and not drop:
        raise ContentError("this changes no tag; expected such as: pruning -sgd")
    return Retag(item.id, add, drop)


def _other(text: str, before: str) -> str | None:
    return None if text == before else text


def encode(steps: Sequence[Step]) -> list[list[dict[str, Any]]]:
    """Return decisions as data for the cache."""
    return [[{"kind": type(one).__name__, **asdict(one)} for one in step] for step in steps]


def decode(data: Sequence[Sequence[Mapping[str, Any]]], known: Iterable[str]) -> tuple[Step, ...]:
    """Return the decisions that `encode` wrote, those on papers that are no longer `known` left
    out. Raises one of `io.cache.MALFORMED` for other data."""
    ids = set(known)
    steps = [tuple(map(operation_of, step)) for step in data]
    kept = [tuple(one for one in step if one.paper in ids) for step in steps]
    return tuple(step for step in kept if step)


def operation_of(data: Mapping[str, Any]) -> Operation:
    """Return the operation that data name by its `kind` and fields. Raises one of
    `io.cache.MALFORMED` for anything else."""
    kind: type[Operation] = _KINDS[data["kind"]]
    values = {key: value for key, value in data.items() if key != "kind"}
    unknown = values.keys() - {field.name for field in fields(kind)}
    if unknown:
        raise KeyError(*sorted(unknown))
    return msgspec.convert(values, type=kind)
