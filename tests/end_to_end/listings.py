"""A server of listings: Hugging Face's and arXiv's answers, small and of our own writing. It is a
WebSub hub, too."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.fetch.arxiv_api import Record, answer
from tests.fetch.conftest import atom, feed

SUGGESTED = "2601.00077"


@dataclass
class Listings:
    """What the sources have: by day the numbers of Hugging Face's papers, and arXiv's newest feed.
    `told` is what the hub heard."""

    huggingface: dict[str, list[int]] = field(default_factory=dict)
    arxiv: tuple[date, list[int]] = (date(2026, 3, 10), [])
    down: str = ""
    url: str = ""
    told: list[str] = field(default_factory=list)

    def answer(self, target: str) -> tuple[int, bytes]:
        """Return the status and body of an answer."""
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self.down and self.down in parts.path:
            return 503, b"down"
        if parts.path == "/api/daily_papers":
            return 200, papers(self.huggingface.get(query["date"], []))
        if parts.path.startswith("/rss/"):
            return 200, feed(self.arxiv[0], *self.arxiv[1])
        if query.get("id_list") == SUGGESTED:
            return 200, atom(int(SUGGESTED.partition(".")[2]))
        if "id_list" in query:
            ids = query["id_list"].split(",")
            return 200, answer([record(one) for one in ids], f"id_list={','.join(ids)}")
        if parts.path == "/api/query":
            return 200, atom(total=0)
        return 404, b""

    @contextmanager
    def served(self) -> Iterator[None]:
        """Serve them at `url`."""
        listings = self

        class Requests(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = listings.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:  # as a WebSub hub, and as a code host's API
                length = int(self.headers["Content-Length"])
                listings.told.append(self.rfile.read(length).decode())
                if self.path == "/api/v1/statuses":  # Mastodon
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b'{"id": "1"}')
                    return
                self.send_response(201 if self.path.startswith("/api/") else 204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                return

        http = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        self.url = f"http://127.0.0.1:{http.server_address[1]}"
        try:
            yield
        finally:
            http.shutdown()
            http.server_close()
            thread.join()


def record(arxiv: str) -> Record:
    """A paper of `papers`, as arXiv holds it."""
    number = int(arxiv.partition(".")[2])
    title = f"Segmenting images, part {number}"
    abstract = f"Part {number} has pixels, and labels for each of them."
    return Record(arxiv, title, abstract, ("Ada Example",), ("cs.CV",))


def papers(numbers: list[int]) -> bytes:
    """A daily_papers answer."""
    items = [
        {
            "paper": {
                "id": f"2603.{n:05}",
                "title": f"Segmenting images, part {n}",
                "summary": f"Part {n} has pixels, and labels for each of them.",
                "authors": [{"name": "Ada Example"}],
                "upvotes": n,
            },
            "title": f"Segmenting images, part {n}",
        }
        for n in numbers
    ]
    return json.dumps(items).encode()
