"""`broadsheet try`: show what a subscription matches, and why."""

from __future__ import annotations

from pathlib import Path

import click

from ..counts import counted
from .editing import report_settled
from .terminal import echo


@click.command("try")
@click.argument("name")
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
@click.option("--limit", default=20, show_default=True, metavar="N",
              help="Stop after so many papers, newest first; 0 shows all.")  # fmt: skip
def try_(name: str, root: Path, limit: int) -> None:
    """List the papers that the subscription NAME matches, and why.

    NAME is that of a file in content/subscriptions/, or the path of any such file.
    """
    from .. import tex
    from ..archive.day_reader import read_day
    from ..content import disk, transaction, vocabularies
    from ..render.labels import Labels
    from ..search.index.papers import index_of
    from ..search.query.matching import explain, matches, numbers
    from ..subscriptions import loader
    from ..subscriptions.model import query_of

    report_settled(transaction.settle(root))
    subscription = loader.read_one(root, name)
    query = query_of(subscription)
    labels = Labels(vocabularies.read(root))
    shown = 0
    for key in reversed(disk.months(root)):
        days = [read_day(day, labels.vocabulary.topic_slugs) for day in disk.read_month(root, key)]
        index = index_of(days, labels)
        papers = [location for day in days for location in day.papers]
        matching = list(numbers(matches(query, index)))
        for number in sorted(matching, key=lambda number: (papers[number].date, -number))[::-1]:
            if limit and shown == limit:
                echo(f"... and more; --limit 0 shows all of {subscription.title}")
                return
            location = papers[number]
            shown += 1
            echo(f"{location.date} {location.paper.id}  {tex.plain(location.paper.title)}")
            for reason in explain(query, index, number):
                echo(f"    {reason}")
    echo(f"{counted(shown, 'paper matches', 'papers match')} {subscription.title}")
