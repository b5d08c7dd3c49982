"""The fetch state file: HTTP validators of past answers, and when each server may be asked again.

A small JSON file in a folder that git ignores. It saves downloads and holds, across runs, the waits
that servers asked for. A damaged file is reported and replaced by an empty one.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..errors import FetchError
from ..io.files import read_beginning, write_whole

_VERSION = 1
_MOST_ANSWERS = 1000
_MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server recognises an answer that it gave before."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        conditions = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in conditions.items() if value}


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """A past answer: the file that holds it, its SHA-256, and the server's validators."""

    file: str
    sha256: str
    etag: str | None = None
    last_modified: str | None = None

    @property
    def validators(self) -> Validators:
        """The validators alone."""
        return Validators(self.etag, self.last_modified)


class FetchState:
    """The state file at `path`; None remembers nothing beyond this run.

    `notice` says in a sentence what was wrong with the file, None when it was fine or absent.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._answers: dict[str, CachedAnswer] = {}
        self._not_before: dict[str, datetime] = {}
        self.notice: str | None = None
        if path is not None:
            self._load(path)

    def answer(self, url: str) -> CachedAnswer | None:
        """Return the last answer recorded from `url`."""
        return self._answers.get(url)

    def remember(self, url: str, cached: CachedAnswer) -> None:
        """Record the last answer from `url`; the oldest beyond a thousand are dropped."""
        self._answers.pop(url, None)
        self._answers[url] = cached
        while len(self._answers) > _MOST_ANSWERS:
            del self._answers[next(iter(self._answers))]
        self._save()

    def not_before(self, policy: str) -> datetime | None:
        """Return when the servers under the limit `policy` may be asked again."""
        return self._not_before.get(policy)

    def wait_until(self, policy: str, moment: datetime) -> None:
        """Send no request under the limit `policy` before `moment`."""
        known = self._not_before.get(policy)
        if known is None or moment > known:
            self._not_before[policy] = moment
            self._save()

    def forget_wait(self, policy: str) -> None:
        """Drop a wait that is impossible, because the clock was set back."""
        self._not_before.pop(policy, None)

    def _load(self, path: Path) -> None:
        try:
            raw = read_beginning(path, _MOST_BYTES + 1)
        except FileNotFoundError:
            return
        except OSError as error:
            self.notice = f"{path}: can't be read ({error.strerror}); fetching without it"
            return
        try:
            if len(raw) > _MOST_BYTES:
                raise ValueError("too long")
            state = json.loads(raw)
            if state["version"] != _VERSION:
                raise ValueError("another version")
            answers = {str(url): _cached_answer(cached) for url, cached in state["answers"].items()}
            waits = {str(name): _moment(text) for name, text in state["not_before"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.notice = f"{path}: is damaged or of another version; begun anew"
            return
        self._answers, self._not_before = answers, waits

    def _save(self) -> None:
        if self._path is None:
            return
        state = {
            "version": _VERSION,
            "not_before": {name: moment.isoformat() for name, moment in self._not_before.items()},
            "answers": {url: asdict(cached) for url, cached in self._answers.items()},
        }
        text = json.dumps(state, indent=1, ensure_ascii=False) + "\n"
        try:
            write_whole(self._path, text.encode("utf-8", "replace"), error=FetchError)
        except FetchError as error:
            self.notice = f"{error}; nothing is remembered"
            self._path = None


def _cached_answer(value: dict[str, Any]) -> CachedAnswer:
    cached = CachedAnswer(**value)
    texts = (cached.file, cached.sha256, cached.etag or "", cached.last_modified or "")
    if not all(isinstance(text, str) and text.isprintable() for text in texts):
        raise ValueError("not text")
    if "/" in cached.file or "\\" in cached.file:
        raise ValueError("a file outside the folder")
    return cached


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    with suppress(OverflowError):
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    raise ValueError("no moment")
