"""`broadsheet pick`: publish papers that wait."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import curator_option, perform, root_option


@click.command()
@click.argument("papers", metavar="PAPER...", nargs=-1, required=True)
@click.option(
    "--topic", metavar="TOPIC", help="Their topic, instead of the one that they wait for."
)
@curator_option
@root_option
def pick(papers: tuple[str, ...], topic: str | None, curator: str | None, root: Path) -> None:
    """Publish papers that wait.

    Each PAPER's section moves from waiting.md to a topic's page of its day. PAPER is its id, its
    address, its arXiv id, its title, or the title's start. Where one can't be picked, none is.
    """
    from ..curate import Pick

    perform(root, [Pick(paper, topic) for paper in papers], curator=curator)
