"""BibTeX and biblatex: records cut out of a file, their fields, and the papers that they tell of.

An own reader, since bibtexparser 1.4 takes 15 s for a million characters of short records, and
version 2 does not join strings by "#". It is linear in the text's length. As BibTeX itself does, it
goes on after a record that is broken, and takes an undefined abbreviation as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import EmptyListing, ListingError, shown
from ...papers import Entry
from ..columns import Columns, Record
from ..fields import values
from ..fields.dates import month_number, partial_date, read_published
from ..fields.field_names import PLAIN_NAMES
from ..fields.identifiers import arxiv_id, categories, doi, link, named_links
from ..fields.people import bibtex_names
from ..fields.withdrawal import withdrawn
from ..merging import unite
from ..model import Listing
from . import latex
from .bibliography import arxiv_of, keywords
from .crossrefs import Holders
from .journal_macros import journal

MAX_FIELD = 500_000
"""Longest value of a field with its abbreviations put in, in characters."""
MAX_PUT_IN = 10_000_000
"""Most characters that all abbreviations of a file may stand for."""
_MAX_DEPTH = 40  # of braces; titles have three at most

_START = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]{2,30})\s*[{(]", re.MULTILINE)
_NEXT = re.compile(r"[^@]*@[ \t]*([A-Za-z]{2,30})\s*[{(]")
_KEY = re.compile(r"[^,={}\"]*(?=[,}])")
_NAME = re.compile(r"[\s,]*([^\s=,{}()\"#%]+)\s*=\s*")
_WORD = re.compile(r"[^\n,{}()\"#=]+")
_BRACE = re.compile(r"\\.|[{}]", re.S)
_QUOTE = re.compile(r"\\[^\"]|[{}\"]", re.S)
_SPACE = re.compile(r"\s*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_NOT_PAPERS = {"comment", "string", "preamble"}
# Fields whose abbreviations matter here; a journal's do not.
_DATES = ("date", "year", "month", "day")
_PAGES = ("url", "ee", "link", "pdf")
# What programs note about a record rather than its paper: its key and files, when it was entered
# (JabRef, BibDesk, Mendeley, Zotero, dblp), and how an archive is called whose id is read.
_NOISE = frozenset(
    "key crossref ids file timestamp owner groups urldate date-added date-modified creationdate "
    "modificationdate added-at biburl bibsource interhash intrahash local-url read rating ranking "
    "citation-key langid archiveprefix eprinttype readstatus priority".split()
)
_PRIVATE = ("bdsk-", "mendeley-", "jabref-", "__")
_READ = frozenset("title subtitle author abstract doi url eprint keywords year date".split())


def is_bibtex(text: str) -> bool:
    """Return whether a text is BibTeX: a record starts before any other long text."""
    found = _START.search(text[:20_000])
    return found is not None and "=" in text[found.end() : found.end() + 2000]


def parse(text: str, *, file: str) -> Listing:
    """Read BibTeX. Raises `ListingError` where its last record is cut off, or none can be read."""
    reader = _BibtexReader(text, file)
    entries, notices = unite(reader.entries(), file=file)
    if not (entries or reader.withdrawn):
        raise EmptyListing("the BibTeX holds no papers; expected some", file=file, line=1)
    return Listing(
        format="bibtex",
        entries=entries,
        notices=(*reader.columns.notices(), *reader.notices, *reader.withdrawn, *notices),
        columns=tuple(reader.columns),
    )


class _Broken(Exception):
    """A record that can't be read on; `cut_off` where the text ends within it."""

    def __init__(self, why: str, *, cut_off: bool = False) -> None:
        super().__init__(why)
        self.cut_off = cut_off


class _BibtexReader:
    """Reads records one by one. Each ends where its braces close, and before the next line that
    begins one, so that a brace too many or too few costs one record."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._strings: dict[str, str] = {}
        self._line = 1
        self._put_in = 0
        self._undefined: list[str] = []
        self.notices: list[str] = []
        self.withdrawn: list[str] = []  # a notice of each
        self.columns = Columns("field", PLAIN_NAMES)

    def entries(self) -> Iterator[Entry | ListingError]:
        """Yield the papers, and an error for each record that is none. Raises the error of a
        record that is cut off by the text's end."""
        records = list(self._records())
        holders = Holders([one[:2] for one in records if isinstance(one, tuple)])
        for record in records:
            if isinstance(record, ListingError):
                yield record
                continue
            _, fields, line = record
            if holders.has(fields):
                told = shown(latex.plain(fields.get("title", "")) or fields["key"])
                self.notices.append(f"line {line}: {told} holds other papers; left out")
                continue
            try:
                entry = _entry(holders.completed(fields), self.columns, line, self._file)
            except ListingError as error:
                yield error
                continue
            if withdrawn(entry.abstract, _remarks(fields), entry.title):
                told = f"line {line}: {shown(entry.title)} is withdrawn; left out"
                self.withdrawn.append(told)
            else:
                yield entry

    def _records(self) -> Iterator[tuple[str, dict[str, str], int] | ListingError]:
        """Yield the kind, the fields and the line of each record, and an error for one that can't
        be read."""
        starts = [found.start() for found in _START.finditer(self._text)]
        line, counted = 1, 0
        for start, end in zip(starts, [*starts[1:], len(self._text)], strict=True):
            at = start
            while found := _NEXT.match(self._text, at, end):
                begin = self._text.index("@", at)
                line += self._text.count("\n", counted, begin)
                counted, self._line = begin, line
                try:
                    fields, at = self._record(found[1].lower(), found.end(), end)
                except _Broken as broken:
                    error = self._error(begin, line, f" ({broken})")
                    if end == len(self._text) and broken.cut_off:
                        raise error from None  # who knows how many papers with it
                    yield error
                    break
                if fields is not None:
                    yield found[1].lower(), fields, line

    def _error(self, start: int, line: int, why: str) -> ListingError:
        return ListingError(
            f"the BibTeX record {shown(self._text[start : start + 200], 40)} is broken or cut off"
            f"{why}; expected @type{{key, name = {{value}}, ...}}",
            file=self._file,
            line=line,
        )

    def _record(self, kind: str, at: int, end: int) -> tuple[dict[str, str] | None, int]:
        """Read a record's fields from after its opening brace; return these (None where it is no
        paper's) and where it ends."""
        if kind == "comment":
            try:
                return None, self._close(at, end) + 1
            except _Broken:
                return None, end
        fields: dict[str, str] = {}
        if kind not in _NOT_PAPERS:
            key = _KEY.match(self._text, at, end)
            fields["key"] = key[0].strip() if key else ""
            at = key.end() if key else at
        elif kind == "preamble":
            return None, self._value(at, end)[1]
        while True:
            name = _NAME.match(self._text, at, end)
            if name is None:
                break
            value, at = self._value(name.end(), end)
            if self._undefined and (kind == "string" or name[1].lower() in _READ):
                words = ", ".join(shown(word) for word in self._undefined)
                self.notices.append(
                    f"line {self._line}: {name[1]}: the abbreviation {words} is not defined; "
                    "left empty"
                )
            self._undefined.clear()
            if kind == "string":
                self._strings[name[1].lower()] = value
            else:
                fields.setdefault(name[1].lower(), value)
        closing = re.compile(r"[\s,]*[})]").match(self._text, at, end)
        if closing is None:
            rest = self._text[at:end].strip(" \t\n,")
            raise _Broken(
                f"found {shown(rest, 30)} after a field" if rest else "it does not end",
                cut_off=not rest,
            )
        return (None if kind == "string" else fields), closing.end()

    def _value(self, at: int, end: int) -> tuple[str, int]:
        """Read a field's value: pieces in braces or quotes, numbers and names, joined by "#"."""
        pieces: list[str] = []
        size = 0
        while True:
            at = _end(_SPACE, self._text, at, end)
            mark = self._text[at : at + 1] if at < end else ""
            if mark == "{":
                close = self._close(at + 1, end)
                pieces.append(self._text[at + 1 : close])
                at = close + 1
            elif mark == '"':
                close = self._quoted(at + 1, end)
                pieces.append(self._text[at + 1 : close])
                at = close + 1
            elif word := _WORD.match(self._text, at, end):
                pieces.append(self._abbreviated(word[0].strip()))
                at = word.end()
            elif mark in (",", "}", ")") and not pieces:
                return "", at  # a field without a value
            else:
                raise _Broken("a field has no value", cut_off=at >= end)
            size += len(pieces[-1])
            if size > MAX_FIELD:
                raise _Broken(f"a field has {size:,} characters with its strings put in")
            at = _end(_SPACE, self._text, at, end)
            if at >= end or self._text[at] != "#":
                return "".join(pieces), at
            at += 1

    def _abbreviated(self, word: str) -> str:
        """Return what an abbreviation stands for: of an undefined one nothing, as in BibTeX, but
        for months and numbers."""
        value = self._strings.get(word.lower())
        if value is not None:
            self._put_in += len(value)
            if self._put_in > MAX_PUT_IN:
                raise _Broken(f"{MAX_PUT_IN:,} characters are reached with its strings put in")
            return value
        if month_number(word) or word[:1].isdigit():
            return word
        self._undefined.append(word)
        return ""

    def _close(self, at: int, end: int) -> int:
        """Return where the brace closes whose inside begins at `at`."""
        depth = 1
        for found in _BRACE.finditer(self._text, at, end):
            depth += (found[0] == "{") - (found[0] == "}")
            if depth == 0:
                return found.start()
            if depth > _MAX_DEPTH:
                raise _Broken(f"it nests more than {_MAX_DEPTH} braces")
        raise _Broken("a brace does not close", cut_off=True)

    def _quoted(self, at: int, end: int) -> int:
        """Return where the quotation ends whose inside begins at `at`: not within braces."""
        depth = 0
        for found in _QUOTE.finditer(self._text, at, end):
            if found[0] == '"' and depth <= 0:
                return found.start()
            depth += (found[0] == "{") - (found[0] == "}")
            if depth > _MAX_DEPTH:
                raise _Broken(f"it nests more than {_MAX_DEPTH} braces")
        raise _Broken("a quotation does not close", cut_off=True)


def _end(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    found = pattern.match(text, at, end)
    return found.end() if found else at


def _entry(fields: dict[str, str], columns: Columns, line: int, file: str) -> Entry:
    record = Record(fields, columns, noise=_NOISE, line=line)

    def get(*names: str) -> str:
        return next((record[name] for name in names if fields.get(name, "").strip()), "")

    title = _words(get("title"))
    if not title:
        raise ListingError(
            f"the record {shown(fields['key'] or 'without a key')} has no title; expected one",
            file=file,
            line=line,
        )
    if subtitle := latex.plain(get("subtitle")):
        title = f"{title}: {subtitle}"
    notes = [latex.address(get(name)) for name in ("note", "howpublished", "annote", "addendum")]
    urls = [latex.address(get(name)) for name in ("url", "ee", "link", "bdsk-url-1", "pdf")]
    page = next(filter(None, map(link, urls)), None)
    arxiv = _arxiv(fields, [*urls, *notes])
    code, project = named_links(" ".join(notes))
    if page is None and code is None and project is None:
        page = next((found for note in notes for found in _links(note)), None)
    entry = Entry(
        title=title,
        abstract="\n\n".join(
            part for part in map(_words, _BLANK_LINE.split(get("abstract"))) if part
        ),
        line=line,
        tex=True,
        arxiv=arxiv[0] if arxiv else None,
        version=arxiv[1] if arxiv else None,
        doi=doi(latex.address(get("doi"))) or next(filter(None, map(doi, urls)), None),
        url=None if arxiv or (page and doi(page)) else page,
        authors=bibtex_names(get("author") or get("editor")),
        categories=categories(get("primaryclass", "eprintclass")),
        keywords=keywords(latex.plain(get("keywords", "keyword", "author_keywords"))),
        code=link(latex.address(get("code"))) or code,
        project=project,
        venue=values.venue(_words(journal(get("journal", "journaltitle", "booktitle")))),
        published=_published(fields),
    )
    _close(record, entry)
    return entry


def _remarks(fields: dict[str, str]) -> str:
    """Return what is said about a paper beside its abstract, a line each."""
    names = ("note", "comment", "comments", "annote", "addendum", "pubstate")
    return "\n".join(latex.plain(fields[name]) for name in names if name in fields)


def _words(text: str) -> str:
    """Return a field's text in one line, without the HTML that some programs write in it."""
    said = latex.plain(text)
    if "</" not in said:
        return said
    from ..fields.html_prose import prose  # few files hold HTML, and BeautifulSoup loads for 0.2 s

    return " ".join(prose(said, emphasis=False).split())


def _close(record: Record, entry: Entry) -> None:
    """Report the fields that were not read: of those that an id or a date was looked for in, the
    ones that have none."""
    for name in list(record):
        said = latex.address(record.value(name))
        found = arxiv_of(said, said.removeprefix("abs/"))
        named = doi(said)
        if name in _DATES and entry.published:
            record.keep("published", str, name)
        elif found and found[0] == entry.arxiv:
            record.keep("arxiv", str, name)
        elif named and entry.doi and named.casefold() == entry.doi.casefold():
            record.keep("doi", str, name)
        elif name in _PAGES and link(said) and (entry.arxiv or entry.doi or entry.url):
            record.keep("url", str, name)
        elif name.startswith(_PRIVATE) or (said and any(named_links(said))):
            record.ignore(name)
    record.close()


def _arxiv(fields: dict[str, str], addresses: list[str]) -> tuple[str, int | None] | None:
    """Return a record's arXiv id and version: of `eprint`, unless it is another archive's, of an
    address, or of where it appeared ("arXiv preprint arXiv:2501.00001", "CoRR, abs/...")."""
    archive = fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv"
    eprint = latex.address(fields.get("eprint", ""))
    if archive.strip().lower() == "arxiv" and (found := arxiv_id(eprint)):
        return found
    volume = fields.get("volume", "").strip()
    if volume.lower().startswith("abs/") and (found := arxiv_id(volume[4:])):
        return found
    names = ("doi", "journal", "journaltitle", "number", "eid", "booktitle", "publisher")
    return arxiv_of(*addresses, *(latex.address(fields.get(name, "")) for name in names))


def _links(text: str) -> Iterator[str]:
    for word in text.split()[:50]:
        if found := link(word.strip(".,;()")):
            yield found


def _published(fields: dict[str, str]) -> str | None:
    """Return a record's date as far as `date` (biblatex), or `year`, `month` and `day` give it."""
    if found := read_published(latex.address(fields.get("date", "")).partition("/")[0]):
        return found
    year = read_published(latex.plain(fields.get("year", "")))
    month = latex.plain(fields.get("month", "")).strip("., ")
    if year is None or len(year) > 4 or not month:
        return year
    words = re.findall(r"[A-Za-z]+|\d+", month)
    named = next(filter(None, map(month_number, words)), None)
    number = named or next(filter(None, (_count(word, 12) for word in words)), None)
    within = next(filter(str.isdigit, words), "") if named else ""
    day = _count(latex.plain(fields.get("day", "")) or within, 31)
    return partial_date(year, number, day)


def _count(text: str, most: int) -> int | None:
    text = text.strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
    return number if 0 < number <= most else None
