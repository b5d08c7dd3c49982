"""Which files differ from the last commit by edits of one front end alone."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content.journal import data_fingerprint
from broadsheet.curate.changes.edit_history import FileBefore
from broadsheet.curate.versions.uncommitted import ChangedFiles, Uncommitted

PATH = "2026/01/05/day.yml"


class Folder:
    """A content folder in git, with one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "content" / PATH
        self.file.parent.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Cy")
        self.git("config", "user.email", "cy@example.org")
        self.file.write_bytes(b"first\n")
        self.commit()
        self.uncommitted = Uncommitted(folder / "content")

    def git(self, *words: str) -> None:
        subprocess.run(["git", "-C", str(self.folder), *words], check=True, capture_output=True)

    def commit(self) -> None:
        self.git("add", "content")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")

    def edit(self, new: bytes | None, *, own: bool = True) -> None:
        """Write the file, or remove it, by an edit that is kept, or by other hands."""
        old = self.file.read_bytes() if self.file.exists() else None
        if new is None:
            self.file.unlink(missing_ok=True)
        else:
            self.file.write_bytes(new)
        if own:
            before = data_fingerprint(old)
            self.uncommitted.add([FileBefore(PATH, "", before, data_fingerprint(new))])

    @property
    def changed(self) -> ChangedFiles:
        return self.uncommitted.changed()


OWN, MIXED, NONE = ChangedFiles((PATH,)), ChangedFiles((), (PATH,)), ChangedFiles()


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([], NONE),
        (["own"], OWN),
        (["own", "own"], OWN),
        (["own", "other"], MIXED),
        (["other", "own"], MIXED),
        (["own", "other", "own"], MIXED),
        (["other", "commit", "own"], OWN),
        (["own", "other", "commit", "own"], OWN),
        (["own", "commit"], NONE),
        (["other"], NONE),
        (["gone"], OWN),
        (["gone", "own"], OWN),
        (["own", "back"], NONE),
        (["own", "back", "own"], OWN),
    ],
)
def test_files_are_told_apart(tmp_path: Path, steps: list[str], told: ChangedFiles) -> None:
    folder = Folder(tmp_path)
    for n, step in enumerate(steps):
        match step:
            case "own" | "other":
                folder.edit(f"{n}\n".encode(), own=step == "own")
            case "gone":
                folder.edit(None)
            case "back":
                folder.edit(b"first\n")
            case "commit":
                folder.commit()
    assert folder.changed == told


def test_other_hands_never_go_into_a_commit(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    texts = st.sampled_from([b"a\n", b"b\n", b"first\n", None])

    @given(st.lists(st.tuples(texts, st.booleans()), max_size=6))
    def told(edits: list[tuple[bytes | None, bool]]) -> None:
        folder.edit(b"first\n")
        assert folder.changed == NONE
        made: tuple[bytes | None, bool] = b"first\n", True  # by the last edit, on clean ground
        for text, own in edits:
            old = folder.file.read_bytes() if folder.file.exists() else None
            if own:
                made = text, old == b"first\n" or (old == made[0] and made[1])
            folder.edit(text, own=own)
        now = folder.file.read_bytes() if folder.file.exists() else None
        if now == b"first\n" or not any(own for _, own in edits):
            assert folder.changed == NONE
        else:
            assert folder.changed == (OWN if made == (now, True) else MIXED)

    told()
