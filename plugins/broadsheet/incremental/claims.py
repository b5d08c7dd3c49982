"""Claims: which paths of the output folder the plan's files have, so that no two have one."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence

from ..errors import SiteError
from .inventory import FOLDER, Inventory, hashed
from .manifest import Manifest


class Claims:
    """The paths that are taken: one by one, or by a partition that stays as it is recorded.

    Records that are settled have no path in common. So a path that its partition had before is
    another's only if that takes it, too; one that its partition had not may be a file of a
    partition that stays. Lists of these are read once, for all such paths, and name paths by
    hashes; the partition's record is looked up where hashes are the same.
    """

    def __init__(self, inventory: Inventory, manifest: Manifest) -> None:
        self._inventory = inventory
        self._manifest = manifest
        self._own: set[str] = set()
        self._new: list[str] = []  # those of `_own` that may be a kept partition's
        self._kept: dict[str, Sequence[str] | None] = {}  # paths, where they are not all recorded

    def __contains__(self, path: str) -> bool:
        return path in self._own or bool(self._among([path]))

    def free(self, paths: Iterable[str], *, settled: bool = False) -> list[str]:
        """Return those of some paths that are not taken. Of `settled` records, what one has no
        other has, so that none is looked up."""
        left = [path for path in paths if path not in self._own]
        if settled:
            return left
        kept = set(self._among(left))
        return [path for path in left if path not in kept]

    def take(self, path: str, known: Container[str]) -> None:
        """Take a path; `known` are those that its partition had. Raises SiteError if it is taken,
        or no page can have it."""
        names = path.split("/")
        if path.startswith("/") or ".." in names or names[0] == FOLDER:
            raise two_pages(path)
        if path not in known:
            self._new.append(path)
        self.take_known((path,))

    def take_known(self, paths: Sequence[str]) -> None:
        """Take paths that their partition had. Raises SiteError if one is taken."""
        if not self._own.isdisjoint(paths):
            raise two_pages(next(path for path in paths if path in self._own))
        self._own.update(paths)

    def keep(self, partition: str, paths: Sequence[str] | None = None) -> None:
        """Take all paths of a recorded partition, whose list was settled; only some `paths` where
        the others may be rendered."""
        self._kept[partition] = paths

    def judge(self) -> None:
        """Raise SiteError if a path is taken twice, once by a partition that stays."""
        for path in self._among(self._new):
            raise two_pages(path)
        self._new.clear()

    def _among(self, paths: Sequence[str]) -> list[str]:
        """Return those of some paths that kept partitions have."""
        if not paths or not self._kept:
            return []
        hashes = {hashed(path): path for path in paths}
        wanted = frozenset(key.encode() for key in hashes)
        found = []
        for partition in self._kept:
            both = self._inventory.among(partition, wanted)
            if both is None:  # damaged; then the record tells
                both = hashes.keys() & set(map(hashed, self._paths(partition) or ()))
            found += [hashes[key] for key in both if self._holds(partition, hashes[key])]
        return found

    def all(self) -> Iterator[str]:
        """Yield all paths that are taken."""
        yield from self._own
        for partition in self._kept:
            yield from self._paths(partition) or ()

    def _holds(self, partition: str, path: str) -> bool:
        """Return whether a partition has a path, whose hash is on its list. It has where its record
        is damaged: hashes of different paths are hardly ever the same."""
        paths = self._paths(partition)
        return paths is None or path in paths

    def _paths(self, partition: str) -> Sequence[str] | None:
        paths = self._kept[partition]
        if paths is not None:
            return paths
        files = self._manifest.files(partition)
        return files.paths if files else None


def two_pages(path: str) -> SiteError:
    """Return the error of two files with one path, or of one where another needs a folder."""
    return SiteError(
        "two pages would be written to this address; expected one "
        "(does a static page have the name of a part of the site?)",
        file=path,
    )


def refuse_nested(paths: Collection[str]) -> None:
    """Raise SiteError if one file stands where another needs a folder."""
    for path in sorted(paths):
        parent = path
        while "/" in parent:
            parent = parent.rpartition("/")[0]
            if parent in paths:
                raise two_pages(parent)
