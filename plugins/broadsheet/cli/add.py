"""`broadsheet add`: add papers by hand, one or many."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..counts import counted
from .days import DAY
from .editing import carry_out, curator_option, distinguished, root_option
from .terminal import echo

if TYPE_CHECKING:
    from ..curate import Adding, Change
    from ..curate.changes.folder import Folder
    from ..curate.papers.named_papers import NamedPaper
    from ..errors import BroadsheetError
    from ..fetch import Context


@click.command()
@click.argument("papers", metavar="[PAPER...]", nargs=-1)
@click.option("--from", "source", metavar="FILE",
              type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
              help="A list of papers, a line each; - is standard input.")  # fmt: skip
@click.option("--date", "day", type=DAY, metavar="DATE",
              help="The day to add them to, instead of the newest.")  # fmt: skip
@click.option("--topic", metavar="TOPIC",
              help="Their topic, instead of the one that their words speak for.")  # fmt: skip
@click.option("--note", metavar="TEXT", help="A curator's note: any Markdown.")
@curator_option
@root_option
@click.option("--form", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="A filled-in form for suggestions, instead of all of these.")  # fmt: skip
@click.option("--contact", envvar="BROADSHEET_CONTACT", metavar="URL",
              help="Whom arXiv and Crossref may write to: your site's or your mail address "
              "(or set BROADSHEET_CONTACT).")  # fmt: skip
@click.option("--base-url", hidden=True, help="Ask this server instead.")
def add(
    papers: tuple[str, ...],
    source: Path | None,
    day: date | None,
    topic: str | None,
    note: str | None,
    curator: str | None,
    root: Path,
    form: Path | None,
    contact: str | None,
    base_url: str | None,
) -> None:
    """Fetch papers' records from arXiv and Crossref, and put them into a day's pages.

    PAPER is an arXiv id such as 2401.16164 or math/0601001, a DOI, or an address that holds one; so
    is what a list has, which may hold other words, too. All papers that can be had are added in one
    go; each that can't be is named, and costs the others nothing.
    """
    from .. import fetch
    from ..content.disk import SourceFile
    from ..curate.changes.folder import Folder
    from ..curate.papers.forms import parse as parse_form
    from ..curate.papers.named_papers import each_once, named

    if form is not None and (papers or source):
        raise click.UsageError("expected papers, or --form alone")
    if form is None and not papers and source is None:
        raise click.UsageError("expected a paper's arXiv id, DOI or address, --from, or --form")
    if form is not None:
        filled = parse_form(SourceFile(str(form), _bytes(form)).text())
        papers, topic, note, curator = (filled.paper,), filled.topic, filled.note, filled.curator
    wanted = each_once([*map(named, papers), *(_listed(source) if source else ())])
    addresses = fetch.SourceAddresses.all_at(base_url) if base_url else fetch.SourceAddresses()
    context = fetch.Context(contact=contact, addresses=addresses, progress=_progress)
    adder = _Adder(
        Folder(root), day, topic, note,
        " ".join(curator.split()) or None if curator else None,
    )  # fmt: skip
    if source is None and len(wanted) == 1:
        _add_one(adder, wanted[0], context)
        return
    distinguished(papers=[one.key or one.text for one in wanted])
    _add_all(adder, wanted, context, "standard input" if str(source) == "-" else str(source))


@dataclass(frozen=True, slots=True)
class _Adder:
    """Where papers are added, and what is said of them."""

    folder: Folder
    day: date | None
    topic: str | None
    note: str | None
    curator: str | None

    def adding(self) -> Adding:
        """Read what adding needs. Raises ContentError for a folder without a day, and for an
        unknown topic."""
        from .. import curate
        from ..errors import ContentError
        from ..topics import Classifier

        target = self.day or self.folder.newest()
        if target is None:
            raise ContentError(f"{self.folder.root} has no day yet; expected --date")
        return curate.Adding(
            self.folder.state([target]),
            self.folder.known(),
            Classifier(self.folder.vocabulary),
            day=target,
            topic=self.topic,
            note=self.note,
            curator=self.curator,
        )


def _add_one(adder: _Adder, paper: NamedPaper, context: Context) -> None:
    """Add the only paper that is named; whatever is wrong with it is the command's error."""
    from .. import fetch
    from ..errors import FetchError

    if not paper.key:
        raise paper.unknown(None)
    with fetch.Lookup(context) as lookup:
        ask = lookup.arxiv if paper.arxiv else lookup.crossref
        found = ask([paper.key])[paper.key]
    if isinstance(found, FetchError):
        raise found
    entry = found

    def change() -> Change:
        adding = adder.adding()
        adding.add(entry)
        return adding.finished()

    echo(carry_out(adder.folder, change))


def _add_all(adder: _Adder, wanted: Sequence[NamedPaper], context: Context, file: str) -> None:
    """Add all papers that can be had, in one transaction; exit with 1 where one can't."""
    from .. import curate, fetch
    from ..errors import FetchError

    failed: dict[str, BroadsheetError] = {
        one.text: one.unknown(file) for one in wanted if not one.key
    }
    there: dict[str, BroadsheetError] = {}
    adder.adding()  # raises before anything is fetched
    known = adder.folder.known()
    fetched = []
    for one in wanted:
        if one.arxiv and (place := curate.held(known, one.arxiv)):
            there[one.text] = place
        elif one.key:
            fetched.append(one)
    with fetch.Lookup(context) as lookup:
        found = lookup.arxiv([one.key for one in fetched if one.arxiv])
        found |= lookup.crossref([one.key for one in fetched if not one.arxiv])
    entries = []
    for one in fetched:
        record = found[one.key]
        if isinstance(record, FetchError):
            failed[one.text] = record
        else:
            entries.append((one.text, record))

    def change() -> Change:
        made, wrong = curate.add_all(adder.adding(), entries)
        for name, error in wrong.items():
            (there if isinstance(error, curate.KnownPaperError) else failed)[name] = error
        return made

    said = carry_out(adder.folder, change)
    if said:
        echo(said)
    for name, error in (*there.items(), *failed.items()):
        echo(f"{name}: {error}", err=True)
    added = len(said.splitlines())
    counts = [f"{added} added"]
    counts += [f"{len(there)} in the digest already"] if there else []
    counts += [f"{len(failed)} not added"] if failed else []
    echo(f"Of {counted(len(wanted), 'paper')}: {', '.join(counts)}", err=True)
    if failed:
        sys.exit(1)


def _listed(path: Path) -> list[NamedPaper]:
    """Return the papers of a list: a file's, or those of standard input for "-"."""
    from ..content.disk import SourceFile
    from ..curate.papers.named_papers import LONGEST, listed

    data = sys.stdin.buffer.read(4 * LONGEST + 1) if str(path) == "-" else _bytes(path)
    return list(listed(SourceFile(str(path), data).text()))


def _progress(message: str) -> None:
    echo(message, err=True)


def _bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises ContentError where it can't be read."""
    from ..errors import ContentError
    from ..io.files import read_regular

    try:
        return read_regular(path)
    except OSError as error:
        raise ContentError(f"can't be read: {error.strerror}", file=str(path)) from error
