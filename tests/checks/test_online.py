"""Asking servers: politely, remembered, and never inside a private network unless allowed."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from broadsheet.checks import Problem, folder, online
from broadsheet.fetch import Clock
from broadsheet.fetch.wire import Wire
from tests.digests import Digest
from tests.fetch.conftest import atom

PAGE = """\
---
title: Vision
date: 2025-08-08
topic: vision
---
"""


class Server:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.url = ""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    made = Server()

    class Requests(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            made.asked.append(f"{self.command} {self.path}")
            body = b""
            status = 200
            if self.path.startswith("/api/"):
                body = atom(7) if "2601.00007" in self.path else atom()
            elif self.path == "/moved":
                status = 301
            elif self.path == "/round" or self.path.startswith("/to?"):
                status = 302
            elif self.path == "/no-head":
                status = 405 if self.command == "HEAD" else 200
            elif self.path[1:].isdigit():
                status = int(self.path[1:])
            self.send_response(status)
            if status == 301:
                self.send_header("Location", "/fine")
            elif self.path == "/round":
                self.send_header("Location", "/round")
            elif status == 302:
                self.send_header("Location", unquote(self.path.partition("?")[2]))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}).start()
    made.url = f"http://127.0.0.1:{http.server_address[1]}"
    yield made
    http.shutdown()
    http.server_close()


def check(
    root: Path,
    server: Server,
    sections: str,
    *,
    private: bool = True,
    slept: list[float] | None = None,
    **rest: Any,
) -> list[Problem]:
    digest = Digest(root)
    (root / "content/2025/08/07/optimization.md").unlink()
    digest.write("content/2025/08/08/vision.md", PAGE + sections)
    inputs, _ = folder.inputs(root / "content")
    waits = [] if slept is None else slept
    clock = Clock(now=lambda: datetime(2025, 8, 9, tzinfo=UTC), sleep=waits.append)
    return online.check(
        inputs,
        base_url=server.url,
        memory=root / "links.json",
        clock=clock,
        private=private,
        **rest,
    )


def paper(title: str, line: str) -> str:
    return f"\n## {title}\n\n```yaml\nid: {title.lower().replace(' ', '-')}\n{line}\n```\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_valid_id_of_another_paper_is_an_error(tmp_path: Path, server: Server) -> None:
    good = paper("Paper number 7", 'arxiv: "2601.00007"')
    bad = paper("Zebras of the savanna", 'arxiv: "2601.00007"')
    found = check(tmp_path, server, good + bad)
    assert [(one.kind, one.severity, one.line) for one in found] == [("arxiv", "error", 14)]
    assert 'is the paper "Paper number 7", not "Zebras' in found[0].message


def test_an_id_that_arxiv_does_not_know_is_an_error(tmp_path: Path, server: Server) -> None:
    found = check(tmp_path, server, paper("Nothing", 'arxiv: "2601.00008"'))
    assert [one.message for one in found] == ['arxiv: arXiv knows no paper "2601.00008"']


@pytest.mark.parametrize(
    ("path", "wrong"),
    [("/fine", False), ("/moved", False), ("/no-head", False), ("/403", False), ("/503", False),
     ("/404", True), ("/410", True)],
)  # fmt: skip
def test_links_answer_or_are_told(tmp_path: Path, server: Server, path: str, wrong: bool) -> None:
    found = check(tmp_path, server, paper("Linked", f"code: {server.url}{path}"))
    assert [one.kind for one in found] == ["dead-link"] * wrong


def test_answers_are_remembered_and_requests_spaced(tmp_path: Path, server: Server) -> None:
    sections = paper("One", f"code: {server.url}/404") + paper("Two", f"code: {server.url}/fine")
    slept: list[float] = []
    first = check(tmp_path, server, sections, slept=slept)
    assert sum(slept) > 0.5
    asked = len(server.asked)
    assert check(tmp_path, server, sections) == first
    assert len(server.asked) == asked


def test_private_networks_are_not_asked(tmp_path: Path, server: Server) -> None:
    found = check(tmp_path, server, paper("In", f"code: {server.url}/fine"), private=False)
    assert [one.kind for one in found] == ["dead-link"]
    assert server.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f.1", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]",
             "[::ffff:7f00:1]", "[64:ff9b::7f00:1]"]
)  # fmt: skip
def test_no_way_to_write_this_machine_s_address_is_asked(
    tmp_path: Path, server: Server, host: str
) -> None:
    port = server.url.rpartition(":")[2]
    with Wire(whole=5, public=True) as wire:
        found = online._answer(wire, f"http://{host}:{port}/fine", {}, Clock())
    assert found == "from no public host"
    assert server.asked == []


def test_a_redirect_is_judged_as_the_first_address_was(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public host that leads to this machine, by a name whose addresses change besides."""
    port = server.url.rpartition(":")[2]
    answers = {"public.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]}
    monkeypatch.setattr("broadsheet.fetch.wire.is_public", lambda one: one == "127.0.0.1")
    for name, to in {"a": "inside.example", "b": "127.0.0.3", "c": "[::1]"}.items():
        link = f"http://public.example:{port}/to?http://{to}:{port}/{name}"
        found = check(
            tmp_path / name,
            server,
            paper("Linked", f"code: {link}"),
            private=False,
            resolve=lambda host, port: answers.get(host, [host.strip("[]")]),
        )
        assert ["from no public host" in one.message for one in found] == [True]
        assert not [one for one in server.asked if one.endswith(f" /{name}")]


@pytest.mark.parametrize(
    ("to", "told"),
    [("/round", "with too many redirects"), ("file:///etc/passwd", "an invalid address"),
     ("javascript:alert(1)", "an invalid address"), ("ftp://127.0.0.1/", "an invalid address")],
)  # fmt: skip
def test_redirects_in_a_circle_and_to_what_is_no_web_are_told(
    tmp_path: Path, server: Server, to: str, told: str
) -> None:
    link = f"{server.url}/to?{quote(to, safe='')}"
    found = check(tmp_path, server, paper("Linked", f"code: {link}"))
    assert [told in one.message for one in found] == [True]


def test_a_link_that_drips_is_not_waited_for(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drips(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while True:
                connection.sendall(b"H")
                time.sleep(0.02)

    with socket.create_server(("127.0.0.1", 0)) as slow:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    drips(slow.accept()[0])

        threading.Thread(target=serve, daemon=True).start()
        monkeypatch.setattr(online, "WHOLE", 0.3)
        begun = time.monotonic()
        link = f"http://127.0.0.1:{slow.getsockname()[1]}/"
        assert check(tmp_path, server, paper("Linked", f"code: {link}")) == []
        assert time.monotonic() - begun < 3


def test_a_damaged_memory_is_no_memory(tmp_path: Path) -> None:
    for text in ("{", "[]", '{"a": 1}', '{"a": ["never", "ok"]}', "[" * 100_000,
                 '{"a": ["2025-08-09T00:00:00", "ok"]}'):  # fmt: skip
        (tmp_path / "links.json").write_text(text)
        assert online.OnlineMemory.load(tmp_path / "links.json").answers == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Learning $\\beta$-VAE", "Learning beta-VAE", True),
        (
            "A survey of graph methods",
            "A survey of graph methods: from walks to transformers",
            True,
        ),
        ("Zebras of the savanna", "Paper number 7", False),
    ],
)
def test_titles_of_one_paper(one: str, other: str, same: bool) -> None:
    assert online.same_title(one, other) is same
