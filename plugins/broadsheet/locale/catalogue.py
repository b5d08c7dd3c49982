"""A message file (gettext's .po) as a value: the messages of the interface in one language.

The files are read as they are, not compiled: a package needs no step that compiles them, and what
translators edit is what is used. English, whose messages are the sources, has none.
"""

from __future__ import annotations

import gettext
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO

from ..errors import SettingsError, shown

LARGEST = 2_000_000
"""Bytes of a message file."""

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_TAG = re.compile(r"<[^<>]*>|[<>&\"]")
_PLURAL = re.compile(
    r"[n0-9\s?:<>=!&|%()]{1,400}\Z"
)  # C's, which gettext and JavaScript read alike


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Messages in one language by their English (the singular, of those that count things, which
    have a form for each number that the language tells apart). `rule` tells a count's form, as C
    (and JavaScript) writes it. `scripts` are the messages that scripts say."""

    rule: str = "n != 1"
    messages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scripts: frozenset[str] = frozenset()

    @cached_property
    def form(self) -> Callable[[int], int]:
        """Returns the form that a count takes, from 0."""
        return gettext.c2py(self.rule)

    def fingerprint(self) -> tuple[object, ...]:
        """Return what pages depend on, as a tuple to be hashed."""
        return (self.rule, sorted(self.messages.items()), sorted(self.scripts))

    def __or__(self, other: Catalogue) -> Catalogue:
        """Return this catalogue with another one's messages before its own."""
        if not self.messages:
            return other
        return Catalogue(self.rule, {**self.messages, **other.messages}, self.scripts)


NONE = Catalogue()
"""English's: nothing is translated."""


def read(data: bytes, file: str) -> Catalogue:
    """Return the catalogue of a message file; what is not translated, or marked as uncertain
    ("fuzzy"), is left out, and shows in English. Raises SettingsError, naming file and line."""
    from babel.messages.pofile import PoFileError, read_po

    if len(data) > LARGEST:
        raise SettingsError(f"{len(data):,} bytes; expected at most {LARGEST:,}", file=file)
    try:
        data.decode("utf-8")
        found = read_po(BytesIO(data), charset="utf-8", abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError, LookupError) as error:
        raise SettingsError(
            f"can't be read: {shown(str(error))}; expected a message file of gettext in UTF-8",
            file=file,
        ) from error
    try:
        rule = str(found.plural_expr)
        if not _PLURAL.match(rule):
            raise ValueError(rule)
        forms = {gettext.c2py(rule)(n) for n in range(201)}
        if not forms <= set(range(found.num_plurals)):
            raise ValueError(rule)
    except (ValueError, SyntaxError, RecursionError, ZeroDivisionError) as error:
        raise SettingsError(
            f"Plural-Forms: {shown(str(found.plural_forms))}; expected nplurals=... and plural=... "
            "for the language",
            file=file,
        ) from error
    messages: dict[str, tuple[str, ...]] = {}
    scripts = set()
    for message in found:
        if not message.id or message.fuzzy:
            continue
        sources = tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)
        string = message.string
        strings = tuple(string) if isinstance(string, (tuple, list)) else (string or "",)
        if any(place.endswith(".js") for place, _ in message.locations):
            scripts.add(sources[0])
        if not all(strings):
            continue
        if len(sources) > 1 and len(strings) != found.num_plurals:
            raise SettingsError(
                f"{shown(sources[0])}: {len(strings)} forms; expected {found.num_plurals}",
                file=file, line=message.lineno,
            )  # fmt: skip
        for wrong in problems(sources, strings):
            raise SettingsError(f"{shown(sources[0])}: {wrong}", file=file, line=message.lineno)
        messages[sources[0]] = strings
    return Catalogue(rule, messages, frozenset(scripts))


def problems(sources: tuple[str, ...], strings: tuple[str, ...]) -> Iterator[str]:
    """Yield what is wrong with a translation: values that it leaves out or invents, and markup that
    is not the source's. A form of a single number may leave out the count."""
    names = set(PLACEHOLDER.findall(" ".join(sources)))
    markup = Counter(_TAG.findall(sources[-1]))
    for string in strings:
        given = set(PLACEHOLDER.findall(string))
        bare = PLACEHOLDER.sub("", string)
        missing = names - given - ({"count"} if len(sources) > 1 else set())
        if given - names or missing or "%" in bare.replace("%%", ""):
            expected = ", ".join(f"%({name})s" for name in sorted(names)) or "no %"
            yield f"{shown(string)} has other values; expected {expected}"
        if Counter(_TAG.findall(string)) != markup:
            expected = " ".join(markup) or "none"
            yield f"{shown(string)} has other markup; expected {expected}"
        if any(ord(character) < 32 for character in string):
            yield f"{shown(string)} has a line break or the like; expected one line"
