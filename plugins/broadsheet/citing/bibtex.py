"""References as BibTeX (btxdoc; eprint fields as arXiv's own export has them)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .latex import escaped, title
from .names import PersonName
from .reference import Reference

_UNSAFE = re.compile(r"[{}\\\s%]")


def bibtex(references: Iterable[Reference]) -> str:
    """Return references as one BibTeX text; equal keys get a letter each: "a", "b" ..."""
    return joined((one.key, fields(one)) for one in references)


def joined(entries: Iterable[tuple[str, str]]) -> str:
    """Return entries, given by key and `fields`, as one text; equal keys get a letter each."""
    texts = []
    seen: dict[str, int] = {}
    for key, text in entries:
        number = seen[key] = seen.get(key, -1) + 1
        texts.append(f"@misc{{{key}{_letters(number) if number else ''},\n{text}\n}}\n")
    return "\n".join(texts)


def fields(reference: Reference) -> str:
    """Return a reference's fields, as they stand in an entry of any key."""
    return ",\n".join(f"  {field} = {{{value}}}" for field, value in _fields(reference) if value)


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "title", title(reference.title)
    yield "author", " and ".join([*map(_author, reference.authors), *["others"] * reference.more])
    yield "year", str(reference.year)
    if reference.arxiv:
        yield "eprint", reference.arxiv
        yield "archivePrefix", "arXiv"
        yield "primaryClass", escaped(reference.category or "")
    yield "doi", _verbatim(reference.doi or "")
    yield "url", _verbatim(reference.url)


def _author(person: PersonName) -> str:
    family = escaped(person.family)
    if not person.given:
        return f"{{{family}}}"
    parts = [family, escaped(person.suffix), escaped(person.given)] if person.suffix else [
        family, escaped(person.given)]  # fmt: skip
    name = ", ".join(parts)
    return f"{{{name}}}" if " and " in f" {name} " else name


def _verbatim(text: str) -> str:
    """Return an address or identifier, which BibTeX styles print as it is: only what would end the
    field (or start a comment) is encoded."""
    return _UNSAFE.sub(lambda m: m[0] if m[0] == "%" else f"%{ord(m[0]):02X}", text)


def _letters(number: int) -> str:
    letters = ""
    while number >= 0:
        letters = chr(ord("a") + number % 26) + letters
        number = number // 26 - 1
    return letters
