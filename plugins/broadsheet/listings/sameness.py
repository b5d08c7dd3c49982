"""Whether two papers are one: the rule for a listing's entries and for published papers alike.

In this order, as far as both give it:

1. one arXiv id, DOI or address (and title, for an address) is one paper; two arXiv ids or DOIs are
   two papers, and so are two addresses on one host;
2. authors of whom none is among the other's are two papers;
3. abstracts with few words in common are two papers; so is any difference of short ones;
4. two addresses on two hosts are two papers, unless authors or abstracts agree;
5. else the titles decide, compared by `title_key`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from ..normal_forms import normal

COMMON = 0.4
"""The least share of the shorter abstract's words that two abstracts of one paper have in common;
revised ones have more, two abstracts of one field a quarter."""
COMMON_SHORT = 0.85
"""The same of abstracts below `SHORT` words, where one word may be all that differs."""
SHORT = 25
_MOST_NAMES = 200  # compared of each list of authors
_MANY = 256
"""Papers of which is remembered what they are compared by: more than one is compared with."""
_LONG = 10_000  # characters of an abstract whose words are not remembered

_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


class Described(Protocol):
    """What is known of a paper: an `Entry` or a `Paper`."""

    @property
    def title(self) -> str: ...
    @property
    def abstract(self) -> str: ...
    @property
    def arxiv(self) -> str | None: ...
    @property
    def doi(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def authors(self) -> tuple[str, ...]: ...


@lru_cache(maxsize=_MANY)
def title_key(title: str) -> str:
    """Return a key that two spellings of one title share: its letters and digits, casefolded.

    TeX's `$\\beta$-VAE` and the "beta-VAE" that some listings make of it have the same key.
    """
    plain = normal("NFKD", title).casefold()
    return "".join(filter(str.isalnum, plain)) or " ".join(title.split())


def identified_by(paper: Described) -> Iterator[str]:
    """Yield what identifies a paper beside its title: "arxiv:...", "doi:...", and an address with
    its title."""
    yield from _identifiers(paper.arxiv, paper.doi, paper.url, paper.title)


@lru_cache(maxsize=_MANY)
def _identifiers(
    arxiv: str | None, doi: str | None, url: str | None, title: str
) -> tuple[str, ...]:
    found = []
    if arxiv:
        found.append(f"arxiv:{arxiv}")
    if doi:
        found.append(f"doi:{doi.casefold()}")
    if url and (place := _place(url)) and place[1]:
        found.append(f"url:{place[0]}{place[1]} {title_key(title)}")
    return tuple(found)


def same(a: Described, b: Described) -> bool:
    """Return whether two entries or papers are of the same paper."""
    if a.arxiv and b.arxiv:
        return a.arxiv == b.arxiv
    ours = _identifiers(a.arxiv, a.doi, a.url, a.title)
    theirs = _identifiers(b.arxiv, b.doi, b.url, b.title) if ours else ()
    if not set(ours).isdisjoint(theirs):
        return True
    return title_key(a.title) == title_key(b.title) and not told_apart(a, b)


def told_apart(a: Described, b: Described) -> bool:
    """Return whether two papers of one title are two: by the rule of this module, but for what
    identifies both."""
    if a.arxiv and b.arxiv:
        return a.arxiv != b.arxiv
    if a.doi and b.doi:
        return a.doi.casefold() != b.doi.casefold()
    ours, theirs = (_place(a.url), _place(b.url)) if a.url and b.url else (None, None)
    elsewhere = ours != theirs
    if ours and theirs and elsewhere and ours[0] == theirs[0]:
        return True
    authors = authors_agree(a.authors, b.authors)
    abstracts = _abstracts_agree(a.abstract, b.abstract)
    if authors is False or abstracts is False:
        return True
    return elsewhere and not (authors or abstracts)


@lru_cache(maxsize=_MANY)
def _place(address: str) -> tuple[str, str]:
    """Return an address's host and what follows, as far as they tell papers apart."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", address
    return host, parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")


def authors_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool | None:
    """Return whether two lists have an author in common; None where one is empty, or in another
    script."""
    if not a or not b:
        return None
    if a == b:
        return True
    ours, theirs = _people(a[:_MOST_NAMES]), _people(b[:_MOST_NAMES])
    if not ours or not theirs:
        return None
    return any(
        name <= other or other <= name
        for word in ours.keys() & theirs.keys()
        for name in ours[word]
        for other in theirs[word]
    )


@lru_cache(maxsize=_MANY)
def _people(names: tuple[str, ...]) -> dict[str, list[frozenset[str]]]:
    """Return each name's words, by each of these, without initials and accents; names in other
    scripts are left out."""
    found: dict[str, list[frozenset[str]]] = {}
    for name in names:
        if not _LATIN.search(name):
            continue
        words = _WORD.findall(_folded(name))
        full = frozenset(w for w in words if len(w) > 1 or w.isdigit()) or frozenset(words)
        for word in full:
            found.setdefault(word, []).append(full)
    return found


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = normal("NFKD", text).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _abstracts_agree(a: str, b: str) -> bool | None:
    """Return whether two abstracts may be of one paper; None where one is empty."""
    if not a or not b:
        return None
    if a == b:
        return True
    ours, theirs = (
        _words(text) if len(text) <= _LONG else _words.__wrapped__(text) for text in (a, b)
    )
    least = min(len(ours), len(theirs))
    if not least:
        return None
    share = len(ours & theirs) / least
    return share >= (COMMON if least >= SHORT else COMMON_SHORT)


@lru_cache(maxsize=_MANY)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_folded(text)))
