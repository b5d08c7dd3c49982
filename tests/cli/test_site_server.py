"""The development server by itself, and browsers that leave in the middle."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from broadsheet.cli import site_server

_RESET = struct.pack("ii", 1, 0)  # hang up at once, whatever is on its way


@pytest.fixture
def server(tmp_path: Path) -> Iterator[site_server.SiteServer]:
    handler = partial(site_server.Handler, directory=str(tmp_path), builds=site_server.Builds())
    made = site_server.SiteServer(("127.0.0.1", 0), handler)
    made.daemon_threads = False
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.mark.parametrize("reset", [True, False])
def test_a_browser_that_leaves_in_the_middle_of_a_page_prints_nothing(
    server: site_server.SiteServer, tmp_path: Path, capfd: pytest.CaptureFixture[str], reset: bool
) -> None:
    # Longer than what the system takes over from the server.
    (tmp_path / "index.html").write_bytes(b"<body>" + b"x" * 20_000_000 + b"</body>")
    with socket.create_connection(("127.0.0.1", server.server_port)) as caller:
        caller.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert caller.recv(1000).startswith(b"HTTP/1.1 200")
        if reset:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    server.shutdown()
    server.server_close()  # waits for the threads that answer
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "error",
    [
        BrokenPipeError(), ConnectionResetError(), ConnectionAbortedError(), TimeoutError(),
        OSError(107, "Transport endpoint is not connected"),
    ],
)  # fmt: skip
def test_no_way_of_leaving_prints_anything(
    server: site_server.SiteServer, capfd: pytest.CaptureFixture[str], error: OSError
) -> None:
    try:
        raise error
    except OSError:
        server.handle_error(None, ("127.0.0.1", 1))
    assert capfd.readouterr() == ("", "")


def test_a_bug_keeps_its_traceback(
    server: site_server.SiteServer, capfd: pytest.CaptureFixture[str]
) -> None:
    try:
        raise KeyError("a bug")
    except KeyError:
        server.handle_error(None, ("127.0.0.1", 1))
    assert "Traceback" in capfd.readouterr().err
