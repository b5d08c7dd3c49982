"""The language of the interface, by the settings: DEFAULT_LANG, BROADSHEET_CONTENT_LANG, and a
digest's own message files in the folder BROADSHEET_MESSAGES."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import SettingsError, shown
from ..locale import Words
from ..locale.languages import TAG, words_of
from .files import read_regular

_SHIPPED = Path(__file__).parent.parent / "locale" / "messages"


def of_settings(values: Mapping[str, Any]) -> Words:
    """Return the words of the interface. Raises SettingsError, naming the setting or the file."""
    language = _tag(values, "DEFAULT_LANG")
    content = _tag(values, "BROADSHEET_CONTENT_LANG")
    folder = values.get("BROADSHEET_MESSAGES") or ""
    if not isinstance(folder, str):
        raise SettingsError(f"BROADSHEET_MESSAGES = {folder!r}: expected a folder's name")
    own = Path(values["PATH"]).parent / folder if folder else None
    if own is not None and not own.is_dir():
        raise SettingsError(
            f"BROADSHEET_MESSAGES = {shown(folder)}: no such folder; expected one with message "
            "files such as de.po"
        )

    def mine(tag: str) -> tuple[str, bytes] | None:
        if own is None:
            return None
        try:
            return f"{folder}/{tag}.po", read_regular(own / f"{tag}.po")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SettingsError(
                f"can't be read: {error.strerror}", file=f"{folder}/{tag}.po"
            ) from error

    return words_of(language, content, lambda name: (_SHIPPED / f"{name}.po").read_bytes(), mine)


def _tag(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name) or "en"
    if not isinstance(value, str) or not TAG.match(value):
        raise SettingsError(f"{name} = {shown(value)}: expected a language such as en or pt-BR")
    return value
