"""References as RIS, two letters a field (the format's description: RefMan, 2011)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from .names import PersonName
from .reference import KEPT, Reference


def ris(references: Iterable[Reference]) -> str:
    """Return references as RIS. Lines end with CR LF, as the format wants it."""
    return "".join(map(_entry, references))


@lru_cache(KEPT)
def _entry(one: Reference) -> str:
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _rows(one))


def _rows(one: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "UNPB" if one.arxiv or not one.doi else "JOUR"
    yield "TI", one.plain_title
    for author in one.authors:
        yield "AU", _author(author)
    yield "PY", str(one.year)
    yield "DA", "/".join(f"{part:02}" for part in one.date)
    if one.arxiv:
        yield "PB", "arXiv"
        yield "AN", f"arXiv:{one.arxiv}"
    if one.doi:
        yield "DO", one.doi
    if one.url:
        yield "UR", one.url
    yield "ER", ""


def _author(one: PersonName) -> str:
    return ", ".join(part for part in (one.family, one.given, one.suffix) if part)
