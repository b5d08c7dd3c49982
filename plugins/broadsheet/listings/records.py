"""Generic tables of papers: JSON Lines, a JSON list, CSV; columns known by obvious names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import ListingError, shown
from ..papers import Entry
from . import jsons
from .dates import read_published
from .decoding import one_line, paragraphs
from .identifiers import arxiv_id, categories, doi, link
from .merging import unite
from .model import Listing
from .people import read_names

# A field's columns, first choice first; compared without case, spaces and underscores.
_COLUMNS = {
    "title": "title papertitle",
    "abstract": "abstract abstracttext",
    "summary": "summary aisummary tldr",
    "authors": "authors author authornames creators creator",
    "arxiv": "arxiv arxivid eprint id paperid",
    "doi": "doi",
    "url": "url link paperurl absurl pageurl page href",
    "categories": "categories category subjects arxivcategories primarycategory",
    "keywords": "keywords keyword aikeywords tags",
    "code": "code codeurl github githuburl githubrepo repository repo",
    "project": "project projectpage projecturl homepage website",
    "media": "media thumbnail image mediaurl thumbnailurl",
    "organisation": "organisation organization affiliation institution",
    "submitter": "submitter submittedby",
    "upvotes": "upvotes votes likes",
    "comments": "comments numcomments commentcount commentscount",
    "author_count": "authorcount numauthors",
    "published": "published publishedat publicationdate date submitted",
    "year": "year publicationyear pubyear",
    "announce": "announce announcetype",
    "version": "version",
}
_FIELD_OF = {
    name: (field, rank)
    for field, names in _COLUMNS.items()
    for rank, name in enumerate(names.split())
}
_DELIMITERS = ",;\t|"
_ANNOUNCE = ("new", "cross", "replace", "replace-cross")


def _field(name: str) -> tuple[str, int] | None:
    return _FIELD_OF.get("".join(filter(str.isalnum, name.lower()))) if len(name) < 60 else None


def csv_delimiter(text: str) -> str | None:
    """Return the delimiter of the columns, if the first line names a title and at least one more
    field."""
    first = text.lstrip("\n").partition("\n")[0][:2000]
    for delimiter in _DELIMITERS:
        names = [part.strip(" \"'") for part in first.split(delimiter)]
        fields = {found[0] for name in names if (found := _field(name))}
        if "title" in fields and len(fields) > 1:
            return delimiter
    return None


def parse_csv(text: str, *, file: str) -> Listing:
    """Read a table with a header line. Raises `ListingError` for quotes that never close."""
    # The reader wants lines with their ends, so that a quoted cell may go over several.
    rows = csv.reader(
        _lines(text), delimiter=csv_delimiter(text) or ",", strict=True, skipinitialspace=True
    )
    return _listing("csv", _csv_records(rows, file), file)


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _csv_records(
    rows: Any, file: str
) -> Iterator[tuple[int | None, dict[str, Any] | ListingError]]:
    header: list[str] | None = None
    odd: ListingError | None = None
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise ListingError(
                f"the CSV is broken ({error}); expected rows as the header names them",
                file=file,
                line=line,
            ) from None
        if row is None:
            if odd is not None:  # cut off, and who knows how many papers with it
                raise odd
            return
        if not any(cell.strip() for cell in row):
            continue
        if odd is not None:
            yield odd.line, odd
            odd = None
        if header is None:
            header = row
        elif len(row) != len(header):
            odd = ListingError(
                f"a row has {len(row)} cells; expected {len(header)}, as in the header "
                f"({shown(' '.join(row))})",
                file=file,
                line=line,
            )
        else:
            yield line, dict(zip(header, row, strict=True))


def parse_jsonl(text: str, *, file: str) -> Listing:
    """Read one JSON object a line. Raises `ListingError` where the last line is none."""
    return _listing("jsonl", _jsonl_records(text, file), file)


def _jsonl_records(text: str, file: str) -> Iterator[tuple[int, dict[str, Any] | ListingError]]:
    lines = text.rstrip().split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = jsons.load(line, file=file, line=number)
            if not isinstance(value, dict):
                raise ListingError(
                    f"found {jsons.kind(value)}; expected an object in each line",
                    file=file,
                    line=number,
                )
        except ListingError as error:
            if number == len(lines):  # cut off, and who knows how many papers with it
                raise
            yield number, error
        else:
            yield number, value


def parse_json(values: list[Any], *, file: str, line: int | None) -> Listing:
    """Read a JSON list of objects. Raises `ListingError` where it holds no paper."""
    records = (
        value
        if isinstance(value, dict)
        else ListingError(
            f"paper {number} of {len(values)} is {jsons.kind(value)}; expected an object",
            file=file,
            line=line,
        )
        for number, value in enumerate(values, 1)
    )
    return _listing("json", ((line, record) for record in records), file)


_Records = Iterable[tuple[int | None, dict[str, Any] | ListingError]]


def _listing(name: str, records: _Records, file: str) -> Listing:
    entries, notices = unite(_entries(records, file), file=file)
    return Listing(
        format=name, entries=entries, notices=notices, empty=None if entries else "nothing listed"
    )


def _entries(records: _Records, file: str) -> Iterator[Entry | ListingError]:
    for line, record in records:
        try:
            yield record if isinstance(record, ListingError) else entry(record, line, file)
        except ListingError as error:
            yield error


def entry(record: dict[str, Any], line: int | None, file: str) -> Entry:
    """Return the paper that a record's columns tell of. Raises `ListingError` where it has no
    title."""
    ranked: dict[str, tuple[int, Any]] = {}
    for name, value in record.items():
        if value is None or value == "" or not (found := _field(str(name))):
            continue
        field, rank = found
        if field not in ranked or rank < ranked[field][0]:
            ranked[field] = (rank, value)
    cells = {field: value for field, (_, value) in ranked.items()}
    title = one_line(jsons.string(cells.get("title")))
    if not title:
        raise ListingError("a paper has no title; expected one", file=file, line=line)
    abstract = paragraphs(jsons.string(cells.get("abstract")))
    summary = paragraphs(jsons.string(cells.get("summary")))
    if not abstract:
        abstract, summary = summary, ""
    where = jsons.string(cells.get("arxiv"))
    page = jsons.string(cells.get("url"))
    arxiv = arxiv_id(where) or arxiv_id(page)
    announce = jsons.string(cells.get("announce")).strip()
    return Entry(
        title=title,
        abstract=abstract,
        line=line,
        arxiv=arxiv[0] if arxiv else None,
        version=(arxiv[1] if arxiv else None) or jsons.count(cells.get("version")),
        doi=doi(jsons.string(cells.get("doi"))),
        url=None if arxiv else link(page),
        authors=read_names(cells.get("authors")),
        author_count=jsons.count(cells.get("author_count")),
        categories=categories(" ".join(_names(cells.get("categories")))),
        keywords=tuple(dict.fromkeys(_names(cells.get("keywords")))),
        code=link(cells.get("code")),
        project=link(cells.get("project")),
        media=link(cells.get("media")),
        organisation=one_line(jsons.string(cells.get("organisation"))) or None,
        submitter=one_line(jsons.string(cells.get("submitter"))) or None,
        upvotes=jsons.count(cells.get("upvotes")),
        comments=jsons.count(cells.get("comments")),
        summary=one_line(summary) or None,
        published=read_published(cells.get("published")) or read_published(cells.get("year")),
        announce=announce if announce in _ANNOUNCE else None,
    )


def _names(value: object) -> tuple[str, ...]:
    """Return names from a list of texts or of objects with a name, or from one text that lists
    them.

    In one text they are separated by semicolons, " and " or, where there are neither, commas.
    """
    if isinstance(value, list):
        texts = [
            jsons.string(item.get("name")) if isinstance(item, dict) else jsons.string(item)
            for item in value
        ]
    else:
        text = jsons.string(value)
        if ";" in text or "|" in text:
            texts = re.split(r"[;|]", text)
        elif " and " in text:
            texts = re.split(r",? and |, (?=\w[\w.'-]*\.? \w)", text)
        else:
            texts = text.split(",")
    return tuple(name for name in map(one_line, texts) if name)
