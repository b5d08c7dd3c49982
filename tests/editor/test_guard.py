"""Who may ask: other sites' pages, other servers of this machine and earlier processes may not."""

from __future__ import annotations

import pytest

from broadsheet.editor import LONGEST, HttpRequest
from broadsheet.editor.guard import TOKEN, Guard

from .conftest import KEY, Desk

NOTE = {
    "operations": [{"kind": "Annotate", "paper": "2508.00001", "text": "Planted."}],
    "seen": {},
}
WAYS: list[tuple[dict[str, str | None], int]] = [
    ({"cookie": None}, 403),
    ({"cookie": "broadsheet-edit-8000="}, 403),
    ({"cookie": "broadsheet-edit-8000=guess"}, 403),
    ({"cookie": f"broadsheet-edit-9000={KEY}"}, 403),
    ({"cookie": "\x00;=;;" * 1000}, 403),
    ({TOKEN: None}, 403),
    ({TOKEN: KEY}, 403),
    ({TOKEN: "é"}, 403),
    ({"origin": None}, 403),
    ({"origin": "null"}, 403),
    ({"origin": "http://evil.example"}, 403),
    ({"origin": "http://127.0.0.1:3000"}, 403),
    ({"origin": "http://127.0.0.1:8000.evil.example"}, 403),
    ({"origin": "http://[::1"}, 403),
    ({"origin": "file://127.0.0.1:8000"}, 403),
    ({"sec-fetch-site": "cross-site"}, 403),
    ({"sec-fetch-site": "same-site"}, 403),
    ({"content-type": None}, 415),
    ({"content-type": "text/plain"}, 415),
    ({"content-type": "application/x-www-form-urlencoded"}, 415),
    ({"content-type": "text/plain; application/json"}, 415),
]


@pytest.mark.parametrize(("headers", "status"), WAYS)
def test_nothing_is_changed_for_others(
    desk: Desk, headers: dict[str, str | None], status: int
) -> None:
    before = desk.content()
    answer = desk.answer("apply", {**NOTE, "seen": desk.seen("2508.00001")}, **headers)
    assert answer.status == status
    assert b"problem" in answer.body
    assert desk.content() == before


def test_the_editors_own_page_is_answered(desk: Desk) -> None:
    body = {**NOTE, "seen": desk.seen("2508.00001")}
    assert desk.answer("apply", body).status == 200
    assert desk.answer("state", sec_fetch_site=None).status == 200


@pytest.mark.parametrize("other", ['a={"x": [1, "2"]}', "=", ";;", "é=ü", "a=b=c", 'a="'])
def test_other_servers_cookies_do_no_harm(desk: Desk, other: str) -> None:
    own = f"{desk.guard.name}={KEY}"
    for cookie in (f"{other}; {own}", f"{own}; {other}"):
        assert desk.answer("state", cookie=cookie).status == 200
    assert desk.answer("state", cookie=f"{own}; {desk.guard.name}=x").status == 403


def test_a_header_that_is_sent_twice_counts_as_none(desk: Desk) -> None:
    request = desk.request("apply", NOTE)
    for name in ("origin", "host", TOKEN, "content-type"):
        twice = {**request.headers, name: request.headers[name] * 2}
        answer = desk.editor.answer(
            HttpRequest(method="POST", path="apply", headers=twice, body=request.body)
        )
        assert answer.status in (403, 415)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "\x1b" * 9000])
def test_other_methods_are_refused(desk: Desk, method: str) -> None:
    request = desk.request("apply", NOTE)
    answer = desk.editor.answer(
        HttpRequest(method=method, path="apply", headers=request.headers, body=request.body)
    )
    assert answer.status == 405
    assert len(answer.body) < 300


def test_a_get_changes_nothing(desk: Desk) -> None:
    before = desk.content()
    for name in ("apply", "undo", "write", "decide", "commit", "preview"):
        assert desk.answer(f"{name}?operations=[]").status == 404
    assert desk.content() == before


def test_a_body_has_a_bound(desk: Desk) -> None:
    request = desk.request("apply", {"operations": [], "seen": {"a": "x" * LONGEST}})
    assert desk.editor.answer(request).status == 413


def test_only_the_printed_address_gives_the_cookie(desk: Desk) -> None:
    stranger = {"cookie": None, "sec_fetch_site": None}
    for wrong in ("open", "open?key=", "open?key=guess", f"state?key={KEY}", f"open?Key={KEY}"):
        answer = desk.answer(wrong, **stranger)
        assert answer.status == 403
        assert "Set-Cookie" not in answer.headers
    answer = desk.answer(f"open?key={KEY}", **stranger)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Strict")


def test_pages_have_controls_for_who_has_the_cookie_alone(desk: Desk) -> None:
    assert desk.editor.added(desk.request("", cookie=None)) == ""
    added = desk.editor.added(desk.request(""))
    assert desk.guard.token in added
    assert KEY not in added


def test_the_token_is_of_the_process() -> None:
    assert Guard("a").token != Guard("b").token
