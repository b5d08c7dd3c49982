"""The server that carries requests to the editor: hosts, sizes, and pages for others."""

from __future__ import annotations

import socket
from http.client import HTTPConnection

import pytest

from broadsheet.editor import LONGEST
from broadsheet.editor.guard import TOKEN

from .conftest import KEY, Shown

GOOD = b'{"said": "x"}'


def asked(
    shown: Shown, method: str, path: str, body: bytes | None = None, **headers: str | None
) -> tuple[int, dict[str, str], bytes]:
    host = shown.address.split("/")[2]
    sent: dict[str, str | None] = {
        "Host": host,
        "Cookie": f"{shown.desk.guard.name}={KEY}",
        "Origin": f"http://{host}",
        "Content-Type": "application/json",
        TOKEN: shown.desk.guard.token,
    }
    if body is not None:
        sent["Content-Length"] = str(len(body))
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", int(host.split(":")[1]), timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in sent.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    got = answer.status, dict(answer.headers), answer.read()
    connection.close()
    return got


def test_the_token_and_cookie_are_enough_for_this_machines_name(shown: Shown) -> None:
    status, headers, _ = asked(shown, "POST", "/__edit/undo", GOOD)
    assert status in (409, 422)
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.1", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_hosts_are_refused(shown: Shown, host: str, method: str) -> None:
    origin = f"http://{host}"
    body = GOOD if method == "POST" else None
    status, headers, _ = asked(shown, method, "/__edit/state", body, Host=host, Origin=origin)
    assert status in (403, 405)
    assert "Set-Cookie" not in headers


def test_a_post_without_a_host_or_with_two_is_refused(shown: Shown) -> None:
    assert asked(shown, "POST", "/__edit/undo", GOOD, Host=None)[0] == 405
    host = shown.address.split("/")[2]
    assert asked(shown, "POST", "/__edit/undo", GOOD, host=host)[0] == 405


def test_a_body_is_bounded_before_it_is_read(shown: Shown) -> None:
    for length, status in ((str(LONGEST + 1), 413), ("9" * 5000, 413), ("-1", 411), ("x", 411)):
        assert asked(shown, "POST", "/__edit/undo", GOOD, Content_Length=length)[0] == status
    got = asked(shown, "POST", "/__edit/undo", GOOD, Content_Length=None)
    assert got[0] == 411
    got = asked(shown, "POST", "/__edit/undo", None, Transfer_Encoding="chunked")
    assert got[0] == 411
    got = asked(shown, "POST", "/__edit/undo", GOOD, Transfer_Encoding="chunked")
    assert got[0] == 411


def test_a_request_that_ends_early_changes_nothing(shown: Shown) -> None:
    before = shown.desk.content()
    port = int(shown.address.split(":")[2].strip("/"))
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(
            f"POST /__edit/undo HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 99\r\n\r\n{{"
            .encode()
        )  # fmt: skip
        caller.shutdown(socket.SHUT_WR)
        assert caller.recv(100).startswith(b"HTTP/1.1 403")
    assert shown.desk.content() == before


def test_nothing_is_posted_elsewhere(shown: Shown) -> None:
    for path in ("/", "/__edit", "/x/../__edit/undo", "/__serve/events", "//evil/__edit/undo"):
        assert asked(shown, "POST", path, GOOD)[0] == 405


def test_pages_can_not_be_framed_and_have_controls_for_the_key_alone(shown: Shown) -> None:
    status, headers, body = asked(shown, "GET", "/papers/2508.00001/")
    assert (status, headers["X-Frame-Options"]) == (200, "DENY")
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("script-src 'self'; connect-src 'self'; ")
    assert "frame-ancestors 'none'" in policy
    assert b"/__edit/static/page.js" in body
    body = asked(shown, "GET", "/papers/2508.00001/", Cookie=None)[2]
    assert b"__edit" not in body
    assert b"/__serve/reload.js" in body


def test_the_page_of_a_review_runs_no_script_of_others(shown: Shown) -> None:
    status, headers, body = asked(shown, "GET", "/__edit/review/2025-08-09/")
    assert status == 200
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert b"/theme/css/" in body
    assert asked(shown, "GET", "/__edit/review/2025-08-09/", Cookie=None)[0] == 403


def test_the_published_site_has_nothing_of_it(shown: Shown) -> None:
    for path, data in shown.desk.digest.files().items():
        assert b"__edit" not in data, path
        assert b"broadsheet-editor" not in data, path
