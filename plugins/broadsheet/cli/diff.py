"""`broadsheet diff`: describe a change of the content, as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import report_settled
from .terminal import echo


@click.command()
@click.argument("base")
@click.argument("head", required=False)
@click.option("--site", metavar="URL", default="", help="The published site, for links.")
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
def diff(base: str, head: str | None, site: str, root: Path) -> None:
    """Describe what HEAD (default: the files as they are) changes against BASE.

    Both are names of commits. Papers added, removed, moved, retagged and annotated are listed with
    links; where topics.yml changed, so are the papers that would go to another topic.
    """
    from .. import curate
    from ..content import transaction
    from ..curate.versions.history import changes

    report_settled(transaction.settle(root))
    echo(curate.markdown(changes(root, base, head), site=site), nl=False)
