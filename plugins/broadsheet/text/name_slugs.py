"""The slug of a name: what addresses a person's or an organisation's page, by the name alone.

Names are the same if they are as written, but for case, spaces and Unicode's way of composing
letters (NFC). A slug that says less than the name has a mark made of the name's hash, so that two
names with the same letters have two addresses, whichever of them came first: "Ada Lovelace" is
ada-lovelace, "Jose Muller" jose-muller, "José Müller" jose-muller-804bb2. A mark begins with a
digit, which a slug without one never has. A name of another script has a mark alone: how letters
are transliterated changes from one version of a library to the next.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from ..normal_forms import normal
from ..slugs import is_device, slug

_PLAIN = re.compile(r"[a-z]+(?: [a-z]+)*\Z")
_MARK, _ALONE = 6, 12  # characters of a mark: behind a slug, and without one
_LONGEST = 48  # characters before the mark


def name_key(name: str) -> str:
    """Return what is the same for all spellings of a name that count as one."""
    return " ".join(normal("NFC", name).casefold().split())


@lru_cache(maxsize=65_536)  # names recur within a month
def name_slug(name: str) -> str:
    """Return the slug of a name. It depends on the name alone, and never changes."""
    key = name_key(name)
    if _PLAIN.match(key) and len(key) <= _LONGEST and not is_device(key):
        return key.replace(" ", "-")
    latin = slug(key, _LONGEST)
    return f"{latin}-{_mark(key, _MARK)}" if latin else _mark(key, _ALONE)


def _mark(key: str, length: int) -> str:
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{int(digest[-2:], 16) % 10}{digest[: length - 1]}"
