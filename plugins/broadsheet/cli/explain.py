"""`broadsheet explain`: why a paper got its topic and tags."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import tell


@click.command()
@click.argument("paper")
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
def explain(paper: str, root: Path) -> None:
    """Show which words of PAPER speak for which topics and tags, and how much.

    PAPER is its id, its address, its arXiv id, or its title.
    """
    from .. import curate
    from ..content import pages, transaction
    from ..content.pages import edit
    from ..curate.folder import Folder
    from ..importer.drafts import words_of
    from ..topics import Classifier

    tell(transaction.settle(root))
    folder = Folder(root)
    location = folder.find(paper)
    text = folder.texts([location.path])[location.path]
    found = edit.find(text, location.id, location.path).paper
    classifier = Classifier(folder.vocabulary)
    words = words_of(found)
    click.echo(
        curate.explain(
            found,
            pages.parse(text, file=location.path).topic,
            classifier.classify(*words),
            classifier.explain(*words),
        ),
        nl=False,
    )
