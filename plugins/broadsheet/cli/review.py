"""`broadsheet review`: choose among a day's papers in a list on the terminal."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .editing import credited, curator_option, report_settled, root_option, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..content.disk import DaySources
    from ..curate import Operation
    from ..curate.folder import Folder
    from ..curate.review import ReviewItem


@click.command()
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]), required=False, metavar="[DAY]")
@curator_option
@root_option
def review(day: datetime | None, curator: str | None, root: Path) -> None:
    """Choose among the papers of DAY (default: the newest day on which papers wait).

    Keys pick, decline, retopic, retag and annotate papers; `?` shows them all. Decisions are
    remembered, and written in one go by `w`; `broadsheet undo` takes them back.
    """
    from .. import curate
    from ..content import transaction
    from ..curate.folder import Folder
    from ..errors import ContentError
    from .review_app import ReviewApp
    from .review_drafts import Drafts

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("expected a terminal; `broadsheet pick` and `decline` need none")
    report_settled(transaction.settle(root))
    folder = Folder(root)
    when = day.date() if day else newest_waiting(root)
    if when is None:
        raise ContentError(f"no paper waits in {root}; expected a day, such as 2025-08-07")
    items = items_of(folder, when)
    if not items:
        raise ContentError(f"{when} has no papers in {root}")
    drafts = Drafts(root, when)

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
        return "\n".join(lines)

    app = ReviewApp(items, folder.vocabulary.topics, when, write, drafts.read(items), drafts.keep)
    said = app.run()
    if said:
        click.echo(told(said))
    if app.return_code:
        sys.exit(app.return_code)


def newest_waiting(root: Path) -> date | None:
    """Return the newest day on which papers wait; None without any. Raises ContentError."""
    from ..content import disk

    for month in reversed(disk.months(root)):
        for day in reversed(disk.read_month(root, month)):
            if day.waiting is not None and b"\n## " in day.waiting.data:
                return day.date
    return None


def items_of(folder: Folder, when: date) -> tuple[ReviewItem, ...]:
    """Return a day's papers: those that wait by votes, then as listed, then the published ones.
    Raises ContentError for a file that can't be read."""
    from ..content import disk, pages, waiting
    from ..curate.review import ReviewItem

    sources: DaySources = disk.read_day(folder.root, when)
    published = []
    for source in sources.pages:
        page = pages.parse(source.text(), file=source.path)
        published += [ReviewItem(paper, page.topic, False) for paper in page.papers]
    text = None if sources.waiting is None else sources.waiting.text()
    path = disk.waiting_path(when)
    there = {item.id for item in published}
    waits = [
        ReviewItem(one.paper, one.topic or "other", True, one.why)
        for one in waiting.of_text(text, when, file=path).papers.values()
        if one.paper.id not in there
    ]
    waits.sort(key=lambda item: -(item.paper.upvotes or 0))
    return (*waits, *published)
