"""Which languages there are: a language tag to the words of the interface in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..errors import SettingsError, shown
from .catalogue import NONE, Catalogue, read
from .dates import LocalDates
from .words import Words

TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}\Z")
"""A language tag, such as en, pt-BR or zh_Hant_TW."""

SHIPPED = ("ar", "de", "es", "fr", "ja", "zh")
"""The languages beside English that have a message file in messages/."""


def canonical(tag: str) -> str:
    """Return a language tag in its usual capitals: "pt-BR" for "pt_br", which Pelican makes of
    it."""
    language, *rest = tag.replace("_", "-").split("-")
    sizes = {2: str.upper, 4: str.title}
    return "-".join([language.lower(), *(sizes.get(len(part), str.lower)(part) for part in rest)])


def words_of(
    language: str,
    content_language: str,
    shipped: Callable[[str], bytes],
    own: Callable[[str], tuple[str, bytes] | None] = lambda _: None,
) -> Words:
    """Return the words of a language, by its tag.

    `shipped` gives the bytes of the message file of one of `SHIPPED`; `own` a digest's own message
    file (its name and bytes) for a tag, whose messages come first; None where it has none. Raises
    SettingsError for a language that neither has, and for a message file that can't be read.
    """
    tag = canonical(language)
    parts = tag.split("-")
    known = NONE
    found = parts[0] == "en"
    if parts[0] in SHIPPED:
        known, found = read(shipped(parts[0]), f"{parts[0]}.po"), True
    for end in range(1, len(parts) + 1):  # zh.po, then zh-Hant.po, then zh-Hant-TW.po
        mine = own("-".join(parts[:end]))
        if mine is not None:
            catalogue = read(mine[1], mine[0])
            known, found = known | catalogue, True
    if not found:
        raise SettingsError(
            f"DEFAULT_LANG = {shown(language)}: there are no messages in this language; expected "
            f"one of en, {', '.join(SHIPPED)}, or the file {parts[0]}.po in the folder that "
            "BROADSHEET_MESSAGES names"
        )
    content_language = canonical(content_language)
    if parts[0] == "en":
        return Words(tag, catalogue=known, content_language=content_language)
    return _local(tag, known, content_language)


def _local(tag: str, catalogue: Catalogue, content_language: str) -> Words:
    from babel import Locale, UnknownLocaleError

    parts = tag.split("-")
    for end in range(len(parts), 0, -1):
        try:
            locale = Locale.parse("-".join(parts[:end]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        return Words(tag, locale.text_direction, catalogue, LocalDates(locale), content_language)
    raise SettingsError(
        f"DEFAULT_LANG = {shown(tag)}: no such language; expected a tag such as en or pt-BR"
    )
