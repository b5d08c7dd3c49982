"""arXiv's API: Atom 1.0 (https://info.arxiv.org/help/api/user-manual.html).

An answer has no day of its own: `updated` is when it was made. Errors come as a feed with one
entry named "Error"; a query that matches nothing as a feed without entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs

from ...counts import counted
from ...errors import ListingError, shown
from ...papers import Entry
from ..columns import Columns
from ..fields.dates import read_iso, read_moment
from ..fields.identifiers import arxiv_id, categories, doi, link, named_links
from ..fields.people import arxiv_names
from ..fields.withdrawal import withdrawn
from ..merging import unite
from ..model import Listing
from ..untrusted.decoding import one_line, paragraphs
from ..untrusted.jsons import count
from ..untrusted.xml_tree import Element, account, text_of

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
# What becomes of an entry's elements (https://info.arxiv.org/help/api/user-manual.html). `updated`
# is the version's day, `link` leads to the same paper.
_FIELDS = {
    "title": "title", "summary": "abstract", "id": "arxiv", "author": "authors",
    "category": "categories", "primary_category": "categories", "doi": "doi",
    "published": "published", "comment": "",
}  # fmt: skip
_NOISE = frozenset(("updated", "link"))
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def is_answer(root: Element) -> bool:
    """Return whether a feed is an answer of arXiv's API."""
    if root.tag != f"{ATOM}feed" or root.find(f".//{ARXIV}announce_type") is not None:
        return False
    if root.find(f"{OPENSEARCH}totalResults") is None and ARXIV[1:-1] not in _namespaces(root):
        return False
    said = [text_of(root.find(ATOM + name)) for name in ("id", "title")]
    said += [text_of(element.find(f"{ATOM}id")) for element in root.findall(f"{ATOM}entry")[:3]]
    return any("arxiv.org/a" in text or "arXiv Query" in text for text in said)


def _namespaces(root: Element) -> set[str]:
    entry = root.find(f"{ATOM}entry")
    places = [root] if entry is None else [root, entry, *entry]
    return {address for place in places for address in place.nsmap.values()}


def parse(root: Element, *, file: str) -> Listing:
    """Read an answer of the API.

    Raises `ListingError` for arXiv's own errors, and for an answer without entries where arXiv
    says that some match.
    """
    notices: list[str] = []
    found = root.findall(f"{ATOM}entry")
    for element in found:
        if "/api/errors" in text_of(element.find(f"{ATOM}id")):
            message = one_line(text_of(element.find(f"{ATOM}summary")))
            raise ListingError(
                f"arXiv answered with the error {shown(message)}; expected papers",
                file=file,
                line=element.sourceline,
            )
    total, start, size = (
        count(text_of(root.find(OPENSEARCH + name)))
        for name in ("totalResults", "startIndex", "itemsPerPage")
    )
    due = max(0, (total or 0) - (start or 0))
    if not found and due and size != 0:
        raise ListingError(
            f"arXiv says that {counted(total or 0, 'paper matches', 'papers match')}, and gives "
            f"none from number {start or 0}: a partial answer; expected papers",
            file=file,
        )
    if 0 < len(found) < min(due, size or due):
        given = counted(len(found), "paper")
        notices.append(f"a partial answer: {given} of {min(due, size or due)}")
    columns = Columns("element")
    for element in found:
        account(element, _FIELDS, _NOISE, columns)
        for author in element.findall(f"{ATOM}author"):
            for part in author:
                if part.tag != f"{ATOM}name":
                    columns.leave("author/affiliation", text_of(part), element.sourceline)
    entries, twice = unite(_entries(found, notices, file), file=file)
    why = "no paper matches the query" if not found else "withdrawn papers only"
    return Listing(
        format="arxiv_api",
        entries=entries,
        query=_query(text_of(root.find(f"{ATOM}title"))),
        captured=read_moment(text_of(root.find(f"{ATOM}updated"))),
        empty=None if entries else why,
        notices=(*columns.notices(), *notices, *twice),
        columns=tuple(columns),
    )


def _query(title: str) -> str | None:
    """Return the query of a title such as "arXiv Query:
    search_query=all:x&id_list=&..."."""
    _, sign, asked = title.partition("Query: ")
    if not sign:
        return None
    try:
        parts = parse_qs(asked, max_num_fields=20)
    except ValueError:
        return None
    words = parts.get("search_query") or parts.get("id_list")
    return one_line(words[0])[:500] or None if words else None


def _entries(found: list[Element], notices: list[str], file: str) -> Iterator[Entry | ListingError]:
    for element in found:
        line: int | None = element.sourceline
        title = one_line(repaired(text_of(element.find(f"{ATOM}title"))))
        if not title:
            yield ListingError("an entry has no title; expected one", file=file, line=line)
            continue
        abstract = paragraphs(repaired(text_of(element.find(f"{ATOM}summary"))))
        comment = one_line(text_of(element.find(f"{ARXIV}comment")))
        if not abstract or withdrawn(abstract, comment, title):
            notices.append(f"line {line}: {shown(title)} is withdrawn; left out")
            continue
        address = text_of(element.find(f"{ATOM}id"))
        arxiv = arxiv_id(address)
        code, project = named_links(comment)
        primary = element.find(f"{ARXIV}primary_category")
        terms = [primary] if primary is not None else []
        terms += element.findall(f"{ATOM}category")
        yield Entry(
            title=title,
            abstract=abstract,
            line=line,
            tex=True,
            arxiv=arxiv[0] if arxiv else None,
            version=arxiv[1] if arxiv else None,
            doi=doi(text_of(element.find(f"{ARXIV}doi"))),
            url=None if arxiv else link(address),
            authors=arxiv_names(
                repaired(text_of(author.find(f"{ATOM}name")))
                for author in element.findall(f"{ATOM}author")
            ),
            categories=categories(" ".join(term.get("term", "") for term in terms)),
            code=code,
            project=project,
            published=read_iso(text_of(element.find(f"{ATOM}published"))),
        )


def repaired(text: str) -> str:
    """Return text that some captures hold as UTF-8 read as Latin-1 ("JosÃ©"), repaired.

    Only where the whole text is valid UTF-8 in Latin-1, which correct text hardly ever is.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
