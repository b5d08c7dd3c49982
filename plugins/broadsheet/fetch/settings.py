"""The settings of fetching: BROADSHEET_SOURCES, BROADSHEET_FETCH_AGAIN and BROADSHEET_ENRICH, read
once from the digest's settings and validated."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, Union, get_args, get_origin, get_type_hints

from ..errors import FetchError, SettingsError, shown
from ..suggestions import did_you_mean
from .request import AGAIN, MOST_AGAIN
from .sources import SOURCES, HuggingFace, Source

SETTING = "BROADSHEET_SOURCES"
AGAIN_SETTING = "BROADSHEET_FETCH_AGAIN"
ENRICH_SETTING = "BROADSHEET_ENRICH"
MOST_SOURCES = 200


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """The sources of a digest, how many of the days before today are asked again, and whether the
    authors' own text is asked for (`enrich`)."""

    sources: tuple[Source, ...] = (HuggingFace(),)
    again: int = AGAIN
    enrich: bool = True


def of_pelican(values: Mapping[str, Any]) -> FetchSettings:
    """Return what Pelican's settings say. Without BROADSHEET_SOURCES a digest's source is Hugging
    Face. Raises SettingsError, naming the setting, its value and what was expected."""
    again = values.get(AGAIN_SETTING, AGAIN)
    if not isinstance(again, int) or isinstance(again, bool) or not 0 <= again <= MOST_AGAIN:
        raise SettingsError(
            f"{AGAIN_SETTING} = {shown(again)}: expected a number of days from 0 to {MOST_AGAIN}"
        )
    enrich = values.get(ENRICH_SETTING, True)
    if not isinstance(enrich, bool):
        raise SettingsError(f"{ENRICH_SETTING} = {shown(enrich)}: expected True or False")
    rows = values.get(SETTING)
    if rows is None:
        return FetchSettings(again=again, enrich=enrich)
    if not isinstance(rows, list | tuple) or len(rows) > MOST_SOURCES:
        raise SettingsError(
            f"{SETTING} = {shown(rows)}: expected a list of at most {MOST_SOURCES} sources, such "
            'as [{"source": "huggingface"}]'
        )
    sources = tuple(_source(row, number) for number, row in enumerate(rows, start=1))
    _refuse_twins(sources)
    return FetchSettings(sources, again, enrich)


def _source(row: Any, number: int) -> Source:
    where = f"{SETTING} (row {number})"
    if not isinstance(row, Mapping):
        raise SettingsError(f'{where}: found {shown(row)}; expected such as {{"source": "arxiv"}}')
    name = row.get("source")
    if not isinstance(name, str) or name not in SOURCES:
        hint = did_you_mean(name, SOURCES) if isinstance(name, str) else ""
        raise SettingsError(f"{where}: source: found {shown(name)}; expected {_or(SOURCES)}{hint}")
    kind = SOURCES[name]
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    given: dict[str, Any] = {}
    for key, value in row.items():
        if key == "source":
            continue
        if key not in known:
            hint = did_you_mean(str(key), known)
            expected = _or(known) if known else "no other key"
            raise SettingsError(
                f"{where}: found the key {shown(key)}; expected {expected} for {name}{hint}"
            )
        given[key] = _value(value, hints[key], f"{where}: {key}")
    for key, field in known.items():
        if key not in given and field.default is MISSING and field.default_factory is MISSING:
            raise SettingsError(f"{where}: {key} is missing; {name} needs it")
    try:
        return kind(**given)
    except FetchError as error:
        raise SettingsError(f"{where}: {error}") from error


def _value(value: Any, hint: Any, where: str) -> Any:
    """Return a value of a row as the type that a source's field has."""
    if get_origin(hint) is tuple:
        texts = [value] if isinstance(value, str) else value
        if isinstance(texts, list | tuple) and all(isinstance(one, str) and one for one in texts):
            return tuple(texts)
        raise SettingsError(f"{where}: found {shown(value)}; expected a list of texts")
    kinds = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    if any(type(value) is kind for kind in kinds):
        return value
    words = {str: "a text", int: "a number", bool: "True or False", type(None): "None"}
    expected = " or ".join(words.get(kind, kind.__name__) for kind in kinds)
    raise SettingsError(f"{where}: found {shown(value)}; expected {expected}")


def _refuse_twins(sources: tuple[Source, ...]) -> None:
    """Raise SettingsError where captures of two sources would have one name."""
    names: dict[str, tuple[int, Source]] = {}
    for number, source in enumerate(sources, start=1):
        for name in sorted(source.captures):
            first, other = names.setdefault(name, (number, source))
            shared = type(other) is type(source) and name in SOURCES
            if first != number and (source == other or not shared):
                hint = '; give one of them another "name"' if hasattr(source, "name") else ""
                raise SettingsError(
                    f"{SETTING} (row {number}): captures would be named {shown(name)}, as those of "
                    f"row {first}; expected a name of its own{hint}"
                )
        if reserved := sorted(source.captures & SOURCES.keys() - _own_names(source)):
            raise SettingsError(
                f"{SETTING} (row {number}): {shown(reserved[0])} is the name of another kind of "
                "source; expected a name of its own"
            )


def _own_names(source: Source) -> set[str]:
    return {name for name, kind in SOURCES.items() if type(source) is kind}


def _or(names: Mapping[str, object]) -> str:
    """Return names in words: "a, b or c"."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
