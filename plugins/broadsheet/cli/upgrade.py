"""`broadsheet upgrade`: content of an older format."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import edited


@click.command()
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
def upgrade(root: Path) -> None:
    """Bring the content folder to the format of this Broadsheet.

    Content names its format in topics.yml (`version:`). Nothing else upgrades it: look at the
    change, and commit it.
    """
    from .. import curate
    from ..curate.folder import Folder
    from ..curate.upgrade import version_of
    from ..topics import CONTENT_VERSION

    folder = Folder(root)

    def change() -> curate.Change:
        texts = folder.texts()
        before = version_of(texts.get("topics.yml", ""))
        made = curate.upgrade(texts)
        said = f"{root}: from version {before} to {CONTENT_VERSION}, {len(made)} files changed"
        if not made:
            said = f"{root} is of version {CONTENT_VERSION}, the newest; nothing to do"
        return curate.Change(writes=made, message=said)

    click.echo(edited(folder, change))
