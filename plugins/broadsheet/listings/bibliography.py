"""Reference managers' files: BibTeX (read by bibtexparser) and RIS (read by rispy).

Both libraries skip what they can't read. So each record is cut out here and parsed by itself: every
broken record gives an error with its line, and the time is linear. bibtexparser 2.1 cuts records in
linear time and reports failed ones, but does not expand strings joined by "#": that code would
replace the cutting here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import rispy

from ..errors import EmptyListing, ListingError, shown
from ..papers import Entry
from .dates import month_number, read_iso
from .decoding import one_line, paragraphs
from .identifiers import arxiv_id, categories, doi, link, named_links
from .merging import unite
from .model import Listing
from .people import natural_order, plain_name

_BIBTEX_START = re.compile(r"^[ \t]*@([A-Za-z]{2,30})[ \t]*[{(]", re.MULTILINE)
_NOT_PAPERS = {"comment", "string", "preamble"}
_STRING = re.compile(r"\s*@string\s*[{(]\s*([^\s={}(),\"#]+)", re.IGNORECASE)
_NAMED = re.compile(r"[=#]\s*([^\s={}(),\"#]+)")  # a string's name in a value
_MAX_DEPTH = 40  # of braces; titles have three at most
_MAX_RECORD = 20_000  # characters
_KEPT_CASE = re.compile(r"(?<![\\\w$^_}])\{([\w .:,'’/&+-]{0,300})\}")
_DAY_SLASHES = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")

# bibtexparser also logs what it passes over; here that is an error, told with its line.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def is_bibtex(text: str) -> bool:
    """Return whether a text is BibTeX: a record starts before any other long text."""
    found = _BIBTEX_START.search(text[:20_000])
    return found is not None and "=" in text[found.end() : found.end() + 2000]


def parse_bibtex(text: str, *, file: str) -> Listing:
    """Read BibTeX. Raises `ListingError` where its last record is broken, or all are."""
    entries, notices = unite(_bibtex_entries(text, file), file=file)
    if not entries:
        raise EmptyListing("the BibTeX holds no papers; expected some", file=file, line=1)
    return Listing(format="bibtex", entries=entries, notices=notices)


def _bibtex_entries(text: str, file: str) -> Iterator[Entry | ListingError]:
    # Imported where it is used: the library takes as long to load as a day's listing to read.
    from bibtexparser.bibdatabase import UndefinedString
    from bibtexparser.bparser import BibTexParser
    from pyparsing import ParseBaseException

    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    parser.expect_multiple_parse = True
    strings: dict[str, int] = {}  # the length of each @string, with those that it names
    starts = list(_BIBTEX_START.finditer(text))
    line, at = 1, 0
    for found, after in zip(starts, [*starts[1:], None], strict=True):
        line += text.count("\n", at, found.start())
        at = found.start()
        record = text[at : after.start() if after else len(text)]
        if found[1].lower() == "comment":
            continue
        read = parser.bib_database.entries
        read.clear()
        try:
            _check_record(record, strings, line, file)
            parser.parse(record, partial=True)
            if found[1].lower() in _NOT_PAPERS:
                continue
            if len(read) == 1:
                yield _bibtex_entry(read[0], line, file)
                continue
            broken = _broken(record, line, file)
        except ListingError as error:
            yield error
            continue
        except (UndefinedString, ParseBaseException, RecursionError, ValueError, KeyError) as error:
            broken = _broken(record, line, file, f" ({shown(error)})")
        if after is None:  # the file is cut off, and who knows how many papers with it
            raise broken
        yield broken


def _check_record(record: str, strings: dict[str, int], line: int, file: str) -> None:
    """Raise for a record that is too large, as it stands or with its strings put in.

    A string may hold others, each of them twice, so that the length doubles with each: lengths are
    added up before anything is put in.
    """
    size = len(record) + sum(strings.get(name.lower(), 0) for name in _NAMED.findall(record))
    if size > _MAX_RECORD:
        raise ListingError(
            f"the record {shown(record, 40)} has {size:,} characters with its strings put in; "
            f"expected at most {_MAX_RECORD:,}",
            file=file,
            line=line,
        )
    if defined := _STRING.match(record):
        strings[defined[1].lower()] = size
    depth = deepest = 0
    for mark in re.findall(r"(?<!\\)[{}]", record):
        depth += 1 if mark == "{" else -1
        deepest = max(deepest, depth)
    if deepest > _MAX_DEPTH:
        raise ListingError(
            f"a record nests {deepest} braces; expected at most {_MAX_DEPTH}", file=file, line=line
        )


def _broken(record: str, line: int, file: str, why: str = "") -> ListingError:
    return ListingError(
        f"the BibTeX record {shown(record, 40)} is broken or cut off{why}; "
        "expected @type{key, name = {value}, ...}",
        file=file,
        line=line,
    )


def _bibtex_entry(fields: dict[str, Any], line: int, file: str) -> Entry:
    def get(name: str) -> str:
        return str(fields.get(name, ""))

    title = _unbraced(one_line(get("title")))
    if not title:
        raise ListingError(
            f"the record {shown(get('ID'))} has no title; expected one", file=file, line=line
        )
    arxiv = arxiv_id(get("eprint")) or _arxiv_of(get("url"), get("doi"), get("journal"))
    code, project = named_links(get("note"))
    return Entry(
        title=title,
        abstract=_unbraced(paragraphs(get("abstract"))),
        line=line,
        tex=True,
        arxiv=arxiv[0] if arxiv else None,
        version=arxiv[1] if arxiv else None,
        doi=doi(get("doi")),
        url=None if arxiv else link(get("url").replace("\\_", "_").replace("\\%", "%")),
        authors=tuple(
            natural_order(plain_name(name))
            for name in one_line(get("author")).split(" and ")
            if name and name != "others"
        ),
        categories=categories(get("primaryclass")),
        keywords=_keywords(plain_name(get("keywords"))),
        code=link(get("code")) or code,
        project=project,
        published=_bibtex_day(get("date"), get("year"), get("month"), get("day")),
    )


def _arxiv_of(*texts: str) -> tuple[str, int | None] | None:
    for text in texts:
        found = arxiv_id(text) or arxiv_id(text.rpartition(" ")[2] if "arXiv:" in text else "")
        if found:
            return found
    return None


def _unbraced(text: str) -> str:
    """Return the text without braces that only keep capitals ("{BERT}")."""
    return _KEPT_CASE.sub(r"\1", _KEPT_CASE.sub(r"\1", text)) if "{" in text else text


def _keywords(text: str) -> tuple[str, ...]:
    words = map(one_line, re.split(r"[;\n]" if ";" in text else r"[,\n]", text))
    return tuple(dict.fromkeys(word for word in words if word))


def _bibtex_day(whole: str, year: str, month: str, day: str) -> str | None:
    if found := read_iso(whole):
        return found
    number = month_number(month) or (int(month) if month.isascii() and month.isdigit() else 0)
    if number > 12 or not (day.isascii() and day.isdigit()) or len(day) > 2:
        return None
    return read_iso(f"{year}-{number:02}-{int(day):02}")


def is_ris(text: str) -> bool:
    """Return whether a text is RIS: its first line of text begins a record."""
    return text.lstrip().startswith(("TY  - ", "TY  -\n"))


def parse_ris(text: str, *, file: str) -> Listing:
    """Read RIS. Raises `ListingError` for a record that isn't ended, or where none has a title."""
    entries, notices = unite(_ris_entries(text, file), file=file)
    return Listing(format="ris", entries=entries, notices=notices)


def _ris_entries(text: str, file: str) -> Iterator[Entry | ListingError]:
    parser = rispy.RisParser()
    for line, record in _ris_records(text, file):
        read = parser.parse("\n".join(record))
        try:
            if len(read) != 1:
                raise ListingError(
                    "a record is broken; expected lines such as TI  - Title", file=file, line=line
                )
            yield _ris_entry(read[0], line, file)
        except ListingError as error:
            yield error


def _ris_records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record's lines, those that go on from the line before joined to it."""
    record: list[list[str]] = []
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip() if raw[:1].isspace() else raw.rstrip()
        tag = line[:2] if line[2:5] == "  -" and line[:1].isalpha() and line[:2].isupper() else ""
        if tag == "TY":
            if record:
                raise _unended(start, file)
            record, start = [[line]], number
        elif not record:
            if line:
                raise ListingError(
                    f"found {shown(line)} between records; expected TY  - TYPE",
                    file=file,
                    line=number,
                )
        elif tag == "ER":
            yield start, [" ".join(parts) for parts in record] + ["ER  - "]
            record = []
        elif tag:
            record.append([line])
        elif line:
            record[-1].append(line)
    if record:
        raise _unended(start, file)


def _unended(line: int, file: str) -> ListingError:
    return ListingError(
        "the record that starts here is cut off; expected ER  - at its end", file=file, line=line
    )


def _ris_entry(fields: dict[str, Any], line: int, file: str) -> Entry:
    def get(*names: str) -> str:
        return next((v for name in names if isinstance(v := fields.get(name), str) and v), "")

    def many(*names: str) -> list[str]:
        return [v for name in names for v in fields.get(name, ()) if isinstance(v, str)]

    title = one_line(get("title", "primary_title", "short_title"))
    if not title:
        raise ListingError("the record has no title (TI); expected one", file=file, line=line)
    urls = many("urls")
    arxiv = _arxiv_of(*urls, get("doi"), get("journal_name"), get("accession_number"))
    return Entry(
        title=title,
        abstract=paragraphs(get("abstract", "notes_abstract")),
        line=line,
        arxiv=arxiv[0] if arxiv else None,
        version=arxiv[1] if arxiv else None,
        doi=doi(get("doi")),
        url=None if arxiv else next(filter(None, map(link, urls)), None),
        authors=tuple(map(natural_order, many("first_authors", "authors"))),
        keywords=tuple(dict.fromkeys(filter(None, map(one_line, many("keywords"))))),
        published=_ris_day(get("date"))
        or _ris_day(get("year"))
        or _ris_day(get("publication_year")),
    )


def _ris_day(text: str) -> str | None:
    found = _DAY_SLASHES.match(text)
    if found is None:
        return read_iso(text)
    return read_iso(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}")
