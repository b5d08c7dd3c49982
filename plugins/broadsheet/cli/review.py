"""`broadsheet review`: choose among a day's papers in a list on the terminal."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..content.from_here import named_from_here
from .days import DAY
from .editing import credited, curator_option, report_settled, root_option, tell_untracked
from .terminal import echo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..curate import Operation


@click.command()
@click.argument("day", type=DAY, required=False, metavar="[DAY]")
@curator_option
@root_option
def review(day: date | None, curator: str | None, root: Path) -> None:
    """Choose among a day's papers, in a list.

    Without DAY, it is the newest day on which papers wait. Keys pick, decline, retopic, retag and
    annotate papers; `?` shows them all. Decisions are remembered, and written in one go by `w`;
    `broadsheet undo` takes them back.
    """
    from .. import curate
    from ..content import transaction
    from ..curate.changes.folder import Folder
    from ..curate.reviews.review_drafts import Drafts
    from ..errors import ContentError
    from .review_app import ReviewApp

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("expected a terminal; `broadsheet pick` and `decline` need none")
    report_settled(transaction.settle(root))
    folder = Folder(root)
    when = day or folder.newest_waiting()
    if when is None:
        raise ContentError(f"no paper waits in {root}; expected a day, such as 2025-08-07")
    items = folder.items(when)
    if not items:
        raise ContentError(f"{when} has no papers in {root}")
    drafts = Drafts(root, when)
    created: list[str] = []

    def write(operations: Sequence[Operation]) -> str:
        outcome = curate.apply(
            folder, operations, credited(curator), day=when, name="broadsheet review"
        )
        lines = [
            one.message for one in outcome.done if not isinstance(one.operation, curate.Decline)
        ]
        declined = len(outcome.done) - len(lines)
        if declined:
            lines.append(f"{declined} declined; `broadsheet undo` takes all back")
        created.extend(outcome.created)
        return named_from_here("\n".join(lines), root)

    app = ReviewApp(items, folder.vocabulary.topics, when, write, drafts.read(items), drafts.keep)
    said = app.run()
    if said:
        echo(said)
    tell_untracked(root, created)
    if app.return_code:
        sys.exit(app.return_code)
