"""The process that shows a site: its HTTP server, and the eyes kept on its files.

It is a process of its own because a server has threads: beside them the one that builds could
not share its work out by forking (`site/crew.py`). The two talk over a pipe: first this one says at
which port it listens, or why it can't; then it says whenever a file has changed, and is told which
files of the site are written, as they are, and when a build is done.
"""

from __future__ import annotations

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
_ANY = ""  # in the place of a file: a whole build
_STEP = 10  # milliseconds without a change, and what changed is told
_MOST = 200  # milliseconds that changes are gathered at most
_PATIENCE = 5  # seconds for the process to end

_EVENTS = "/__serve/events"
_SCRIPT = "/__serve/reload.js"
_ELSEWHERE = b"This site is shown to this machine alone: open it by localhost or 127.0.0.1.\n"
_TAG = f'<script src="{_SCRIPT}" defer></script></body>'.encode()
_RELOAD = (
    f"new EventSource('{_EVENTS}?page=' + encodeURIComponent(location.pathname))"
    ".addEventListener('built', () => location.reload());\n"
).encode()


def is_here(host: str) -> bool:
    """Whether a Host header names this machine: localhost or a loopback address, at any port (a
    port may be forwarded).

    A page of a stranger's site could have its own name lead here, and read what is shown; the
    name in the header is then still the stranger's.
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
    """A site that is shown at a port of this machine, by a process of its own.

    Raises SiteError where the port can't be had. `watched` are files and folders.
    """

    def __init__(self, output: Path, port: int, watched: Sequence[Path]) -> None:
        # Started anew rather than forked: where files are watched by the system's own libraries,
        # as on macOS, these bear no fork.
        context = multiprocessing.get_context("spawn")
        self._end, theirs = context.Pipe()
        self._process = context.Process(
            target=_show, args=(theirs, output, port, watched), daemon=True
        )
        self._process.start()
        theirs.close()
        found = self._received()
        if isinstance(found, str):
            self.close()
            raise SiteError(
                f"port {port} can't be had: {found}; expected a free one (choose with --port)"
            )
        self.port: int = found

    def changes(self) -> Iterator[None]:
        """Waits for files to change; gives all that has changed meanwhile as one. Raises SiteError
        where the process is gone."""
        while True:
            self._received()
            while self._end.poll():
                self._received()
            yield

    def wrote(self, paths: Sequence[str]) -> None:
        """Have open pages of these files shown anew."""
        with suppress(OSError):  # `changes` will say that the process is gone
            self._end.send(paths)

    def begin(self) -> None:
        """Show the site: there is something to show."""
        self.wrote(())

    def built(self) -> None:
        """A build is done."""
        self.wrote((_ANY,))

    def close(self) -> None:
        """End the process."""
        self._end.close()
        self._process.join(_PATIENCE)
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
            "the process that shows the site has ended; expected it to run until Ctrl-C "
            "(start `broadsheet serve` again)"
        )


def _show(end: Connection, output: Path, port: int, watched: Sequence[Path]) -> None:
    """The process: shows and watches until there is nobody at the pipe's other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began this is told, and ends it
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
    """What watches folders with all that is in them, and what watches files. A file is watched by
    way of its folder: many editors put a new file in its place, and the system would go on
    watching the old one."""
    files = [path for path in watched if path.is_file()]
    folders = [path for path in watched if path.is_dir()]
    lock = threading.Lock()

    def tell() -> None:
        with lock:
            end.send(_CHANGED)

    made = [threading.Thread(target=_watch, args=(tell, folders, ended))]
    if files:
        made.append(threading.Thread(target=_watch, args=(tell, [], ended, files)))
    return made


def _watch(
    tell: Callable[[], None],
    folders: Sequence[Path],
    ended: threading.Event,
    files: Sequence[Path] = (),
) -> None:
    from watchfiles import DefaultFilter, watch

    names = {str(path.absolute()) for path in files}
    usual = DefaultFilter()
    changes = watch(
        *(sorted({path.absolute().parent for path in files}) or folders),
        watch_filter=(lambda _, path: path in names) if files else usual,
        recursive=not files,
        step=_STEP,
        debounce=_MOST,
        stop_event=ended,
    )
    with suppress(OSError):  # nobody to tell: the process is about to end
        for _ in changes:
            tell()


class _Builds:
    """Knows which files were written last, and lets waiting pages know."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0
        self._last: dict[str, int] = {}  # the number of the last writing, by file

    def wrote(self, paths: Sequence[str]) -> None:
        """Files have been written."""
        with self._condition:
            self._count += 1
            self._last.update(dict.fromkeys(paths, self._count))
            self._condition.notify_all()

    def last(self, path: str) -> int:
        """The number of a file's last writing; 0 where it is as it was when all began."""
        return self._last.get(path, 0)

    def wait(self, path: str, seen: int, seconds: float) -> int:
        """Wait for a file's writing after the one numbered `seen`, at most so long; gives the
        last."""
        with self._condition:
            self._condition.wait_for(lambda: self.last(path) > seen, seconds)
            return self.last(path)


class _Server(ThreadingHTTPServer):
    """Says nothing where a browser hangs up, as browsers do all the time."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let go of whoever has gone; what else fails is a bug, and keeps its traceback."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    """Serves the output folder, and nothing outside it; pages get a script that shows them anew
    once they are written."""

    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds without a word, and a connection is let go

    def __init__(self, *args: Any, builds: _Builds, **values: Any) -> None:
        self._builds = builds
        super().__init__(*args, **values)

    def do_GET(self) -> None:
        """Serve a file, the script, or the stream that tells of writings."""
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
        """The same without a body."""
        if self.path.split("?")[0] == _EVENTS:
            self._send(405, "text/plain", b"")
        else:
            self.do_GET()

    def _file(self, path: str) -> None:
        root = Path(self.directory).resolve()
        file = self._inside(root, self.translate_path(path))
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                # The path anew, from the root: "//host" would lead to another.
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
        """A path with all links followed; None where it leads outside or to nothing."""
        try:
            found = Path(path).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):  # missing, too long, a NUL, links in a circle
            return None
        return found if found == root or root in found.parents else None

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
        while True:  # until the page is gone, which the server hears of
            newest = self._builds.wait(file, seen, 15)
            self.wfile.write(b"event: built\ndata: .\n\n" if newest > seen else b": waiting\n\n")
            self.wfile.flush()
            seen = newest

    def _asked(self) -> str:
        """The file of the page that asks to be told of; a whole build where it doesn't say."""
        asked = parse_qs(urlsplit(self.path).query).get("page")
        if not asked:
            return _ANY
        path = unquote(asked[0]).removeprefix("/")
        return path if path and not path.endswith("/") else f"{path}index.html"

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: what is worth telling are builds."""
