"""What became of each requested listing, and the messages that tell it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from ..counts import counted
from ..errors import FetchError
from .answer import AnswerKind, FetchedAnswer
from .request import Request, Step
from .retention import Decision, Retention


class Status(Enum):
    """The outcome of one requested listing."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"  # the very listing that is there already
    NOTHING_NEW = "nothing new"  # another capture of papers that are there already
    EMPTY = "empty"  # no papers (yet)
    NOT_YET = "not yet"  # the source still shows an earlier day
    SILENT = "silent"  # nothing to ask for: the source lists nothing on such a day
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOutcome:
    """The outcome of one requested listing (or one page of it), with a message.

    `day` is None where it is unknown. `file` is the listing that now holds the
    papers. `error` is set where `status` is FAILED.
    """

    source: str
    day: date | None
    category: str | None
    status: Status
    message: str
    papers: int = 0
    file: Path | None = None
    error: FetchError | None = None


def of_step(
    step: Step,
    day: date | None,
    status: Status,
    message: str,
    *,
    papers: int = 0,
    file: Path | None = None,
) -> FetchOutcome:
    """Return the outcome of a step, whose message begins with what was asked for."""
    parts = (step.source, step.category, day and day.isoformat())
    what = " ".join(part for part in parts if part)
    return FetchOutcome(
        source=step.source,
        day=day,
        category=step.category,
        status=status,
        message=f"{what}: {message}",
        papers=papers,
        file=file,
    )


def failed(label: str, error: FetchError, step: Step | None = None) -> FetchOutcome:
    """Return the outcome of a failure: of a step, or of all of a source (`label`)."""
    if step is None:
        return FetchOutcome(
            source=label,
            day=None,
            category=None,
            status=Status.FAILED,
            message=f"{label}: {error}",
            error=error,
        )
    told = of_step(step, step.day, Status.FAILED, str(error))
    return FetchOutcome(
        source=told.source,
        day=told.day,
        category=told.category,
        status=Status.FAILED,
        message=told.message,
        error=error,
    )


def summary(decision: Decision, count: int) -> str:
    """Return what a capture that is written holds."""
    if decision.retention is Retention.FULLER:
        return f"{papers(count)}, {decision.new} of them new"
    if decision.retention is Retention.FRESHER:
        return f"{papers(count)}, captured again"
    return papers(count)


def nothing(answer: FetchedAnswer, over: bool, request: Request) -> str:
    """Return what an answer without papers says; `over`: its day is."""
    if answer.kind is AnswerKind.DOUBTFUL:
        return "no papers, though it was a working day: a holiday, or the source is in trouble"
    return "no papers" if over or request.rolling else "no papers yet"


def papers(count: int) -> str:
    """Return a number of papers in words."""
    return counted(count, "paper") if count else "no papers"
