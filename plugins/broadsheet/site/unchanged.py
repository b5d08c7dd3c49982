"""Whether anything has changed since the last build: asked before Pelican is loaded, a plan made,
or a summary read.

A finished build leaves what it was made of, as one fingerprint: the code, the settings' values, the
content, and the files of the theme, of static pages and of vocabularies. The next build finds the
same by the stat of content and the bytes of the rest, and looks at the output as any build does;
then it has nothing to do. Where the settings are more than plain values, or anything else is
unusual (a link, another plugin, a day ahead of its time), nothing is left, and each build plans.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ..archive.hashed_months import HashedMonths
from ..content import disk
from ..errors import BroadsheetError
from ..incremental.lock import locked
from ..incremental.manifest import Manifest
from ..incremental.plan import fingerprint
from ..incremental.records import Outline
from ..incremental.survey import Survey, survey
from ..io.cache import FOLDER, Store
from ..io.files import read_regular
from . import folders
from .line import built_line
from .stamp import code_stamp, versions
from .today import EPOCH

if TYPE_CHECKING:
    from .build import Built

_KEY = "finished"
_MANY = 50_000  # files, from which on a process of their own is worth its start
_DAY = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}\Z")
_UNREAD = frozenset((disk.STAGING, ".git", ".broadsheet"))
_MESSAGES = Path(__file__).parent.parent / "locale" / "messages"
_PLUGINS = ["broadsheet"]
_PLAIN = (str, int, float, bool, type(None))


class Places(NamedTuple):
    """The folders of a site, as its settings say."""

    content: Path
    output: Path
    theme: Path
    cache: Path


class Finished(msgspec.Struct, frozen=True):
    """What a build left: `made_of` is the fingerprint of what the site is made of, `newest` that of
    its newest month alone, `wrote` that of the manifest's outlines; the newest day, and counts."""

    made_of: str
    newest: str
    wrote: str
    day: str
    papers: int
    files: int


@dataclass(frozen=True, slots=True)
class Sources:
    """What a site is made of, as far as it is known before Pelican is asked: the fingerprint of all
    but the months' content, and these."""

    places: Places
    rest: str
    hashed: HashedMonths
    began: float

    def nothing_to_do(self) -> str | None:
        """Return the line that a build ends with, where the last one left nothing to do; else None:
        then a build must find out, and say what is wrong."""
        try:
            return self._nothing_to_do()
        except BroadsheetError:
            return None

    def _nothing_to_do(self) -> str | None:
        cache = self.places.cache
        manifest = manifest_of(self.places.output, cache)
        if (self.places.content / disk.STAGING).exists() or not cache.is_dir():
            return None
        folders.refuse(self.places, manifest)
        with locked(cache):
            finished = Store(cache / "stat").read(_KEY, self.rest, Finished)
            keys = disk.months(self.places.content)
            if finished is None or not keys or self._is_new(finished, keys[-1]):
                return None
            look: Callable[[], Survey] = partial(survey, self.places.output, manifest)
            if finished.files > _MANY:
                look = _aside(look)
            same = self._fingerprint(keys) == finished.made_of
            found = look()
            if not same:
                return None
            if found.interrupted or any(found.missing.values()) or found.unsettled:
                return None
            if _outlined(found.outlines) != finished.wrote:
                return None
            if found.turns:
                manifest.keep_turns(found.turns)
            self.hashed.keep()
        seconds = time.monotonic() - self.began
        return built_line(finished.papers, (0, finished.files, 0), seconds)

    def _is_new(self, finished: Finished, newest: str) -> bool:
        """Return whether the newest month is another, as it mostly is where anything is."""
        today = datetime.now(UTC).date().isoformat()
        return finished.day > today or self._fingerprint([newest]) != finished.newest

    def _fingerprint(self, keys: Sequence[str]) -> str:
        return fingerprint([(key, self.hashed.month(key).days) for key in keys])

    def keep(self, built: Built) -> None:
        """Leave word of a finished build, whose lock is held. Raises SiteError where the disk
        refuses."""
        if built.held or built.ignored or built.newest is None:
            return
        manifest = manifest_of(self.places.output, self.places.cache)
        keys = disk.months(self.places.content)
        outlines = {key: manifest.outline(key) for key in manifest.partitions()}
        finished = Finished(
            self._fingerprint(keys),
            self._fingerprint(keys[-1:]),
            _outlined(outlines),
            built.newest.isoformat(),
            built.papers,
            built.result.files,
        )
        Store(self.places.cache / "stat").write(_KEY, self.rest, finished)


def look(
    values: Mapping[str, Any], folder: Path, *, until: date | None = None, fresh: bool = False
) -> Sources | None:
    """Look at what a site is made of, given its settings' values and their file's folder; None
    where that is more than can be told beforehand. `fresh` trusts no file's stat."""
    began = time.monotonic()
    try:
        if values["PLUGINS"] != _PLUGINS or not _is_plain(values):
            return None
        content, output, theme = (
            folder.absolute() / values[name] for name in ("PATH", "OUTPUT_PATH", "THEME")
        )
        cache = content.parent / (values.get("BROADSHEET_CACHE") or FOLDER)
        code = code_stamp()
        rest = fingerprint(
            code,
            sorted(values.items()),
            until,
            os.environ.get(EPOCH),
            os.path.realpath(output),
            _version_of_babel(values),
            [sorted(_files(one)) for one in _folders(values, content, theme)],
        )
    except (OSError, KeyError, TypeError, _Unusual):
        return None
    hashed = HashedMonths(content, Store(cache / "stat"), code, trusted=not fresh)
    return Sources(Places(content, output, theme, cache), rest, hashed, began)


def _aside(look: Callable[[], Survey]) -> Callable[[], Survey]:
    """Look in another process, while this one looks at content."""
    from ..io.parallel import cores, in_background

    return in_background(look) if cores() > 1 else look


class _Unusual(Exception):
    """Something that only a whole build can judge."""


def manifest_of(output: Path, cache: Path) -> Manifest:
    """Return the record of what was written to an output folder."""
    return Manifest(cache / "site" / fingerprint(os.path.relpath(output, cache)))


def _outlined(outlines: Mapping[str, Outline | None]) -> str:
    return fingerprint(
        [
            (key, one.stamp, one.count, sorted(one.dependencies.items())) if one else key
            for key, one in sorted(outlines.items())
        ]
    )


def _is_plain(value: object) -> bool:
    """Return whether a value's `repr` says all of it, the same in each process."""
    if isinstance(value, dict):
        return all(_is_plain(key) and _is_plain(one) for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return all(map(_is_plain, value))
    return type(value) in _PLAIN


def _version_of_babel(values: Mapping[str, Any]) -> str:
    """Return the version of what writes dates in other languages than English; "" in English."""
    languages = {values.get("DEFAULT_LANG"), values.get("BROADSHEET_CONTENT_LANG")}
    return versions(["babel"], sys.path)["babel"] if languages - {None, "", "en"} else ""


def _folders(values: Mapping[str, Any], content: Path, theme: Path) -> list[Path]:
    """Return the folders whose files a site is made of. Of content/ that is all but its days."""
    if not theme.is_dir():
        raise _Unusual  # the name of a theme of Pelican's
    found = [content, theme, *map(Path, values.get("THEME_TEMPLATES_OVERRIDES") or ())]
    if messages := values.get("BROADSHEET_MESSAGES"):
        found.append(content.parent / messages)
    return [*found, _MESSAGES]


def _files(root: Path, within: str = "") -> Iterator[tuple[str, str]]:
    """Yield the paths in a folder, but for what is in days' folders, and hashes of the files'
    bytes. Raises _Unusual for links and the like, and OSError."""
    with os.scandir(f"{root}/{within}") as entries:
        for entry in entries:
            path = within + entry.name
            if entry.is_symlink():
                raise _Unusual
            if not entry.is_dir():
                if not entry.is_file():
                    raise _Unusual  # a named pipe, which would be waited for
                yield path, sha256(read_regular(entry.path)).hexdigest()
            else:
                yield path, ""
                if not _DAY.match(path) and entry.name not in _UNREAD:
                    yield from _files(root, f"{path}/")
