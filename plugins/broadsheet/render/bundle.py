"""Bundling: an ES module and those that it imports, as one file, so that a browser asks once.

Of the language of modules as much is known as the theme's own scripts use:

    import { one, other } from "./beside.js";       (static, of modules in the same folder)
    export const one = ...                          (and function, async function, class)

Modules stand in the order of imports. One whose names are mentioned nowhere else but where they are
imported stands open, as it is, which takes fewer bytes; any other becomes a function of its own,
called once, so that its names stay its own. The entry stands last, as it is, so it may use
top-level await and import() what is loaded later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

import rjsmin

from ..errors import SiteError

_IMPORT = re.compile(r'^import\s*\{([^{}]*)\}\s*from\s*"\./([\w.-]+)";[ \t]*$', re.M)
_ANY_IMPORT = re.compile(r"^import\b(?!\s*\().*", re.M)
_EXPORT = re.compile(r"^export (?=(?:const|class|(?:async )?function\*?) ([\w$]+))", re.M)
_ANY_EXPORT = re.compile(r"^export\b.*", re.M)
_DECLARED = re.compile(
    r"^(?:export )?(?:const|let|var|class|(?:async )?function\*?)\s+([\w$]+)?", re.M
)
"""A declaration at a module's top level, which begins a line; one of several names has no name."""
_MENTIONED = re.compile(r"""(["'`])[\w$]+\1|(?<![\w$.])([\w$]+)|(?<=\.\.\.)([\w$]+)""")
"""A word of a script that is no property behind a dot, and no string as a whole."""


def bundled(entry: str, sources: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    """Return a module with all that it imports in one text, and the paths of what was put in.

    `sources` are modules' texts by their paths. Raises SiteError for a module that isn't there,
    that imports itself over others, or that imports or exports in another way than told above.
    """
    order: list[str] = []
    _visit(entry, sources, order, ())
    stands_open = _standing_open(order, {path: sources[path] for path in order})
    linked = {path: _linked(path, sources[path], stands_open) for path in order}
    text = "\n".join(
        linked[path] if path == entry
        else _EXPORT.sub("", linked[path]) if path in stands_open
        else _as_function(path, linked[path])
        for path in order
    )  # fmt: skip
    return text, frozenset(order[:-1])


def _visit(path: str, sources: Mapping[str, str], order: list[str], above: tuple[str, ...]) -> None:
    """Append a module to an order in which each stands behind those that it imports."""
    if path in order:
        return
    if path in above:
        raise SiteError("this module imports itself over others", file=path)
    if path not in sources:
        raise SiteError(f"this module isn't there; {above[-1]} imports it", file=path)
    for _, name in _IMPORT.findall(sources[path]):
        _visit(_beside(path, name), sources, order, (*above, path))
    order.append(path)


def _beside(path: str, name: str) -> str:
    return str(PurePosixPath(path).with_name(name))


def _standing_open(order: list[str], sources: Mapping[str, str]) -> frozenset[str]:
    """Return the modules, but for the entry, which stands last in the order, that may stand open:
    no other mentions a name of theirs but as imported, and they import from such modules alone."""
    mentions = {path: _mentioned(source) for path, source in sources.items()}
    imports = {path: frozenset(_imported(path, source)) for path, source in sources.items()}
    found: set[str] = set()
    for path in order[:-1]:
        if all(beside in found for beside, _ in imports[path]) and all(
            (path, name) in imports[other] if other != path else name
            for name in _declared(sources[path])
            for other in order
            if other == path or not name or name in mentions[other]
        ):
            found.add(path)
    return frozenset(found)


def _imported(path: str, source: str) -> Iterator[tuple[str, str]]:
    """Yield the module and the name of each import; of one under another name, both names."""
    for names, beside in _IMPORT.findall(source):
        for name in filter(None, map(str.strip, names.split(","))):
            yield _beside(path, beside), name


@lru_cache(maxsize=256)
def _declared(source: str) -> frozenset[str]:
    """Return what a module declares at its top level; "" where that isn't known."""
    return frozenset(_DECLARED.findall(source))


@lru_cache(maxsize=256)
def _mentioned(source: str) -> frozenset[str]:
    """Return the words of a module, without those of its imports and comments."""
    code: str = rjsmin.jsmin(_IMPORT.sub("", source))
    return frozenset(word or spread for _, word, spread in _MENTIONED.findall(code))


@lru_cache(maxsize=256)
def _linked(path: str, source: str, stands_open: frozenset[str]) -> str:
    """Return a module's text with its imports taken from the functions of what it imports. What
    stands open needs no import."""
    text = _IMPORT.sub(
        lambda found: (
            "" if _beside(path, found[2]) in stands_open
            else f"const {{{found[1].replace(' as ', ': ')}}} = {_name(_beside(path, found[2]))};"
        ),
        source,
    )  # fmt: skip
    if other := _ANY_IMPORT.search(text):
        raise SiteError(
            f"found {other[0]!r}; expected import {{ names }} from a module beside it", file=path
        )
    without = _EXPORT.sub("", text)
    if other := _ANY_EXPORT.search(without):
        raise SiteError(
            f"found {other[0]!r}; expected export and const, function or class", file=path
        )
    return text


def _as_function(path: str, text: str) -> str:
    """Return a linked module as a function that gives its exports."""
    names = ", ".join(found[1] for found in _EXPORT.finditer(text))
    return (
        f"const {_name(path)} = (() => {{\n{_EXPORT.sub('', text)}\nreturn {{ {names} }};\n}})();"
    )


def _name(path: str) -> str:
    return "$" + re.sub(r"\W", "_", PurePosixPath(path).stem)
