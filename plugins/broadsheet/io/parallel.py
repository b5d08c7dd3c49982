"""Work shared out to several processes, and work that another process does meanwhile.

Rendering is nearly all of a first build and is Python through and through, which one process does
on one core. So it forks: each process has all that was read, takes a stretch of the jobs, and helps
out with the longest stretch when its own is done. Neighbouring jobs (the days of a month) stay
together where what one has read the next one needs; else each process takes the next job of all.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from ..errors import BroadsheetError, SiteError

MOST = 4  # processes, however many cores there are: the disk takes no more

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def cores() -> int:
    """How many processes this machine has room for, `MOST` at most; 1 where it can't fork."""
    if not hasattr(os, "fork"):
        return 1
    available = getattr(os, "sched_getaffinity", None)
    return min(MOST, len(available(0)) if available else os.cpu_count() or 1)


def in_background(work: Callable[[], _Result]) -> Callable[[], _Result]:
    """Have another process do some work while this one goes on; gives what waits for its result
    and returns it. Where the other process fails, this one does the work, and meets what went
    wrong. The result is pickled."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def do() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began this is told, and ends it
        ours.close()
        try:
            found = work()
        except Exception:
            os._exit(1)  # who began this meets the same
        theirs.send(found)

    process = context.Process(target=do, daemon=True)
    process.start()
    theirs.close()

    def result() -> _Result:
        try:
            found: _Result = ours.recv()
        except EOFError:
            found = work()
        finally:
            ours.close()
            process.join()
        return found

    return result


def map_jobs(
    jobs: Sequence[_Job],
    work: Callable[[_Job], _Result],
    processes: int,
    *,
    together: bool = True,
) -> Iterator[tuple[_Job, _Result]]:
    """Do jobs in so many forked processes; gives each with its result, as they are done.

    Neighbours stay `together`, or all jobs are begun in their order: the longest first, best.
    Results are pickled. The first BroadsheetError of a job ends it all, and so does the caller's
    going away: every process then ends after the job in hand. Raises SiteError where a process
    dies, as one does that runs out of memory.
    """
    count = min(processes, len(jobs))
    stretches = (
        [deque(range(len(jobs) * n // count, len(jobs) * (n + 1) // count)) for n in range(count)]
        if together
        else [deque(range(len(jobs)))] * count
    )
    gc.freeze()  # a collection would copy every page that the processes share
    ends: list[Connection] = []
    started = []
    try:
        context = multiprocessing.get_context("fork")
        for _ in range(count):
            ours, theirs = context.Pipe()
            ends.append(ours)
            process = context.Process(
                target=_serve, args=(theirs, tuple(ends), jobs, work), daemon=True
            )
            process.start()
            started.append(process)
            theirs.close()
        for own, end in enumerate(ends):
            end.send(stretches[own].popleft())
        waiting = dict(zip(ends, range(count), strict=True))
        while waiting:
            ready = wait(list(waiting))
            for end in [one for one in waiting if one in ready]:
                own = waiting[end]
                done, result = _received(end)
                left = stretches[own] or max(stretches, key=len)
                if left:
                    end.send(left.popleft() if left is stretches[own] else left.pop())
                else:
                    del waiting[end]
                yield jobs[done], result
    finally:
        for end in ends:
            end.close()
        for process in started:
            process.join()
        gc.unfreeze()


def _received(end: Connection) -> tuple[int, Any]:
    try:
        done, result = end.recv()
    except EOFError:
        raise SiteError(
            "a process that rendered pages ended too soon; expected it to finish "
            "(is there memory enough? --jobs 1 needs the least)"
        ) from None
    if isinstance(result, BroadsheetError):
        raise result
    return done, result


def _serve(
    end: Connection,
    others: tuple[Connection, ...],
    jobs: Sequence[Any],
    work: Callable[[Any], Any],
) -> None:
    """A process: does the jobs that it is sent, until there is nobody to send any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began this is told, and ends it
    for other in others:
        other.close()  # or nobody would notice that the one who began this is gone
    while True:
        try:
            job = end.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            result = work(jobs[job])
        except BroadsheetError as error:
            result = error
        try:
            end.send((job, result))
        except (BrokenPipeError, ConnectionResetError):
            return


@contextmanager
def relaxed_gc() -> Iterator[None]:
    """Look for cycles a hundred times less often."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
