"""The development server: a process that serves the site over HTTP and watches files.

It is a separate process because a server has threads, and a process with threads can't fork, as the
build does (`io.parallel`). The two talk over a pipe: the server first sends its port, or why it
can't listen, and then a message whenever a file has changed; it receives the paths of files as they
are written, and a message when a build is done.
"""

from __future__ import annotations

import errno
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from ..errors import SiteError

_CHANGED = "changed"
_WHOLE_BUILD = ""  # sent in place of a file
_QUIET_MS = 10  # milliseconds without a change, after which changes are reported
_MOST_MS = 200  # milliseconds that changes are gathered at most
_JOIN_SECONDS = 5  # for the process to end
_GONE = {errno.ENOTCONN, errno.EINVAL, errno.ESHUTDOWN}  # of a socket whose browser has hung up

_EVENTS = "/__serve/events"
_SCRIPT = "/__serve/reload.js"
_ELSEWHERE = b"This site is shown to this machine alone: open it by localhost or 127.0.0.1.\n"
_TAG = f'<script src="{_SCRIPT}" defer></script></body>'.encode()
_RELOAD = (
    f"new EventSource('{_EVENTS}?page=' + encodeURIComponent(location.pathname))"
    ".addEventListener('built', () => location.reload());\n"
).encode()


def is_here(host: str) -> bool:
    """Return whether a Host header names this machine: localhost or a loopback address, at any port
    (ports may be forwarded).

    This prevents DNS rebinding: another site's name may resolve to this machine, and its pages
    could then read what is served here, but the header still has that name.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        port = urlsplit(f"//{host}").port
    except ValueError:
        return False
    if "@" in host or (port is None and host.endswith(":")):
        return False
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class DevServer:
    """Serves a site at a port of this machine, by a separate process, and watches files and folders
    (`watched`). Raises SiteError if the port is already in use, or may not be listened on.
    """

    def __init__(self, output: Path, port: int, watched: Sequence[Path]) -> None:
        # Spawned rather than forked: the system's libraries that watch files on macOS don't survive
        # a fork.
        context = multiprocessing.get_context("spawn")
        self._end, theirs = context.Pipe()
        self._process = context.Process(
            target=_show, args=(theirs, output, port, watched), daemon=True
        )
        self._process.start()
        theirs.close()
        answer = self._received()
        if isinstance(answer, str):
            self.close()
            raise SiteError(
                f"port {port} is not available: {answer}; expected a free one (choose with --port)"
            )
        self.port: int = answer

    def changes(self) -> Iterator[None]:
        """Wait for files to change, and yield once for all changes so far. Raises SiteError if the
        process has ended."""
        while True:
            self._received()
            while self._end.poll():
                self._received()
            yield

    def wrote(self, paths: Sequence[str]) -> None:
        """Reload the open pages of these files."""
        with suppress(OSError):  # `changes` reports that the process has ended
            self._end.send(paths)

    def begin(self) -> None:
        """Start to serve the site."""
        self.wrote(())

    def built(self) -> None:
        """Report that a build is done."""
        self.wrote((_WHOLE_BUILD,))

    def close(self) -> None:
        """End the process."""
        self._end.close()
        self._process.join(_JOIN_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _received(self) -> Any:
        try:
            return self._end.recv()
        except (EOFError, OSError):
            raise self._gone() from None

    def _gone(self) -> SiteError:
        return SiteError(
            "the process that serves the site has ended; expected it to run until Ctrl-C "
            "(start `broadsheet serve` again)"
        )


def _show(end: Connection, output: Path, port: int, watched: Sequence[Path]) -> None:
    """Run the process: serve and watch until the pipe's other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C, and ends this
    builds = _Builds()
    try:
        server = _Server(
            ("127.0.0.1", port), partial(_Handler, directory=str(output), builds=builds)
        )
    except OSError as error:
        end.send(error.strerror or str(error))
        return
    end.send(server.server_port)
    ended = threading.Event()
    watchers = _watchers(end, watched, ended)
    for watcher in watchers:
        watcher.start()
    try:
        with suppress(EOFError, OSError):
            while paths := end.recv():
                builds.wrote(paths)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            while True:
                builds.wrote(end.recv())
    finally:
        ended.set()
        for watcher in watchers:
            watcher.join()


def _watchers(
    end: Connection, watched: Sequence[Path], ended: threading.Event
) -> list[threading.Thread]:
    """Return the threads that watch folders, recursively, and files. A file is watched by way of
    its folder: many editors replace the file, and the system would go on watching the old one."""
    files = [path for path in watched if path.is_file()]
    folders = [path for path in watched if path.is_dir()]
    lock = threading.Lock()

    def tell() -> None:
        with lock:
            end.send(_CHANGED)

    threads = [threading.Thread(target=_watch, args=(tell, folders, ended))]
    if files:
        threads.append(threading.Thread(target=_watch, args=(tell, [], ended, files)))
    return threads


def _watch(
    tell: Callable[[], None],
    folders: Sequence[Path],
    ended: threading.Event,
    files: Sequence[Path] = (),
) -> None:
    from watchfiles import DefaultFilter, watch

    names = {str(path.absolute()) for path in files}
    default = DefaultFilter()
    changes = watch(
        *(sorted({path.absolute().parent for path in files}) or folders),
        watch_filter=(lambda _, path: path in names) if files else default,
        recursive=not files,
        step=_QUIET_MS,
        debounce=_MOST_MS,
        stop_event=ended,
    )
    with suppress(OSError):  # the pipe is closed: the process is about to end
        for _ in changes:
            tell()


class _Builds:
    """Counts writings by file, and wakes the pages that wait for one."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0
        self._last: dict[str, int] = {}  # the number of the last writing, by file

    def wrote(self, paths: Sequence[str]) -> None:
        """Count a writing of files."""
        with self._condition:
            self._count += 1
            self._last.update(dict.fromkeys(paths, self._count))
            self._condition.notify_all()

    def last(self, path: str) -> int:
        """Return the number of a file's last writing; 0 if it has not been written since the
        start."""
        return self._last.get(path, 0)

    def wait(self, path: str, seen: int, seconds: float) -> int:
        """Wait, at most so many seconds, for a file's writing after the one numbered `seen`; return
        the number of the last."""
        with self._condition:
            self._condition.wait_for(lambda: self.last(path) > seen, seconds)
            return self.last(path)


class _Server(ThreadingHTTPServer):
    """Stays silent when a browser closes a connection."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore closed connections; anything else is a bug, and keeps its traceback."""
        error = sys.exc_info()[1]
        gone = isinstance(error, OSError) and error.errno in _GONE
        if not gone and not isinstance(error, ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    """Serves the output folder, and nothing outside it; adds to pages a script that reloads them
    once they are written."""

    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds without a request, after which a connection is closed

    def __init__(self, *args: Any, builds: _Builds, **values: Any) -> None:
        self._builds = builds
        super().__init__(*args, **values)

    def do_GET(self) -> None:
        """Serve a file, the script, or the stream of events."""
        path = self.path.split("?")[0].split("#")[0]
        if not all(map(is_here, self.headers.get_all("Host", ()))):
            self._send(403, "text/plain", _ELSEWHERE)
        elif path == _EVENTS:
            self._stream()
        elif path == _SCRIPT:
            self._send(200, "text/javascript", _RELOAD)
        else:
            self._file(path)

    def do_HEAD(self) -> None:
        """Serve the same without a body."""
        if self.path.split("?")[0] == _EVENTS:
            self._send(405, "text/plain", b"")
        else:
            self.do_GET()

    def _file(self, path: str) -> None:
        root = Path(self.directory).resolve()
        file = self._inside(root, self.translate_path(path))
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                # Built from the root again: a path that begins with "//host" would lead there.
                parts = file.relative_to(root).parts
                where = "/" + "".join(f"{quote(part)}/" for part in parts)
                self._send(301, "text/plain", b"", Location=where)
                return
            file = self._inside(root, str(file / "index.html"))
        status = 200
        if file is None or not file.is_file():
            file, status = self._inside(root, str(root / "404.html")), 404
        try:
            data = b"" if file is None else file.read_bytes()
        except OSError:
            data, file = b"", None
        kind = "text/plain" if file is None else self.guess_type(str(file))
        if kind == "text/html":
            data = data.replace(b"</body>", _TAG)
            kind = "text/html; charset=utf-8"
        self._send(404 if file is None else status, kind, data)

    def _inside(self, root: Path, path: str) -> Path | None:
        """Return a path with all links followed; None if it leads outside or nowhere."""
        try:
            resolved = Path(path).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):  # missing, too long, a NUL, links in a circle
            return None
        return resolved if resolved == root or root in resolved.parents else None

    def _send(self, status: int, kind: str, data: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        file = self._asked()
        seen = self._builds.last(file)
        while True:  # until the page is closed, and writing fails
            newest = self._builds.wait(file, seen, 15)
            self.wfile.write(b"event: built\ndata: .\n\n" if newest > seen else b": waiting\n\n")
            self.wfile.flush()
            seen = newest

    def _asked(self) -> str:
        """Return the file of the page that asks; a whole build if it names none."""
        asked = parse_qs(urlsplit(self.path).query).get("page")
        if not asked:
            return _WHOLE_BUILD
        path = unquote(asked[0]).removeprefix("/")
        return path if path and not path.endswith("/") else f"{path}index.html"

    def log_message(self, format: str, *args: Any) -> None:
        """Log no requests: only builds are reported."""
