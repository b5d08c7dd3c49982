"""Imports go one way: docs/architecture.md lists the layers, and every module keeps to them.

Whoever moves a module moves its name in that list, and changes nothing here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.digests import ROOT

PACKAGE = ROOT / "plugins" / "broadsheet"
_LIST = re.compile(r"^```layers(?: (\w+))?\n(.*?)^```", re.M | re.S)
_DASHES = "---"
_CLASS = re.compile(r"^class (\w+)", re.M)

# What reaches a file, a clock, another process or the network; of paths, pure modules take apart
# only those that they are given.
_IMPURE = {
    "asyncio", "concurrent", "ctypes", "fcntl", "ftplib", "glob", "http", "importlib",
    "multiprocessing", "os", "pickle", "shelve", "shutil", "signal", "smtplib", "socket", "sqlite3",
    "ssl", "subprocess", "tempfile", "threading", "time",
    "click", "httpx", "pelican", "watchfiles",
}  # fmt: skip


def layers(text: str, folder: str = "") -> tuple[list[set[str]], list[set[str]]]:
    """The layers of the page, lowest first: those that are pure, and the others. A folder's block
    names the folder."""
    (block,) = [block for name, block in _LIST.findall(text) if name == folder]
    pure, _, rest = block.partition(_DASHES)
    if not rest:  # all of them are as pure as the folder that they are in
        pure, rest = "", f"\n{pure}"
    others = rest.partition("\n")[2]
    read = [
        [{name.strip() for name in line.split(",")} for line in part.splitlines() if line.strip()]
        for part in (pure, others)
    ]
    return read[0], read[1]


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements of a module; no expression holds one, so that none is looked into."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        for one in getattr(node, name, ()):
            yield one
            yield from _statements(one)


@cache
def _parsed(source: str) -> tuple[ast.AST, ...]:
    """The statements of a module that import, taken apart once: a folder's are looked at twice."""
    return tuple(
        node
        for node in _statements(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    )


def imported(source: str, package: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Each name that a module of a package imports, with its line; also those imported late.

    `from . import x` and `from broadsheet import x` give the name with x, which may be a module.
    """
    for node in _parsed(source):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            kept = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*kept, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def wrong(path: Path, package: Path, order: list[set[str]], pure: set[str]) -> Iterator[str]:
    """What a module imports though its layer may not."""
    parts = path.relative_to(package).with_suffix("").parts
    own = parts[0]
    if not any(own in layer for layer in order):
        return  # told by the test that every module stands in a layer
    below = set[str]().union(*order[: next(i for i, layer in enumerate(order) if own in layer)])
    known = set[str]().union(*order)
    where = (package.name, *parts[:-1])
    for line, name in imported(path.read_text("utf-8"), where):
        top, _, inner = name.partition(".")
        other = inner.partition(".")[0]
        place = f"{path.relative_to(package)}:{line}: {own} imports {name}"
        if top == package.name:
            if other in known and other != own and other not in below:
                yield f"{place}, which is not below it"
        elif own in pure and top in _IMPURE:
            yield f"{place}, though it is pure"


def modules(package: Path) -> Iterator[Path]:
    """The modules of a package but for its own __init__, which Pelican looks into."""
    return (path for path in sorted(package.rglob("*.py")) if path != package / "__init__.py")


def complaints(package: Path, page: str, folder: str = "") -> list[str]:
    """Everything that a package, or a folder in it, does against the page's layers."""
    pure, others = layers(page, folder)
    package = package / folder
    order = [*pure, *others]
    return [
        complaint
        for path in modules(package)
        for complaint in wrong(path, package, order, set[str]().union(*pure))
    ]


def _names(package: Path) -> Iterable[str]:
    return {path.relative_to(package).with_suffix("").parts[0] for path in modules(package)}


DOCS = (ROOT / "docs/architecture.md").read_text("utf-8")
FOLDERS = [name for name, _ in _LIST.findall(DOCS)]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_module_stands_in_one_layer_and_every_layer_is_there(folder: str) -> None:
    pure, others = layers(DOCS, folder)
    listed = [name for layer in (*pure, *others) for name in layer]
    assert sorted(listed) == sorted(_names(PACKAGE / folder))


@pytest.mark.parametrize("folder", FOLDERS)
def test_modules_import_only_what_is_below_them(folder: str) -> None:
    assert complaints(PACKAGE, DOCS, folder) == []


PAGE = "```layers\nlow\nmiddle\n--- above: pure ---\nhigh, beside\n```\n"


@pytest.mark.parametrize(
    ("module", "line", "told"),
    [
        ("low.py", "from .middle import x", "low imports paper.middle.x, which is not below it"),
        ("low.py", "from . import high", "low imports paper.high, which is not below it"),
        ("low.py", "import paper.high", "low imports paper.high, which is not below it"),
        ("high/part.py", "from ..beside import x", "high imports paper.beside.x, which is not"),
        ("high/part.py", "def f():\n    from .. import beside", "high imports paper.beside, which"),
        ("middle/part.py", "import os.path", "middle imports os.path, though it is pure"),
        ("middle/part.py", "from time import time", "middle imports time.time, though it is pure"),
        ("low.py", "import httpx", "low imports httpx, though it is pure"),
        ("middle/part.py", "from ..low import x\nfrom .other import y\nimport re", ""),
        ("high/part.py", "import os\nfrom ..middle.part import x\nfrom . import other", ""),
    ],
)
def test_an_import_against_the_order_is_told(
    tmp_path: Path, module: str, line: str, told: str
) -> None:
    package = tmp_path / "paper"
    for name in ("low.py", "middle/__init__.py", "high/__init__.py", "beside.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("")
    (package / module).write_text(line)
    found = complaints(package, PAGE)
    assert len(found) == bool(told)
    assert told in "".join(found)


def test_no_class_name_stands_twice() -> None:
    """A name that is searched for leads to one class."""
    defined: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in _CLASS.findall(path.read_text("utf-8")):
            defined.setdefault(name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: paths for name, paths in defined.items() if len(paths) > 1} == {}
