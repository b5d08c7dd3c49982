"""Find files and folders below content/ that don't belong there: a check names them, a build
refuses them.

Everything there is read or published, so each folder takes its own kind of file only: Markdown
pages, YAML, and raster images; and a day's folder is found by its name.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import ContentError, shown
from ..io import symlinks
from ..io.files import read_beginning
from ..normal_forms import normal
from ..slugs import is_device
from ..suggestions import did_you_mean
from . import images
from .disk import INTAKE
from .own_keys import FILE as OWN_KEYS
from .redirects import FILE as REDIRECTS

PAGES, SUBSCRIPTIONS, IMAGES = "pages", "subscriptions", "images"
_ROOT_FILES = frozenset({"topics.yml", "tags.yml", REDIRECTS, INTAKE, OWN_KEYS})
_NAMED = "topics.yml, tags.yml, redirects.yml, intake.yml and keys.yml"
_FOLDERS = (PAGES, SUBSCRIPTIONS, IMAGES)
_YEAR = re.compile(r"[0-9]{4}\Z")
_MONTH = re.compile(r"[0-9]{4}/(?:0[1-9]|1[0-2])\Z")
_DAY = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}\Z")
_LIKE_DATE = re.compile(r"[0-9]+(?:[-_. ][0-9]+)*\Z")
# Copies that editors, git and patch leave: vision.md~, vision.md.orig, #vision.md#.
_SPARE = re.compile(
    r"(?:~|\.(?:bak|backup|old|orig|rej|sav?e?|swp|tmp|BASE|LOCAL|REMOTE)|#)\Z", re.I
)
# What Windows has in no name; and what ends no name there.
_NOWHERE = re.compile(r'[\\:*?"<>|]|[. ]\Z')
_TURNING = frozenset("LRE RLE LRO RLO PDF LRI RLI FSI PDI".split())  # the direction of what follows
_MARKDOWN = re.compile(r"\.(?:md|markdown|mdown|mkdn?|mdwn|txt)(?:\.txt)?\Z", re.I)
_YAML = re.compile(r"\.ya?ml(?:\.txt)?\Z", re.I)


@dataclass(frozen=True, slots=True)
class Stray:
    """A file or folder that doesn't belong, the reason, and whether it is merely ignored
    (`harmless`)."""

    path: str
    message: str
    harmless: bool = False


def find(
    root: Path, *, days: bool, page_folders: Collection[str] | None = (PAGES,)
) -> Iterator[Stray]:
    """Yield what doesn't belong below a content folder and the links that lead out of it, sorted
    within each folder. `days` includes what is in days' folders. `page_folders` are those that hold
    static pages; None where the settings that name them are not known. The first bytes of images
    are read."""
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
        alike: dict[str, str] = {}
        for entry in children:
            path = folder + entry.name
            wrong = symlinks.why_not(root, path) if entry.is_symlink() else None
            if not wrong and not entry.name.startswith("."):
                wrong = _name_problem(entry.name) or _twin_problem(entry.name, alike)
            if wrong:
                yield Stray(path, wrong)
                continue
            if is_device(entry.name):
                yield Stray(path, "Windows keeps this name for a device; expected another", True)
            if entry.name.startswith("."):
                yield from _hidden(path, entry)
            elif entry.is_dir():
                if entry.is_symlink():
                    yield Stray(path, symlinks.FOLDER)
                    continue
                message = folder_problem(path)
                if message and _holds_files(entry.path):
                    yield Stray(path, message)
                elif days or not _DAY.match(path):
                    pending.append(f"{path}/")
            elif entry.is_file():
                yield from _file(root, path, page_folders)
            else:  # a named pipe, or a device
                yield Stray(path, "this is neither a file nor a folder; expected a file")


def _name_problem(name: str) -> str | None:
    """Return why some system can't hold a file or folder of this name, or show it as it is."""
    if _NOWHERE.search(name):
        return (
            "Windows can't hold this name; expected none of \\ : * ? \" < > | in it, and no dot or "
            "space at its end"
        )
    if any(unicodedata.category(one) in ("Cc", "Cs") for one in name):
        return "this name has a control character, or is no UTF-8; expected letters and digits"
    if any(unicodedata.bidirectional(one) in _TURNING for one in name):
        return "this name turns the direction of writing; expected one that is shown as it is"
    return None


def _twin_problem(name: str, alike: dict[str, str]) -> str | None:
    """Return why a name can't stand beside one of those before it, by what they are compared by."""
    other = alike.setdefault(normal("NFC", name).casefold(), name)
    if other == name:
        return None
    return (
        f"some systems can't tell this name from {shown(other)} (capital letters, or accents in "
        "another form); expected one of them"
    )


def _hidden(path: str, entry: os.DirEntry[str]) -> Iterator[Stray]:
    if entry.name.startswith(".git") or path == ".staging":  # its journal settles the latter
        return
    if not entry.is_dir():
        yield Stray(path, "a hidden file, which is ignored", harmless=True)
    elif _holds_files(entry.path):
        yield Stray(path, "a hidden folder, which is ignored", harmless=True)


def _holds_files(folder: str) -> bool:
    """Return whether there is any file below a folder: git keeps no empty one."""
    return any(files for _, _, files in os.walk(folder))


def folder_problem(path: str) -> str | None:
    """Return why nothing in a folder is read, for its name; None where something may be."""
    parts = path.split("/")
    name = parts[-1]
    if _YEAR.match(parts[0]):
        if len(parts) == 1 or _MONTH.match(path) or _DAY.match(path):
            return None
        if len(parts) > 3:
            return "nothing reads this folder; expected a day's pages beside its day.yml"
        return f"nothing reads this folder; expected days such as 2025/08/07{_meant(path)}"
    if len(parts) == 1 and _LIKE_DATE.match(name):
        return (
            f"nothing reads this folder, whose name is no year; expected days such as 2025/08/07"
            f"{_meant(path)}"
        )
    if parts[0] == SUBSCRIPTIONS and len(parts) > 1:
        return "nothing reads this folder; expected subscriptions beside each other"
    if _MARKDOWN.search(name) or _YAML.search(name):
        return "this is a folder with a file's name; expected a file, or another name"
    if len(parts) == 1 and name not in _FOLDERS:
        near = did_you_mean(name.lower(), _FOLDERS)
        return f"nothing reads this folder{near}" if near else None
    return None


def _meant(path: str) -> str:
    """Return the end of a message with the day or month that a folder's name was meant to be."""
    digits = re.findall("[0-9]+", path)
    if len(digits) == 1 and len(digits[0]) == 8:
        digits = [digits[0][:4], digits[0][4:6], digits[0][6:]]
    try:
        when = date(*map(int, (*digits, "1")[:3])) if 2 <= len(digits) <= 3 else None
    except ValueError:
        return ""
    if when is None or when.year < 1900:
        return ""
    return (
        f"; did you mean {when:%Y/%m/%d}?" if len(digits) == 3 else f"; did you mean {when:%Y/%m}?"
    )


def _file(root: Path, path: str, page_folders: Collection[str] | None) -> Iterator[Stray]:
    """Yield a file that doesn't belong where it is."""
    folder, _, name = path.rpartition("/")
    top = path.partition("/")[0]
    message = None
    harmless = False
    if not folder:
        if name not in _ROOT_FILES:
            plain = _YAML.sub(".yml", name).lower()
            hint = f"; did you mean {plain}?" if plain in _ROOT_FILES else did_you_mean(
                plain, _ROOT_FILES)  # fmt: skip
            message = f"nothing reads this file; expected {_NAMED} only here{hint}"
    elif _YEAR.match(top):
        message = year_problem(folder, name)
    elif _is_below(folder, page_folders or (PAGES,)):
        if not name.endswith(".md"):
            message = _named(name, ".md", "this is not a Markdown page")
    elif top == SUBSCRIPTIONS:
        if not name.endswith((".yml", ".yaml")):  # reading them finds other faults
            message = _named(name, ".yml", "this is not a subscription")
    elif name.endswith(".md") and top != IMAGES:  # whatever is among images is published
        harmless = True
        if page_folders is not None:
            message = (
                f"nothing reads this file; expected pages in {' or '.join(sorted(page_folders))}/, "
                "or its folder in the setting PAGE_PATHS"
            )
    else:
        message = _image_problem(root, path)
    if message:
        yield Stray(path, message, harmless)


def _is_below(folder: str, folders: Collection[str]) -> bool:
    return any(one in ("", ".") or f"{folder}/".startswith(f"{one.strip('/')}/") for one in folders)


def _image_problem(root: Path, path: str) -> str | None:
    try:
        return images.problem(path, read_beginning(Path(root, path), images.NEEDED))
    except OSError as error:
        return f"can't be read: {error.strerror}"


def year_problem(folder: str, name: str) -> str | None:
    """Return why a file doesn't belong in a folder of a year or below; None where it does."""
    if not _DAY.match(folder):
        return "nothing reads this file; expected folders of days only, such as 2025/08/07"
    if name == "day.yml" or name.endswith(".md"):
        return None
    if _YAML.search(name):
        near = did_you_mean(_YAML.sub(".yml", name).lower(), ("day.yml",))
        return f"nothing reads this file; expected the day's ledger, day.yml, only{near}"
    return _named(name, ".md", "this is not a page of a day", " and day.yml only here")


def _named(name: str, ending: str, what: str, more: str = "") -> str:
    """Return why a file is not read for its name's ending."""
    if _SPARE.search(name):
        return f"{what} but a spare copy, which nothing reads; expected it to be deleted"
    expected = f"expected a name that ends in {ending}{more}"
    pattern = _MARKDOWN if ending == ".md" else _YAML
    stem = pattern.sub("", name)
    if stem != name and stem:
        return f"{what}; {expected}; did you mean {shown(stem + ending)[1:-1]}?"
    return f"{what}; {expected}"


def refuse(root: Path) -> None:
    """Raise ContentError for the first file that must not be published, and the first folder whose
    pages would be missing; a build lists itself what it ignores in days' folders."""
    for stray in find(root, days=False, page_folders=None):
        if not stray.harmless:
            raise ContentError(stray.message, file=stray.path)
