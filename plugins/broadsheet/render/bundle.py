"""Bundling: an ES module and those that it imports, as one file, so that a browser asks once.

Of the language of modules as much is known as the theme's own scripts use:

    import { one, other } from "./beside.js";       (static, of modules in the same folder)
    export const one = ...                          (and function, async function, class)

Each imported module becomes a function of its own, called once, in the order of imports; its names
stay its own. The entry stands last, as it is, so it may use top-level await and import() what is
loaded later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from ..errors import SiteError

_IMPORT = re.compile(r'^import\s*\{([^{}]*)\}\s*from\s*"\./([\w.-]+)";[ \t]*$', re.M)
_ANY_IMPORT = re.compile(r"^import\b(?!\s*\().*", re.M)
_EXPORT = re.compile(r"^export (?=(?:const|class|(?:async )?function\*?) ([\w$]+))", re.M)
_ANY_EXPORT = re.compile(r"^export\b.*", re.M)


def bundled(entry: str, sources: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    """Return a module with all that it imports in one text, and the paths of what was put in.

    `sources` are modules' texts by their paths. Raises SiteError for a module that isn't there,
    that imports itself over others, or that imports or exports in another way than told above.
    """
    order: list[str] = []
    _visit(entry, sources, order, ())
    inner = order[:-1]
    text = "\n".join(
        (*(_as_function(path, sources[path]) for path in inner), _linked(entry, sources[entry]))
    )
    return text, frozenset(inner)


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


@lru_cache(maxsize=128)
def _linked(path: str, source: str) -> str:
    """Return a module's text with its imports taken from the functions of what it imports."""
    text = _IMPORT.sub(
        lambda found: (
            f"const {{{found[1].replace(' as ', ': ')}}} = {_name(_beside(path, found[2]))};"
        ),
        source,
    )
    if other := _ANY_IMPORT.search(text):
        raise SiteError(
            f"found {other[0]!r}; expected import {{ names }} from a module beside it", file=path
        )
    return text


@lru_cache(maxsize=128)
def _as_function(path: str, source: str) -> str:
    """Return a module as a function that gives its exports. Several bundles hold one module, and
    `serve` builds again and again, so it is made once."""
    names = [found[1] for found in _EXPORT.finditer(source)]
    text = _EXPORT.sub("", _linked(path, source))
    if other := _ANY_EXPORT.search(text):
        raise SiteError(
            f"found {other[0]!r}; expected export and const, function or class", file=path
        )
    return f"const {_name(path)} = (() => {{\n{text}\nreturn {{ {', '.join(names)} }};\n}})();"


def _name(path: str) -> str:
    return "$" + re.sub(r"\W", "_", PurePosixPath(path).stem)
