"""Front coding: sorted keys as what each adds to the key before.

Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), section 5.2.2.
Browsers compare strings by UTF-16 code units, so keys are sorted and cut by these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_MOST_SHARED = 90
_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")


def code_units(text: str) -> bytes:
    """Return a sort key that puts strings in JavaScript's order, by UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")


def in_order(keys: list[str]) -> list[str]:
    """Return keys in JavaScript's order."""
    if _BEYOND_BMP.search("".join(keys)):
        return sorted(keys, key=code_units)
    return sorted(keys)


def front_coded(keys: Iterable[str]) -> Iterator[str]:
    """Yield each key as one character for the length of the prefix shared with the key before,
    and the rest of the key.

    The character's code is 33 plus the number of UTF-16 code units shared, at most 90.
    """
    before = ""
    shared = 0  # neighbours share about as much as those before: that is tried first
    for key in keys:
        most = min(len(key), len(before), _MOST_SHARED)
        shared = min(shared, most)
        while key[:shared] != before[:shared]:
            shared -= 1
        while shared < most and key[shared] == before[shared]:
            shared += 1
        units = shared if key.isascii() else len(key[:shared].encode("utf-16-be")) // 2
        while units > _MOST_SHARED:
            shared -= 1
            units = len(key[:shared].encode("utf-16-be")) // 2
        yield chr(33 + units) + key[shared:]
        before = key


def front_decoded(text: str) -> list[str]:
    """Return the keys that `front_coded` wrote, joined by newlines. Raises ValueError for other
    texts."""
    keys: list[str] = []
    before = ""
    for line in text.split("\n") if text else ():
        units = ord(line[:1] or "\0") - 33
        if not 0 <= units <= _MOST_SHARED:
            raise ValueError(f"found the line {line[:20]!r}; expected a front-coded key")
        if before.isascii():
            before = before[:units] + line[1:]
        else:
            shared = before.encode("utf-16-le")[: 2 * units]
            before = shared.decode("utf-16-le", "surrogatepass") + line[1:]
        keys.append(before)
    return keys
