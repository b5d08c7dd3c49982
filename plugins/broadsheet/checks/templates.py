"""Templates of a digest's own, in the folders of THEME_TEMPLATES_OVERRIDES: whether Jinja reads
them, and whether they fit the theme's around them.

A newer theme renames a block or a macro now and then. Jinja says nothing of a block that no
template which is extended has: it is never printed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    TemplateError,
    nodes,
)

from ..errors import shown
from ..io import symlinks
from ..locale import ENGLISH
from ..render.translated import Translated, translate
from ..suggestions import did_you_mean
from .problem import ERROR, WARNING, Problem

_KIND = "template"


def problems(values: Mapping[str, Any], root: Path) -> Iterator[Problem]:
    """Yield what is wrong with templates that replace the theme's, by Pelican's settings `values`.
    Their files are told by paths from `root`, the content folder."""
    beside = root.absolute().parent
    folders = [beside / one for one in values["THEME_TEMPLATES_OVERRIDES"]]
    own: dict[str, str] = {}
    if any(True for folder in folders for _ in symlinks.unfit(folder)):
        return  # what must not be read is told with the folders
    for folder in folders:
        told = os.path.relpath(folder, root.absolute())
        if not folder.is_dir():
            message = "THEME_TEMPLATES_OVERRIDES names this folder, which is not there"
            yield Problem(file=told, line=None, severity=WARNING, kind=_KIND, message=message)
        for file in sorted(folder.rglob("*.html")):
            name = file.relative_to(folder).as_posix()
            own.setdefault(name, f"{told}/{name}")
    if own:
        theme = Path(values["THEME"], "templates")
        yield from _Judge(own, _environment(values, folders, theme)).problems()


def _environment(values: Mapping[str, Any], folders: list[Path], theme: Path) -> Environment:
    """Return an environment that finds templates as Pelican does."""
    given = dict(values["JINJA_ENVIRONMENT"])
    given["extensions"] = [*given.get("extensions", ()), Translated]
    theirs = FileSystemLoader(str(theme))
    loaders = [FileSystemLoader(list(map(str, folders))), theirs, PrefixLoader({"!theme": theirs})]
    environment = Environment(loader=ChoiceLoader(loaders), **given)
    translate(environment, ENGLISH)
    environment.filters.update({"strftime": str, **values["JINJA_FILTERS"]})
    environment.tests.update({"plugin_enabled": callable, **values["JINJA_TESTS"]})
    return environment


class _Judge:
    """Judges the templates `own`, by the paths that they are told by, in an environment."""

    def __init__(self, own: Mapping[str, str], environment: Environment) -> None:
        self._own, self._environment = own, environment
        self._tree = cache(self._parsed)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong: what Jinja doesn't read, else what doesn't fit."""
        broken = False
        for name in self._own:
            try:
                self._environment.compile(self._source(name), name)
            except (TemplateError, UnicodeDecodeError, OSError) as error:
                broken = True
                message = getattr(error, "message", None) or str(error)
                yield self._problem(name, getattr(error, "lineno", None), ERROR, message)
        if broken:
            return
        lacking: dict[tuple[str, str], list[str]] = {}
        for name in self._environment.list_templates(["html"]):
            tree = None if name.startswith("!") else self._tree(name)
            if tree is not None:
                yield from self._references(name, tree, lacking)
                yield from self._blocks(name, tree, lacking)
        for (name, what), users in lacking.items():
            more = f" and {len(users) - 1} more" if len(users) > 1 else ""
            message = f"has no {what}, for {users[0]}{more}: the theme's has; out of date, it seems"
            severity = ERROR if what.startswith("macro ") else WARNING
            yield self._problem(name, None, severity, message)

    def _source(self, name: str) -> str:
        assert self._environment.loader is not None
        return self._environment.loader.get_source(self._environment, name)[0]

    def _parsed(self, name: str) -> nodes.Template | None:
        """Return a template; None for one that is missing, Pelican's or told to be wrong."""
        try:
            return self._environment.parse(self._source(name), name)
        except (TemplateError, UnicodeDecodeError, OSError):
            return None

    def _problem(self, name: str, line: int | None, severity: str, message: str) -> Problem:
        return Problem(
            file=self._own[name], line=line, severity=severity, kind=_KIND, message=message
        )

    def _references(
        self, name: str, tree: nodes.Template, lacking: dict[tuple[str, str], list[str]]
    ) -> Iterator[Problem]:
        """Yield what a template of the digest's names and the theme lacks; note what one of the
        theme's takes from a template of the digest's that lacks it."""
        found: list[nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport] = [
            *tree.find_all(nodes.Extends),
            *tree.find_all(nodes.Include),
            *tree.find_all(nodes.Import),
            *tree.find_all(nodes.FromImport),
        ]
        for node in found:
            named = _named(node.template)
            if named is None or named.startswith("!simple/"):
                continue
            other = self._tree(named)
            if other is None and name in self._own and not getattr(node, "ignore_missing", False):
                guess = did_you_mean(named, self._environment.list_templates(["html"]))
                message = f"no template {shown(named)} is in the theme{guess}"
                yield self._problem(name, node.lineno, ERROR, message)
            if other is None or not isinstance(node, nodes.FromImport):
                continue
            there = _exported(other)
            for wanted in (one if isinstance(one, str) else one[0] for one in node.names):
                if wanted in there:
                    continue
                if name in self._own:
                    message = f"{named} has no macro {wanted}{did_you_mean(wanted, there)}"
                    yield self._problem(name, node.lineno, ERROR, message)
                elif named in self._own:
                    lacking.setdefault((named, f"macro {wanted}"), []).append(name)

    def _blocks(
        self, name: str, tree: nodes.Template, lacking: dict[tuple[str, str], list[str]]
    ) -> Iterator[Problem]:
        """Yield the blocks of a template of the digest's that are never printed; note those of the
        theme's templates that one of the digest's, which they extend, leaves out."""
        above: list[str] = []
        known: set[str] = set()
        current = tree
        while (extended := next(current.find_all(nodes.Extends), None)) is not None:
            parent = _named(extended.template)
            found = None if parent is None or parent in (name, *above) else self._tree(parent)
            if parent is None or found is None:
                return  # known when it is rendered, Pelican's, or told otherwise
            above.append(parent)
            current = found
            known.update(block.name for block in current.find_all(nodes.Block))
        blamed = next((one for one in (name, *above) if one in self._own), None)
        for block in tree.body if above and blamed is not None else ():
            if not isinstance(block, nodes.Block) or block.name in known:
                continue
            if blamed != name:
                lacking.setdefault((blamed or "", f"block {block.name}"), []).append(name)
                continue
            message = (
                f"the block {block.name} is never printed: {above[0]} has none of that name"
                f"{did_you_mean(block.name, known)}"
            )
            yield self._problem(name, block.lineno, WARNING, message)


def _named(node: nodes.Node) -> str | None:
    """Return the template that a node names; None where it is known when it is rendered."""
    value = node.value if isinstance(node, nodes.Const) else None
    return value if isinstance(value, str) else None


def _exported(tree: nodes.Template) -> set[str]:
    """Return what can be imported from a template."""
    found = {node.name for node in tree.find_all(nodes.Macro)}
    for node in tree.find_all(nodes.Assign):
        found.update(one.name for one in node.find_all(nodes.Name) if one.ctx == "store")
    for imported in tree.find_all(nodes.FromImport):
        found.update(one if isinstance(one, str) else one[1] for one in imported.names)
    found.update(node.target for node in tree.find_all(nodes.Import))
    return found
