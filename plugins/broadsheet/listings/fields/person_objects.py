"""A person as an object: the name from its parts, in whatever style the keys are written.

Crossref, Zotero, DataCite, OpenAlex, CITATION.cff and others part names into given and family, or
give them whole; some put the person into an object of its own, beside the affiliation.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..untrusted.decoding import one_line
from .field_names import field_of, normal
from .foreign_names import PERSON_ELSEWHERE
from .one_name import natural_order, plain_name
from .wrapping import DEPTH, unwrapped

_FAMILY, _GIVEN, _WHOLE = (
    {key: n for n, key in enumerate(f"{names} {PERSON_ELSEWHERE[part]}".split())}
    for part, names in (
        ("family", "family lastname familyname familynames last surname keyname"),
        ("given", "given firstname givenname givennames first forename forenames"),
        ("whole", "displayname name literal rawauthorname fullname authorname creatorname creator "
         "collective text collectivename collab creditname author person"),
    )
)  # fmt: skip
_MIDDLE = {"middle": 0, "middlename": 1, "middlenames": 2, "middleinitial": 3}
_PARTICLE = {"nondroppingparticle": 0, "droppingparticle": 1, "nameparticle": 2, "particle": 3}
_SUFFIX = {"suffix": 0, "namesuffix": 1}
_HOLDERS = {"author": 0, "node": 1, "person": 2, "profile": 3, "persname": 4}
_MOST_KEYS = 60
NAME_KEYS = frozenset((*_FAMILY, *_GIVEN, *_WHOLE, *_MIDDLE, *_PARTICLE, *_SUFFIX, *_HOLDERS))
"""The keys that say who a person is, as `field_names.normal` leaves them."""
# Editors and translators stand among the authors of some catalogues.
_ROLES = ("creatortype", "contributortype", "role", "roleterm")
_NO_AUTHOR = ("editor", "translator", "review", "advisor", "supervisor")


def name_of(item: Any, depth: int = DEPTH) -> str:
    """Return the name that an object says, the given name first; "" for one that says none, or
    is of an editor or translator."""
    if not isinstance(item, dict) or not depth:
        return ""
    keys = {normal(key): value for key, value in list(item.items())[:_MOST_KEYS]}
    roles = " ".join(_words(keys.get(key)) for key in _ROLES).lower()
    if any(role in roles for role in _NO_AUTHOR):
        return ""
    given, whole = _part(keys, _GIVEN), _part(keys, _WHOLE)
    if family := _part(keys, _FAMILY):
        if not given and whole and family not in whole:
            given = whole  # "nombre" beside "apellidos"
        return _joined(keys, given, family)
    if given and whole and not {*given.lower().split()} & {*whole.lower().split()}:
        return _joined(keys, given, whole)  # "nom" beside "prénom"
    for inner in _objects(keys, _HOLDERS):
        if found := name_of(inner, depth - 1):
            return found
    if whole:
        return natural_order(plain_name(whole))
    for inner in (*_objects(keys, _WHOLE), *_others(keys)):
        if found := name_of(inner, depth - 1):
            return found
    alone = unwrapped(item)
    return natural_order(plain_name(alone)) if isinstance(alone, str) else plain_name(given)


def is_person(item: Any, depth: int = DEPTH) -> bool:
    """Return whether a value is an object with a family name, or with one in an object in it."""
    if not isinstance(item, dict) or not depth:
        return False
    keys = {normal(key): value for key, value in list(item.items())[:_MOST_KEYS]}
    return bool(_part(keys, _FAMILY)) or any(is_person(one, depth - 1) for one in _others(keys))


def _words(value: Any, depth: int = 3) -> str:
    """Return the first words in a value, in which a role is said."""
    if isinstance(value, str):
        return value[:40]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return " ".join(_words(one, depth - 1) for one in islice(inner, 5)) if depth else ""


def _joined(keys: dict[str, Any], given: str, family: str) -> str:
    parts = (given, _part(keys, _MIDDLE), _part(keys, _PARTICLE), family, _part(keys, _SUFFIX))
    return plain_name(" ".join(filter(None, parts)))


def _part(keys: dict[str, Any], names: dict[str, int]) -> str:
    """Return what the first of some keys says that says anything: a text, or a list of them."""
    for key in sorted(names.keys() & keys.keys(), key=names.__getitem__):
        value = unwrapped(keys[key])
        if isinstance(value, list):
            value = " ".join(one for one in map(unwrapped, value[:9]) if isinstance(one, str))
        if isinstance(value, str) and (said := one_line(value)):
            return said
    return ""


def _objects(keys: dict[str, Any], names: dict[str, int]) -> Iterator[dict[str, Any]]:
    for key in sorted(names.keys() & keys.keys(), key=names.__getitem__):
        if isinstance(keys[key], dict):
            yield keys[key]


def _others(keys: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the objects in one about a person that may say who it is: those of no field."""
    for key, value in keys.items():
        plain = key == "data" or not field_of(key)  # "data" is a day in Portuguese only
        if isinstance(value, dict) and plain and key not in NAME_KEYS and key != "role":
            yield value
