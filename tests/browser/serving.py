"""A built site below a path of a server of its own, as a static host serves it."""

from __future__ import annotations

import contextlib
import functools
import http.server
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "/some/path/"


@dataclass
class Host:
    """What is served, and what was asked for. The folder may be changed: a new deploy."""

    folder: Path
    url: str = ""
    asked: list[str] = field(default_factory=list)
    stalled: threading.Event = field(default_factory=threading.Event)
    """Where it is set, answers wait until it is cleared."""
    away: bool = False
    """Whether nothing is answered: lines are cut."""
    changed: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    """What stands for what in files, by path."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, host: Host, *given: object) -> None:
        self._host = host
        super().__init__(*given, directory=str(host.folder))  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        if not path.startswith(PREFIX):
            return str(self._host.folder / "nothing-here")
        return super().translate_path("/" + path.removeprefix(PREFIX))

    def do_GET(self) -> None:
        self._host.asked.append(urlsplit(self.path).path.removeprefix(PREFIX))
        if self._host.away:
            self.close_connection = True
            return self.connection.shutdown(socket.SHUT_RDWR)
        while self._host.stalled.is_set():
            threading.Event().wait(0.02)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            change = self._host.changed.get(self._host.asked[-1])
            if change:
                self._send_changed(*change)
            else:
                super().do_GET()
        return None

    def _send_changed(self, old: bytes, new: bytes) -> None:
        path = Path(self.translate_path(self.path.partition("?")[0]))
        data = path.read_bytes()
        assert old in data, f"{path} has no {old!r}"
        data = data.replace(old, new)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Host]:
    """Serve a folder below a path, at an address of this machine."""
    host = Host(folder)
    handler = functools.partial(_Handler, host)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as started:
        host.url = f"http://127.0.0.1:{started.server_port}{PREFIX}"
        threading.Thread(
            target=started.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        try:
            yield host
        finally:
            host.stalled.clear()
            started.shutdown()
