"""A folder on a server of its own, for browsers: lines stay open, and the theme's files need not be
asked for twice."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StaticFiles(http.server.SimpleHTTPRequestHandler):
    """Answers with the files of a folder."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # a small answer is one packet

    def end_headers(self) -> None:
        """Let browsers keep what is of the theme."""
        if "/theme/" in self.path:
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class StaticServer(http.server.ThreadingHTTPServer):
    """A server whose browsers may go away in the middle of an answer."""

    request_queue_size = 64  # a browser opens several lines at once

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path, handler: type[StaticFiles] = StaticFiles) -> Iterator[str]:
    """The address of a server of a folder, with a slash at its end."""
    with StaticServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as made:
        threading.Thread(
            target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        try:
            yield f"http://127.0.0.1:{made.server_port}/"
        finally:
            made.shutdown()
