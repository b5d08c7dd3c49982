"""Which paper a record is: its ids and addresses, from whatever columns hold them.

An address says what it is (`addresses`), so columns need no known names: the first arXiv id and the
first DOI are the paper's, and of several pages that of a proceedings or repository stands before
one of an unknown host, and a page before a PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...identifier_patterns import ARXIV_NEW
from ..fields.addresses import Address, address_of
from ..fields.identifiers import arxiv_id, doi

_LONGEST = 2_000  # characters of a text that may be an address
_MANY = 40  # addresses in a cell
# "arXiv:2601.00001v2 [cs.LG]", as references, Zotero's field Extra and catalogues write it.
_CITED = re.compile(
    r"(?:arXiv preprint |preprint,? |arXiv e-prints,? )?(arXiv:\s?\S{9,40}?)\.?"
    r"(?:\s*\[[\w.-]{2,20}\])?(?:,? \(?\d{4}\)?)?",
    re.I,
)
# The ACL Anthology's ids, by which its own records give pages.
_ANTHOLOGY = re.compile(r"[A-Z]\d\d-\d{4}|\d{4}\.[a-z]\w{1,20}-[a-z0-9]\w{0,20}\.\d{1,4}")
_BARE = re.compile(ARXIV_NEW + r"(?:v[0-9]{1,3})?")
_NUMBERS = {
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pubmedid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/PMC{}/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/PMC{}/",
}
_LONGEST_NUMBER = 12
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|ico|mp4|webm|mov)\Z", re.I)
_PDF = re.compile(r"(?:\.pdf|/pdf|/pdf/[^/]*)\Z", re.I)


@dataclass(slots=True)
class Named:
    """What one column holds: addresses and ids, one a text. `page` says that its name is one of a
    paper's page; `rest` that it holds something else, too."""

    column: str
    page: bool
    found: list[Address] = field(default_factory=list)
    rest: bool = False


@dataclass(slots=True)
class Identity:
    """A paper's ids and addresses, and the columns that they were in, with the field of each."""

    arxiv: str | None = None
    version: int | None = None
    doi: str | None = None
    url: str | None = None
    code: str | None = None
    columns: dict[str, str] = field(default_factory=dict)


def named(column: str, texts: Iterable[str], *, page: bool) -> Named:
    """Return what the texts in a column hold."""
    read = Named(column, page)
    for text in texts:
        if len(read.found) >= _MANY:
            read.rest = True
            break
        if not text.strip():
            continue
        address = _read(text, page=page)
        if address is not None:
            read.found.append(address)
        else:
            read.rest = True
    return read


def _read(text: str, *, page: bool) -> Address | None:
    """Return what a text is, if it is nothing but an address or an id; `page` says that it should
    be that of a page."""
    text = text.strip()
    if len(text) > _LONGEST or "\n" in text:
        return None
    if text.lower().startswith(("http://", "https://")):
        return address_of(text)
    if " " not in text and ("arxiv.org/" in text or "doi.org/10." in text):
        return address_of(f"https://{text}")
    cited = _CITED.fullmatch(text)
    found = arxiv_id(cited[1]) if cited else None
    if found is None and (not _BARE.fullmatch(text) or _is_month(text)):
        found = arxiv_id(text) if "://" not in text else None
    if found is not None:
        return Address("", "paper", found[0], found[1])
    if page and _ANTHOLOGY.fullmatch(text):
        return Address(f"https://aclanthology.org/{text}/", "paper")
    if text[:3] == "10." or text[:4].lower() == "doi:":
        named_doi = doi(text)
        return Address("", "paper", doi=named_doi) if named_doi else None
    return None


def _is_month(text: str) -> bool:
    """Return whether an id's first four digits are a month of arXiv's, April 2007 or later."""
    return "07" <= text[:2] <= "39" and "01" <= text[2:4] <= "12"


def may_be(text: str) -> bool:
    """Return whether a text among others in a list looks like an address or an id."""
    text = text.strip().lower()
    return "://" in text or text.startswith(("10.", "doi:", "arxiv:")) or bool(_BARE.match(text))


def lines(text: str) -> Iterator[str]:
    """Yield the lines of a note, which may hold an id each."""
    yield from text[:20_000].split("\n")[:_MANY]


def identity(
    columns: Iterable[Named], *, arxiv: tuple[str, int | None] | None, doi: str | None
) -> Identity:
    """Return which paper a record is, given the ids that its own columns for them hold.

    `columns` are the others, the ones of pages first.
    """
    every = list(columns)
    made = Identity(doi=doi)
    if arxiv:
        made.arxiv, made.version = arxiv
    for column in every:
        for one in column.found:
            _take_ids(made, one)
    if made.arxiv is None:
        made.url = _page(every, made.doi)
    for column in every:
        if column.found and not column.rest:
            fields = [_field(one, column, made) for one in column.found]
            if all(fields):
                made.columns[column.column] = next(filter(None, fields)) or "url"
    return made


def _take_ids(made: Identity, address: Address) -> None:
    """Give a paper the ids and the code's address that it has not got yet."""
    if address.arxiv and made.arxiv is None:
        made.arxiv, made.version = address.arxiv, address.version
    elif address.arxiv == made.arxiv is not None and made.version is None:
        made.version = address.version
    if address.doi and made.doi is None:
        made.doi = address.doi
    if address.kind == "code" and made.code is None:
        made.code = address.url


def page_by_number(name: str, value: str) -> str | None:
    """Return the address of a paper's page by the number that a catalogue gives it, which a column
    of this name holds; None for others."""
    found = _NUMBERS.get(name)
    number = value.strip().upper().removeprefix("PMC").removeprefix("PMID:").strip()
    plain = found and number.isascii() and number.isdecimal() and len(number) < _LONGEST_NUMBER
    return found.format(number) if plain and found else None


def _page(columns: Sequence[Named], doi: str | None) -> str | None:
    """Return the best address of the page of a paper without an arXiv id. With a DOI, only one that
    is named as the paper's page will do, and the DOI's own is none."""
    pages = [(_rank(one, column), n, one) for n, column in enumerate(columns)
             for one in column.found if one.url and one.kind != "code"]  # fmt: skip
    if doi:
        pages = [page for page in pages if page[0] in (0, 2)]
    rank, _, best = min(pages, key=lambda item: item[:2], default=(9, 0, Address("")))
    if rank == 9 or ("doi.org/10." in best.url and best.doi == doi):
        return None
    return best.url


def _rank(address: Address, column: Named) -> int:
    """Return how good an address is as that of a paper's page; 9 for none."""
    if _PICTURE.search(address.url):
        return 9
    paper = address.kind == "paper"
    if _PDF.search(address.url) or "pdf" in column.column.lower():
        return 3 if paper or column.page else 9
    return (0 if paper else 2) if column.page else (1 if paper else 4)


def _field(address: Address, column: Named, made: Identity) -> str | None:
    """Return the field that keeps an address; None where none does."""
    if address.arxiv:
        return "arxiv" if address.arxiv == made.arxiv else None
    if address.doi:
        same = made.doi is not None and address.doi.casefold() == made.doi.casefold()
        return "doi" if same else None
    if address.kind == "code":
        return "code" if address.url == made.code else None
    if address.url == made.url:
        return "url"
    # Further pages of a paper that is known by an id or a page lead to the same.
    known = made.arxiv or made.doi or made.url
    return "url" if known and (column.page or address.kind == "paper") else None
