"""The folders that a build writes to: refused before anything is written if they are not ours."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from broadsheet.incremental.inventory import FOLDER
from broadsheet.incremental.manifest import Manifest
from tests.digests import Digest


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(digest: Digest, capsys: pytest.CaptureFixture[str], **settings: object) -> str:
    """The line with which a build is refused that has written nothing."""
    before = tree(digest.folder.parent)
    capsys.readouterr()
    with pytest.raises(SystemExit) as exit_:
        digest.build(**settings)
    assert exit_.value.code == 1
    assert tree(digest.folder.parent) == before
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    return error


@pytest.mark.parametrize("setting", ["OUTPUT_PATH", "BROADSHEET_CACHE"])
@pytest.mark.parametrize("where", ["content", "content/new", "content/2025", ".", "..", "/", "~"])
def test_folders_of_the_digest_and_above_are_refused(
    digest: Digest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    where: str,
) -> None:
    home = digest.folder.parent / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    path = home if where == "~" else (digest.folder / where).resolve()
    assert f"{setting}: " in refused(digest, capsys, **{setting: str(path)})


def test_a_folder_of_other_files_is_refused_as_output(
    digest: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    digest.write("theirs/notes/a.txt", "mine")
    error = refused(digest, capsys, OUTPUT_PATH=str(digest.folder / "theirs"))
    assert 'holds "notes" and is no site that Broadsheet built; expected' in error
    digest.build()
    refused(digest, capsys, OUTPUT_PATH=str(digest.folder / "theirs"))


def test_a_file_is_refused_as_output_and_as_cache(
    digest: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    digest.write("a.txt", "mine")
    for setting in ("OUTPUT_PATH", "BROADSHEET_CACHE"):
        error = refused(digest, capsys, **{setting: str(digest.folder / "a.txt")})
        assert "is a file; expected a folder" in error


def test_new_empty_and_own_folders_are_built_in(digest: Digest) -> None:
    (digest.folder / "empty" / ".git").mkdir(parents=True)
    for name in ("new/of/several", "empty"):
        for _ in range(2):
            digest.build(OUTPUT_PATH=str(digest.folder / name))
        assert (digest.folder / name / "index.html").exists()
        shutil.rmtree(digest.folder / ".broadsheet")
        digest.build(OUTPUT_PATH=str(digest.folder / name))


def as_before_lists(digest: Digest) -> None:
    """Have cache and output as they were before there were lists: records of the format before,
    whose checksum is of their content alone."""
    shutil.rmtree(digest.output / FOLDER)
    for path in (digest.folder / ".broadsheet" / "site").glob("*/*.json"):
        record = Manifest(path.parent).partition(path.stem)
        assert record is not None
        data = msgspec.to_builtins(record)
        del data["stamp"]
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        checksum = hashlib.blake2b(body, digest_size=12).hexdigest()
        path.write_bytes(f"broadsheet 2 {checksum}\n".encode() + body)


def test_a_site_from_before_there_were_lists_is_taken_over(digest: Digest, tmp_path: Path) -> None:
    digest.build()
    as_before_lists(digest)
    begun = digest.output / "papers/begun/index.html"
    begun.parent.mkdir()
    begun.write_text("begun by a build that was cut off")
    (digest.output / "CNAME").write_text("theirs")
    manifest = next((digest.folder / ".broadsheet" / "site").iterdir())
    (manifest / "journal").write_bytes(b"papers/begun/index.html\n\0\0../outside\n\0\0\0\0")
    (digest.folder / "content/2025/08/08/vision.md").unlink()
    digest.build()
    assert digest.whole() == digest.anew(tmp_path).whole() | {"CNAME": b"theirs"}
    assert not (manifest / "journal").exists()


def test_a_site_that_nothing_vouches_for_is_refused(
    digest: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    digest.build()
    as_before_lists(digest)
    shutil.rmtree(digest.folder / ".broadsheet")
    assert "is no site that Broadsheet built" in refused(digest, capsys)


def git(digest: Digest, *args: str) -> None:
    subprocess.run(["git", "-C", digest.folder, *args], check=True, capture_output=True)


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize(
    ("setting", "path"),
    [(None, ".broadsheet"), (None, "output"), ("BROADSHEET_CACHE", "kept/cache"),
     ("OUTPUT_PATH", "docs/site")],
)  # fmt: skip
def test_folders_that_git_tracks_are_refused_by_build_and_check(
    digest: Digest,
    capsys: pytest.CaptureFixture[str],
    setting: str | None,
    path: str,
    linked: bool,
) -> None:
    if setting:
        digest.set(setting, path)
    digest.build()
    git(digest, "init", "-q")
    git(digest, "add", "content", "pelicanconf.py")
    digest.build()
    assert "tracked" not in digest.command("check").out
    if linked:
        (digest.folder / path).rename(digest.folder / "elsewhere")
        (digest.folder / path).symlink_to(digest.folder / "elsewhere")
    git(digest, "add", "-f", path)
    name = Path(path).name
    assert f"git rm -r --cached {name}" in refused(digest, capsys)
    made = digest.command("check")
    assert made.code == 1
    [line] = [one for one in made.out.splitlines() if one.endswith("[tracked]")]
    assert line.startswith(f"{path}: error: git tracks")


def test_an_edit_s_own_files_that_git_tracks_are_refused(digest: Digest) -> None:
    git(digest, "init", "-q")
    digest.write("content/.staging/0.new", "x")
    git(digest, "add", "-f", "content/.staging")
    built = digest.command("build")
    assert built.code == 1
    assert "git rm -r --cached .staging" in built.err
    made = digest.command("check")
    [line] = [one for one in made.out.splitlines() if one.endswith("[tracked]")]
    assert line.startswith("content/.staging: error: git tracks")


def test_a_submodule_may_hold_the_site(digest: Digest) -> None:
    digest.build()
    git(digest, "init", "-q")
    for command in (["init", "-q"], ["config", "user.email", "a@b.example"],
                    ["config", "user.name", "A"], ["add", "index.html"],
                    ["commit", "-q", "-m", "One"]):  # fmt: skip
        git(digest, "-C", "output", *command)
    git(digest, "add", "output")
    digest.build()


def test_a_submodule_may_not_hold_the_cache(
    digest: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    digest.build()
    git(digest, "init", "-q")
    for command in (["init", "-q"], ["config", "user.email", "a@b.example"],
                    ["config", "user.name", "A"], ["add", "-f", "."],
                    ["commit", "-q", "-m", "One"]):  # fmt: skip
        git(digest, "-C", ".broadsheet", *command)
    git(digest, "add", "-f", ".broadsheet")
    assert "git tracks" in refused(digest, capsys)
    assert ".broadsheet: error: git tracks" in digest.command("check").out


def test_a_check_of_changes_names_a_cache_that_git_tracks(digest: Digest) -> None:
    git(digest, "init", "-q")
    git(digest, "add", "content")
    git(digest, "-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qm", "One")
    digest.write(".broadsheet/templates/x", "planted")
    git(digest, "add", "-f", ".broadsheet")
    made = digest.command("check", "--changed", "HEAD")
    assert made.code == 1
    assert ".broadsheet: error: git tracks" in made.out
