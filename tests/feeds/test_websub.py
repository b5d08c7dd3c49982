"""Telling a hub: which feeds have changed, and what a hub may answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest
from click.testing import CliRunner

from broadsheet.cli.ping import ping as command
from broadsheet.errors import FetchError
from broadsheet.feeds import websub
from tests.digests import Digest


class Hub:
    """A hub that answers as told, and remembers."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.told: list[dict[str, list[str]]] = []
        self.waits: list[float] = []
        self.client = httpx.Client(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.told.append(parse_qs(request.content.decode()))
        answer = self.answers.pop(0) if self.answers else httpx.Response(204)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def ping(self, *addresses: str) -> None:
        websub.ping("https://hub.example/", addresses, client=self.client, sleep=self.waits.append)


def test_feeds_are_named_in_batches() -> None:
    hub = Hub()
    hub.ping(*(f"https://example.org/{n}" for n in range(45)))
    assert [len(told["hub.url"]) for told in hub.told] == [20, 20, 5]
    assert all(told["hub.mode"] == ["publish"] for told in hub.told)


def test_a_busy_hub_is_asked_again() -> None:
    hub = Hub(httpx.Response(503, headers={"Retry-After": "7"}), httpx.ConnectError("x"))
    hub.ping("https://example.org/a")
    assert len(hub.told) == 3
    assert 7.0 in hub.waits


def test_a_hub_that_refuses_is_told_of() -> None:
    hub = Hub(httpx.Response(403))
    with pytest.raises(FetchError, match="403"):
        hub.ping("https://example.org/a")
    assert len(hub.told) == 1


def test_an_odd_wait_is_none() -> None:
    hub = Hub(httpx.Response(503, headers=[(b"Retry-After", b"\xb2")]))
    hub.ping("https://example.org/a")
    assert len(hub.told) == 2


def test_a_hub_that_redirects_is_not_followed() -> None:
    hub = Hub(httpx.Response(307, headers={"Location": "http://169.254.169.254/"}))
    with pytest.raises(FetchError, match=r'redirects to "http://169\.254\.169\.254/"'):
        hub.ping("https://example.org/a")
    assert len(hub.told) == 1


def test_what_a_hub_says_is_not_read() -> None:
    def endless() -> Iterator[bytes]:
        yield b"x"
        pytest.fail("the body was read")

    Hub(httpx.Response(202, content=endless())).ping("https://example.org/a")


def test_only_feeds_that_people_follow_and_that_changed_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = Digest(tmp_path / "digest")
    digest.set("SITEURL", "https://digest.example")
    digest.set("BROADSHEET_HUB", "https://hub.example/")
    monkeypatch.chdir(digest.folder)
    for name in ("all.rss.xml", "all.atom.xml", "all.json", "all/2025-07.atom.xml", "feeds.opml",
                 "topics/vision.rss.xml", "topics/vision.atom.xml"):  # fmt: skip
        digest.write(f"output/feeds/{name}", name)
    told: list[str] = []
    monkeypatch.setattr(websub, "ping", lambda hub, addresses, client: told.extend(addresses))
    runner = CliRunner()
    assert "5 of 5" in runner.invoke(command, ["--dry-run"]).output
    assert told == []
    assert "5 of 5" in runner.invoke(command, []).output
    assert "https://digest.example/feeds/topics/vision.atom.xml" in told
    assert not [one for one in told if "2025-07" in one]
    told.clear()
    digest.write("output/feeds/all.json", "new")
    assert "1 of 5" in runner.invoke(command, []).output
    assert told == ["https://digest.example/feeds/all.json"]
