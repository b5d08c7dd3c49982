from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from broadsheet.locale import ENGLISH
from broadsheet.posts.model import Post, PostedPaper
from tests.api_server import ApiServer, api_server


@pytest.fixture(autouse=True)
def _on_a_machine_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests may run on a code host's runner, or behind a proxy."""
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "http_proxy", "all_proxy", "HTTP_PROXY",
                 "ALL_PROXY"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[ApiServer]:
    with api_server() as running:
        yield running


def made(*titles: str, day: str = "2025-08-07", total: int | None = None) -> Post:
    """A day's post with papers of these titles."""
    total = len(titles) if total is None else total
    return Post(
        name="Päpers",
        day=day,
        heading="Thursday, 7 August 2025",
        count=f"{total} papers",
        address=f"https://digest.example/{day.replace('-', '/')}/",
        stories=tuple(
            PostedPaper(title=title, address=f"https://digest.example/papers/{n}/")
            for n, title in enumerate(titles)
        ),
        total=total,
        moment=datetime(2025, 8, 7, tzinfo=UTC),
        language="en",
        words=ENGLISH,
    )
