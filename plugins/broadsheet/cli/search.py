"""`broadsheet search`: find papers as the search page does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .editing import report_settled
from .settings import pelican_settings, settings_option
from .terminal import echo, echo_json

if TYPE_CHECKING:
    from ..search.query.answer import Answer
    from ..search.query.searchable import Searchable

ORDERS = ("best", "newest", "votes")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print what is found as JSON.")
@click.option("--order", type=click.Choice(ORDERS), default="best", show_default=True,
              help="Best first, newest first, or most voted first.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, metavar="N",
              help="Show so many papers; 0 shows all.")  # fmt: skip
@click.option("--verbatim", is_flag=True, help="Search what is typed; correct no spelling.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False),
              default=Path("output"), show_default=True, metavar="DIR",
              help="The built site whose index is searched.")  # fmt: skip
@click.option("--content", is_flag=True,
              help="Search the content instead, as where no site is built.")  # fmt: skip
@settings_option
def search(
    words: tuple[str, ...],
    as_json: bool,
    order: str,
    limit: int,
    verbatim: bool,
    output: Path,
    content: bool,
    path: Path,
) -> None:
    """Find the papers that have all of WORDS, as the search page finds them.

    Words are found in any form, with or without accents. An arXiv id, a DOI or an address finds its
    paper; quotes, a year, a minus before a word and author: mean what they mean on the page.
    """
    from ..search.query.answer import ORDERS as KNOWN
    from ..search.query.answer import search as answer

    text = " ".join(words)
    index = _index(output, content, path)
    chosen = next(one for one in KNOWN if one == order)
    found = answer(index, text, order=chosen, limit=limit or index.papers, verbatim=verbatim)
    if as_json:
        echo_json(_as_json(text, order, found, index), indent=2)
    else:
        for line in _lines(text, found, index):
            echo(line)


def _index(output: Path, content: bool, path: Path) -> Searchable:
    """Return the published index, if there is one and it is not content that is asked for."""
    from ..search.index.parts import MANIFEST
    from ..search.index.published import published_index

    asked = click.get_current_context().get_parameter_source("output")
    is_asked = asked is not click.core.ParameterSource.DEFAULT
    if not content and (is_asked or (output / "search" / MANIFEST).is_file()):
        return published_index(output)
    from ..content import transaction
    from ..io.settings import of_pelican
    from ..site.searching import archive_index

    settings = of_pelican(pelican_settings(path))
    report_settled(transaction.settle(settings.content))
    return archive_index(settings)


def _paper(number: int, index: Searchable) -> dict[str, Any]:
    card = index.card(number)
    return {
        "url": card.url,
        "title": card.title,
        "date": _day(number, index),
        "topic": card.topic,
        "authors": list(card.authors),
        "author_count": card.author_count,
        "votes": index.votes(number),
    }


def _day(number: int, index: Searchable) -> str:
    for day, count in index.days:
        if number < count:
            return day.isoformat()
        number -= count
    raise IndexError(number)


def _as_json(text: str, order: str, found: Answer, index: Searchable) -> dict[str, Any]:
    return {
        "query": text,
        "order": order,
        "total": found.total,
        "papers": [_paper(number, index) for number in found.hits],
        "some_total": found.some_total,
        "some": [_paper(number, index) for number in found.some],
        "corrected": [list(pair) for pair in found.corrected],
        "year": found.year,
        "identifier": found.identifier.key if found.identifier else None,
        "nowhere": list(found.nowhere),
        "only_common": found.only_common,
    }


def _lines(text: str, found: Answer, index: Searchable) -> Iterator[str]:
    """Yield an answer for people."""
    for typed, meant in found.corrected:
        yield f"showing results for {meant}; --verbatim searches for {typed}"
    if found.year is not None:
        yield f"of {found.year} only"
    if found.only_common:
        yield "these words are in nearly every paper; expected rarer ones, or a phrase in quotes"
    elif found.identifier is not None and not found.total:
        yield f"no paper has the identifier {found.identifier.key}"
    else:
        yield f"{found.total:,} paper{'s' * (found.total != 1)}"
    if found.nowhere:
        yield f"nowhere: {', '.join(found.nowhere)}"
    yield from _papers(found.hits, index)
    if found.some_total:
        yield f"{found.some_total:,} with some of the words"
        yield from _papers(found.some, index)


def _papers(numbers: Iterable[int], index: Searchable) -> Iterator[str]:
    for number in numbers:
        card = index.card(number)
        yield f"{_day(number, index)}  {card.title}"
        yield f"            {card.url}"
