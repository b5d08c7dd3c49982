"""The share of judged queries for which one of the first three papers is what was wanted, for
Broadsheet and for Pagefind on the same papers. The queries are tests/search/queries.tsv, over the
first 10,000 papers, and those of BROADSHEET_CASES/queries.tsv where that names a folder."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Page

from broadsheet.search import Document
from broadsheet.search.index.published import published_index
from broadsheet.search.query.answer import search

ROOT = Path(__file__).resolve().parent.parent
PAPERS = 10_000
FIRST = 3
_ASK = """async (query) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const { results } = await pagefind.search(query);
  const cards = await Promise.all(results.slice(0, 3).map((result) => result.data()));
  return cards.map(({ url }) => url);
}"""

Finder = Callable[[str], Sequence[Document]]


def queries() -> Iterator[tuple[str, str]]:
    """Yield what is typed, and what is wanted: an id, author:NAME, or re:PATTERN of a title."""
    folders = [ROOT / "tests" / "search", Path(os.environ.get("BROADSHEET_CASES", ""))]
    for folder in folders:
        file = folder / "queries.tsv"
        for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
            if line and not line.startswith("#"):
                typed, _, wanted = line.partition("\t")
                yield typed, wanted


def is_wanted(wanted: str, paper: Document) -> bool:
    """Return whether a paper is what a judge wants."""
    kind, _, value = wanted.partition(":")
    if kind == "author":
        return value in paper.authors
    if kind == "re":
        return re.search(value, paper.title, re.I) is not None
    return paper.id == wanted


def ours(papers: Sequence[Document], folder: Path) -> Finder:
    """Return what Broadsheet finds first in an index that was published of `papers`."""
    index = published_index(folder)

    def first(typed: str) -> Sequence[Document]:
        answer = search(index, typed, limit=FIRST)
        return [papers[number] for number in (*answer.hits, *answer.some)[:FIRST]]

    return first


def pagefinds(papers: Sequence[Document], page: Page) -> Finder:
    """Return what Pagefind finds first, asked on an open page of its site."""
    by_url: Mapping[str, Document] = {f"/{one.url}": one for one in papers}
    return lambda typed: [by_url[url] for url in page.evaluate(_ASK, typed)]


def share(name: str, first: Finder) -> list[str]:
    """Return a table's row: how many of the judged queries pass. Prints those that fail."""
    asked = list(queries())
    failed = [
        typed for typed, wanted in asked if not any(is_wanted(wanted, one) for one in first(typed))
    ]
    print(f"{name} fails: {'; '.join(failed)}", flush=True)
    return [name, f"{len(asked) - len(failed)} of {len(asked)}"]
