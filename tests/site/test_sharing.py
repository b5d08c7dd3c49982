"""A build that several processes share is the same build."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from broadsheet.incremental.writer import Writer
from tests.digests import Digest, numbers


@pytest.fixture
def shared(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> Digest:
    """A digest so small that it takes a nudge to have it built by two processes."""
    monkeypatch.setattr("broadsheet.incremental.writer._WORTH_SHARING", 0)
    digest.set("BROADSHEET_JOBS", 2)
    return digest


def test_two_processes_build_the_same_site_as_one(shared: Digest, tmp_path: Path) -> None:
    first = numbers(shared.build())
    assert first["written"] == len(shared.files())
    assert numbers(shared.build())["written"] == 0
    two = shared.files()
    shared.set("BROADSHEET_JOBS", 1)
    assert two == shared.fresh(tmp_path)


@pytest.mark.slow
def test_a_build_by_two_that_ends_half_way_is_completed_by_the_next(
    shared: Digest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.build()
    old = shared.files()
    shared.set("SITENAME", "Renamed")
    new = shared.fresh(tmp_path)
    write = Writer._write

    def dying(self: Writer, file: object) -> None:
        if "tags/" in file.path:  # type: ignore[attr-defined]
            os.kill(os.getpid(), signal.SIGKILL)
        write(self, file)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Writer, "_write", dying)
        with pytest.raises(SystemExit):
            shared.build()
    half = shared.files()
    assert half not in (old, new)
    for path, data in half.items():
        assert data in (old.get(path), new.get(path)), path
    shared.build()
    assert shared.files() == new


def test_two_pages_with_one_address_are_refused_whoever_renders_them(
    shared: Digest, capsys: pytest.CaptureFixture[str]
) -> None:
    shared.write("content/pages/archive.md", "Title: Archive\n\nMine.\n")
    with pytest.raises(SystemExit) as exit_:
        shared.build()
    assert exit_.value.code == 1
    assert "two pages" in capsys.readouterr().err


@pytest.mark.parametrize("processes", [1, 2])
def test_the_next_build_mends_what_a_refused_one_wrote(
    shared: Digest, processes: int, capsys: pytest.CaptureFixture[str]
) -> None:
    shared.set("BROADSHEET_JOBS", processes)
    shared.build()
    whole = shared.whole()
    for slug in ("archive", "trending", "search"):
        shared.write("content/pages/mine.md", f"Title: Mine\nSlug: {slug}\n\nMine.\n")
        with pytest.raises(SystemExit):
            shared.build()
        assert f"{slug}/index.html: two pages" in capsys.readouterr().err
        (shared.folder / "content/pages/mine.md").unlink()
        shared.build()
        assert shared.whole() == whole


@pytest.mark.parametrize("jobs", [0, "two", True])
def test_a_count_of_processes_that_is_none_is_told(
    digest: Digest, capsys: pytest.CaptureFixture[str], jobs: object
) -> None:
    digest.set("BROADSHEET_JOBS", jobs)
    with pytest.raises(SystemExit):
        digest.build()
    assert f"BROADSHEET_JOBS = {jobs!r}: expected a count" in capsys.readouterr().err
