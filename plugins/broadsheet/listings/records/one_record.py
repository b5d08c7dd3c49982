"""One record of a paper: each cell becomes what its name says, or what it holds.

A record is an object of JSON or a row of a table. Where its values stand is told by `record_cells`,
what names mean by `field_names`, what values mean by `values`, which paper it is by `identity`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from ...papers import Entry
from ..columns import Columns, Record
from ..fields import given_days, values
from ..fields.addresses import address_of
from ..fields.dates import read_stamp
from ..fields.field_names import LINKED, OF_PERSON, SURE, field_of, is_key, normal
from ..fields.identifiers import doi, link, named_links
from ..fields.name_columns import gathered, unglued
from ..fields.other_texts import others
from ..fields.person_objects import NAME_KEYS, is_person
from ..fields.services import service_of
from ..fields.wrapping import unwrapped
from ..lists.list_titles import without_site
from ..model import Wanted
from ..untrusted import jsons
from ..untrusted.decoding import one_line
from . import identity, record_cells
from .guessing import Guessed

_FORUM = re.compile(r"[\w-]{4,20}")
_ABOUT_POST = re.compile(r"\A\[[^\[\]]{1,20}\]\s*|\s*\[(?:pdf|video)\]\Z")  # "[R] Kites"
_SEVERAL = re.compile(r"[;,\s]\s*https?://")
_ANNOUNCE = ("new", "cross", "replace", "replace-cross")
_MOST_PEOPLE = 1_000  # of a record whose authors are looked at for more than names
# Objects whose addresses are none of the paper's.
_OF_OTHERS = re.compile(r"(?:licen[cs]es?|rights|publisher|funders?|funding)\.", re.I)
_JOURNAL = ".source."  # where OpenAlex names it: "primary_location.source.display_name"
_BESIDE_JOURNAL = frozenset("volume issue issn pages publisher startpage endpage number".split())
_INNER = LINKED | {"venue"}
_SITE_BEHIND = re.compile(r"\s[|·–—-]\s")
_PARTS = frozenset(given_days.PARTS)


class RecordReader:
    """One record of a listing: its cells by the fields that their names mean. `entry` reads it;
    `remark` is then what the authors, or arXiv, say about it."""

    def __init__(
        self, given: dict[str, Any], line: int | None, columns: Columns, by_content: Guessed
    ) -> None:
        self.line = line
        self.remark = ""  # what the authors, or arXiv, say about it
        self.columns = columns
        self.by_content = by_content
        self.service = service_of(given) or service_of(jsons.mapping(given.get("data")))
        self.cells = list(record_cells.cells(gathered(given)))
        self.record = Record({cell.path: cell.value for cell in self.cells}, columns, line=line)
        ranked: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for cell in self.cells:
            found = by_content.fields.get(cell.path) or self._field_of(cell.name)
            if _JOURNAL in cell.path:
                found = field_of(cell.path)
            sure = cell.path in by_content.fields or normal(cell.name) in SURE
            if found and (cell.own or sure or found[0] in _INNER):
                ranked[found[0]].append((found[1] + 100 * (not cell.own), cell.path))
        titles = ranked["title"]
        if len(titles) > 1:  # "Publication" beside "Title" is where it appeared
            for place in [one for one in titles if _called_publication(one[1])]:
                titles.remove(place)
                ranked["venue"].append(place)
        if "venue" not in ranked:
            ranked["venue"] += self._sources()
        self.paths = {field: [path for _, path in sorted(found)] for field, found in ranked.items()}

    def _field_of(self, name: str) -> tuple[str, int] | None:
        """Return the field that a name means in this service's records, and which name it is."""
        means = self.service.means.get(normal(name)) if self.service else None
        return (means, 0) if means else field_of(name)

    def _sources(self) -> list[tuple[int, str]]:
        """Return the cell that is called a source, where others tell of a journal's volume, pages
        or publisher: the journal is meant then, not the database that gives the record."""
        names = {normal(cell.name): cell for cell in self.cells if cell.own}
        one = names.get("source")
        other = self.service and "source" in self.service.noise
        if one is None or other or not names.keys() & _BESIDE_JOURNAL:
            return []
        return [(99, one.path)]

    def entry(self) -> Entry | Wanted | None:
        """Return the paper that the record tells of; of one without a title, its id or address
        alone, if it has one."""
        title = self._text("title", values.title)
        if not title:
            who = self._identity()
            if not (who.arxiv or who.doi or who.url):
                return None
            self._close()
            return Wanted(line=self.line, arxiv=who.arxiv, doi=who.doi, url=who.url)
        texts = self.service.texts if self.service else ""
        if texts == "stop" and title.endswith(".") and not title.endswith(".."):
            title = title[:-1]
        elif texts == "post":
            title = _ABOUT_POST.sub("", title) or title
        elif (pages := self.paths.get("url")) and _SITE_BEHIND.search(title):  # a bookmark's
            title = without_site(title, address_of(values.line(self.record.value(pages[0]))))
        subtitle = self._first("subtitle", values.title) or next(
            filter(None, (values.subtitle(self.record.value(p)) for p in self.paths["title"])), ""
        )
        if subtitle and subtitle.casefold() not in title.casefold():
            title = f"{title.rstrip(':')}: {subtitle}"
        abstract = self._text("abstract", values.prose) or ""
        summary = self._first("summary", values.prose) or ""
        if not abstract:
            abstract, summary = summary, ""
        named = partial(values.names, initials_last=self.by_content.initials_last)
        authors = self._only("authors", _glued if texts == "glued" else named) or ()
        codes, keywords = self._subjects()
        version, first = self._history()
        code, project = self._links()
        who = self._identity()
        made = Entry(
            title=title,
            abstract=abstract,
            line=self.line,
            tex=texts == "tex",
            arxiv=who.arxiv,
            version=who.version or (who.arxiv and self._version()) or version,
            doi=who.doi,
            url=who.url,
            authors=authors,
            author_count=self._first("author_count", values.count),
            categories=codes,
            keywords=keywords,
            code=code or who.code,
            project=project,
            media=self._first("media", link),
            organisation=self._first("organisation", values.enumeration),
            venue=self._venue(who.arxiv is not None),
            submitter=self._first("submitter", values.line),
            upvotes=self._first("upvotes", values.count),
            comments=self._first("comments", values.count),
            stars=self._first("stars", values.count),
            summary=one_line(summary) or None,
            published=first or self._published(),
            announce=self._first("announce", _announce),
        )
        self._close()
        return made

    def _first(self, field: str, read: Any) -> Any:
        """Return the value of the first column of a field that means something in it."""
        return self.record.keep(field, read, *self.paths.get(field, ()))

    def _text(self, field: str, read: Any) -> str | None:
        """Return the text of a field, and report the others that its column gives beside it."""
        found: str | None = self._first(field, read)
        for path in self.paths.get(field, ()) if found else ():
            if not self.record.is_left(path):
                for other in others(self.record.value(path), found or "", read):
                    self.columns.leave(path, other, self.line)
        return found

    def _only(self, field: str, read: Any) -> Any:
        """Return the value of the first column, the others being other spellings of it."""
        found = self._first(field, read)
        if found:
            for path in self.paths.get(field, ()):
                self.record.keep(field, bool, path)
        if field == "authors":
            self._people()
        return found

    def _people(self) -> None:
        """Report what the record says of its authors beside their names."""
        for path in self.paths.get("authors", ()):
            for item in values.listed(self.record.value(path))[:_MOST_PEOPLE]:
                if isinstance(item, dict):
                    for key, value in item.items():
                        if normal(key) not in OF_PERSON | NAME_KEYS and not is_person(value):
                            self.columns.leave(f"{path}.{key}", value, self.line)

    def _subjects(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return arXiv's categories, the primary one first, and keywords."""
        codes: list[str] = []
        keywords: list[str] = []
        paths = self.paths.get("subjects", [])
        for path in sorted(paths, key=lambda path: "primary" not in path.lower()):
            found = self.record.keep("categories", _some(values.subjects), path) or ((), ())
            codes += found[0]
            keywords += found[1]
        for cell in self.cells:  # INSPIRE says them beside the paper's id
            if normal(cell.name) == "arxiveprints":
                for item in values.listed(cell.value)[:20]:
                    codes += values.subjects(jsons.mapping(item).get("categories"))[0]
        for path in self.paths.get("keywords", ()):
            for word in self.record.keep("keywords", values.words, path) or ():
                coded = "." in word and values.is_arxiv(word)
                (codes if coded else keywords).append(word)
        return tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(keywords))

    def _venue(self, archived: bool) -> str | None:
        """Return where the paper appeared; of one on arXiv, that name alone tells nothing."""
        found: str | None = self._first("venue", values.venue)
        for path in self.paths.get("venue", ()):
            value = unwrapped(self.record.value(path))
            if isinstance(value, dict):
                for key, one in value.items():
                    if normal(key) not in ("title", "name", "displayname"):
                        self.columns.leave(f"{path}.{key}", one, self.line)
            if archived and values.is_archive(values.enumeration(value)):
                self.record.ignore(path)
        return found

    def _history(self) -> tuple[int | None, str | None]:
        """Return the last version and the first one's day, as arXiv's snapshot has them."""
        past = self._first("history", _versions)
        return past or (None, None)

    def _version(self) -> int | None:
        """Return arXiv's version, where no service has it as that of its own row."""
        own = self.service is not None and "version" in self.service.noise
        return (
            None if own else self.record.keep("version", _version, *self.paths.get("version", ()))
        )

    def _published(self) -> str | None:
        """Return the paper's day; of one that says its year, with the month and day that stand in
        cells of their own."""
        read = partial(given_days.day, first=self.by_content.day_first)
        found: str | None = self._only("published", read)
        for path in self.paths.get("published", ()) if found and len(found) == 4 else ():
            if given_days.is_either(self.record.value(path)):
                self.columns.leave(path, self.record.value(path), self.line)
        found = self._exact(found, read)
        if found is None or len(found) > 4:
            return found
        parts = {name: one for one in self.cells for name in _called(one) & _PARTS}
        said = [_number(parts[name].value) for name in given_days.PARTS if name in parts]
        whole = given_days.completed(found, list(filter(None, said)))
        if len(whole) > len(found):
            for cell in parts.values():
                self.record.keep("published", bool, cell.path)
        return whole

    def _exact(self, found: str | None, read: Any) -> str | None:
        """Return a day, or the more exact one that another cell says of its year or month. Services
        write the first where they don't know the day (ADS), or the month."""
        if found is None or len(found) == len("2026-01-05"):
            return found
        others = (read(self.record.value(path)) or "" for path in self.paths["published"])
        sure = (one.removesuffix("-01").removesuffix("-01") for one in others)
        within = (one for one in sure if one.startswith(found))
        return max(within, key=len, default=found)

    def _links(self) -> tuple[str | None, str | None]:
        """Return the addresses of code and project, from their columns or the authors' comment."""
        code, project = self._first("code", _link), self._first("project", _link)
        for path in [*self.paths.get("remark", ()), *self.paths.get("comments", ())]:
            text = self.record.value(path)
            if isinstance(text, str) and jsons.count(text) is None:
                if normal(path) in ("comment", "comments", "authorcomments", "authorscomment"):
                    self.record.get(path)
                self.remark = f"{self.remark}\n{text}" if self.remark else text
                found = named_links(text)
                code, project = code or found[0], project or found[1]
        return code, project

    def _identity(self) -> identity.Identity:
        """Return the ids and addresses that the record's columns hold, whatever their names."""
        arxiv = self._first("arxiv", values.arxiv_number)
        number = self._first("doi", lambda value: doi(values.line(value)))
        pages = self.paths.get("url", [])
        order = {path: n for n, path in enumerate(pages)}
        columns = []
        for cell in sorted(self.cells, key=lambda cell: order.get(cell.path, len(order))):
            if self.record.is_left(cell.path) and not _OF_OTHERS.search(cell.path):
                page = cell.path in order
                texts = list(_texts(cell, page))
                if texts:
                    columns.append(identity.named(cell.path, texts, page=page))
        who = identity.identity(columns, arxiv=arxiv, doi=number)
        for column, field in who.columns.items():
            self.record.keep(field, lambda value: value, column)
        forum = values.line(self.record.value("forum"))
        if _FORUM.fullmatch(forum):  # OpenReview's, also in tables that were made from its answers
            self.record.ignore("forum")
            if not (who.url or who.arxiv or who.doi):
                who.url = f"https://openreview.net/forum?id={forum}"
        if not (who.url or who.arxiv or who.doi):
            who.url = next(filter(None, map(_numbered, self.cells)), None)
        return who

    def _close(self) -> None:
        """Report what is left but for the keys of databases and what the service is known to say
        about other things than the paper."""
        noise = self.service.noise if self.service else frozenset()
        for cell in self.cells:
            if self.record.is_left(cell.path) and (
                (is_key(cell.name) and not _are_words(cell.value))
                or normal(cell.name) in noise
                or _top(cell) in noise
            ):
                self.record.ignore(cell.path)
        self.record.close()


def _numbered(cell: record_cells.Cell) -> str | None:
    """Return the page of a paper by the number that a cell holds, also one of a list of ids."""
    said = [item for item in values.listed(cell.value)[:20] if isinstance(item, dict)]
    kinds = ((item.get("idtype") or item.get("type"), item.get("value")) for item in said)
    for name, value in [(cell.name, cell.value), *kinds]:
        text = str(value) if type(value) is int else values.line(value)
        if isinstance(name, str) and (page := identity.page_by_number(normal(name), text)):
            return page
    return None


def _number(value: Any) -> str:
    """Return a month or a day as text."""
    return str(value) if type(value) is int else values.line(value)


def _called_publication(path: str) -> bool:
    return normal(path.rpartition(".")[2]) == "publication"


def _called(cell: record_cells.Cell) -> set[str]:
    """Return the last two names of a cell's path."""
    return {normal(cell.name), *map(normal, cell.path.split(".")[-2:])}


def _are_words(value: Any) -> bool:
    """Return whether what a database's key has is words, which no key or time of it is."""
    said = value if isinstance(value, str) else ""
    return " " in said.strip() and not any(map(str.isdigit, said))


def _glued(value: Any) -> tuple[str, ...]:
    return values.names(unglued(value) if isinstance(value, str) else value)


def _top(cell: record_cells.Cell) -> str:
    """Return the name of the object that a cell stands in."""
    return normal(cell.path.split(".")[-2]) if "." in cell.path else ""


def _texts(cell: record_cells.Cell, page: bool) -> Iterator[str]:
    """Yield the texts of a cell that may be addresses or ids of its paper."""
    value = unwrapped(cell.value)
    if isinstance(value, str):
        yield from identity.lines(value) if len(value) < 20_000 else ()
    elif page:
        yield from filter(identity.may_be, values.strings(value))
    elif isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        yield value[0]


def _link(value: Any) -> str | None:
    """Return an address that stands alone: several are those of people or of other things."""
    several = isinstance(value, str) and value.count("://") > 1 and _SEVERAL.search(value)
    return None if several else link(value)


def _version(value: Any) -> int | None:
    return jsons.count(values.line(value).lower().removeprefix("v") or value)


def _announce(value: Any) -> str | None:
    text = values.line(value)
    return text if text in _ANNOUNCE else None


def _some(read: Any) -> Any:
    """Return a reader that gives None for two empty lists."""

    def reads(value: Any) -> Any:
        found = read(value)
        return found if any(found) else None

    return reads


def _versions(value: Any) -> tuple[int | None, str | None] | None:
    items = [item for item in values.listed(value) if isinstance(item, dict)]
    if not items:
        return None
    number = jsons.count(values.line(items[-1].get("version")).removeprefix("v"))
    return number, read_stamp(values.line(items[0].get("created")))
