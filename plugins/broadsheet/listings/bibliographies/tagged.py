"""Files of reference managers with a tag before each value: RIS, PubMed's (nbib), EndNote's and
those of Web of Science.

An own reader: rispy takes records of one spelling only ("TY  - "), and joins no repeated tags.
Linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import ListingError, shown
from ...papers import Entry
from ..columns import Columns, Loss
from ..fields import values
from ..fields.dates import read_published
from ..fields.identifiers import doi, link
from ..fields.one_name import natural_order, plain_name
from ..fields.other_authors import OTHERS
from ..fields.withdrawal import withdrawn
from ..merging import unite
from ..model import Listing
from ..records.identity import page_by_number
from ..untrusted.decoding import one_line
from .bibliography import arxiv_of

Record = dict[str, list[str]]  # values by tag, in order

_HEAD = 20_000  # characters in which a file has to show what it is

_NUMBER = r"(?:\[?\d{1,6}[.):\]]?[ \t]+)?"
_RIS_START = re.compile(rf"^[ \t]*{_NUMBER}TY[ \t]{{1,3}}-[ \t]*[A-Za-z]{{2,12}}[ \t]*$", re.M)
_NBIB_START = re.compile(r"^PMID- ?\d+[ \t]*$", re.M)
_ENDNOTE_START = re.compile(r"^%0 [A-Z][A-Za-z ]{2,40}$", re.M)
_RIS_LINE = re.compile(r"^[A-Z][A-Z0-9]  - \S", re.M)

_RIS_TAG = re.compile(rf"{_NUMBER}([A-Z][A-Z0-9])[ \t]{{1,3}}-(?:[ \t](.*)|)\Z")
_STRICT_TAG = re.compile(
    rf"{_NUMBER}(DOI(?=[ \t])|[A-Z][A-Z0-9](?=[ \t]{{2}}))[ \t]{{1,3}}-(?:[ \t]?(.*))\Z"
)
_NBIB_TAG = re.compile(r"([A-Z]{2,4}) {0,2}- (.*)\Z")
_ENDNOTE_TAG = re.compile(r"%([0-9A-Z@!$&(*<>?#=~+^\[\]{}|])(?: (.*))?\Z")
_WOS_START = re.compile(r"^PT [JCBPSU]\n(?:[A-Z][A-Z0-9] .*\n|   .*\n){1,400}?(?:TI|AU) ", re.M)
_REFWORKS_START = re.compile(
    r"^RT [A-Z][A-Za-z ]{3,40}\n(?:[A-Z][A-Z0-9] .*\n){1,400}?(?:T1|A1) ", re.M
)
_WOS_TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)\Z")
_NOISE = re.compile(r"\W*(?:(?:record|result|reference)?\s*#?\d+(?: of \d+)?)?\W*", re.I)


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a format writes its lines, and which tags hold what (the first that has a value)."""

    name: str
    tag: re.Pattern[str]
    starts: str  # the tag that begins a record
    ends: str = ""  # the tag that ends one; "" where the next one's start does
    title: tuple[str, ...] = ("TI", "T1", "CT", "BT", "ST")
    abstract: tuple[str, ...] = ("AB", "N2")
    authors: tuple[str, ...] = ("AU", "A1")
    groups: tuple[str, ...] = ()
    outside: frozenset[str] = frozenset()  # tags around the records
    keywords: tuple[str, ...] = ("KW",)
    dates: tuple[str, ...] = ("DA", "Y1", "PY", "YR")
    entered: tuple[str, ...] = ()  # when it was entered: the day of one that says no other
    venues: tuple[str, ...] = ("JO", "JF", "T2", "C3", "J2", "JA")
    doi: tuple[str, ...] = ("DO", "DOI", "M3", "L3")
    urls: tuple[str, ...] = ("UR", "LK", "L2", "L1")
    others: tuple[str, ...] = ("JO", "JF", "T2", "AN", "M1", "ID", "N1", "SN", "PB", "VL")
    remarks: tuple[str, ...] = ("N1",)  # which may say that it is withdrawn
    # What is about the record: its type and key, who keeps it, when it was entered or read.
    noise: frozenset[str] = frozenset(("TY", "ER", "ID", "DB", "DP", "Y2", "L1", "L4"))


_END_OF_FILE = frozenset(("EF",))
_RIS = _Dialect("ris", _STRICT_TAG, "TY", "ER", outside=_END_OF_FILE)
_LOOSE_RIS = _Dialect("ris", _RIS_TAG, "TY", "ER", outside=_END_OF_FILE)
_NBIB = _Dialect(
    "nbib", _NBIB_TAG, "PMID", title=("TI", "BTI", "TT"), abstract=("AB", "OAB"),
    authors=("FAU", "AU"), groups=("CN",), keywords=("OT", "MH"), dates=("DP", "DEP"),
    entered=("EDAT",),
    doi=("LID", "AID", "DO"), urls=("UR", "4099"), others=("SO", "JT", "PMC"),
    venues=("JT", "TA"), remarks=("GN", "PT"),
    # https://www.nlm.nih.gov/bsd/mms/medlineelements.html
    noise=frozenset("PMID PMC OWN STAT DA DCOM LR EDAT MHDA CRDT PHST PST SB JID RF NLM OID AUID "
                    "AU PMCR SO".split()),
)  # fmt: skip
_ENDNOTE = _Dialect(
    "endnote", _ENDNOTE_TAG, "0", title=("T", "!"), abstract=("X",), authors=("A",),
    venues=("J", "B"),
    keywords=("K",), dates=("8", "D"), doi=("R",), urls=("U", ">"), others=("J", "B", "M", "Z"),
    noise=frozenset("0F~WL["),
)  # fmt: skip

_WOS = _Dialect(
    "wos", _WOS_TAG, "PT", "ER", title=("TI",), authors=("AF", "AU"), groups=("CA",),
    keywords=("DE",), dates=("PY", "PD"), doi=("DI",), urls=("UR",), others=("AR", "SO"),
    venues=("SO",), remarks=("DT",),
    # https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
    noise=frozenset("PT ER UT DA AU GA OI RI PM NR TC Z9 U1 U2 CR RP EM J9 JI".split()),
    outside=frozenset(("FN", "VR", "EF")),
)  # fmt: skip

_REFWORKS = _Dialect(
    "ris", _WOS_TAG, "RT", title=("T1",), abstract=("AB",), authors=("A1",), keywords=("K1",),
    dates=("FD", "YR"), venues=("JF", "JO", "T2"), urls=("LK", "UL"),
    # https://refworks.proquest.com, "RefWorks Tagged Format"
    noise=frozenset("RT SR ID RD DS OL LA".split()),
)  # fmt: skip


def is_tagged(text: str) -> bool:
    """Return whether a text is one of these formats: a record starts, after a header at most."""
    return _dialect(text) is not None


def _dialect(text: str) -> _Dialect | None:
    head = text[:_HEAD]
    if found := _RIS_START.search(head):
        return _RIS if "TY  -" in found[0] else _LOOSE_RIS
    if _NBIB_START.search(head):
        return _NBIB
    if _ENDNOTE_START.search(head):
        return _ENDNOTE
    if _WOS_START.search(head):
        return _WOS
    if _REFWORKS_START.search(head):
        return _REFWORKS
    # Records whose first line is missing.
    start = head.lstrip()
    return _RIS if _RIS_LINE.match(start) and len(_RIS_LINE.findall(start[:4000])) > 1 else None


def parse(text: str, *, file: str) -> Listing:
    """Read records. Raises `ListingError` where the last one is cut off, or none has a title."""
    dialect = _dialect(text) or _RIS
    reader = _Reader(dialect, text, file)
    entries, notices = unite(reader.entries(), file=file)
    return Listing(
        format=dialect.name,
        entries=entries,
        notices=(*reader.columns.notices(), *reader.notices, *notices),
        columns=tuple(reader.columns),
    )


class _Reader:
    """Cuts a text into records: each begins with its first tag, and ends with its last one or
    where another begins."""

    def __init__(self, dialect: _Dialect, text: str, file: str) -> None:
        self._dialect = dialect
        self._text = text
        self._file = file
        self.notices: list[str] = []
        self.columns = Columns("tag")

    def entries(self) -> Iterator[Entry | ListingError]:
        """Yield the papers, and an error for each record without a title. Raises the error of a
        record that the text's end cuts off."""
        for line, record in self._records():
            try:
                entry = _entry(record, self._dialect, line, self._file)
                _account(record, entry, self._dialect, self.columns)
            except ListingError as error:
                yield error
                continue
            said = "\n".join(one for tag in self._dialect.remarks for one in record.get(tag, ()))
            if withdrawn(entry.abstract, said, entry.title):
                self.notices.append(f"line {line}: {shown(entry.title)} is withdrawn; left out")
            else:
                yield entry

    def _records(self) -> Iterator[tuple[int, Record]]:
        dialect = self._dialect
        record: dict[str, list[list[str]]] = {}  # the lines of each value
        last: list[list[str]] = []  # of the last tag
        start = 0
        ended = 0  # records that had their last tag
        for number, raw in enumerate(self._text.split("\n"), 1):
            line = raw.strip() if dialect not in (_NBIB, _WOS, _REFWORKS) else raw.rstrip()
            found = dialect.tag.match(line)
            if found is None:
                if record:
                    last[-1].append(line.strip())  # a blank line parts paragraphs
                elif line and (ended or start) and not _NOISE.fullmatch(line):
                    self.notices.append(
                        Loss(
                            f"line {number}: {shown(line)} between records is not read; "
                            f"expected {dialect.starts}  - TYPE"
                        )
                    )
                continue
            tag, value = found[1], (found[2] or "").strip()
            if tag in dialect.outside and not record:
                continue
            ends = tag == dialect.ends
            if record and (ends or tag == dialect.starts):
                yield start, _joined(record)
                record = {}
            if ends:
                ended += 1
                continue
            if not record:
                start = number
            last = record.setdefault(tag, [])
            last.append([value])
        if record:
            whole = self._text.endswith("\n") if not ended else not dialect.ends
            if dialect.ends and not whole:
                raise ListingError(
                    f"the record that starts here is cut off; expected {dialect.ends}  - at its "
                    "end",
                    file=self._file,
                    line=start,
                )
            yield start, _joined(record)


def _account(record: Record, entry: Entry, dialect: _Dialect, columns: Columns) -> None:
    """Report what became of each tag of a record."""
    read: dict[str, str] = {}
    for field in ("title", "abstract", "authors", "keywords", "venues"):
        tags = [tag for tag in getattr(dialect, field) if any(map(str.strip, record.get(tag, ())))]
        said = set(record[tags[0]]) if tags else set()
        for tag in tags:  # of several tags the first is kept, and those that say the same
            if tag == tags[0] or set(record[tag]) <= said or field == "authors":
                read[tag] = field
    read |= dict.fromkeys(dialect.groups, "authors")
    if entry.published:
        read |= dict.fromkeys(dialect.dates, "published")
    known = entry.arxiv or entry.doi or entry.url
    for tag, stated in record.items():
        text = " ".join(stated)
        if tag in dialect.urls and known and all(map(link, text.split())):
            read[tag] = "url"
        elif (found := arxiv_of(text)) and found[0] == entry.arxiv:
            read.setdefault(tag, "arxiv")
        elif entry.doi and any(_same_doi(value, entry.doi) for value in stated):
            read.setdefault(tag, "doi")
        if tag in read:
            columns.keep(tag, read[tag], text)
        elif tag not in dialect.noise:
            columns.leave(tag, text, entry.line)


def _by_number(numbers: list[str]) -> str | None:
    """Return the page that PubMed has of a paper by its number."""
    pages = (page_by_number("pmid", number) for number in numbers)
    return next(filter(None, pages), None)


def _same_doi(text: str, known: str) -> bool:
    found = doi(text.removesuffix("[doi]"))
    return found is not None and found.casefold() == known.casefold()


def _joined(record: dict[str, list[list[str]]]) -> Record:
    return {tag: ["\n".join(lines).strip() for lines in values] for tag, values in record.items()}


def _entry(record: Record, dialect: _Dialect, line: int, file: str) -> Entry:
    def many(*tags: str) -> list[str]:
        return [value for tag in tags for value in record.get(tag, ()) if value.strip()]

    def first(tags: tuple[str, ...]) -> list[str]:
        """Return the values of the first tag that has any, each once."""
        found = next((values for tag in tags if (values := many(tag))), [])
        return list(dict.fromkeys(found))

    title = values.title(" ".join(first(dialect.title)))
    if not title:
        raise ListingError(
            f"the record has no title ({dialect.title[0]}); expected one", file=file, line=line
        )
    if dialect is _NBIB and title.endswith(".") and not title.endswith(".."):
        title = title[:-1]  # PubMed's titles end with a full stop
    urls = [one_line(part) for value in many(*dialect.urls) for part in re.split(r"[;\s]+", value)]
    dois = [re.sub(r"\s*\[doi\]$", "", one_line(value)) for value in many(*dialect.doi)]
    arxiv = arxiv_of(*urls, *dois, *many(*dialect.others))
    return Entry(
        title=title,
        abstract="\n\n".join(filter(None, map(values.prose, first(dialect.abstract)))),
        line=line,
        arxiv=arxiv[0] if arxiv else None,
        version=arxiv[1] if arxiv else None,
        doi=next(filter(None, map(doi, (*dois, *urls))), None),
        url=None
        if arxiv
        else next((url for url in map(link, urls) if url and not doi(url)), None)
        or (None if any(map(doi, (*dois, *urls))) else _by_number(many("PMID"))),
        authors=_authors(first(dialect.authors), dialect, many(*dialect.groups)),
        keywords=_keywords(first(dialect.keywords), dialect),
        venue=values.venue(" ".join(first(dialect.venues)[:1])),
        published=_dated(many(*dialect.dates)) or _dated(many(*dialect.entered)),
    )


def _keywords(values: list[str], dialect: _Dialect) -> tuple[str, ...]:
    """Return keywords; those of a single value may be parted by commas, but in PubMed's, whose
    headings have commas of their own."""
    mark = ";" if dialect is _WOS else r"[;\n]"
    if len(values) == 1 and dialect is not _NBIB and not re.search(mark, values[0]):
        mark = ", "
    parts = (part for value in values for part in re.split(mark, value))
    return tuple(dict.fromkeys(filter(None, (one_line(part).strip("*") for part in parts))))


_NBIB_SHORT = re.compile(r"(\S.*) ([A-Z]{1,4})(?: (Jr|Sr|2nd|3rd|II|III|IV))?")


def _authors(values: list[str], dialect: _Dialect, groups: list[str]) -> tuple[str, ...]:
    names = []
    for value in values:
        for part in value.split("\n") if dialect is not _ENDNOTE else re.split(r"\n|;", value):
            name = plain_name(part)
            if dialect is _NBIB and "," not in name and (short := _NBIB_SHORT.fullmatch(name)):
                name = " ".join(filter(None, (short[2], short[1], short[3])))
            names.append(natural_order(name))
    names += map(one_line, groups)
    return tuple(
        name for name in names if any(map(str.isalnum, name)) and not OTHERS.fullmatch(name)
    )


def _dated(given: list[str]) -> str | None:
    """Return the first date, with the month and day that another tag says of its year."""
    found = next(filter(None, map(_published, given)), None)
    if found and len(found) == 4:
        whole = (read_published(f"{one_line(one)[:40]} {found}") for one in given)
        return max((one for one in whole if one and one.startswith(found)), key=len, default=found)
    return found


def _published(text: str) -> str | None:
    """Return a date as RIS has it: "2019/05/03/spring", where any part but the year may be empty,
    or as anybody writes it."""
    year, *rest = text.strip().split("/")
    parts = [part.strip() for part in rest]
    if parts and len(year) == 4:
        return read_published("-".join([year, *(p for p in parts[:2] if p.isdigit())]))
    return read_published(text)
