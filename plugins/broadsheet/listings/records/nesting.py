"""Where the records are in a JSON value, told by its structure.

Services put records in an object ("results", "message.items", "hits.hits[]._source", GraphQL's
"edges[].node"), several lists in a file, or a map of ids to records. A record is an object that
has a title, or holds one that has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ..fields.field_names import NAMES, TITLES, field_of, normal
from ..fields.services import service_of
from .shared import given, shared

MAX_DEPTH = 16
"""How deep a list of records may stand in objects and lists."""
_HOME_DEPTH = 4  # how deep the object that has the title may stand in a record
_FEW_WORDS = 4  # of a text beside the records that is named
# What answers say of themselves: the question, their state, whose they are.
_OF_ANSWER = re.compile(
    r"query|param|request|message|header|disclaimer|licen|schema|context|copyright|error", re.I
)
_NAMES = ("columns", "cols", "fields", "header", "headers")
_ROWS = ("data", "rows", "values")
_DAYS = ("date", "day")  # what the object around the records calls its own
_STEP = re.compile(r"[.\[]")  # from an object or list of a path to the next
_LONGEST_NAME = 80  # of a key in a path
_LOOKED_AT = 20  # items of a list, to tell whether it is of records
# Lists in a record that are of other papers.
_OTHERS = re.compile(
    r"refer|cit(?:ation|ed|ing|es)|relat|similar|recommend|children|bib_?entr", re.I
)
_PAPER_FIELDS = frozenset(NAMES) - {"title", "published", "url", "remark", "version", "comments"}
VALUE_KEYS = ("value", "text", "#text", "$", "_", "@value", "$t", "content", "plain")


@dataclass(frozen=True, slots=True)
class Found:
    """The records of a JSON value in order, and the lists of objects that are none of them, by
    their paths."""

    records: list[Any]
    others: dict[str, list[Any]]
    day: object = None  # what the object around the records says its day is
    texts: dict[str, str] = field(default_factory=dict)  # beside the records, by their paths
    names: tuple[str, ...] = ()  # of the lists, where the records stand in several


def find(value: object) -> Found:
    """Return the records of a JSON value; none where nothing in it has a title."""
    if isinstance(value, list) and (
        any(map(is_record, value[:_LOOKED_AT])) or not _holds_lists(value)
    ):
        return Found(value, {})
    value = _unwrapped(value)
    search = _Search(value)
    groups, singles = search.groups, search.singles
    day = next((value[k] for k in _DAYS if value.get(k)), None) if isinstance(value, dict) else None
    if not groups and not singles:
        return _of_groups(search.titled, {}, day) if search.titled else Found([], {}, day)
    if not groups:
        path, first = next(iter(singles.items()))
        beside = [one for at, one in singles.items() if not _is_within(at, path)]
        keys = _keys([first])
        alike = [one for one in beside if len(keys & _keys([one])) * 2 > len(keys)]
        own = first is value  # whose day is the paper's
        return Found([first, *alike], {}, None if own else day, search.beside(path))
    outer = {path for group in groups for path in _ways(group)}
    around = {path: one for path, one in singles.items() if path in outer}
    if around:
        path, first = next(iter(around.items()))
        if not _is_envelope(first, groups):
            return Found([first], {}, None, search.beside(path))
    alone = {path: one for path, one in singles.items() if path not in around}
    if alone:  # what it cites, or is like it, stands beside it
        others = {path: group for path, group in groups.items() if is_others(_last(path))}
        groups = {path: group for path, group in groups.items() if path not in others}
        search.titled |= others
        if not groups:
            return Found(list(alone.values()), search.titled, day, search.texts)
    found = _of_groups(groups, search.titled, day)
    keys = _keys(found.records)
    more = [one for one in alone.values() if len(keys & _keys([one])) * 2 > len(keys)]
    return replace(found, records=[*more, *found.records], texts=search.texts)


_Place = tuple[str, Any, dict[str, Any]]  # a path, what stands there, and what holds of all in it


class _Search:
    """A search of a JSON value, level by level: lists of records by their paths (`groups`), lists
    whose objects have a title and nothing else of a paper's (`titled`), objects that are records by
    themselves (`singles`), and `texts` beside these."""

    def __init__(self, value: object) -> None:
        self.value = value
        self.groups: dict[str, list[Any]] = {}
        self.titled: dict[str, list[Any]] = {}
        self.singles: dict[str, dict[str, Any]] = {}
        self.texts: dict[str, str] = {}
        self.kept: set[str] = set()  # texts that hold of all papers
        level: list[_Place] = [("", value, {})]
        for _ in range(MAX_DEPTH):
            level = [below for place in level for below in self._look(*place)]

        self.texts = {at: text for at, text in self.texts.items() if at not in self.kept}

    def beside(self, path: str) -> dict[str, str]:
        """Return the texts that stand in no object with this path."""
        return {at: text for at, text in self.texts.items() if not _is_within(at, path)}

    def _look(self, path: str, node: Any, said: dict[str, Any]) -> Iterator[_Place]:
        """Take a node for what it is, `said` being what holds of all papers in it; yield what is to
        be looked at below it."""
        records = _records_in(node)
        if records is not None:
            if said:
                records = [given(record, said) for record in records]
            if any(map(_has_more, records[:_LOOKED_AT])):
                self.groups.setdefault(path, []).extend(records)
            else:
                self.titled.setdefault(path, records)
        elif isinstance(node, dict):
            titled = is_record(node)
            said = {} if titled else {**said, **self._shared(path, node)}
            if titled and (node is self.value or _says_more(node)):
                self.singles.setdefault(path, node)
            for key, inner in node.items():
                name = key[:_LONGEST_NAME]
                below = f"{path}.{name}" if path else name
                if isinstance(inner, (dict, list)) and not (titled and _is_aside(key, inner)):
                    yield below, inner, said
                elif isinstance(inner, str) and _are_words(inner) and not _OF_ANSWER.search(below):
                    self.texts.setdefault(below, inner)
        elif isinstance(node, list):
            for inner in node:
                if isinstance(inner, (dict, list)):
                    yield f"{path}[]", inner, said

    def _shared(self, path: str, node: dict[str, Any]) -> dict[str, Any]:
        """Return what an object says of all papers in it."""
        said = shared(node)
        self.kept.update(f"{path}.{name}" if path else name for name in said)
        return said


def _are_words(text: str) -> bool:
    return len(text[:200].split()) >= _FEW_WORDS and "://" not in text[:10]


def _is_within(at: str, path: str) -> bool:
    return not path or at == path or at.startswith((f"{path}.", f"{path}["))


def _ways(path: str) -> Iterator[str]:
    """Yield the paths of the objects around what stands at a path."""
    yield ""
    yield from (path[: end.start()] for end in _STEP.finditer(path))


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _of_groups(groups: dict[str, list[Any]], others: dict[str, list[Any]], day: object) -> Found:
    """Return the records of the best list, and of those whose objects have its keys. The best has
    titles that can be nothing else, stands in the fewest objects, and is the longest."""

    def rank(path: str) -> tuple[bool, int, int]:
        group = groups[path]
        return _are_titled(group), -path.count(".") - path.count("["), len(group)

    best = max(groups, key=rank)
    keys = _keys(groups[best])
    records = []
    rest = dict(others)
    names = []
    for path, group in groups.items():
        if path == best or len(keys & _keys(group)) * 2 > len(keys):
            records += group
            names.append(path)
        else:
            rest[path] = group
    return Found(records, rest, day, names=tuple(names) if len(names) > 1 else ())


def _are_titled(records: list[Any]) -> bool:
    """Return whether records have a title that can be nothing else, themselves or in an object."""
    several = [record for record in records[:_LOOKED_AT] if isinstance(record, dict)]
    return any(has_title(record) or home(record) for record in several)


def _unwrapped(value: object) -> object:
    """Return the record that an answer of a service holds ({"status": "ok", "message": {...}});
    any other value as it is."""
    for _ in range(MAX_DEPTH):
        if not isinstance(value, dict) or has_title(value) or service_of(value):
            return value
        inner = [(key, one) for key, one in value.items() if isinstance(one, (dict, list)) and one]
        if len(inner) != 1 or not isinstance(inner[0][1], dict) or not is_record(inner[0][1]):
            return value
        if any(field_of(key) for key in value if key != inner[0][0]):
            return value
        value = inner[0][1]
    return value


def _holds_lists(values: list[Any]) -> bool:
    """Return whether the items of a list hold lists of records: days, say, with their papers."""
    return any(
        isinstance(inner, list) and any(map(is_record, inner[:_LOOKED_AT]))
        for value in values[:_LOOKED_AT]
        if isinstance(value, (dict, list))
        for inner in (value.values() if isinstance(value, dict) else [value])
    )


def _is_aside(key: str, value: Any) -> bool:
    """Return whether what a record has by a key is of other papers, or people alone."""
    people = (field_of(key) or ("",))[0] in ("authors", "organisation")
    return is_others(key) or (people and not (isinstance(value, list) and _holds_lists(value)))


def is_others(key: str) -> bool:
    """Return whether a key leads to other papers: those that a record cites, or is like."""
    return _OTHERS.search(key[:80]) is not None


def transposed(value: object) -> object:
    """Return the rows of a table that is given by columns: {"title": ["a", "b"], "url": [...]},
    or {"title": {"0": "a", "1": "b"}, ...}, as pandas writes it, or a list of names
    beside one of rows; any other value as it is.
    """
    if not isinstance(value, dict) or len(value) < 2:
        return value
    if (rows := _of_table(value)) is not None:
        return rows
    if not any(normal(key) in TITLES for key in value):
        return value
    columns = list(value.values())
    first = columns[0]
    if not isinstance(first, (list, dict)) or len(first) < 2:
        return value
    if not all(type(one) is type(first) and len(one) == len(first) for one in columns):
        return value
    if isinstance(first, dict):
        if not all(one.keys() == first.keys() for one in columns):
            return value
        columns = [[one[key] for key in first] for one in columns]
    return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]


def _of_table(value: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return the rows of a table that has the names of its columns in one list and the rows in
    another, also where each name or cell is an object (Google's); None for any other object."""
    table = value.get("table")
    if isinstance(table, dict):
        value = table
    names = next((value[key] for key in _NAMES if isinstance(value.get(key), list)), None)
    rows = next((value[key] for key in _ROWS if isinstance(value.get(key), list)), None)
    if not names or not rows:
        return None
    called = [one if isinstance(one, str) else _label(one) for one in names]
    given = [one.get("c") if isinstance(one, dict) else one for one in rows]
    if not any(called) or not all(isinstance(one, list) for one in given):
        return None
    named = [name or f"column {n}" for n, name in enumerate(called, 1)]
    return [dict(zip(named, map(_cell, row or ()), strict=False)) for row in given]


def _label(column: Any) -> str:
    said = (column.get(key) for key in ("label", "name", "id")) if isinstance(column, dict) else ()
    return next((one for one in said if isinstance(one, str) and one), "")


def _cell(cell: Any) -> Any:
    """Return a cell's value; as it is shown where its value is the source of a day."""
    if not isinstance(cell, dict) or "v" not in cell:
        return cell
    value = cell["v"]
    return cell.get("f", value) if isinstance(value, str) and value.startswith("Date(") else value


def _records_in(node: object) -> list[Any] | None:
    """Return the records that a list holds, or an object that maps ids to records; else None."""
    if isinstance(node, list):
        return node if any(map(is_record, node[:_LOOKED_AT])) else None
    if not isinstance(node, dict) or len(node) < 2 or has_title(node):
        return None
    first = [value for value, _ in zip(node.values(), range(_LOOKED_AT), strict=False)]
    titled = [value for value in first if isinstance(value, dict) and has_title(value)]
    if len(titled) < 2 or 2 * len(titled) < len(first):
        return None
    return [
        {"key": key, **value} if isinstance(value, dict) and "key" not in value else value
        for key, value in node.items()
        if isinstance(value, dict)
    ]


def _is_envelope(node: dict[str, Any], groups: dict[str, list[Any]]) -> bool:
    """Return whether an object with a title is the list's (a feed's, a collection's) rather than a
    paper with lists of its own: its list's records have fields that it lacks."""
    inner = set().union(*(_keys(group) for group in groups.values()))
    outer = {normal(key) for _, home in [("", node), *home(node)[-1:]] for key in home}
    fields = {found[0] for key in outer if (found := field_of(key))}
    return not fields & {"abstract", "authors", "arxiv", "doi"} or len(inner & outer) * 2 > len(
        inner
    )


def _keys(records: list[Any]) -> set[str]:
    return {
        normal(key) for record in records[:_LOOKED_AT] if isinstance(record, dict) for key in record
    }


def _says_more(node: dict[str, Any]) -> bool:
    """Return whether an object says of a paper more than a title."""
    inner = home(node)
    names = [*node, *(inner[-1][1] if inner else ())]
    return any((found := field_of(str(name))) and found[0] in _PAPER_FIELDS for name in names)


def _has_more(record: object) -> bool:
    """Return whether a record has any field but a title."""
    if not isinstance(record, dict):
        return False
    inner = home(record)
    names = [*record, *(inner[-1][1] if inner else ())]
    return any((found := field_of(str(name))) and found[0] != "title" for name in names)


def has_title(node: dict[str, Any]) -> bool:
    """Return whether an object has a title itself."""
    return any(normal(key) in TITLES and is_text(value) for key, value in node.items())


def is_record(node: object) -> bool:
    """Return whether a value is an object that has a title, or holds one that has."""
    return isinstance(node, dict) and (has_title(node) or bool(home(node)) or _is_titled(node))


def _is_titled(node: dict[str, Any]) -> bool:
    """Return whether an object has one of the names that may be a title's, and what a paper has."""
    fields = {found[0] for key, value in node.items() if value and (found := field_of(key))}
    return "title" in fields and bool(fields & (_PAPER_FIELDS | {"url"}))


def is_text(value: object, depth: int = 3) -> bool:
    """Return whether a value is a text, or wraps one."""
    if isinstance(value, str):
        return True
    if not depth or not value:
        return False
    if isinstance(value, list):
        return is_text(value[0], depth - 1) or (
            isinstance(value[0], dict) and any(normal(key) in TITLES for key in value[0])
        )
    if isinstance(value, dict):
        return any(is_text(value.get(key), depth - 1) for key in VALUE_KEYS)
    return False


def home(node: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the objects from a record, which has no title itself, to the one that has it."""
    level: list[list[tuple[str, dict[str, Any]]]] = [[("", node)]]
    other: list[tuple[str, dict[str, Any]]] = []  # where only what it cites has one
    for _ in range(_HOME_DEPTH):
        below = []
        for way in level:
            for key, value in way[-1][1].items():
                if isinstance(value, dict):
                    longer = [*way, (key, value)]
                    if has_title(value):
                        if not is_others(key):
                            return longer[1:]
                        other = other or longer[1:]
                    elif not is_others(key):
                        below.append(longer)
        level = below[:_LOOKED_AT]
    return other
