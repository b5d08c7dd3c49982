"""Hugging Face's daily_papers API: JSON as served from 2024 to 2026, and as archives keep it.

https://huggingface.co/docs/hub/api (GET /api/daily_papers). Fields come and go over the years.
The digest's day is the listing's, never a paper's `publishedAt`, which shifts across midnight.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ...errors import ListingError, shown
from ...papers import Entry
from ..columns import Columns, Record
from ..fields.dates import DateHeading, read_heading, read_iso
from ..fields.identifiers import arxiv_id, link
from ..merging import unite
from ..model import Listing
from ..untrusted import jsons
from ..untrusted.decoding import one_line, paragraphs

_MAX_ITEM = 300_000  # characters of an item kept as Python source; the largest known has 23,000


_DAY_KEYS = ("date", "datestring", "day", "daystring", "week", "weekstring", "month",
             "monthstring", "period", "periodstring")  # fmt: skip
_LISTS = ("dailyPapers", "data", "papers", "results", "items")
NOTHING: Mapping[str, Any] = {}
_LOOKED_AT = 20  # records, to tell whether they are of Hugging Face

# What is not about the paper: keys of the database, users and their pictures, when Hugging Face
# did what (https://huggingface.co/docs/hub/api; the fields of users
# are those of its answers).
_NOISE_OF_PAPER = frozenset(
    "_id discussionId submittedOnDailyAt submittedOnDailyBy githubRepoAddedBy".split()
)
_NOISE_OF_ITEM = frozenset("_id isAuthorParticipating".split())
_OF_AUTHOR = frozenset("_id id name user hidden status statusLastChangedAt".split())


def is_listing(records: list[Any]) -> bool:
    """Return whether records are as the API or an archive of its answers gives them: papers in
    items, papers without, or the sources of such."""
    for record in records[:_LOOKED_AT]:
        if isinstance(record, dict):
            paper = record.get("paper")
            return is_paper(record) or (isinstance(paper, dict) and "abstract" not in paper)
    return any(isinstance(record, str) for record in records[:_LOOKED_AT])


def is_paper(value: dict[str, Any]) -> bool:
    """Return whether an object is a paper as the API gives it, without the item around it."""
    return "summary" in value and any(key in value for key in ("discussionId", "ai_keywords"))


def parse(
    value: object, *, file: str, line: int | None = 1, around: Mapping[str, Any] = NOTHING
) -> Listing:
    """Read a daily_papers answer (a list of papers, or an object around one).

    `line` is where the JSON stands, for messages; `around` is the object around the list, which
    may name its day. Raises `ListingError` where an item is no paper.
    """
    if isinstance(value, dict):
        around = value
        key = next((key for key in _LISTS if isinstance(value.get(key), list)), None)
        alone = "paper" in value or is_paper(value)
        if isinstance(value.get("error"), str) and not (key or alone):
            raise ListingError(
                f"the server answered {shown(value['error'])}; expected a list of papers",
                file=file,
                line=line,
            )
        if key is None and not alone:
            raise ListingError(
                f"found an object with {shown(', '.join(list(value)[:8]))}, and no object in it "
                "has a title; expected papers as objects such as "
                '{"title": ..., "abstract": ..., "url": ...}',
                file=file,
                line=line,
            )
        value = value[key] if key else [value]
    if not isinstance(value, list):
        raise ListingError(
            f"found {jsons.kind(value)}; expected a list of papers", file=file, line=line
        )
    columns = Columns()
    entries, notices = unite(_entries(value, columns, file, line), file=file)
    day = _stated_day(around) or _common_day(value)
    on: date | None = day.date() if day else None
    return Listing(
        format="huggingface_json",
        entries=entries,
        date=on,
        period=day.period if day else "day",
        empty=None if entries else "nothing listed",
        notices=(*columns.notices(), *notices),
        columns=tuple(columns),
    )


def _stated_day(answer: Mapping[str, Any]) -> DateHeading | None:
    """Return the day, week or month that an answer or a page is of, as it says itself.

    Its name changed over the years ("date", "dateString"); those of other days ("nextDate") don't
    count.
    """
    named = {"".join(filter(str.isalpha, str(key).lower())): key for key in answer}
    for name in _DAY_KEYS:
        if name in named and (day := _day(answer[named[name]])):
            return day
    return None


def _common_day(items: list[Any]) -> DateHeading | None:
    """Return the day on which all papers of a list were submitted to the daily papers.

    One paper alone may be of any other day's list.
    """
    days = {
        read_iso(jsons.mapping(jsons.mapping(item).get("paper")).get("submittedOnDailyAt"))
        for item in items
    }
    day = next(iter(days), None)
    return read_heading(day) if day and len(days) == 1 and len(items) > 1 else None


def _day(text: object) -> DateHeading | None:
    if not isinstance(text, str):
        return None
    whole = read_iso(text) if len(text) >= 10 else None
    try:
        return read_heading(whole or text.strip())
    except ListingError:
        return None


def _entries(
    values: list[Any], columns: Columns, file: str, line: int | None
) -> Iterator[Entry | ListingError]:
    for number, value in enumerate(values, 1):
        where = f"paper {number} of {len(values)}"
        try:
            if isinstance(value, str):
                value = _from_source(value, where, file, line)
            if not isinstance(value, dict):
                raise ListingError(
                    f"{where} is {jsons.kind(value)}; expected an object", file=file, line=line
                )
            yield _entry(value, columns, where, file, line)
        except ListingError as error:
            yield error


def _from_source(source: str, where: str, file: str, line: int | None) -> object:
    """Return an item that an archive stored as the source of a Python dict."""
    try:
        if len(source) > _MAX_ITEM:
            raise ValueError
        with warnings.catch_warnings(action="ignore"):  # of escapes that Python doesn't know
            return ast.literal_eval(source)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        raise ListingError(
            f"{where} is the text {shown(source)}; expected an object", file=file, line=line
        ) from None


def _entry(
    given: dict[str, Any], columns: Columns, where: str, file: str, line: int | None
) -> Entry:
    item = Record(given, columns, noise=_NOISE_OF_ITEM)
    paper = item.inner("paper", _NOISE_OF_PAPER) if jsons.mapping(given.get("paper")) else item
    title = _title(
        jsons.string(item.take("title", "title")), jsons.string(paper.take("title", "title"))
    )
    if not title:
        raise ListingError(f"{where} has no title; expected one", file=file, line=line)
    abstract = paper.keep("abstract", jsons.string, "summary")
    if abstract:
        item.same("abstract", "summary", abstract)
    else:
        abstract = item.keep("abstract", jsons.string, "summary") or ""
    id_ = jsons.string(paper.take("arxiv", "id")).strip()
    arxiv = arxiv_id(id_)
    page = f"https://huggingface.co/papers/{id_}" if id_ and not arxiv else ""
    entry = Entry(
        title=title,
        abstract=paragraphs(abstract),
        line=line,
        arxiv=arxiv[0] if arxiv else None,
        version=arxiv[1] if arxiv else None,
        url=link(page),
        authors=_authors(paper, columns),
        keywords=paper.keep("keywords", _strings, "ai_keywords") or (),
        code=paper.keep("code", link, "githubRepo"),
        project=paper.keep("project", link, "projectPage"),
        media=_media(item, paper),
        organisation=_organisation(item, paper),
        submitter=_submitter(item, paper),
        upvotes=paper.keep("upvotes", jsons.count, "upvotes"),
        comments=item.keep("comments", jsons.count, "numComments"),
        stars=paper.keep("stars", jsons.count, "githubStars"),
        summary=paper.keep("summary", _line, "ai_summary"),
        published=_published(item, paper),
    )
    item.close()
    if paper is not item:
        paper.close()
    return entry


def _title(outer: str, inner: str) -> str:
    """Return of the two titles that an item gives, the one that still has its TeX, else the
    paper's."""
    outer, inner = one_line(outer), one_line(inner)
    if outer and ("$" in outer or "\\" in outer) and not ("$" in inner or "\\" in inner):
        return outer
    return inner or outer


def _line(value: object) -> str:
    return one_line(jsons.string(value))


def _authors(paper: Record, columns: Columns) -> tuple[str, ...]:
    names = []
    for author in jsons.items(paper.take("authors", "authors")):
        if isinstance(author, dict):
            names.append(jsons.string(author.get("name")))
            if not author.keys() <= _OF_AUTHOR:
                for name in author.keys() - _OF_AUTHOR:
                    columns.leave(f"authors.{name}", author[name])
        else:
            names.append(jsons.string(author))
    return tuple(name for name in map(one_line, names) if name)


def _strings(value: object) -> tuple[str, ...]:
    words = (one_line(jsons.string(word)) for word in jsons.items(value))
    return tuple(dict.fromkeys(word for word in words if word))


def _media(item: Record, paper: Record) -> str | None:
    """Return the thumbnail, else the first of the pictures and films that were uploaded; these
    are shown beside it and are not kept."""
    uploads = jsons.items(item.get("mediaUrls")) or jsons.items(paper.get("mediaUrls"))
    paper.get("mediaUrls")
    return item.keep("media", link, "thumbnail", "mediaUrl") or next(
        filter(None, map(link, uploads[:1])), None
    )


def _organisation(item: Record, paper: Record) -> str | None:
    organisation = None
    for value in (
        item.take("organisation", "organization"),
        paper.take("organisation", "organization"),
        item.take("organisation", "submitterOrganization"),
    ):
        about = jsons.mapping(value)
        name = jsons.string(about.get("fullname")) or jsons.string(about.get("name"))
        organisation = organisation or one_line(name)
    return organisation or None


def _submitter(item: Record, paper: Record) -> str | None:
    """Return the submitter's user name, as Hugging Face's own page shows it."""
    by, daily = (
        jsons.mapping(item.take("submitter", "submittedBy")),
        jsons.mapping(paper.take("submitter", "submittedOnDailyBy")),
    )
    for value in (by.get("name"), daily.get("user"), daily.get("name"), by.get("fullname")):
        if name := one_line(jsons.string(value)):
            return name
    return None


def _published(item: Record, paper: Record) -> str | None:
    """Return the paper's day; the item's is the same moment, or when it was listed."""
    later = read_iso(item.take("published", "publishedAt"))
    return paper.keep("published", read_iso, "publishedAt") or later
