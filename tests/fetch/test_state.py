"""What is remembered from run to run."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet.fetch.state import CachedAnswer, FetchState

KEPT = CachedAnswer("2025-12-01.huggingface.20251201T080000Z.json", "ab" * 32, 'W/"1"', None)
MOMENT = datetime(2025, 12, 1, 8, 0, 3, tzinfo=UTC)


def test_what_is_remembered_is_known_in_the_next_run(tmp_path: Path):
    path = tmp_path / "new" / "fetch.json"
    state = FetchState(path)
    state.remember("https://a.example/", KEPT)
    state.wait_until("arxiv", MOMENT)
    again = FetchState(path)
    assert again.answer("https://a.example/") == KEPT
    assert again.not_before("arxiv") == MOMENT
    assert again.answer("https://b.example/") is None
    assert again.notice is None


def test_without_a_file_nothing_outlasts_the_run():
    state = FetchState(None)
    state.remember("https://a.example/", KEPT)
    assert state.answer("https://a.example/") == KEPT


def test_a_wait_is_never_shortened(tmp_path: Path):
    state = FetchState(None)
    state.wait_until("arxiv", MOMENT)
    state.wait_until("arxiv", datetime(2025, 1, 1, tzinfo=UTC))
    assert state.not_before("arxiv") == MOMENT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 2, "answers": {}, "not_before": {}}',
        '{"version": 1}',
        '{"version": 1, "answers": [], "not_before": {}}',
        '{"version": 1, "answers": {"u": {"file": "../x", "sha256": ""}}, "not_before": {}}',
        '{"version": 1, "answers": {"u": {"file": 3, "sha256": ""}}, "not_before": {}}',
        '{"version": 1, "answers": {"u": {"file": "x"}}, "not_before": {}}',
        '{"version": 1, "answers": {"u": {"file": "x", "sha256": "", "etag": "a\\r\\nb: c"}},'
        ' "not_before": {}}',
        '{"version": 1, "answers": {}, "not_before": {"arxiv": "soon"}}',
        '{"version": 1, "answers": {}, "not_before": {"arxiv": "0001-01-01T00:00:00+23:00"}}',
        '{"version": 1, "answers": {}, "not_before": {"arxiv": 5}}',
        "[" * 100_000,
        "\x00\xff",
    ],
)
def test_a_damaged_file_is_told_and_begun_anew(tmp_path: Path, text: str):
    path = tmp_path / "fetch.json"
    path.write_text(text, "latin-1")
    state = FetchState(path)
    assert state.notice is not None
    assert str(path) in state.notice
    state.remember("https://a.example/", KEPT)
    assert FetchState(path).answer("https://a.example/") == KEPT


def test_a_file_that_cannot_be_written_is_told_and_done_without(tmp_path: Path):
    (tmp_path / "folder").write_text("a file in the way")
    state = FetchState(tmp_path / "folder" / "fetch.json")
    state.remember("https://a.example/", KEPT)
    assert state.notice is not None
    assert state.answer("https://a.example/") == KEPT


def test_the_oldest_are_forgotten(tmp_path: Path):
    path = tmp_path / "fetch.json"
    full = {f"https://a.example/{n}": {"file": "x", "sha256": "y"} for n in range(1000)}
    path.write_text(json.dumps({"version": 1, "answers": full, "not_before": {}}))
    state = FetchState(path)
    state.remember("https://a.example/0", KEPT)
    state.remember("https://a.example/new", KEPT)
    assert state.answer("https://a.example/0") == KEPT
    assert state.answer("https://a.example/1") is None
    assert len(json.loads(path.read_text())["answers"]) == 1000
