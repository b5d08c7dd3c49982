"""What summaries read from outside: the model from Pelican's settings, its key from the
environment. Nothing else in this folder sees either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import SettingsError, shown
from ..fetch.dispatch import fault_of
from ..papers import SENTENCE, SUMMARY_KINDS
from ..suggestions import did_you_mean
from .model import Model

SETTING = "BROADSHEET_SUMMARIES"
KEY = "BROADSHEET_SUMMARIES_KEY"

_KEYS = ("endpoint", "model", "kind", "language")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
_SECRET = re.compile(r"[\x21-\x7e]{1,1000}\Z")
_MODEL = re.compile(r"[\w./:@+-]{1,100}\Z")


def model_of(values: Mapping[str, Any], environment: Mapping[str, str]) -> Model | None:
    """Return the model that BROADSHEET_SUMMARIES names, with the key that the environment holds, if
    any; None where the setting is empty. Raises SettingsError, which doesn't tell the key."""
    row = values.get(SETTING)
    if not row:
        return None
    if not isinstance(row, Mapping):
        raise SettingsError(f"{SETTING} = {shown(row)}: expected a mapping with endpoint and model")
    for name in row:
        if name not in _KEYS:
            raise SettingsError(
                f"{SETTING}: {shown(name)} is not known{did_you_mean(str(name), _KEYS)}; expected "
                f"{', '.join(_KEYS)} (the key comes from the environment, {KEY})"
            )
    texts = {name: str(value) for name, value in row.items()}
    key = environment.get(KEY, "").strip()
    if key and not _SECRET.match(key):
        raise SettingsError(f"{KEY} does not hold a key")
    endpoint = texts.get("endpoint", "").rstrip("/")
    fault = fault_of(endpoint, secret=bool(key))
    if fault or re.search(r"[?#\s]", endpoint):
        raise SettingsError(
            f"{SETTING}: endpoint = {shown(endpoint)}; {fault or 'expected an address alone'} such "
            "as http://localhost:11434/v1"
        )
    name = texts.get("model", "")
    if not _MODEL.match(name):
        raise SettingsError(f"{SETTING}: model = {shown(name)}; expected a model's name")
    kind = texts.get("kind", SENTENCE)
    if kind not in SUMMARY_KINDS:
        raise SettingsError(
            f"{SETTING}: kind = {shown(kind)}{did_you_mean(kind, SUMMARY_KINDS)}; expected one of "
            f"{', '.join(SUMMARY_KINDS)}"
        )
    language = texts.get("language", str(values.get("BROADSHEET_CONTENT_LANG") or "en"))
    if not _LANGUAGE.match(language):
        raise SettingsError(f"{SETTING}: language = {shown(language)}; expected a code such as en")
    return Model(endpoint=endpoint, name=name, kind=kind, language=language, key=key)
