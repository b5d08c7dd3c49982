"""Work is shared out to processes, and nothing of it is lost when one fails."""

from __future__ import annotations

import gc
import os
import signal
import time

import pytest

from broadsheet.errors import SiteError
from broadsheet.io.parallel import in_background, map_jobs, relaxed_gc


def test_every_job_is_done_once_whoever_does_it() -> None:
    done = dict(map_jobs(range(100), lambda job: job * job, 3))
    assert done == {job: job * job for job in range(100)}


def test_more_than_one_process_works_and_not_the_one_that_asks() -> None:
    def work(_: int) -> int:
        time.sleep(0.01)
        return os.getpid()

    workers = {pid for _, pid in map_jobs(range(20), work, 2)}
    assert len(workers) == 2
    assert os.getpid() not in workers


def test_neighbouring_jobs_stay_with_one_process() -> None:
    def work(_: int) -> int:
        time.sleep(0.005)
        return os.getpid()

    by = dict(map_jobs(range(40), work, 2))
    assert by[0] == by[1] == by[5]
    assert by[20] == by[21] == by[25]
    assert by[0] != by[20]


def test_an_idle_process_helps_the_others() -> None:
    def work(job: int) -> int:
        time.sleep(0.05 if job < 10 else 0)
        return os.getpid()

    by = dict(map_jobs(range(20), work, 2))
    assert len({by[job] for job in range(10)}) == 2


def test_a_problem_is_told_as_where_it_arose() -> None:
    def work(job: int) -> int:
        if job == 7:
            raise SiteError("found 7; expected another", file="seven.html", line=7)
        return job

    with pytest.raises(SiteError, match=r"^seven.html:7: found 7; expected another$"):
        list(map_jobs(range(20), work, 2))


def test_a_process_that_dies_is_noticed() -> None:
    def work(job: int) -> int:
        if job == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return job

    with pytest.raises(SiteError, match="ended too soon"):
        list(map_jobs(range(10), work, 2))


def test_another_process_works_meanwhile() -> None:
    result = in_background(os.getpid)
    assert result() != os.getpid()


def test_work_that_no_other_process_could_do_is_done_here() -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os._exit(3)
        return "done"

    assert in_background(work)() == "done"


def test_what_a_command_made_is_not_looked_at_when_it_is_done() -> None:
    assert gc.isenabled()
    with relaxed_gc():
        made = [[number] for number in range(50_000)]
        before = [of["collections"] for of in gc.get_stats()]
    assert gc.isenabled()
    more = [[number] for number in range(100)]
    assert [of["collections"] for of in gc.get_stats()] == before
    assert gc.get_freeze_count() == 0
    assert len(made) > len(more)
