"""The folder of raw listings: its captures of a day, and writing a new one.

Files are written whole (under a hidden name first, then renamed) and never over another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from ..errors import FetchError, ListingError
from ..io.files import read_regular, sweep, write_whole
from ..listings.names import parse_name
from ..listings.untrusted.decoding import MAX_BYTES
from ..papers import ENRICHING
from .answer import Reader
from .request import ANY, Request
from .retention import StoredListing

_OF_PAPERS = (f"*{ENRICHING}", "arxiv-wanted", "crossref-wanted")
_MOST_COMPARED = 40  # captures of a rolling source; a feed shows fewer days than that


class Seeds:
    """The listings in `folder`; it is created with the first."""

    def __init__(self, folder: Path, read: Reader) -> None:
        self._folder = folder
        self._read = read
        self._last: dict[str, StoredListing] = {}  # of the last question, for a day's next page

    def held(self, request: Request, day: date) -> list[StoredListing]:
        """Return the readable captures of the request's source, category and kind: those of `day`,
        and for a rolling request the newest ones of all days.

        A listing that can't be read is skipped: a new capture can't be compared with it.
        """
        found: dict[str, StoredListing] = {}
        for path in self._candidates(request, day):
            try:
                if parse_name(path.name).category != request.category:
                    continue
                data = read_regular(path)
                known = self._last.get(path.name)
                if known is None or known.data != data:
                    known = StoredListing(path.name, data, self._read(data, path.name))
                found[path.name] = known
            except ListingError:
                continue
            except OSError as error:
                raise FetchError(f"can't be read: {error.strerror}", file=str(path)) from error
        self._last = found
        return list(found.values())

    def _candidates(self, request: Request, day: date) -> list[Path]:
        ending = "*" if request.extension == ANY else f"*{request.extension}"
        start = "*" if request.rolling else day.isoformat()
        paths = sorted(self._folder.glob(f"{start}.{request.source}.{ending}"))
        if not request.rolling:
            return paths
        named = [path for path in paths if path.name.split(".")[1] == request.source]
        return named[-_MOST_COMPARED:]

    def answers(self) -> Iterator[tuple[str, bytes]]:
        """Yield the names and bytes of all captures that tell of single papers."""
        yield from self._files(
            path for pattern in _OF_PAPERS for path in sorted(self._folder.glob(f"*.{pattern}.*"))
        )

    def between(self, first: date, last: date) -> Iterator[tuple[str, bytes]]:
        """Yield the names and bytes of the captures of some days, both included."""
        start, end = first.isoformat(), last.isoformat()
        paths = sorted(self._folder.glob("[0-9]*.*"))
        yield from self._files(path for path in paths if start <= path.name[:10] <= end)

    def _files(self, paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
        """Yield the names and bytes of files whose names can be a listing's and that aren't too
        large for one. Raises FetchError for one that can't be read."""
        for path in paths:
            try:
                parse_name(path.name)
                if path.is_file() and path.stat().st_size <= MAX_BYTES:
                    yield path.name, read_regular(path)
            except ListingError:
                continue
            except OSError as error:
                raise FetchError(f"can't be read: {error.strerror}", file=str(path)) from error

    def read(self, name: str) -> bytes | None:
        """Return the bytes of the file `name`, None where there is none."""
        path = self._folder / name
        try:
            return read_regular(path) if path.is_file() else None
        except OSError:
            return None

    def add(self, name: str, data: bytes) -> Path:
        """Write a new listing into the folder. Raises FetchError where the name is taken."""
        path = self._folder / name
        if path.exists():
            raise FetchError("is there already; a raw listing is never replaced", file=str(path))
        with suppress(OSError):  # temporary files of a killed fetch
            sweep(self._folder)
        write_whole(path, data, error=FetchError)
        return path
