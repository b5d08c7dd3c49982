"""The branch on which fetched papers wait: scripts/fetch-branch, with which a fetch begins."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from broadsheet.io.bundled import path as bundled

SCRIPT = bundled("templates/digest/scripts/fetch-branch")
PAGE = "content/2026/01/05/vision.md"


@dataclass
class Checkouts:
    """A repository, a curator's clone of it, and fresh ones for each fetch."""

    folder: Path
    fetches: int = 0

    @property
    def curator(self) -> Path:
        return self.folder / "curator"

    def git(self, *args: str, at: Path | None = None) -> str:
        who = {f"GIT_{role}_{part}": "a@ada.net" for role in ("AUTHOR", "COMMITTER")
               for part in ("NAME", "EMAIL")}  # fmt: skip
        made = subprocess.run(
            ["git", *args], cwd=at or self.curator, check=False, capture_output=True, text=True,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1",
                 **who},
        )  # fmt: skip
        assert made.returncode == 0, made.stdout + made.stderr
        return made.stdout

    def commit(self, *, at: Path | None = None, **files: str) -> None:
        """Write and commit files, named such as PAGE; push the branch."""
        at = at or self.curator
        for name, text in files.items():
            path = at / globals()[name] if name in globals() else at / f"seeds/{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.git("add", "-A", at=at)
        self.git("commit", "-qm", "x", at=at)
        self.git("push", "-q", "--force", "origin", "HEAD", at=at)

    def fetch(self, **files: str) -> str:
        """Begin a fetch in a fresh clone, and have it find files; return what the script says."""
        self.fetches += 1
        clone = self.folder / f"fetch{self.fetches}"
        self.git("clone", "-q", str(self.folder / "origin"), str(clone), at=self.folder)
        made = subprocess.run(
            ["sh", str(SCRIPT)], cwd=clone, capture_output=True, text=True, check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1"},
        )  # fmt: skip
        assert made.returncode == 0, made.stdout + made.stderr
        if files:
            self.commit(at=clone, **files)
        return made.stdout

    def pull(self, branch: str) -> None:
        self.git("fetch", "-q", "--prune")
        self.git("switch", "-q", branch)
        self.git("reset", "-q", "--hard", f"origin/{branch}")

    def proposed(self) -> set[str]:
        """The files by which the branch differs from main's newest state, as merged."""
        self.git("fetch", "-q", "--prune")
        return set(
            self.git("diff", "--name-only", "origin/main...origin/fetch/papers").splitlines()
        )


@pytest.fixture
def made(tmp_path: Path) -> Checkouts:
    made = Checkouts(tmp_path)
    made.git("init", "-q", "--bare", "-b", "main", str(tmp_path / "origin"), at=tmp_path)
    made.git("clone", "-q", str(tmp_path / "origin"), "curator", at=tmp_path)
    made.git("checkout", "-qb", "main")
    made.commit(first="1")
    return made


def test_the_first_fetch_begins_at_main(made: Checkouts) -> None:
    assert made.fetch(second="2") == ""
    assert made.proposed() == {"seeds/second.txt"}


def test_the_next_day_joins_an_open_branch_with_what_curators_did_on_it(made: Checkouts) -> None:
    made.fetch(second="2", PAGE="one\n")
    made.pull("fetch/papers")
    made.commit(PAGE="one\na note\n")
    made.pull("main")
    made.commit(other="main moved on")
    assert "is not merged yet" in made.fetch(third="3")
    assert made.proposed() == {"seeds/second.txt", "seeds/third.txt", PAGE}
    made.pull("main")
    made.git("merge", "-q", "origin/fetch/papers")
    assert (made.curator / PAGE).read_text() == "one\na note\n"
    assert (made.curator / "seeds/other.txt").exists()


@pytest.mark.parametrize("how", ["--no-ff", "--squash"])
def test_what_is_merged_is_left_behind(made: Checkouts, how: str) -> None:
    made.fetch(second="2", PAGE="one\n")
    made.pull("main")
    made.git("merge", "-q", how, "origin/fetch/papers")
    made.commit(PAGE="one\nedited after the merge\n")
    assert made.fetch(third="3") == ""
    assert made.proposed() == {"seeds/third.txt"}


def test_a_branch_in_conflict_with_main_goes_on_without_it(made: Checkouts) -> None:
    made.commit(PAGE="zero\n")
    made.fetch(second="2", PAGE="one\n")
    made.pull("main")
    made.commit(PAGE="two\n")
    said = made.fetch(third="3")
    assert "changed the same lines" in said
    assert made.proposed() == {"seeds/second.txt", "seeds/third.txt", PAGE}


def test_a_branch_that_was_deleted_is_forgotten(made: Checkouts) -> None:
    made.fetch(second="2")
    made.git("push", "-q", "origin", ":fetch/papers")
    made.fetch(third="3")
    assert made.proposed() == {"seeds/third.txt"}
