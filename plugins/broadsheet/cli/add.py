"""`broadsheet add`: add one paper by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from .editing import carry_out


@click.command()
@click.argument("paper", metavar="[ARXIV_ID_OR_URL]", required=False)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="The day to add it to, instead of the newest.")  # fmt: skip
@click.option("--topic", metavar="TOPIC", help="Its topic, instead of the one its words speak for.")
@click.option("--note", metavar="TEXT", help="A curator's note: any Markdown.")
@click.option("--curator", envvar="BROADSHEET_CURATOR", metavar="NAME",
              help="Who is credited (or set BROADSHEET_CURATOR).")  # fmt: skip
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
@click.option("--form", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="A filled-in form for suggestions, instead of all of these.")  # fmt: skip
@click.option("--contact", envvar="BROADSHEET_CONTACT", metavar="URL",
              help="Whom arXiv may write to: your site's or your mail address "
              "(or set BROADSHEET_CONTACT).")  # fmt: skip
@click.option("--base-url", hidden=True, help="Ask this server instead.")
def add(
    paper: str | None,
    day: datetime | None,
    topic: str | None,
    note: str | None,
    curator: str | None,
    root: Path,
    form: Path | None,
    contact: str | None,
    base_url: str | None,
) -> None:
    """Fetch a paper's record from arXiv, and put it into a day's page.

    It is given as 2401.16164, math/0601001, or an address at arXiv or Hugging Face.
    """
    from .. import curate, fetch, listings
    from ..content.disk import SourceFile
    from ..curate.folder import Folder
    from ..curate.forms import parse as parse_form
    from ..errors import ContentError, FetchError, shown
    from ..listings.identifiers import arxiv_id
    from ..topics import Classifier

    if (paper is None) == (form is None):
        raise click.UsageError("expected a paper's arXiv id or address, or --form")
    if form is not None:
        filled = parse_form(SourceFile(str(form), _bytes(form)).text())
        paper, topic, note, curator = filled.paper, filled.topic, filled.note, filled.curator
    assert paper is not None
    number = arxiv_id(paper)
    if number is None:
        raise FetchError(
            f"{shown(paper)} is not a paper of arXiv; expected an id such as 2401.16164, or an "
            "address"
        )
    folder = Folder(root)
    addresses = fetch.SourceAddresses.all_at(base_url) if base_url else fetch.SourceAddresses()
    data = fetch.paper(number[0], fetch.Context(contact=contact, addresses=addresses))
    listing = listings.parse(data, file=paper)
    if len(listing.entries) != 1:
        raise FetchError(f"arXiv answers with {len(listing.entries)} papers, expected one")

    def change() -> curate.Change:
        target = day.date() if day else folder.newest()
        if target is None:
            raise ContentError(f"{root} has no day yet; expected --date")
        return curate.add(
            folder.state([target]),
            listing.entries[0],
            folder.known(),
            Classifier(folder.vocabulary),
            day=target,
            topic=topic,
            note=note,
            curator=curator,
        )

    click.echo(carry_out(folder, change))


def _bytes(form: Path) -> bytes:
    """Return a file's bytes. Raises ContentError where it can't be read."""
    from ..errors import ContentError

    try:
        return form.read_bytes()
    except OSError as error:
        raise ContentError(f"can't be read: {error.strerror}", file=str(form)) from error
