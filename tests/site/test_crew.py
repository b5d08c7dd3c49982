"""Work is shared out to processes, and nothing of it is lost when one fails."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from broadsheet.errors import SiteError
from broadsheet.site.crew import share_out
from broadsheet.site.writer import Writer
from tests.digests import Digest, numbers


def test_every_job_is_done_once_whoever_does_it() -> None:
    done = dict(share_out(range(100), lambda job: job * job, 3))
    assert done == {job: job * job for job in range(100)}


def test_more_than_one_process_works_and_not_the_one_that_asks() -> None:
    def work(_: int) -> int:
        time.sleep(0.01)
        return os.getpid()

    workers = {pid for _, pid in share_out(range(20), work, 2)}
    assert len(workers) == 2
    assert os.getpid() not in workers


def test_neighbouring_jobs_stay_with_one_process() -> None:
    def work(_: int) -> int:
        time.sleep(0.005)
        return os.getpid()

    by = dict(share_out(range(40), work, 2))
    assert by[0] == by[1] == by[5]
    assert by[20] == by[21] == by[25]
    assert by[0] != by[20]


def test_an_idle_process_helps_the_others() -> None:
    def work(job: int) -> int:
        time.sleep(0.05 if job < 10 else 0)
        return os.getpid()

    by = dict(share_out(range(20), work, 2))
    assert len({by[job] for job in range(10)}) == 2


def test_a_problem_is_told_as_where_it_arose() -> None:
    def work(job: int) -> int:
        if job == 7:
            raise SiteError("found 7; expected another", file="seven.html", line=7)
        return job

    with pytest.raises(SiteError, match=r"^seven.html:7: found 7; expected another$"):
        list(share_out(range(20), work, 2))


def test_a_process_that_dies_is_noticed() -> None:
    def work(job: int) -> int:
        if job == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return job

    with pytest.raises(SiteError, match="ended too soon"):
        list(share_out(range(10), work, 2))


@pytest.fixture
def shared(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> Digest:
    """A digest so small that it takes a nudge to have it built by two processes."""
    monkeypatch.setattr("broadsheet.site.writer._WORTH_SHARING", 0)
    digest.set("BROADSHEET_JOBS", 2)
    return digest


def test_two_processes_build_the_same_site_as_one(shared: Digest, tmp_path: Path) -> None:
    first = numbers(shared.build())
    assert first["written"] == len(shared.files())
    assert numbers(shared.build())["written"] == 0
    two = shared.files()
    shared.set("BROADSHEET_JOBS", 1)
    assert two == shared.fresh(tmp_path)


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


@pytest.mark.parametrize("jobs", [0, "two", True])
def test_a_count_of_processes_that_is_none_is_told(
    digest: Digest, capsys: pytest.CaptureFixture[str], jobs: object
) -> None:
    digest.set("BROADSHEET_JOBS", jobs)
    with pytest.raises(SystemExit):
        digest.build()
    assert f"BROADSHEET_JOBS = {jobs!r}: expected a count" in capsys.readouterr().err
