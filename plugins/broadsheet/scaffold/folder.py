"""A digest's folder: what templates wrote into it, and would write."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import BroadsheetError
from ..io import symlinks
from ..io.files import read_beginning, write_whole
from . import merge, pin, record, templates
from .answers import Answers
from .merge import CONFLICT, Kind, MergeStep
from .record import RECORD, ScaffoldRecord, WrittenTemplate

_LONGEST = 10_000_000  # bytes of a file that is read


class Digest:
    """The files of a digest that come from templates."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def record(self) -> ScaffoldRecord | None:
        """Return the record of what templates wrote; None without one. Raises SettingsError."""
        text = self.text(RECORD)
        return None if text is None else record.parse(text)

    def text(self, path: str) -> str | None:
        """Return a file's text; None where there is none. Raises BroadsheetError where it can't be
        read, is no UTF-8, or is a link that leads elsewhere."""
        symlinks.refuse(self.folder, path, error=BroadsheetError, file=str(self.folder / path))
        try:
            data = read_beginning(self.folder / path, _LONGEST + 1)
            if len(data) > _LONGEST:
                raise BroadsheetError(
                    f"has more than {_LONGEST:,} bytes; expected a short text file",
                    file=str(self.folder / path),
                )
            return data.decode("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise BroadsheetError("is no UTF-8", file=str(self.folder / path)) from error
        except OSError as error:
            raise BroadsheetError(
                f"can't be read: {error.strerror}", file=str(self.folder / path)
            ) from error

    def has_papers(self) -> bool:
        """Return whether there are listings, or pages of a day."""
        for name, pattern in (("seeds", "[!.]*"), ("content", "[0-9][0-9][0-9][0-9]")):
            if any((self.folder / name).glob(pattern)):
                return True
        return False

    def remote(self) -> str:
        """Return the address of git's remote "origin"; "" without one."""
        try:
            done = subprocess.run(
                ["git", "-C", str(self.folder), "remote", "get-url", "origin"],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
        except OSError:
            return ""
        # A folder within another repository has that one's remote.
        own = (self.folder / ".git").exists()
        return done.stdout.strip() if own and not done.returncode else ""

    def adopted(self, files: Mapping[str, str]) -> list[MergeStep]:
        """Return the steps that write what is missing of a digest's files."""
        known = self._written()
        skipped = {templates.EXAMPLE} if self.has_papers() else set()
        return [
            self._step(path, text, known.get(path), upgrading=False)
            for path, text in sorted(files.items())
            if path not in skipped
        ]

    def upgraded(self, files: Mapping[str, str]) -> list[MergeStep]:
        """Return the steps that bring a digest's files to newer templates."""
        known = self._written()
        return [
            self._step(path, text, known.get(path), upgrading=True)
            for path, text in sorted(files.items())
            if templates.is_upgraded(path)
        ]

    def dropped(self, files: Mapping[str, str]) -> list[str]:
        """Return the files that templates wrote and newer ones do not have."""
        return sorted(path for path in self._written() if path not in files and self._exists(path))

    def requirement(self, digest: str | None) -> str:
        """Return the line that pins Broadsheet; a hash that was recorded for the same version
        holds where none is known."""
        line = pin.requirement(digest)
        known = self._written().get(templates.PINNED)
        if digest is None and known is not None:
            before: str = (known.offered or known.base).strip()
            if before.startswith(f"{line} --hash="):
                return before
        return line

    def carry_out(self, steps: Iterable[MergeStep], answers: Answers) -> None:
        """Write what steps say, and the record last: after a run that was cut off, the same one
        completes it. Raises BroadsheetError."""
        files = dict(self._written())
        for step in steps:
            if step.text is not None:
                self._write(step.path, step.text)
            if step.conflict is not None:
                self._write(step.path + CONFLICT, step.conflict)
            if step.written is not None and templates.is_upgraded(step.path):
                files[step.path] = step.written
        made = ScaffoldRecord(version=pin.version(), answers=answers, files=files)
        text = record.dump(made)
        if self.text(RECORD) != text:
            self._write(RECORD, text)

    def _step(
        self, path: str, text: str, written: WrittenTemplate | None, *, upgrading: bool
    ) -> MergeStep:
        try:
            mine = self.text(path)
        except BroadsheetError:
            return MergeStep(path, Kind.UNREADABLE, written=written)
        if not upgrading:
            return merge.adopt(path, text, mine, written)
        unsettled = self._exists(path + CONFLICT)
        return merge.upgrade(path, text, mine, written, unsettled=unsettled)

    def _written(self) -> Mapping[str, WrittenTemplate]:
        known = self.record()
        return {} if known is None else known.files

    def _exists(self, path: str) -> bool:
        inside = symlinks.why_not(self.folder, path) is None
        return inside and (self.folder / path).exists()

    def _write(self, path: str, text: str) -> None:
        symlinks.refuse(self.folder, path, error=BroadsheetError, file=str(self.folder / path))
        write_whole(self.folder / path, text.encode(), error=BroadsheetError)
