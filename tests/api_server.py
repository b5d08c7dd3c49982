"""A real HTTP server on this machine that plays a service's API: it answers, stalls and fails."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Called:
    """What the server was sent."""

    method: str
    target: str
    headers: dict[str, str]
    data: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def body(self) -> Any:
        return json.loads(self.data)


@dataclass
class Says:
    """What the server says once: JSON or bytes; `stall` seconds before it, `hang_up` instead of an
    answer, `drip` the body a byte at a time, each so many seconds after the last."""

    body: object = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    stall: float = 0.0
    hang_up: bool = False
    drip: float = 0.0

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class ApiServer:
    """Answers in turn, the last for good, by path."""

    def __init__(self) -> None:
        self.called: list[Called] = []
        self.url = ""
        self.stopped = threading.Event()
        self._script: dict[str, list[Says] | Callable[[Called], Says]] = {}

    def says(self, path: str, *answers: Says) -> None:
        self._script[path] = list(answers)

    def on(self, path: str, answer: Callable[[Called], Says]) -> None:
        self._script[path] = answer

    def answer(self, called: Called) -> Says:
        self.called.append(called)
        script = self._script.get(called.path)
        if script is None:
            return Says(b"no such page", 404)
        if callable(script):
            return script(called)
        return script.pop(0) if len(script) > 1 else script[0]


@contextmanager
def api_server() -> Iterator[ApiServer]:
    served = ApiServer()

    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            says = served.answer(Called(self.command, self.path, dict(self.headers), data))
            if says.stall:
                served.stopped.wait(says.stall)
            if says.hang_up:
                self.close_connection = True
                return
            try:
                self.send_response(says.status)
                for name, value in says.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(says.data)))
                self.end_headers()
                if not says.drip:
                    self.wfile.write(says.data)
                for byte in says.data if says.drip else b"":
                    self.wfile.write(bytes([byte]))
                    if served.stopped.wait(says.drip):
                        return
            except OSError:
                return  # the client has hung up, as it should

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    http.daemon_threads = True
    served.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        served.stopped.set()
        http.shutdown()
        http.server_close()
        thread.join()
