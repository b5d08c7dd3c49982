"""People's names as bibliographies need them: family name apart from given names."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

_PARTICLES = {"van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le",
              "ten", "ter", "zu", "zur", "vom", "bin", "ibn", "al", "el"}  # fmt: skip
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
# Words of groups that sign as one: "Example Team", "The Example Collaboration".
_GROUP = re.compile(
    r"\b(?:team|group|collaboration|consortium|labs?|institute|university|community|project|inc"
    r"|research|openai|ai|contributors)\b",
    re.I,
)


# Chinese, Japanese and Korean, where the family name is first: such a name stays whole.
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class PersonName(Struct, frozen=True):
    """A person's name in its parts; of a group, or a name of one word, `family` is all of it."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def natural(self) -> str:
        """As it is spoken: "Ada Lovelace"."""
        if self.given and self.family and not self.suffix:  # most names
            return f"{self.given} {self.family}"
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)


@lru_cache(1 << 14)
def name(text: str) -> PersonName:
    """Read a name as listings write it ("Ada Lovelace", "Ludwig van Beethoven", "Lovelace, Ada").

    Particles in lower case go with the family name. What is signed by a group stays whole.
    """
    text = " ".join(text.split())
    if "," in text:
        parts = [part.strip() for part in text.split(",")]
        if len(parts) == 2 and all(parts):
            if parts[1].casefold() in _SUFFIXES:
                before = name(parts[0])
                return PersonName(before.family, before.given, parts[1])
            return PersonName(parts[0], parts[1])
        return PersonName(text)
    words = text.split(" ")
    if len(words) == 1 or _GROUP.search(text):
        return PersonName(text)
    if not text.isascii() and _IDEOGRAPHS.search(text):
        return PersonName(text)
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in _SUFFIXES else ""
    at = len(words) - 1
    while at > 1 and words[at - 1] in _PARTICLES:
        at -= 1
    return PersonName(" ".join(words[at:]), " ".join(words[:at]), suffix)
