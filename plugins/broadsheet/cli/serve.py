"""`broadsheet serve`: the site on this machine, rebuilt and shown anew whenever a file changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from .build import run
from .settings import at_address, pelican_settings, settings_option

_EVENTS = "/__serve/events"
_SCRIPT = "/__serve/reload.js"
_TAG = f'<script src="{_SCRIPT}" defer></script></body>'.encode()
_RELOAD = (
    f"new EventSource('{_EVENTS}').addEventListener('built', () => location.reload());\n"
).encode()


class _Builds:
    """Counts builds, and lets waiting pages know of each."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self.count = 0

    def done(self) -> None:
        """A build is done."""
        with self._condition:
            self.count += 1
            self._condition.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Wait for a build after the one numbered `seen`, at most so long; gives the newest."""
        with self._condition:
            self._condition.wait_for(lambda: self.count > seen, seconds)
            return self.count


class _Handler(SimpleHTTPRequestHandler):
    """Serves the output folder; pages get a script that shows them anew after a build."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, builds: _Builds, **values: Any) -> None:
        self._builds = builds
        super().__init__(*args, **values)

    def do_GET(self) -> None:
        """Serve a file, the script, or the stream of builds."""
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
        seen = self._builds.count
        try:
            while True:
                newest = self._builds.wait(seen, 15)
                self.wfile.write(
                    b"event: built\ndata: .\n\n" if newest > seen else b": waiting\n\n"
                )
                self.wfile.flush()
                seen = newest
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: what is worth telling are builds."""


@click.command()
@settings_option
@click.option("--port", "-p", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(path: Path, port: int) -> None:
    """Build the site, show it on this machine, and rebuild whenever a file changes.

    Open pages reload by themselves. Stop with Ctrl-C.
    """
    from watchfiles import watch

    root = path.absolute().parent
    settings = pelican_settings(path, at_address(""))
    output = Path(settings["OUTPUT_PATH"])
    builds = _Builds()
    _build(path, builds)
    server = ThreadingHTTPServer(
        ("127.0.0.1", port), partial(_Handler, directory=str(output), builds=builds)
    )
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"The site is at http://127.0.0.1:{server.server_port}/ (stop with Ctrl-C)")
    watched = {root / "seeds", path.absolute(), Path(settings["PATH"]), Path(settings["THEME"])}
    for _ in watch(*(one for one in watched if one.exists()), step=20, debounce=200):
        # By one process: to fork beside the server's threads would not be safe.
        _build(path, builds, {"BROADSHEET_JOBS": 1})


def _build(path: Path, builds: _Builds, more: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Build for this machine: whatever SITEURL says, links begin at the root."""
    try:
        run(path, {**at_address(""), **more})
    except SystemExit:
        return  # told in one line already; the pages stay as they were until it is mended
    builds.done()
