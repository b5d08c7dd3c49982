"""Claims: which paths of the output folder the plan's files have, so that no two have one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..errors import SiteError
from .inventory import Inventory, hashed
from .manifest import Manifest


class Claims:
    """The paths that are taken: one by one, or by a partition that stays as it is recorded.

    Of such a partition no path is read before another is asked for, and then its list in the output
    folder is, which names paths by hashes; its record is read where the hashes are the same.
    """

    def __init__(self, inventory: Inventory, manifest: Manifest) -> None:
        self._inventory = inventory
        self._manifest = manifest
        self._own: set[str] = set()
        self._unhashed: list[str] = []  # those of `_own` that are not in `_hashes` yet
        self._hashes: dict[str, str] = {}  # of `_own`, to the paths
        self._kept: list[str] = []
        self._unread: list[str] = []  # those of `_kept` that are not in `_listed` yet
        self._listed: set[str] = set()  # hashes of their files
        self._twice: str | None = None

    def __contains__(self, path: str) -> bool:
        if path in self._own:
            return True
        if not self._kept:
            return False
        self._read_all()
        return hashed(path) in self._listed and any(
            self._holds(partition, path) for partition in self._kept
        )

    def take(self, paths: Sequence[str]) -> str | None:
        """Take paths; return one that is taken twice then, if any is."""
        twice = self._twice
        if not self._own.isdisjoint(paths):
            twice = next(path for path in paths if path in self._own)
        if self._kept:
            self._read_all()
            hashes = {hashed(path): path for path in paths}
            for known in hashes.keys() & self._listed:
                if any(self._holds(partition, hashes[known]) for partition in self._kept):
                    twice = hashes[known]
            self._hashes.update(hashes)
        else:
            self._unhashed.extend(paths)
        self._own.update(paths)
        return twice

    def keep(self, partition: str) -> None:
        """Take all paths of a recorded partition, whose list is settled."""
        self._kept.append(partition)
        self._unread.append(partition)

    def read(self) -> str | None:
        """Read the lists of kept partitions, if one of their paths may be asked for; return a path
        that is taken twice: by a partition, and before it by itself."""
        if self._own:
            self._read_all()
        return self._twice

    def _read_all(self) -> None:
        while self._unread:
            partition = self._unread.pop()
            listed = self._inventory.hashes(partition)
            self._listed |= listed
            self._hashes.update((hashed(path), path) for path in self._unhashed)
            self._unhashed.clear()
            both = [self._hashes[key] for key in self._hashes.keys() & listed]
            if both:
                self._twice = next(
                    (path for path in both if self._holds(partition, path)), self._twice
                )

    def all(self) -> Iterator[str]:
        """Yield all paths that are taken."""
        yield from self._own
        for partition in self._kept:
            files = self._manifest.files(partition)
            yield from files.paths if files else ()

    def _holds(self, partition: str, path: str) -> bool:
        """Return whether a partition has a path, whose hash is on its list. It has where its record
        is damaged: hashes of different paths are hardly ever the same."""
        files = self._manifest.files(partition)
        return files is None or path in files.paths


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
