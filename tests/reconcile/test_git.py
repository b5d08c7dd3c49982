"""Two curators' branches, merged by git: with the driver, without it, and mended by `resolve`."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet.reconcile import repository
from tests.digests import ROOT, Digest, Run
from tests.soak import sampled

from .curators import Curating, edit, errors, standing, texts

ATTRIBUTES = "/content/**/*.md merge=broadsheet\n/content/**/*.yml merge=broadsheet\n"
COMMAND = str(Path(sys.executable).parent / "broadsheet")
PAGE = "content/2025/08/05/vision.md"


def git(digest: Digest, *args: str, check: bool = True) -> str:
    """Run git in a digest's folder; give what it prints."""
    made = subprocess.run(
        ["git", *args], cwd=digest.folder, capture_output=True, text=True, check=False,
        env={**os.environ, "GIT_EDITOR": "true"},
    )  # fmt: skip
    assert made.returncode == 0 or not check, (args, made.stdout, made.stderr)
    return made.stdout + made.stderr


@pytest.fixture(scope="module")
def curating(tmp_path_factory: pytest.TempPathFactory) -> Curating:
    made = Curating(tmp_path_factory.mktemp("curators"))
    shutil.rmtree(made.base.folder / ".broadsheet", ignore_errors=True)
    made.base.write(".gitattributes", ATTRIBUTES)
    made.base.write(".gitignore", ".broadsheet/\n")
    git(made.base, "init", "-q", "-b", "main")
    for key, value in (("name", "Cy"), ("email", "cy@papers.example")):
        git(made.base, "config", f"user.{key}", value)
    commit(made.base)
    return made


def commit(digest: Digest) -> None:
    git(digest, "add", "-A")
    git(digest, "commit", "-q", "--allow-empty", "-m", "x")


def branches(curating: Curating, ann: list[list[str]], bo: list[list[str]]) -> Digest:
    """A clone with a branch of each curator, on bo's."""
    clone = curating.copy("clone")
    for name, commands in (("ann", ann), ("bo", bo)):
        git(clone, "checkout", "-q", "-B", name, "main")
        for command in commands:
            made = clone.command(*command)
            assert made.code == 0, (command, made.err)
        commit(clone)
    return clone


def other_way(clone: Digest) -> Digest:
    """The same clone, on ann's branch."""
    folder = clone.folder.parent / "other"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(clone.folder, folder)
    twin = object.__new__(Digest)
    twin.folder, twin.output = folder, folder / "output"
    git(twin, "checkout", "-q", "ann")
    return twin


def merge(digest: Digest, branch: str) -> Run:
    """Merge a branch as a curator does: git, then `resolve`."""
    git(digest, "merge", "-m", "both", branch, check=False)
    return digest.command("resolve")


ANN = [
    ["retire", "still-grippers"],
    ["move", "slow-gradients", "--topic", "robotics"],
    ["note", "still-cameras", "Ann's note."],
    ["pick", "still-lanterns"],
]
BO = [
    ["retire", "slow-cameras", "--why", "On its authors' wish."],
    ["retag", "slow-gradients", "--add", "fern"],
    ["note", "still-cameras", "Bo's note."],
    ["decline", "slow-lanterns"],
]


def both(digest: Digest) -> None:
    """What ANN and BO make together."""
    there = standing(texts(digest))
    assert "still-grippers" not in there
    assert "slow-cameras" not in there
    assert "slow-lanterns" not in there
    assert there["slow-gradients"].path == "2025/08/06/robotics.md"
    assert "fern" in there["slow-gradients"].paper.tags
    assert [one.text for one in there["still-cameras"].paper.notes] == ["Ann's note.", "Bo's note."]
    assert not there["still-lanterns"].path.endswith("waiting.md")
    rows = digest.read("content/redirects.yml")
    assert rows.count('"papers/still-grippers/"') == rows.count('"papers/slow-cameras/"') == 1
    assert errors(digest) == []


def test_branches_merge_with_the_driver_and_alike_from_both_sides(curating: Curating) -> None:
    clone = branches(curating, ANN, BO)
    twin = other_way(clone)
    assert repository.install(clone.folder, COMMAND)  # processes are slow: not in the other
    # Git asks no driver where one side removed a whole file.
    assert "CONFLICT (content)" not in git(clone, "merge", "-m", "both", "ann", check=False)
    assert "CONFLICT (content)" in git(twin, "merge", "-m", "both", "bo", check=False)
    for digest in (clone, twin):
        mended = digest.command("resolve")
        assert mended.code == 0, mended.out
        both(digest)
        commit(digest)
        assert "nothing to do" in digest.command("resolve").out
    assert texts(clone) == texts(twin)


def test_a_clone_without_the_driver_is_mended_by_resolve(curating: Curating) -> None:
    clone = branches(curating, ANN, BO)
    assert "CONFLICT (content)" in git(clone, "merge", "ann", check=False)
    dry = clone.command("resolve", "--dry-run")
    assert "AA content/redirects.yml" in git(clone, "status", "--porcelain"), dry.out
    mended = clone.command("resolve")
    assert mended.code == 0, mended.out + mended.err
    assert "content/redirects.yml: mended\n" in mended.out
    both(clone)
    git(clone, "commit", "-q", "-m", "both")
    assert "nothing to do" in clone.command("resolve").out


def test_what_only_a_person_can_decide_is_told_with_its_line(curating: Curating) -> None:
    clone = branches(
        curating, [["retire", "still-cameras"]], [["note", "still-cameras", "Worth it."]]
    )
    told = merge(clone, "ann")
    assert told.code == 1
    at = clone.read(PAGE).split("\n").index("<<<<<<< ours (changed it)") + 1
    assert f"{PAGE}:{at}: one side changed it, the other took the paper out; a person" in told.out
    assert "1 to decide by hand" in told.err
    assert '"from": "papers/still-cameras/"' in clone.read("content/redirects.yml")
    text = clone.read(PAGE)
    start, end = text.index("<<<<<<<"), text.index(">>>>>>>")
    clone.write(PAGE, text[:start].rstrip() + "\n" + text[text.index("\n", end) + 1 :])
    again = clone.command("resolve")
    assert f"{PAGE}: edited by hand since; left as it is" in again.out
    assert "Worth it." not in clone.read(PAGE)


def test_a_merge_that_git_finds_clean_is_mended_after_its_commit(curating: Curating) -> None:
    clone = branches(
        curating,
        [["move", "slow-cameras", "--topic", "robotics"]],
        [["move", "slow-cameras", "--date", "2025-08-05"]],
    )
    git(clone, "merge", "-m", "both", "ann", check=False)
    git(clone, "checkout", "-q", "--ours", "--", "content/redirects.yml", check=False)
    commit(clone)
    assert any("slow-cameras" in one for one in errors(clone))
    assert "`broadsheet resolve` mends" in clone.command("check").err
    mended = clone.command("resolve")
    assert mended.code == 0, mended.out + mended.err
    assert "slow-cameras: moved to" in mended.out
    assert errors(clone) == []


def test_a_cherry_pick_and_a_stash_are_mended_too(curating: Curating) -> None:
    note = [["note", "still-cameras", "Ann's note."]]
    clone = branches(curating, note, [["note", "still-cameras", "Bo's note."]])
    assert "CONFLICT" in git(clone, "cherry-pick", "ann", check=False)
    assert clone.command("resolve").code == 0
    notes = [one.text for one in standing(texts(clone))["still-cameras"].paper.notes]
    assert notes == ["Ann's note.", "Bo's note."]
    git(clone, "reset", "-q", "--hard", "bo")
    git(clone, "checkout", "-q", "main")
    clone.command("note", "still-cameras", "Mine.")
    git(clone, "stash", "-q")
    git(clone, "checkout", "-q", "bo")
    assert "CONFLICT" in git(clone, "stash", "pop", check=False)
    assert clone.command("resolve").code == 0
    notes = [one.text for one in standing(texts(clone))["still-cameras"].paper.notes]
    assert notes == ["Bo's note.", "Mine."]


def test_a_file_of_no_kind_of_ours_is_named(curating: Curating) -> None:
    clone = branches(curating, [], [])
    for name in ("ann", "bo"):
        git(clone, "checkout", "-q", name)
        clone.write("README.md", f"{name}\n")
        commit(clone)
    git(clone, "merge", "ann", check=False)
    told = clone.command("resolve")
    assert "README.md: not a file that this command merges" in told.out
    assert told.code == 1


def test_the_commands_of_the_docs_merge_two_branches(curating: Curating) -> None:
    clone = branches(curating, ANN, BO)
    git(clone, "checkout", "-q", "main")
    assert clone.command("note", "bright-lanterns", "From main.").code == 0
    commit(clone)
    git(clone, "checkout", "-q", "bo")
    doc = (ROOT / "docs" / "together.md").read_text("utf-8")
    for block in re.findall(r"(?ms)^```sh\n(.*?)^```", doc):
        for line in block.splitlines():
            words = line.split()
            if words[0] == "broadsheet":
                made = clone.command(*words[1:])
                assert made.code == 0, (line, made.out, made.err)
            elif words[1] != "push":
                git(clone, *words[1:], check=False)
        commit(clone)
    both(clone)
    assert git(clone, "branch", "--no-merged") == ""


@pytest.mark.soak
@pytest.mark.parametrize("number", sampled(range(20), 20))
def test_random_branches_merge_alike_from_both_sides(curating: Curating, number: int) -> None:
    chance = random.Random(1000 + number)
    clone = curating.copy("clone")
    for name in ("ann", "bo"):
        git(clone, "checkout", "-q", "-B", name, "main")
        edit(clone, chance, name)
        commit(clone)
    repository.install(clone.folder, COMMAND)
    twin = other_way(clone)
    done = merge(clone, "ann"), merge(twin, "bo")
    assert [one.code for one in done] in ([0, 0], [1, 1])
    if done[0].code == 0:
        assert texts(clone) == texts(twin)
        assert errors(clone) == []
