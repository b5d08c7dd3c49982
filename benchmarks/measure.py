"""Running a command and saying what it took: seconds by the clock and of the processor, and peak
memory of the process with all that it started."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import subprocess
import sysconfig
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {name: os.environ[name] for name in os.environ if name != "PYTHONDONTWRITEBYTECODE"}
"""What commands are run with: an installed package has its bytecode beside it, and without any
each command would compile all modules anew."""

_EVERY = 0.2  # seconds between looks at a command's processes


@dataclass(frozen=True, slots=True)
class Run:
    """A command that ended well: `seconds` by the clock, `memory` (bytes), what it printed, and the
    processor's seconds in user mode (`user`), which other processes hardly touch."""

    seconds: float
    memory: int
    output: str
    user: float = 0.0


class CommandError(Exception):
    """A command that failed; the message holds what it said."""


def interpreter() -> str:
    """The interpreter and how it was built: one without optimisation takes an eighth longer."""
    given = str(sysconfig.get_config_var("CONFIG_ARGS") or "")
    flags = str(sysconfig.get_config_var("PY_CFLAGS") or "")
    how = [
        word
        for word, is_so in (
            ("profile-guided", "--enable-optimizations" in given),
            ("link-time optimised", "--with-lto" in given or "-flto" in flags),
        )
        if is_so
    ]
    level = max(re.findall(r"-O(\d)", flags), default="")
    built = " and ".join(how) or f"{f'only -O{level}' if level else 'as its makers built it'}"
    return f"{platform.python_implementation()} {platform.python_version()} ({built})"


def run(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None
) -> Run:
    """Run a command in a folder, with more of an environment. Raises CommandError where it fails.

    Memory is the kernel's own peak of the largest process, or, where several ran at once, the most
    that they held together (pages that they share counted once), seen five times a second.
    """
    os.sync()  # so that nobody pays for what was written before
    words = [str(word) for word in command]
    with tempfile.TemporaryFile() as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            words,
            cwd=folder,
            env={**ENVIRONMENT, **(environment or {})},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        out.seek(0)
        text = out.read().decode(errors="replace")
    if process.returncode:
        raise CommandError(f"{' '.join(words)} failed in {folder}:\n{text[-2000:]}")
    return Run(seconds, max(usage.ru_maxrss * 1024, watch.most), text, usage.ru_utime)


class _Watch(threading.Thread):
    """Looks at a process and its descendants while there are several (Linux: /proc)."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._ended = threading.Event()
        self.most = 0

    def run(self) -> None:
        while not self._ended.wait(_EVERY):
            family = _family(self._process)
            if len(family) > 1:
                self.most = max(self.most, sum(map(_memory, family)))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(process: int) -> list[int]:
    found = [process]
    for one in found:
        with contextlib.suppress(OSError):  # it ended meanwhile
            for task in Path(f"/proc/{one}/task").iterdir():
                found.extend(map(int, (task / "children").read_text().split()))
    return found


def _memory(process: int) -> int:
    """A process's memory, a page shared by several counted in parts (proc(5), smaps_rollup)."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


@dataclass(frozen=True, slots=True)
class Size:
    """A folder: how many files, and their bytes."""

    files: int
    bytes: int


def size(folder: Path) -> Size:
    """Count a folder's files, those of folders within it included."""
    files = total = 0
    for path, _, names in os.walk(folder):
        files += len(names)
        total += sum(os.lstat(f"{path}/{name}").st_size for name in names)
    return Size(files, total)
