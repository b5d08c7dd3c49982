"""`broadsheet explain`: show why a paper got its topic and tags."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import report_settled
from .terminal import echo


@click.command()
@click.argument("paper")
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
def explain(paper: str, root: Path) -> None:
    """Show which words of PAPER speak for which topics and tags, and how much; and why it waits, if
    it does.

    PAPER is its id, its address, its arXiv id, its title, or the title's start.
    """
    from .. import curate
    from ..content import pages, transaction
    from ..content.disk import is_waiting
    from ..content.pages import edit
    from ..content.waiting import WaitingPaper
    from ..curate.changes.folder import Folder
    from ..importer.drafts import evidence_of
    from ..topics import Classifier

    report_settled(transaction.settle(root))
    folder = Folder(root)
    location = folder.find(paper)
    text = folder.texts([location.path])[location.path]
    found = edit.find(text, location.id, location.path).paper
    classifier = Classifier(folder.vocabulary)
    evidence = evidence_of(found)
    given = classifier.classify(*evidence)
    why, topic = None, pages.parse(text, file=location.path).topic
    if is_waiting(location.path):
        one = WaitingPaper(found, "")
        why, topic = one.why or "its file doesn't say why", one.topic or given.topic
    explained = curate.explain(found, topic, given, classifier.explain(*evidence), waits=why)
    echo(explained)
