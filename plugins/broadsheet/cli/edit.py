"""`broadsheet edit`: correct a paper's title and abstract."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import BroadsheetError, ContentError
from ..io.cache import FOLDER
from ..io.files import write_whole
from .editing import perform, root_option


@click.command()
@click.argument("paper")
@click.option("--title", metavar="TEXT", help="Its new title, in Markdown.")
@click.option("--abstract-file", "file", metavar="FILE",
              type=click.Path(allow_dash=True, dir_okay=False),
              help="A file with its new abstract, in Markdown; - is standard input.")  # fmt: skip
@root_option
def edit(paper: str, title: str | None, file: str | None, root: Path) -> None:
    """Correct the title of PAPER, its abstract, or both.

    PAPER is its id, its address, its arXiv id, its title, or the title's start. Its id and address
    stay. Without --title and --abstract-file, both are opened in your editor: the title on the
    first line, then the abstract.
    """
    from ..curate import Reword
    from ..curate.changes.folder import Folder

    if title is not None or file is not None:
        abstract = None if file is None else _read(file)
        perform(root, [Reword(paper, title, abstract)])
        return
    item = Folder(root).item(paper)
    before = f"{item.paper.title}\n\n{item.paper.abstract}\n"
    typed = click.edit(before, extension=".md")
    if typed is None or typed.strip() == before.strip():
        raise ContentError("nothing was changed in the editor; the paper stays as it is")
    first, _, rest = typed.strip().partition("\n")
    new_title = None if first.strip() == item.paper.title else first
    abstract = None if rest.strip() == item.paper.abstract.strip() else rest.strip("\n")
    try:
        perform(root, [Reword(item.id, new_title, abstract)], seen={item.id: item.mark})
    except BroadsheetError as error:
        kept = root.absolute().parent / FOLDER / "edits" / "typed.md"
        write_whole(kept, typed.encode("utf-8", "surrogatepass"))
        error.message = f"{error.message} (what you typed is in {kept})"
        raise


def _read(file: str) -> str:
    try:
        with click.open_file(file, encoding="utf-8") as opened:
            text: str = opened.read()
            return text
    except UnicodeDecodeError as error:
        raise ContentError(f"byte {error.start} is no UTF-8; expected text", file=file) from error
