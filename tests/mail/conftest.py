from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from broadsheet.locale import ENGLISH
from broadsheet.mail import Issue, IssueSection, Sender, Story, Subscriber
from broadsheet.render.translated import Translated, translate

from .server import MailServer

THEME = Path(__file__).parents[2] / "theme" / "templates"
sys.path.insert(0, os.fspath(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _on_a_machine_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests may run on a code host's runner themselves."""
    for name in ("GITHUB_ACTIONS", "GITLAB_CI"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[MailServer]:
    running = MailServer()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for delivery logs, in memory where possible: tests need not wait for a disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def render() -> Callable[[str, Mapping[str, object]], str]:
    environment = Environment(
        loader=FileSystemLoader(THEME),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Translated],
    )
    translate(environment, ENGLISH)
    return lambda name, values: environment.get_template(name).render(values)


@pytest.fixture
def sender() -> Sender:
    return Sender(
        name="Päpers",
        address="papers@example.org",
        home="https://example.org/digest",
        list_id="papers.example.org",
        unsubscribe="https://lists.example.org/leave?t={token}&l=1",
        unsubscribe_mail="leave@example.org",
    )


def story(n: int, **fields: object) -> Story:
    values: dict[str, object] = {
        "title": f"A Study of {n} <Things> & More",
        "address": f"https://example.org/digest/papers/{n}/",
        "authors": "Ada Lovelace, 林美 and 3 others",
        "lead": "We show that ε⁻² < 1, and that “quotes” & ampersands survive " * 2,
        "votes": n,
        "links": (("arXiv", "https://arxiv.org/abs/2401.00001"),),
    }
    return Story(**{**values, **fields})  # type: ignore[arg-type]


@pytest.fixture
def issue() -> Issue:
    return Issue(
        kind="daily",
        key="2025-08-07",
        heading="Thursday, 7 August 2025",
        address="https://example.org/digest/2025/08/07/",
        moment=datetime(2025, 8, 7, tzinfo=UTC),
        sections=(
            IssueSection(
                heading="Computer Vision",
                address="https://example.org/digest/2025/08/07/vision/",
                stories=(story(3), story(1, notes=("Read this first.",))),
                total=5,
            ),
            IssueSection(
                heading="理論",
                address="https://example.org/digest/2025/08/07/theory/",
                stories=(story(2, authors="", votes=None, links=(), lead=""),),
                total=1,
            ),
        ),
    )


def people(count: int, frequency: str = "daily") -> list[Subscriber]:
    return [
        Subscriber(
            address=f"reader{n}@example.net",
            subscription="",
            frequency=frequency,
            token=f"token-{n:06d}",
            line=n + 2,
        )
        for n in range(count)
    ]
