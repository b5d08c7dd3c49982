"""The process that shows a site: its HTTP server, and the eyes kept on its files.

It is a process of its own because a server has threads: beside them the one that builds could
not share its work out by forking (`site/crew.py`). The two talk over a pipe: first this one says at
which port it listens, or why it can't; then it says whenever a file has changed, and is told which
files of the site are written, as they are, and when a build is done.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from ..errors import SiteError

_CHANGED = "changed"
_ANY = ""  # in the place of a file: a whole build
_STEP = 10  # milliseconds without a change, and what changed is told
_MOST = 200  # milliseconds that changes are gathered at most
_PATIENCE = 5  # seconds for the process to end

_EVENTS = "/__serve/events"
_SCRIPT = "/__serve/reload.js"
_TAG = f'<script src="{_SCRIPT}" defer></script></body>'.encode()
_RELOAD = (
    f"new EventSource('{_EVENTS}?page=' + encodeURIComponent(location.pathname))"
    ".addEventListener('built', () => location.reload());\n"
).encode()


class Shown:
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
        server = ThreadingHTTPServer(
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


class _Handler(SimpleHTTPRequestHandler):
    """Serves the output folder; pages get a script that shows them anew once they are written."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, builds: _Builds, **values: Any) -> None:
        self._builds = builds
        super().__init__(*args, **values)

    def do_GET(self) -> None:
        """Serve a file, the script, or the stream that tells of writings."""
        path = self.path.split("?")[0]
        if path == _EVENTS:
            self._stream()
        elif path == _SCRIPT:
            self._send(200, "text/javascript", _RELOAD)
        else:
            self._file(path)

    def _file(self, path: str) -> None:
        file = Path(self.translate_path(path))
        if file.is_dir() and not path.endswith("/"):
            super().do_GET()  # redirects to the address with a slash
            return
        if file.is_dir():
            file /= "index.html"
        status = 200
        if not file.is_file():
            file, status = Path(self.directory) / "404.html", 404
        try:
            data = file.read_bytes()
        except OSError:
            self.send_error(404)
            return
        kind = self.guess_type(str(file))
        if kind == "text/html":
            data = data.replace(b"</body>", _TAG)
            kind = "text/html; charset=utf-8"
        self._send(status, kind, data)

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
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
        try:
            while True:
                newest = self._builds.wait(file, seen, 15)
                self.wfile.write(
                    b"event: built\ndata: .\n\n" if newest > seen else b": waiting\n\n"
                )
                self.wfile.flush()
                seen = newest
        except (BrokenPipeError, ConnectionResetError):
            return

    def _asked(self) -> str:
        """The file of the page that asks to be told of; a whole build where it doesn't say."""
        asked = parse_qs(urlsplit(self.path).query).get("page")
        if not asked:
            return _ANY
        path = unquote(asked[0]).removeprefix("/")
        return path if path and not path.endswith("/") else f"{path}index.html"

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: what is worth telling are builds."""
