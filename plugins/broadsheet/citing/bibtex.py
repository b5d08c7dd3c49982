"""References as BibTeX (btxdoc; eprint fields as arXiv's own export has them)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .latex import escaped, title
from .names import PersonName
from .reference import KEPT, Reference

_UNSAFE = re.compile(r"[{}\\\s%]")


def bibtex(references: Iterable[Reference]) -> str:
    """Return references as one BibTeX text. Keys that would be the same get a letter each: "a", "b"
    ..."""
    return joined((one.key, fields(one)) for one in references)


def joined(entries: Iterable[tuple[str, str]]) -> str:
    """Entries, given by key and `fields`, as one text."""
    made = []
    seen: dict[str, int] = {}
    for key, text in entries:
        number = seen[key] = seen.get(key, -1) + 1
        made.append(f"@misc{{{key}{_letters(number) if number else ''},\n{text}\n}}\n")
    return "\n".join(made)


@lru_cache(KEPT)
def fields(one: Reference) -> str:
    """Return a reference's fields, as they stand in an entry of any key."""
    return ",\n".join(f"  {field} = {{{value}}}" for field, value in _fields(one) if value)


def _fields(one: Reference) -> Iterator[tuple[str, str]]:
    yield "title", title(one.title)
    yield "author", " and ".join([*map(_author, one.authors), *["others"] * one.more])
    yield "year", str(one.year)
    if one.arxiv:
        yield "eprint", one.arxiv
        yield "archivePrefix", "arXiv"
        yield "primaryClass", escaped(one.category or "")
    yield "doi", _verbatim(one.doi or "")
    yield "url", _verbatim(one.url)


def _author(one: PersonName) -> str:
    family = escaped(one.family)
    if not one.given:
        return f"{{{family}}}"
    parts = [family, escaped(one.suffix), escaped(one.given)] if one.suffix else [
        family, escaped(one.given)]  # fmt: skip
    made = ", ".join(parts)
    return f"{{{made}}}" if " and " in f" {made} " else made


def _verbatim(text: str) -> str:
    """Return an address or identifier, which BibTeX styles print as it is: only what would end the
    field (or start a comment) is encoded."""
    return _UNSAFE.sub(lambda m: m[0] if m[0] == "%" else f"%{ord(m[0]):02X}", text)


def _letters(number: int) -> str:
    made = ""
    while number >= 0:
        made = chr(ord("a") + number % 26) + made
        number = number // 26 - 1
    return made
