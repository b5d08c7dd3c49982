"""The HTTP server of `broadsheet serve`: the output folder, the events that reload open pages, and,
with an editor, its addresses.

It answers this machine alone. It sends files as they are; only HTML gets a tag at its end.
"""

from __future__ import annotations

import errno
import sys
import threading
from collections.abc import Sequence
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from ..io.files import read_regular

if TYPE_CHECKING:
    from ..editor import Editor, HttpRequest

WHOLE_BUILD = ""
"""Stands for a whole build in place of a file's path."""

_GONE = {errno.ENOTCONN, errno.EINVAL, errno.ESHUTDOWN}  # of a socket whose browser has hung up
_EVENTS = "/__serve/events"
_SCRIPT = "/__serve/reload.js"
_EDITOR = "/__edit/"
_ELSEWHERE = b"This site is shown to this machine alone: open it by localhost or 127.0.0.1.\n"
_TAG = f'<script src="{_SCRIPT}" defer></script></body>'.encode()
# Of pages with controls: no page frames them, and no other host's script runs in them, whatever the
# site's own policy allows.
_POLICY = "script-src 'self'; connect-src 'self'; frame-src 'none'; frame-ancestors 'none'"
_EDITED = {"X-Frame-Options": "DENY", "Content-Security-Policy": _POLICY}
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


class Builds:
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


class SiteServer(ThreadingHTTPServer):
    """Stays silent when a browser closes a connection."""

    daemon_threads = True
    editor: Editor | None = None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore closed connections; anything else is a bug, and keeps its traceback."""
        error = sys.exc_info()[1]
        gone = isinstance(error, OSError) and error.errno in _GONE
        if not gone and not isinstance(error, ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(SimpleHTTPRequestHandler):
    """Serves the output folder, and nothing outside it; adds to pages a script that reloads them
    once they are written."""

    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds without a request, after which a connection is closed

    def __init__(self, *args: Any, builds: Builds, **values: Any) -> None:
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
        elif self._editor is not None and path.startswith(_EDITOR):
            self._edit()
        else:
            self._file(path)

    def do_HEAD(self) -> None:
        """Serve the same without a body."""
        if self.path.split("?")[0].split("#")[0] == _EVENTS:
            self._send(405, "text/plain", b"")
        else:
            self.do_GET()

    def do_POST(self) -> None:
        """Hand a request to the editor, if there is one, with a body of bounded size."""
        if self._editor is None or len(self.headers.get_all("Host", ())) != 1:
            self._refused(405, b"Nothing is posted here.\n")
        elif not is_here(self.headers["Host"]):
            self._refused(403, _ELSEWHERE)
        elif not self.path.startswith(_EDITOR):
            self._refused(405, b"Nothing is posted here.\n")
        else:
            from ..editor import LONGEST

            sizes = self.headers.get_all("Content-Length", [])
            one = len(sizes) == 1 and sizes[0].isascii() and sizes[0].isdigit()
            if not one or "Transfer-Encoding" in self.headers:
                self._refused(411, b"Expected one Content-Length.\n")
            elif len(sizes[0]) > 9 or int(sizes[0]) > LONGEST:
                self._refused(413, f"More than {LONGEST:,} bytes.\n".encode())
            else:
                self._edit(self.rfile.read(int(sizes[0])))

    @property
    def _editor(self) -> Editor | None:
        assert isinstance(self.server, SiteServer)
        return self.server.editor

    def _edit(self, body: bytes = b"") -> None:
        assert self._editor is not None
        answer = self._editor.answer(self._request(body))
        headers = {"X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", **answer.headers}
        self._send(answer.status, answer.kind, answer.body, **headers)

    def _request(self, body: bytes = b"") -> HttpRequest:
        from ..editor import HttpRequest

        parts = self.path.removeprefix(_EDITOR).split("#")[0].partition("?")
        names = {name.lower() for name in self.headers}
        return HttpRequest(
            method=self.command,
            path=parts[0],
            query=parts[2],
            headers={name: tuple(self.headers.get_all(name, ())) for name in names},
            body=body,
        )

    def _refused(self, status: int, reason: bytes) -> None:
        """Refuse a request whose body is not read; nothing more is read of this connection."""
        self.close_connection = True
        self._send(status, "text/plain", reason, Connection="close")

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
            data = b"" if file is None else read_regular(file)
        except OSError:
            data, file = b"", None
        kind = "text/plain" if file is None else self.guess_type(str(file))
        if kind == "text/html":
            added = self._editor.added(self._request()).encode() if self._editor else b""
            data = data.replace(b"</body>", added + b"</body>" if added else _TAG)
            kind = "text/html; charset=utf-8"
        headers = _EDITED if self._editor else {}
        self._send(404 if file is None else status, kind, data, **headers)

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
            return WHOLE_BUILD
        path = unquote(asked[0]).removeprefix("/")
        return path if path and not path.endswith("/") else f"{path}index.html"

    def log_message(self, format: str, *args: Any) -> None:
        """Log no requests: only builds are reported."""
