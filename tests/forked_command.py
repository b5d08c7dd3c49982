"""`broadsheet` as a process that starts at once: a fork of the tests' own, where all is imported
already. For tests of what calls it; how it starts by itself has tests of its own (`test_wheel.py`,
`cli/test_start_up.py`, `end_to_end`)."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from broadsheet.cli import main

_CLIENT = """#!{python} -ISE
import json, os, socket, sys
line = socket.socket(socket.AF_UNIX)
line.connect({address!r})
asked = {{"args": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}}
with line.makefile("rw") as lines:
    socket.send_fds(line, [b"+"], [0, 1, 2])
    lines.write(json.dumps(asked) + "\\n")
    lines.flush()
    sys.exit(int(lines.readline()))
"""

Arguments = Callable[[list[str]], list[str]]


@contextlib.contextmanager
def forked_command(script: Path, arguments: Arguments) -> Iterator[None]:
    """Have a script at a path that runs `broadsheet`, with what `arguments` makes of its own
    arguments in the environment of the caller."""
    # The names of sockets must be short.
    with socket.socket(socket.AF_UNIX) as server, tempfile.TemporaryDirectory() as folder:
        address = f"{folder}/line"
        server.bind(address)
        server.listen()
        script.write_text(_CLIENT.format(python=sys.executable, address=address))
        script.chmod(0o755)
        threading.Thread(target=_serve, args=(server, arguments), daemon=True).start()
        yield
        server.shutdown(socket.SHUT_RDWR)


def _serve(server: socket.socket, arguments: Arguments) -> None:
    while True:
        try:
            line, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(line, arguments), daemon=True).start()


def _answer(line: socket.socket, arguments: Arguments) -> None:
    with line:
        _, files, _, _ = socket.recv_fds(line, 1, 3)
        with line.makefile("rw") as lines:
            asked = json.loads(lines.readline())
            child = os.fork()
            if not child:
                _become(files, asked, arguments)
            for file in files:
                os.close(file)
            _, status = os.waitpid(child, 0)
            lines.write(f"{os.waitstatus_to_exitcode(status)}\n")


def _become(files: list[int], asked: dict[str, object], arguments: Arguments) -> None:
    """Be the command: run it, and end the process."""
    code = 70
    try:
        for number, file in enumerate(files):
            os.dup2(file, number)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
        os.chdir(str(asked["folder"]))
        environment = asked["environment"]
        assert isinstance(environment, dict)
        os.environ.clear()
        os.environ.update(environment)
        os.environ.setdefault("no_proxy", "127.0.0.1")  # macOS's own settings stand no fork
        given = asked["args"]
        assert isinstance(given, list)
        sys.argv = ["broadsheet", *given]
        try:
            main(arguments(given))
            code = 0
        except SystemExit as end:
            if isinstance(end.code, str):
                print(end.code, file=sys.stderr)
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
