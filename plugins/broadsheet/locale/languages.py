"""Which languages there are: a language tag to the words of the interface in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..errors import SettingsError, shown
from .catalogue import NONE, Catalogue, read
from .dates import LocalDates
from .words import ENGLISH, Words

TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}\Z")
"""A language tag, such as en, pt-BR or zh_Hant_TW."""

SHIPPED = ("ar", "de", "es", "fr", "ja", "zh")
"""The languages beside English that have a message file in messages/."""


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
    tag = language.replace("_", "-")
    parts = tag.split("-")
    known = NONE
    found = parts[0].lower() == "en"
    if parts[0].lower() in SHIPPED:
        name = parts[0].lower()
        known, found = read(shipped(name), f"{name}.po"), True
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
    if parts[0].lower() == "en":
        if not known.messages:
            return Words(tag, content_language=content_language)
        return Words(tag, catalogue=known, content_language=content_language, dates=ENGLISH.dates)
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
