"""`broadsheet post` on a digest, against a real server."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import main
from tests.api_server import ApiServer, Says
from tests.digests import Digest

HOOK = "/services/T0/B0/topsecret"


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: ApiServer) -> Digest:
    made = Digest(tmp_path / "digest")
    made.set("SITEURL", "https://digest.example")
    made.set("BROADSHEET_POSTS", [{"to": "slack"}])
    monkeypatch.setenv("BROADSHEET_POST_SLACK", server.url + HOOK)
    monkeypatch.chdir(made.folder)
    server.says(HOOK, Says(b"ok"))
    return made


def post(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["post", *arguments])


def test_the_newest_day_is_posted_once(digest: Digest, server: ApiServer) -> None:
    dry = post("--dry-run")
    assert dry.output.startswith("-- slack, 20")
    assert server.called == []
    assert not (digest.folder / ".posted").exists()
    first = post()
    assert first.exit_code == 0, first.output
    assert first.output.startswith("slack: 20")
    assert post().output == "nothing was due\n"
    (called,) = server.called
    assert "<https://digest.example/papers/" in called.body["text"]


def test_a_post_that_may_have_arrived_is_not_forgotten(digest: Digest, server: ApiServer) -> None:
    server.says(HOOK, Says(b"something else"))
    assert "may or may not have arrived" in post().output
    assert post().output.startswith("nothing was due; of earlier posts, 1 may or may not have")
    assert len(server.called) == 1


def test_a_refusal_is_told_without_the_secret(digest: Digest, server: ApiServer) -> None:
    server.says(HOOK, Says(b"no_service", 404))
    result = post()
    assert result.exit_code == 1
    assert "it answers 404 (no_service)" in result.output
    assert "topsecret" not in result.output


def test_nothing_is_posted_where_strangers_may_run(
    digest: Digest, server: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_EVENT_NAME", "pull_request")
    result = post()
    assert result.exit_code == 1
    assert "nothing is posted from here" in result.output
    assert server.called == []


def test_nothing_is_posted_unless_it_is_set_up(digest: Digest) -> None:
    digest.set("BROADSHEET_POSTS", [])
    assert "BROADSHEET_POSTS is empty" in post().output
