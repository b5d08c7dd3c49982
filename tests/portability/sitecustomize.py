"""Makes a Python on POSIX lack what Windows lacks, for processes with this folder on their path."""

from __future__ import annotations

import importlib
import importlib.abc
import os
import select
import signal
import sys

# Textual's; it chooses what it asks of the system by its name, which stays that of POSIX.
importlib.import_module("platformdirs")

_MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"}
_OF_OS = (
    "fork", "forkpty", "fchmod", "fchown", "chown", "getuid", "geteuid", "getgid", "getegid",
    "sched_getaffinity", "sync", "statvfs", "mkfifo", "register_at_fork", "getpgid", "setsid",
    "killpg", "O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "O_DIRECTORY", "O_SYNC",
)  # fmt: skip


class _Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name in _MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


_open = os.open


def _no_folders(path, *args, dir_fd=None, **values):  # type: ignore[no-untyped-def]
    if dir_fd is not None:
        raise NotImplementedError("dir_fd unavailable on this platform")
    if os.path.isdir(path):  # noqa: PTH112
        raise PermissionError(13, "Permission denied", os.fspath(path))
    return _open(path, *args, **values)


sys.meta_path.insert(0, _Absent())
for _name in _MODULES:
    sys.modules.pop(_name, None)
for _module, _names in (
    (os, _OF_OS),
    (select, ("poll", "epoll", "kqueue")),
    (signal, ("SIGALRM", "SIGHUP", "SIGQUIT", "alarm", "pause")),
):
    for _name in _names:
        if hasattr(_module, _name):
            delattr(_module, _name)
os.open = _no_folders
