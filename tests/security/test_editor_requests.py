"""Requests to the editor in the browser whose fields have other types, sizes and names than its
pages send: each is answered, none as an error of ours, and the digest can be built afterwards."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.editor.conftest import Desk, desk_of, made

PAPER = "convex-hulls"
FIELDS = {
    "Pick": ["topic"], "Decline": ["why"], "Move": ["topic", "day"], "Retag": ["add", "drop"],
    "Annotate": ["text"], "Reword": ["title", "abstract"], "Nothing": ["x"], "__init__": ["self"],
}  # fmt: skip
ODD: list[Any] = [
    None, True, -1, 1e308, 10**300, "", "x" * 300_000, "../../x", "\x00", [], [[]], {}, {"a": 1},
    [[[[[]]]]], ["x"] * 6000, "2025-02-30", "9999-12-31", "<b>", "## x\n\n```yaml\nid: y\n```",
]  # fmt: skip
BODIES = {
    "nothing": b"", "no JSON": b"{", "deep": b"[" * 900_000, "deeper": b'{"a":' * 150_000,
    "no text": b"\xff\xfe", "a number": b"1" * 999_999, "a surrogate": b'{"title":"\\ud800"}',
    "too large": b"x" * 1_000_001,
}  # fmt: skip
REQUESTS = ("apply", "decide", "write", "undo", "preview", "commit")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The editor of a digest whose papers wait."""
    return desk_of(made(tmp_path_factory.mktemp("requests") / "digest"))


def answered(desk: Desk, path: str, body: Any) -> int:
    """The status of an answer, which is JSON."""
    answer = desk.answer(path, body)
    assert answer.status < 500, (path, str(body)[:200], answer.body[:200])
    json.loads(answer.body)
    return answer.status


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("kind", FIELDS)
def test_an_operation_of_odd_fields_is_answered(desk: Desk, kind: str) -> None:
    for value in ODD:
        answered(desk, "apply", {"operations": [{"kind": kind, "paper": value}], "seen": {}})
        for name in FIELDS[kind]:
            operation = {"kind": kind, "paper": PAPER, name: value}
            step = {"day": "2025-08-09", "steps": [[operation]]}
            answered(desk, "apply", {"operations": [operation], "seen": {PAPER: "x"}})
            answered(desk, "decide", step)
            answered(desk, "write", step | {"seen": {PAPER: "x"}})


def test_requests_of_odd_fields_are_answered(desk: Desk) -> None:
    for value in ODD:
        for name in ("operations", "seen", "day"):
            answered(desk, "apply", {"operations": [], "seen": {}, name: value})
        for name in ("day", "steps", "base", "seen"):
            for path in ("decide", "write"):
                answered(desk, path, {"day": "2025-08-09", "steps": [], name: value})
        answered(desk, "undo", {"said": value})
        answered(desk, "preview", {"title": value, "abstract": value})
        answered(desk, "preview", {"abstract": value})


@pytest.mark.parametrize("name", [None, [], "", "-x", "../x", "a b", "a\x00b", "a*", "x" * 500_000])
def test_no_odd_name_is_a_branch(desk: Desk, name: Any) -> None:
    assert 400 <= answered(desk, "commit", {"branch": name, "message": "x"}) < 500


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_no_request_is_refused(desk: Desk, name: str) -> None:
    for path in REQUESTS:
        answer = desk.editor.answer(replace(desk.request(path, {}), body=BODIES[name]))
        assert 400 <= answer.status < 500, (path, answer.body[:200])


def test_the_preview_s_links_lead_into_the_site(desk: Desk) -> None:
    shown = desk.ask("preview", {"title": "x", "abstract": "See [this](/papers/y/) *paper*."})
    assert '<a href="/papers/y/" rel="noopener nofollow ugc">this</a>' in shown["abstractHtml"]


@pytest.mark.slow
def test_the_digest_can_be_built_after_all_that(tmp_path: Path) -> None:
    desk = desk_of(made(tmp_path / "digest"))
    for kind, names in FIELDS.items():
        for value in ODD:
            for name in names:
                if desk.answer(f"paper?id={PAPER}").status == 200:
                    seen = desk.seen(PAPER)
                    operation = {"kind": kind, "paper": PAPER, name: value}
                    answered(desk, "apply", {"operations": [operation], "seen": seen})
    desk.digest.build()
