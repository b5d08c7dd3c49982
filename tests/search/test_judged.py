"""Judged queries over real papers: what readers type, and what one of the first three results must
be. The papers are not in the repository: BROADSHEET_DATA names their folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from broadsheet.search import Document
from broadsheet.search.query.answer import search
from broadsheet.text.plain import plain

from .samples import data, rows
from .shelf import index_of

PAPERS = 10_000
OURS = Path(__file__).with_name("queries.tsv")


@cache
def papers() -> tuple[Document, ...]:
    """The first rows, oldest first."""
    made = [
        Document(
            id=str(row["id"]), url=f"papers/{row['id']}/", date=str(row["date"]),
            title=plain(str(row["title"])), abstract=plain(str(row["abstract"])),
            authors=tuple(row["authors"]),  # type: ignore[arg-type]
            identifiers=(f"arxiv:{row['id']}",), votes=int(str(row["upvotes"] or 0)),
        )
        for row in islice(rows(), PAPERS)
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.date))


index = cache(lambda: index_of(papers()))


def judged(file: Path) -> Iterator[tuple[str, str]]:
    """Each query of a file with what is wanted."""
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            typed, _, wanted = line.partition("\t")
            yield typed, wanted


def is_wanted(wanted: str, paper: Document) -> bool:
    """Whether a paper is what a judge wants."""
    if wanted.startswith("author:"):
        return wanted.removeprefix("author:") in paper.authors
    if wanted.startswith("re:"):
        return re.search(wanted.removeprefix("re:"), paper.title, re.I) is not None
    return paper.id == wanted


def failures(file: Path) -> list[str]:
    """The queries that find nothing wanted among the first three; prints how many do."""
    failed = []
    pairs = list(judged(file))
    for typed, wanted in pairs:
        answer = search(index(), typed)
        first = [papers()[number] for number in (*answer.hits, *answer.some)[:3]]
        if not any(is_wanted(wanted, paper) for paper in first):
            failed.append(f"{typed!r} wants {wanted}, found {[paper.title for paper in first]}")
    print(f"\n{file.name}: {len(pairs) - len(failed)} of {len(pairs)} judged queries pass")
    return failed


@pytest.mark.slow
def test_our_judged_queries_pass() -> None:
    data()
    assert len(list(judged(OURS))) >= 60
    assert len(failed := failures(OURS)) <= 3, failed


@pytest.mark.slow
def test_the_given_judged_queries_pass() -> None:
    folder = Path(os.environ.get("BROADSHEET_CASES") or data().parent / "cases")
    file = folder / "queries.tsv"
    if not file.exists():
        pytest.skip(f"BROADSHEET_CASES names no folder with {file.name}")
    assert len(failed := failures(file)) <= 3, failed
