"""A real HTTP server on this machine, a clock that only sleep moves, and small listings."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from broadsheet.fetch import (
    Arxiv,
    Clock,
    Context,
    Fetcher,
    FetchOutcome,
    HuggingFace,
    Limits,
    Lookup,
    SourceAddresses,
    WantedDays,
)

NOW = datetime(2025, 12, 2, 9, 30, tzinfo=UTC)


@dataclass
class Answer:
    """What the server says once."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    missing: int = 0  # bytes promised by Content-Length and never sent
    chunks: list[bytes] | None = None  # sent one by one without a length, `pause` apart
    pause: float = 0.0  # seconds before the answer, and between chunks


@dataclass
class Asked:
    """What the server was asked."""

    target: str
    headers: dict[str, str]
    at: datetime

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}


Handler = Callable[[Asked], Answer]


class Server:
    """Answers in turn, the last for good; with `on` by a function of the request."""

    def __init__(self, url: str, now: Callable[[], datetime]) -> None:
        self.url = url
        self.asked: list[Asked] = []
        self.now = now
        self._script: dict[str, list[Answer]] = {}
        self._handlers: dict[str, Handler] = {}

    def says(self, path: str, *answers: Answer) -> None:
        self._script[path] = list(answers)

    def on(self, path: str, handler: Handler) -> None:
        self._handlers[path] = handler

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        if asked.path in self._handlers:
            return self._handlers[asked.path](asked)
        script = self._script.get(asked.path)
        if not script:
            return Answer(b"no such page", 404)
        return script.pop(0) if len(script) > 1 else script[0]


class FakeClock:
    """Starts at NOW; sleeping moves it on and is written down."""

    def __init__(self) -> None:
        self.moment = NOW
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)

    def later(self, **delta: float) -> None:
        self.moment += timedelta(**delta)

    @property
    def clock(self) -> Clock:
        return Clock(now=self.now, sleep=self.sleep)


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what servers ask to wait pass at once, for whatever makes itself a clock."""
    ahead = timedelta()

    def now() -> datetime:
        return datetime.now(UTC) + ahead

    def sleep(seconds: float) -> None:
        nonlocal ahead
        ahead += timedelta(seconds=seconds)

    monkeypatch.setattr(Clock.__init__, "__defaults__", (now, sleep, time.monotonic))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def server(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)

    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = served.answer(Asked(self.path, dict(self.headers), served.now()))
            time.sleep(answer.pause)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.chunks is None and answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body) + answer.missing))
            self.end_headers()
            try:
                if answer.status != 304:
                    self.wfile.write(answer.body)
                for chunk in answer.chunks or ():
                    self.wfile.write(chunk)
                    self.wfile.flush()
                    time.sleep(answer.pause)
            except OSError:
                return  # the client has hung up, as it should on a body that is too long

        def log_message(self, format: str, *args: Any) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    http.daemon_threads = True
    served = Server(f"http://127.0.0.1:{http.server_address[1]}", clock.now)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    http.shutdown()
    http.server_close()
    thread.join()


class Daily(Fetcher):
    """A fetcher that is asked in short."""

    def huggingface(self, **wanted: Any) -> list[FetchOutcome]:
        return self.fetch(HuggingFace(), WantedDays(**wanted))

    def arxiv(self, categories: Iterable[str], *words: str, **wanted: Any) -> list[FetchOutcome]:
        return self.fetch(Arxiv(tuple(categories), words), WantedDays(**wanted))


LIMITS = Limits(connect=2, read=2, whole=5, size=200_000)


@pytest.fixture
def context(server: Server, clock: FakeClock, tmp_path: Path) -> Context:
    """What fetches and lookups of a test work with."""
    return Context(
        seeds=tmp_path / "seeds",
        state=tmp_path / ".broadsheet" / "fetch.json",
        addresses=SourceAddresses.all_at(server.url),
        clock=clock.clock,
        limits=LIMITS,
    )


@pytest.fixture
def lookup(context: Context) -> Iterator[Lookup]:
    """Asks the server for single papers."""
    with Lookup(context) as made:
        yield made


@pytest.fixture
def fetcher(context: Context) -> Iterator[Callable[..., Daily]]:
    """Makes fetchers that share seeds and state, as one run after the other does."""
    made: list[Daily] = []

    def make(**changes: Any) -> Fetcher:
        made.append(Daily(replace(context, **changes)))
        return made[-1]

    yield make
    for one in made:
        one.__exit__()


def papers(*numbers: int) -> bytes:
    """A small daily_papers answer."""
    items = [
        {
            "paper": {"id": f"2512.{n:05}", "title": f"Paper number {n}", "summary": "Of things."},
            "title": f"Paper number {n}",
        }
        for n in numbers
    ]
    return json.dumps(items).encode()


def feed(day: date, *numbers: int) -> bytes:
    """A small RSS feed such as arXiv's."""
    items = "".join(
        f"<item><title>Paper number {n}</title><link>https://arxiv.org/abs/2601.{n:05}</link>"
        f"<description>arXiv:2601.{n:05}v1 Announce Type: new\nAbstract: Of things.</description>"
        "<arxiv:announce_type>new</arxiv:announce_type></item>"
        for n in numbers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom"><channel>'
        "<title>cs.LG updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.LG</link>"
        f"<pubDate>{day:%a, %d %b %Y} 00:00:00 -0500</pubDate>"
        "<skipDays><day>Saturday</day><day>Sunday</day></skipDays>"
        f"{items}</channel></rss>"
    ).encode()


def atom(*numbers: int, total: int | None = None, start: int = 0) -> bytes:
    """A small answer such as arXiv's API gives."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/2601.{n:05}v1</id><title>Paper number {n}</title>"
        "<summary>Of things.</summary><author><name>A. Author</name></author>"
        '<published>2026-01-02T10:00:00Z</published><category term="cs.LG"/></entry>'
        for n in numbers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        "<id>https://arxiv.org/api/abc</id><title>arXiv Query</title>"
        "<opensearch:itemsPerPage>1000</opensearch:itemsPerPage>"
        f"<opensearch:totalResults>{len(numbers) if total is None else total}"
        f"</opensearch:totalResults><opensearch:startIndex>{start}</opensearch:startIndex>"
        f"{entries}</feed>"
    ).encode()
