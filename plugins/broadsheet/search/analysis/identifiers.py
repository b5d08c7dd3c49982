"""Identifiers: what a reader pastes to find one paper (an arXiv id, a DOI, an address), as the key
that the index holds the paper under.

    arxiv:2412.15115    doi:10.1000/kites    openreview:aBcD    url:example.org/a/paper

The same function reads readers' texts and the papers' own addresses, so that both give the same
key; theme/static/js/search-query.js reads readers' texts the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from ...identifier_patterns import ARXIV_DOI_PREFIX, DOI_PREFIX
from ...papers import Paper

LONGEST = 400
"""The most characters of a text that is an identifier."""

# Narrower than what listings and pages may have: any number that a reader types could be an id.
_NEW = r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}"
_OLD = r"[a-z]{2,10}(?:-[a-z]{2,3})?(?:\.[a-z]{2})?/[0-9]{7}"
_VERSION = r"(?:v[0-9]{1,3})?"
_ARXIV = re.compile(
    rf"(?:arxiv preprint\s+)?(?:(?:oai:)?arxiv(?:\.org)?\s*[:.]?\s*|/?(?:abs|pdf)/)?"
    rf"({_NEW}|{_OLD}){_VERSION}(?:\.pdf)?",
    re.I,
)
_ARXIV_STAMP = re.compile(
    rf"arxiv:({_NEW}|{_OLD}){_VERSION}\s*\[[a-z.-]{{2,20}}(?:\]\s*[0-9]{{1,2}}\s*[a-z]{{3}}\s*[0-9]{{4}})?",
    re.I,
)
"""What stands along a paper's first page: "arXiv:2412.15115v2 [cs.CL] 3 Jan 2025". A bracket at the
end is not part of the text any more."""
_ARXIV_IN_PATH = re.compile(
    rf"/(?:arxiv[:.])?({_NEW}|(?<=/(?:abs|pdf|src)/){_OLD}|(?<=/html/){_OLD}|(?<=/format/){_OLD})"
    rf"{_VERSION}(?:\.pdf|\.html)?(?:/|\Z)",
    re.I,
)
_ARXIV_DOI = re.compile(rf"{ARXIV_DOI_PREFIX}({_NEW}|{_OLD}){_VERSION}", re.I)
_DOI = re.compile(rf"(?:doi\s*:?\s*)?({DOI_PREFIX}\S+)", re.I)
_DOI_IN_PATH = re.compile(rf"/({DOI_PREFIX}.+)")
_BEHIND_DOI = re.compile(r"(?:v[0-9]{1,2})?(?:\.full|\.abstract)?(?:\.pdf|\.html?)?\Z")
_OPENREVIEW = re.compile(r"openreview\s*:\s*([\w-]{4,40})", re.I)
_ARXIV_WITHIN = re.compile(
    rf"(?:\[|arxiv(?:\.org/(?:abs|pdf|html)/| ?:? ?)|eprint ?= ?[{{\"])({_NEW}|{_OLD})(?![0-9])",
    re.I,
)
"""An arXiv id in a longer text that names it as one: a reference, a tab's title, a BibTeX entry."""
_DOI_WITHIN = re.compile(rf"doi(?:\.org/| ?: ?| ?= ?[{{\"])({DOI_PREFIX}[^ }}\"]+)", re.I)
_ADDRESS = re.compile(
    r"(https?://)?(?:[^\s/?#@]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,20})(?::[0-9]{1,5})?"
    r"(/[^\s?#]*)?(?:\?([^\s#]*))?(?:#\S*)?",
    re.I,
)
_TELLING_PATH = re.compile(r"/.*[0-9]|/[^/]+/[^/]")
"""What is in the path of an address without a scheme, and not in "node.js/react"."""
_NAMING = re.compile(r"[a-z_]*id\Z")
"""Parameters of a query that name what an address is of: id, abstract_id."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier: its kind ("arxiv", "doi", "openreview" or "url") and its value."""

    kind: str
    value: str

    @property
    def key(self) -> str:
        """The key that the index holds papers under."""
        return f"{self.kind}:{self.value}"


def identifier_of(text: str) -> Identifier | None:
    """Return the identifier that a whole text is, as a reader types or pastes it; None for others.

    Spaces and punctuation around it don't count. An address may lack its scheme where it can be
    nothing else. Linear in the text.
    """
    return _of_whole(text) or _within(text)


def _within(text: str) -> Identifier | None:
    """Return the identifier that a longer text gives as one: a pasted reference, a tab's title
    ("[2412.15115] Kites"), a BibTeX entry."""
    if found := _ARXIV_WITHIN.search(text):
        return _arxiv(found[1])
    found = _DOI_WITHIN.search(text)
    return _doi(_bare(found[1])) if found else None


def _of_whole(text: str) -> Identifier | None:
    text = text.strip()
    if len(text) > LONGEST or not text.isprintable():
        return None
    text = _bare(text)
    if found := _ARXIV.fullmatch(text):
        return _arxiv(found[1])
    if found := _ARXIV_STAMP.fullmatch(text):
        return _arxiv(found[1])
    if found := _OPENREVIEW.fullmatch(text):
        return Identifier("openreview", found[1])
    if found := _DOI.fullmatch(text):
        return _doi(found[1])
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    scheme, host, path, query = found.groups()
    host, path = host.lower().removeprefix("www."), path or ""
    if scheme or query or host != found[2].lower() or _TELLING_PATH.match(path):
        return _of_address(host, path, query or "")
    return None


def _bare(text: str) -> str:
    """Return a text without the punctuation around it."""
    text = text.strip("<>[]\"'“”‘’").lstrip("(").rstrip(".,;:!?")
    return text if "(" in text else text.rstrip(").,;:!?")


def _arxiv(value: str) -> Identifier:
    """Return an arXiv id. An old one's archive stands without its subject class: math.GT/0309136 is
    math/0309136."""
    archive, slash, number = value.partition("/")
    if slash:
        value = f"{archive.partition('.')[0].lower()}/{number}"
    return Identifier("arxiv", value)


def _doi(value: str) -> Identifier:
    """Return a DOI; arXiv's own are arXiv ids."""
    if found := _ARXIV_DOI.fullmatch(value):
        return _arxiv(found[1])
    return Identifier("doi", value.lower())


def _of_address(host: str, path: str, query: str) -> Identifier:
    """Return the identifier that an address has in it, or else the address."""
    readable = unquote(path, errors="replace")
    if found := _ARXIV_IN_PATH.search(readable):
        return _arxiv(found[1])
    if found := _DOI_IN_PATH.search(readable):
        value = found[1].rstrip("/")
        return _doi(value if host.endswith("doi.org") else _BEHIND_DOI.sub("", value))
    names = [part.partition("=") for part in query.split("&")]
    if host == "openreview.net":
        for name, _, value in names:
            if name == "id" and value:
                return Identifier("openreview", value)
    named = [f"{name}={value}" for name, _, value in names if _NAMING.match(name) and value]
    place = (host + path).removesuffix(".pdf").rstrip("/")
    return Identifier("url", "?".join((place, *sorted(named))).lower())


def identifiers_of(paper: Paper) -> tuple[str, ...]:
    """Return the keys of a paper: its arXiv id, DOI, and the addresses of the paper, its code and
    its project, each once."""
    addresses = (paper.url, paper.code, paper.project)
    texts: Iterable[str | None] = (
        paper.arxiv and f"arxiv:{paper.arxiv}",
        paper.doi,
        *(address for address in addresses if address and "://" in address),
    )
    found = (identifier_of(text) for text in texts if text)
    return tuple(dict.fromkeys(identifier.key for identifier in found if identifier is not None))
