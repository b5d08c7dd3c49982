"""Authors that a record has in several columns ("author1", "last1" and "first1"), or in one without
anything between them (Springer's tables: "Ada KiteBo Line")."""

from __future__ import annotations

import re
from typing import Any

from .field_names import field_of, normal

_NUMBERED = re.compile(r"(.{2,30}?)[ _.-]?([0-9]{1,3})", re.S)
_GIVEN = frozenset("first given firstname givenname authorfirst authorgiven forename".split())
_FAMILY = frozenset("last family lastname familyname surname authorlast authorfamily".split())
_MOST = 1_000
_LONGEST = 10_000  # characters of names
_SEAM = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_a-z])|(?<=\.)(?=[^\W\d_a-z][^\W\d_])")
# The beginnings of family names that go on with a capital letter: McDonald, DeVito, LeCun.
_PREFIX = re.compile(
    r"(?:\A|[\s'’-])(?:Ma?c|O|D|De|Del|Della|Di|Da|Du|Dos|La|Le|Van|Von|Vande|Vander|Fitz|St)\Z"
)


def gathered(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record whose numbered columns of authors are one list; any other as it is."""
    people: dict[int, dict[str, str]] = {}
    taken = []
    for key, value in record.items():
        found = _NUMBERED.fullmatch(key) if key[-1:].isdigit() else None
        part = _part(found[1]) if found else None
        if found and part and (value is None or isinstance(value, str)) and len(people) < _MOST:
            if value and value.strip():
                people.setdefault(int(found[2]), {})[part] = value
            taken.append(key)
    named = [one for _, one in sorted(people.items()) if "name" in one or "family" in one]
    if not named or any((known := field_of(key)) and known[0] == "authors" for key in record):
        return record
    rest = {key: value for key, value in record.items() if key not in taken}
    return {**rest, "authors": named}


def _part(name: str) -> str | None:
    plain = normal(name)
    if plain in _GIVEN:
        return "given"
    if plain in _FAMILY:
        return "family"
    known = field_of(name)
    return "name" if known and known[0] == "authors" else None


def unglued(text: str) -> str:
    """Return names that stand in a text without anything between them, parted by semicolons.

    Two names meet where a small letter is followed by a capital one, within no family name such as
    McDonald, and each has two words at least.
    """
    last = text.rfind(" ")
    if ";" in text or "," in text or len(text) > _LONGEST:
        return text
    parts: list[str] = []
    start = 0
    for seam in _SEAM.finditer(text):
        at = seam.start()
        before, after, next_ = text[at - 1], text[at], text[at + 1 : at + 2]
        if not after.isupper() or not (before.islower() or (before == "." and next_.islower())):
            continue
        part = text[start:at]
        if last < seam.start() or len(part.split()) < 2 or _PREFIX.search(part):
            continue
        parts.append(part)
        start = seam.start()
    return "; ".join([*parts, text[start:]])
