"""Processes: work mapped over several, work in the background, and the garbage collector left out.

Rendering takes nearly all of a first build and is pure Python, which one process runs on one core.
So jobs are mapped over forked processes, which share all that was read. Each takes a stretch of the
jobs, and helps with the longest stretch once its own is done: neighbouring jobs (the days of a
month) stay together where one reads what the next needs. Otherwise each process takes the next job.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import BroadsheetError, SiteError

if TYPE_CHECKING:
    # Imported where a process is started: most commands start none.
    from multiprocessing.connection import Connection

FORKS = hasattr(os, "fork")
"""Whether this system forks processes; else all work is done in this one."""

MOST = 4  # processes, however many cores there are: the disk allows no more

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def cores() -> int:
    """Return how many processes may run at once: the available cores, at most `MOST`; 1 on a
    system without fork."""
    if not FORKS:
        return 1
    available = getattr(os, "sched_getaffinity", None)
    return min(MOST, len(available(0)) if available else os.cpu_count() or 1)


def in_background(work: Callable[[], _Result]) -> Callable[[], _Result]:
    """Start some work in a forked process; return a function that waits for its result (pickled).
    If the other process fails, that function does the work itself, and raises what it raises; so
    it does on a system without fork."""
    if not FORKS:
        return work
    import multiprocessing

    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def do() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles it, and ends this process
        ours.close()
        try:
            result = work()
        except Exception:
            os._exit(1)  # the parent repeats the work
        theirs.send(result)

    process = context.Process(target=do, daemon=True)
    process.start()
    theirs.close()

    def wait_for_result() -> _Result:
        try:
            result: _Result = ours.recv()
        except EOFError:
            result = work()
        finally:
            ours.close()
            process.join()
        return result

    return wait_for_result


def map_jobs(
    jobs: Sequence[_Job],
    work: Callable[[_Job], _Result],
    processes: int,
    *,
    together: bool = True,
) -> Iterator[tuple[_Job, _Result]]:
    """Run jobs in several forked processes; yield each job with its result (pickled), as they
    finish. On a system without fork they run here, in their order.

    With `together` neighbouring jobs run in one process; without it jobs start in their order, so
    the longest should come first. The first BroadsheetError of a job ends all, and so does closing
    the generator: each process then stops after its current job. Raises SiteError if a process
    dies, as one does that runs out of memory.
    """
    if not FORKS:
        yield from ((job, work(job)) for job in jobs)
        return
    import multiprocessing
    from multiprocessing.connection import wait

    count = min(processes, len(jobs))
    stretches = (
        [deque(range(len(jobs) * n // count, len(jobs) * (n + 1) // count)) for n in range(count)]
        if together
        else [deque(range(len(jobs)))] * count
    )
    gc.freeze()  # a collection would copy every memory page that the processes share
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
            for end in [end for end in waiting if end in ready]:
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
    if isinstance(result, Exception):
        raise result
    return done, result


def _as_sent(error: Exception) -> Exception:
    """Return an exception that is a bug's as another process can have it: with where it arose."""
    import pickle
    import traceback

    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # of our own making
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _serve(
    end: Connection,
    others: tuple[Connection, ...],
    jobs: Sequence[Any],
    work: Callable[[Any], Any],
) -> None:
    """Run the jobs that are sent, in a forked process, until the sender closes the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles it, and ends this process
    for other in others:
        other.close()  # else the connection would stay open after the parent died
    while True:
        try:
            job = end.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            result = work(jobs[job])
        except BroadsheetError as error:
            result = error
        except Exception as error:
            result = _as_sent(error)
        try:
            end.send((job, result))
        except (BrokenPipeError, ConnectionResetError):
            return


@contextmanager
def relaxed_gc() -> Iterator[None]:
    """Leave the garbage collector out while a command runs, in the processes that it forks, too:
    cyclic collection cost up to 10% of the time and found nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            # All that was made counts as old then; as young, the very next object would have the
            # collector look at all of it.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
