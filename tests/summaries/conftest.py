from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api_server import ApiServer, Says, api_server

CHAT = "/v1/chat/completions"


@pytest.fixture(autouse=True)
def _on_a_machine_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests may run on a code host's runner, or behind a proxy."""
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "http_proxy", "all_proxy", "HTTP_PROXY",
                 "ALL_PROXY", "BROADSHEET_SUMMARIES_KEY"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[ApiServer]:
    with api_server() as running:
        yield running


def completion(text: object, tokens: int = 100, reason: str = "stop") -> dict[str, object]:
    """A chat completion as OpenAI's protocol has it."""
    return {
        "object": "chat.completion",
        "choices": [
            {
                "index": 0,
                "finish_reason": reason,
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": {"total_tokens": tokens},
    }


def says(text: object, tokens: int = 100) -> Says:
    return Says(completion(text, tokens))
