"""Requests under one deadline, to addresses that were judged: against servers that drip, drag on,
redirect and rebind."""

from __future__ import annotations

import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import httpcore
import httpx
import pytest

from broadsheet.errors import FetchError
from broadsheet.fetch.client import Client
from broadsheet.fetch.context import Context
from broadsheet.fetch.limits import HostPolicy, Limits
from broadsheet.fetch.state import FetchState
from broadsheet.fetch.wire import Deadline, NotPublicError, Wire, _readable

from .conftest import FakeClock
from .test_client import judge

Speech = Callable[[socket.socket, bytes], None]
OK = b"HTTP/1.1 200 OK\r\n"


class Raw:
    """A server that says byte for byte what a test has it say."""

    def __init__(self, speech: Speech) -> None:
        self.asked: list[bytes] = []
        self._speech = speech
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            asked = connection.recv(65536)
            self.asked.append(asked)
            self._speech(connection, asked)

    def close(self) -> None:
        # What waits in accept() isn't woken by a close alone.
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@pytest.fixture
def raw(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Speech], Raw]]:
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    made: list[Raw] = []

    def start(speech: Speech) -> Raw:
        made.append(Raw(speech))
        return made[-1]

    yield start
    for one in made:
        one.close()


def drip(text: bytes, pause: float = 0.03) -> Speech:
    def speech(connection: socket.socket, asked: bytes) -> None:
        for at in range(len(text)):
            connection.sendall(text[at : at + 1])
            time.sleep(pause)

    return speech


def say(text: bytes) -> Speech:
    return lambda connection, asked: connection.sendall(text)


def endless(begin: bytes, again: bytes, pause: float = 0.02) -> Speech:
    def speech(connection: socket.socket, asked: bytes) -> None:
        connection.sendall(begin)
        while True:
            connection.sendall(again)
            time.sleep(pause)

    return speech


def fetched(url: str, **limits: float) -> bytes | None:
    values = {"read": 5.0, "connect": 5.0, "whole": 0.4, "attempts": 1, **limits}
    clock = FakeClock().clock
    context = Context(clock=clock, limits=Limits(**values))  # type: ignore[arg-type]
    with Client(context, FetchState(None)) as client:
        return client.get(url, HostPolicy("kind", 0.0), judge).data


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize(
    "speech",
    [
        drip(OK + b"X-Long: " + b"y" * 400 + b"\r\n\r\n"),
        drip(b"H" * 400),
        endless(OK, b"A: b\r\n"),
        endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        drip(OK + b"Content-Length: 400\r\n\r\n" + b"z" * 400, 0.02),
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"T: r\r\n"),
        lambda connection, asked: time.sleep(2),
    ],
    ids=["header", "status", "headers", "hints", "body", "chunks", "trailers", "silence"],
)
def test_no_drip_outlasts_the_deadline(raw: Callable[[Speech], Raw], speech: Speech) -> None:
    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"longer than 0\.4 s|is broken"):
        fetched(raw(speech).url)
    assert time.monotonic() - begun < 1.5


def test_redirects_share_one_deadline(raw: Callable[[Speech], Raw]) -> None:
    def speech(connection: socket.socket, asked: bytes) -> None:
        time.sleep(0.15)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")

    server = raw(speech)
    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"longer than 0\.4 s"):
        fetched(server.url, redirects=50)
    assert time.monotonic() - begun < 1.5
    assert len(server.asked) <= 4


def test_headers_without_end_are_refused_before_they_fill_memory(
    raw: Callable[[Speech], Raw],
) -> None:
    server = raw(endless(OK, b"A: " + b"b" * 60_000 + b"\r\n", 0))
    with pytest.raises(FetchError, match="is broken"):
        fetched(server.url, whole=20.0)


def test_a_handshake_that_drags_on_ends_with_the_deadline(raw: Callable[[Speech], Raw]) -> None:
    server = raw(drip(b"\x16\x03\x03\x40\x00" + b"\x02" * 500))
    begun = time.monotonic()
    with Wire(whole=0.4) as wire, pytest.raises(httpx.TransportError):
        wire.handle_request(httpx.Request("GET", server.url.replace("http://", "https://")))
    assert time.monotonic() - begun < 1.5


def get(wire: Wire, url: str) -> bytes:
    with httpx.Client(transport=wire) as client:
        return client.get(url).content


def test_a_name_is_looked_up_once_and_connected_to_as_it_was_judged(
    raw: Callable[[Speech], Raw], monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS that answers with a public address when it is judged, and with this machine then."""
    monkeypatch.setattr("broadsheet.fetch.wire.is_public", lambda address: address == "127.0.0.1")
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    server = raw(say(OK + b"Content-Length: 4\r\nConnection: close\r\n\r\nfine"))
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers.pop(0)

    never = pytest.fail
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: never("looked up again"))
    wire = Wire(whole=5, public=True, resolve=resolve)
    assert get(wire, f"http://rebinding.example:{server.port}/") == b"fine"
    assert asked == ["rebinding.example"]
    assert f"Host: rebinding.example:{server.port}\r\n".encode() in server.asked[0]
    wire = Wire(whole=5, public=True, resolve=resolve)
    with pytest.raises(NotPublicError):
        get(wire, f"http://rebinding.example:{server.port}/")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["127.0.0.1", "2606:4700::1111"],
     ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["0.0.0.0"], ["fe80::1%lo"], ["nonsense"]],
)  # fmt: skip
def test_a_host_with_any_address_that_is_not_public_is_not_connected_to(
    raw: Callable[[Speech], Raw], found: list[str]
) -> None:
    server = raw(say(OK + b"\r\n"))
    wire = Wire(whole=5, public=True, resolve=lambda host, port: found)
    with pytest.raises(NotPublicError):
        get(wire, f"http://mixed.example:{server.port}/")
    assert server.asked == []


def test_no_proxy_is_asked_for_what_must_be_public(
    raw: Callable[[Speech], Raw], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = raw(say(OK + b"Content-Length: 4\r\nConnection: close\r\n\r\nprox"))
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(NotPublicError):
        get(Wire(whole=5, public=True, proxies=True), "http://127.0.0.1:1/")
    assert proxy.asked == []
    wire = Wire(whole=5, proxies=True, resolve=lambda host, port: ["127.0.0.1"])
    assert get(wire, "http://somewhere.example/a") == b"prox"
    assert proxy.asked[0].startswith(b"GET http://somewhere.example/a HTTP/1.1\r\n")


def test_a_proxy_of_a_kind_that_is_not_spoken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("http_proxy", raising=False)
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:1080")
    with pytest.raises(FetchError, match='the kind "socks5"'):
        get(Wire(whole=5, proxies=True), "http://somewhere.example/")


def test_a_proxy_that_is_no_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:port")
    with pytest.raises(FetchError, match="a proxy that is not an address"):
        get(Wire(whole=5, proxies=True), "http://somewhere.example/")


def test_the_next_address_is_tried_where_one_refuses(raw: Callable[[Speech], Raw]) -> None:
    server = raw(say(OK + b"Content-Length: 4\r\nConnection: close\r\n\r\nfine"))
    wire = Wire(whole=5, resolve=lambda host, port: ["127.0.0.9", "127.0.0.1"])
    assert get(wire, f"http://two.example:{server.port}/") == b"fine"


def test_tls_checks_the_name_and_not_the_address(raw: Callable[[Speech], Raw]) -> None:
    """What the client's first words of TLS ask for is the host's name (SNI)."""
    server = raw(say(b"no tls"))
    wire = Wire(whole=5, resolve=lambda host, port: ["127.0.0.1"])
    with pytest.raises(httpx.ConnectError):
        get(wire, f"https://named.example:{server.port}/")
    assert b"named.example" in server.asked[0]
    assert httpx.create_ssl_context().verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize("poll", [True, False])
def test_a_connection_that_was_hung_up_is_noticed(
    monkeypatch: pytest.MonkeyPatch, poll: bool
) -> None:
    if not poll:
        monkeypatch.delattr(select, "poll", raising=False)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert not _readable(ours)
        theirs.close()
        assert _readable(ours)


def test_a_deadline_counts_no_time_that_we_wait_ourselves() -> None:
    now = [0.0]
    deadline = Deadline(5, lambda: now[0])
    now[0] = 3
    with deadline.stopped():
        now[0] = 60
    assert deadline.left == 2
    assert deadline.at_most(10, httpcore.ReadTimeout) == 2
    assert deadline.at_most(1, httpcore.ReadTimeout) == 1
    now[0] = 62
    with pytest.raises(httpcore.ReadTimeout):
        deadline.at_most(None, httpcore.ReadTimeout)
