"""References as RIS, two letters a field (the format's description: RefMan, 2011)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .names import PersonName
from .reference import Reference


def ris(references: Iterable[Reference]) -> str:
    """Return references as RIS. Lines end with CR LF, as the format wants it."""
    return "".join(map(_entry, references))


def _entry(reference: Reference) -> str:
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _rows(reference))


def _rows(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "UNPB" if reference.arxiv or not reference.doi else "JOUR"
    yield "TI", reference.plain_title
    for author in reference.authors:
        yield "AU", _author(author)
    yield "PY", str(reference.year)
    yield "DA", "/".join(f"{part:02}" for part in reference.date)
    if reference.arxiv:
        yield "PB", "arXiv"
        yield "AN", f"arXiv:{reference.arxiv}"
    if reference.doi:
        yield "DO", reference.doi
    if reference.url:
        yield "UR", reference.url
    yield "ER", ""


def _author(person: PersonName) -> str:
    return ", ".join(part for part in (person.family, person.given, person.suffix) if part)
