"""Hugging Face's daily_papers API: JSON as served from 2024 to 2026, and as archives keep it.

https://huggingface.co/docs/hub/api (GET /api/daily_papers). Fields come and go over the years.
The digest's day is the listing's, never a paper's `publishedAt`, which shifts across midnight.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..errors import ListingError, shown
from ..papers import Entry
from . import jsons
from .dates import DateHeading, read_heading, read_iso
from .decoding import one_line, paragraphs
from .identifiers import arxiv_id, link
from .merging import unite
from .model import Listing

_MAX_ITEM = 300_000  # characters of an item kept as Python source; the largest known has 23,000


_DAY_KEYS = ("date", "datestring", "day", "daystring", "week", "weekstring", "month",
             "monthstring", "period", "periodstring")  # fmt: skip
_LISTS = ("dailyPapers", "data", "papers")


def is_answer(value: dict[str, Any]) -> bool:
    """Return whether an object is, or has around it, what the API answers."""
    return "paper" in value or any(isinstance(value.get(key), list) for key in _LISTS)


def is_paper(value: dict[str, Any]) -> bool:
    """Return whether an object is a paper as the API gives it, without the item around it."""
    return "summary" in value and any(key in value for key in ("discussionId", "ai_keywords"))


def parse(value: object, *, file: str, line: int | None = 1) -> Listing:
    """Read a daily_papers answer (a list of papers, or an object around one).

    `line` is where the JSON stands, for messages. Raises `ListingError` where an item is no paper.
    """
    day: DateHeading | None = None
    if isinstance(value, dict):
        if isinstance(value.get("error"), str) and not is_answer(value):
            raise ListingError(
                f"the server answered {shown(value['error'])}; expected a list of papers",
                file=file,
                line=line,
            )
        day = _stated_day(value)
        key = next((key for key in _LISTS if isinstance(value.get(key), list)), None)
        if key is None and not ("paper" in value or is_paper(value)):
            raise ListingError(
                f"found an object with {shown(', '.join(list(value)[:8]))}; "
                "expected a list of papers",
                file=file,
                line=line,
            )
        value = value[key] if key else [value]
    if not isinstance(value, list):
        raise ListingError(
            f"found {jsons.kind(value)}; expected a list of papers", file=file, line=line
        )
    day = day or _common_day(value)
    read = _entries(value, file, line)
    entries, notices = unite(read, file=file)
    on: date | None = day.date() if day else None
    return Listing(
        format="huggingface_json",
        entries=entries,
        date=on,
        period=day.period if day else "day",
        empty=None if entries else "nothing listed",
        notices=notices,
    )


def _stated_day(answer: dict[str, Any]) -> DateHeading | None:
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


def _entries(values: list[Any], file: str, line: int | None) -> Iterator[Entry | ListingError]:
    for number, value in enumerate(values, 1):
        where = f"paper {number} of {len(values)}"
        try:
            if isinstance(value, str):
                value = _from_source(value, where, file, line)
            if not isinstance(value, dict):
                raise ListingError(
                    f"{where} is {jsons.kind(value)}; expected an object", file=file, line=line
                )
            yield _entry(value, where, file, line)
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


def _entry(item: dict[str, Any], where: str, file: str, line: int | None) -> Entry:
    paper = jsons.mapping(item.get("paper")) or item
    title = _title(jsons.string(item.get("title")), jsons.string(paper.get("title")))
    if not title:
        raise ListingError(f"{where} has no title; expected one", file=file, line=line)
    abstract = jsons.string(paper.get("summary")) or jsons.string(item.get("summary"))
    id_ = jsons.string(paper.get("id")).strip()
    arxiv = arxiv_id(id_)
    page = f"https://huggingface.co/papers/{id_}" if id_ and not arxiv else ""
    return Entry(
        title=title,
        abstract=paragraphs(abstract),
        line=line,
        arxiv=arxiv[0] if arxiv else None,
        version=arxiv[1] if arxiv else None,
        url=link(page),
        authors=_authors(paper),
        keywords=_strings(paper.get("ai_keywords")),
        code=link(paper.get("githubRepo")),
        project=link(paper.get("projectPage")),
        media=_media(item, paper),
        organisation=_organisation(item, paper),
        submitter=_submitter(item, paper),
        upvotes=jsons.count(paper.get("upvotes")),
        comments=jsons.count(item.get("numComments")),
        summary=one_line(jsons.string(paper.get("ai_summary"))) or None,
        published=read_iso(paper.get("publishedAt")) or read_iso(item.get("publishedAt")),
    )


def _title(outer: str, inner: str) -> str:
    """Return of the two titles that an item gives, the one that still has its TeX, else the
    paper's."""
    outer, inner = one_line(outer), one_line(inner)
    if outer and ("$" in outer or "\\" in outer) and not ("$" in inner or "\\" in inner):
        return outer
    return inner or outer


def _authors(paper: dict[str, Any]) -> tuple[str, ...]:
    names = (
        jsons.string(author.get("name")) if isinstance(author, dict) else jsons.string(author)
        for author in jsons.items(paper.get("authors"))
    )
    return tuple(name for name in map(one_line, names) if name)


def _strings(value: object) -> tuple[str, ...]:
    words = (one_line(jsons.string(word)) for word in jsons.items(value))
    return tuple(dict.fromkeys(word for word in words if word))


def _media(item: dict[str, Any], paper: dict[str, Any]) -> str | None:
    uploads = jsons.items(item.get("mediaUrls")) or jsons.items(paper.get("mediaUrls"))
    return next(
        (
            found
            for value in (item.get("thumbnail"), item.get("mediaUrl"), *uploads[:1])
            if (found := link(value))
        ),
        None,
    )


def _organisation(item: dict[str, Any], paper: dict[str, Any]) -> str | None:
    for value in (
        item.get("organization"),
        paper.get("organization"),
        item.get("submitterOrganization"),
    ):
        about = jsons.mapping(value)
        name = jsons.string(about.get("fullname")) or jsons.string(about.get("name"))
        if name.strip():
            return one_line(name)
    return None


def _submitter(item: dict[str, Any], paper: dict[str, Any]) -> str | None:
    """Return the submitter's user name, as Hugging Face's own page shows it."""
    by, daily = (
        jsons.mapping(item.get("submittedBy")),
        jsons.mapping(paper.get("submittedOnDailyBy")),
    )
    for value in (by.get("name"), daily.get("user"), daily.get("name"), by.get("fullname")):
        if name := one_line(jsons.string(value)):
            return name
    return None
