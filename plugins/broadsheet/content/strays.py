"""Find files below content/ that don't belong there: a check names them, a build refuses them.

Everything there is read or published, so each folder takes its own kind of file only: Markdown
pages, YAML, and raster images.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import ContentError
from ..io import symlinks
from ..suggestions import did_you_mean
from . import images
from .disk import INTAKE
from .redirects import FILE as REDIRECTS

PAGES = "pages"
_ROOT_FILES = frozenset({"topics.yml", "tags.yml", REDIRECTS, INTAKE})
_NAMED = "topics.yml, tags.yml, redirects.yml and intake.yml"
_YEAR = re.compile(r"[0-9]{4}\Z")
_DAY = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Stray:
    """A file that doesn't belong, the reason, and whether it is merely ignored (`harmless`)."""

    path: str
    message: str
    harmless: bool = False


def find(root: Path, *, years: bool) -> Iterator[Stray]:
    """Yield the files below a content folder that don't belong there and the links that lead out of
    it, sorted. `years` includes the folders of years. The first bytes of images are read."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(f"{root}/{folder}") as entries:
                children = sorted(entries, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise ContentError(f"can't be read: {error.strerror}", file=folder) from error
        for entry in children:
            path = folder + entry.name
            if not folder and _YEAR.match(entry.name) and not years:
                continue
            if entry.is_symlink():
                wrong = symlinks.why_not(root, path)
                if wrong:
                    yield Stray(path, wrong)
                    continue
            if entry.name.startswith("."):
                if not entry.is_dir() and not entry.name.startswith(".git"):
                    yield Stray(path, "a hidden file, which is ignored", harmless=True)
            elif entry.is_dir():
                if entry.is_symlink():
                    yield Stray(path, symlinks.FOLDER)
                else:
                    pending.append(f"{path}/")
            else:
                message = _problem(root, path)
                if message:
                    yield Stray(path, message, harmless=path.endswith(".md"))


def _problem(root: Path, path: str) -> str | None:
    """Return why a file doesn't belong where it is; None where it does."""
    folder, _, name = path.rpartition("/")
    top = path.partition("/")[0]
    if not folder:
        if name in _ROOT_FILES:
            return None
        near = did_you_mean(name, _ROOT_FILES)
        return f"nothing reads this file; expected {_NAMED} only here{near}"
    if _YEAR.match(top):
        return year_problem(folder, name)
    if top == PAGES:
        if name.endswith(".md"):
            return None
        return "this is not a Markdown page; expected a name that ends in .md"
    if top == "subscriptions":
        if name.endswith((".yml", ".yaml")):  # reading them finds other faults
            return None
        return "this is not a subscription; expected a name that ends in .yml"
    if name.endswith(".md"):  # settings may name other folders of pages
        return None
    try:
        with Path(root, path).open("rb") as file:
            return images.problem(name, file.read(images.NEEDED))
    except OSError as error:
        return f"can't be read: {error.strerror}"


def year_problem(folder: str, name: str) -> str | None:
    """Return why a file doesn't belong in a folder of a year or below; None where it does."""
    if not _DAY.match(folder):
        return "nothing reads this file; expected folders of days only, such as 2025/08/07"
    if name == "day.yml" or name.endswith(".md"):
        return None
    return "this is not a page of a day; expected Markdown pages and day.yml only here"


def refuse(root: Path) -> None:
    """Raise ContentError for the first file outside years' folders that must not be published."""
    for stray in find(root, years=False):
        if not stray.harmless:
            raise ContentError(stray.message, file=stray.path)
