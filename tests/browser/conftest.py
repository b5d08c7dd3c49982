"""The site that `make` builds, at two base paths, on a server of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.digests import ROOT, Digest
from tests.lent_context import LentContext, closed
from tests.shared import shared
from tests.soak import sampled
from tests.static_server import StaticFiles, serving

PATHS = ["", "some/path/"]


class _Handler(StaticFiles):
    def send_error(self, code: int, *args: object, **values: object) -> None:
        """As a static host: a missing file gives the nearest 404.html."""
        if code != 404:
            return super().send_error(code)  # type: ignore[arg-type]
        path = self.path.strip("/").split("/")
        for base in ("some/path/", ""):
            if self.path.startswith(f"/{base}") or not path:
                data = (Path(self.directory) / base / "404.html").read_bytes()
                self.send_response(404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
                return None
        return None


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has the seeds' site at / and at /some/path/."""
    top = shared(tmp_path_factory, "seeds", _built)
    with serving(top, _Handler) as address:
        yield address


def _built(folder: Path) -> Path:
    """The seeds' site, at both base paths."""
    digest = Digest(folder / "digest")
    shutil.rmtree(digest.folder / "content")
    (digest.folder / "content").mkdir()
    for name in ("topics.yml", "tags.yml", "pages"):
        source = ROOT / "content" / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, digest.folder / "content" / name)
    shutil.copytree(ROOT / "seeds", digest.folder / "seeds")
    (digest.folder / "content/subscriptions").mkdir()
    (digest.folder / "content/subscriptions/hessians.yml").write_text(
        "title: Hessians\nwords: hessian\n"
    )
    (digest.folder / "content/redirects.yml").write_text(
        '- {"from": "papers/gone/", "to": "papers/dadao/", "why": "Taken out."}\n'
    )
    made = digest.command("import")
    assert made.code == 0, made.err
    digest.build()
    top = digest.output
    digest.build(OUTPUT_PATH=str(digest.folder / "deep"), SITEURL="https://x.example/some/path")
    shutil.copytree(digest.folder / "deep", top / "some" / "path")
    return top


@pytest.fixture(
    params=sampled(PATHS[::-1], 2), ids=lambda path: "path" if path.strip("/") else "root"
)
def site(request: pytest.FixtureRequest, server: str) -> str:
    """The site's address, at each base path."""
    return server + str(request.param)


@dataclass
class Watched:
    """A page, and everything that went wrong on it."""

    page: Page
    problems: list[str]


@pytest.fixture
def context(plain_context: LentContext, server: str) -> Iterator[BrowserContext]:
    """A context as of a reader who has been here before: the service worker is at work."""
    with plain_context.lent(server, worker_stays=True) as lent:
        yield lent


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Watched]:
    """A page that notes console errors, CSP violations, failed and foreign requests; the test fails
    if there were any."""
    page = context.new_page()
    problems: list[str] = []

    def message(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            problems.append(said.text)

    page.on("console", message)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "requestfailed",
        lambda request: (
            None  # what was still loading when the reader went on
            if request.failure == "net::ERR_ABORTED"
            else problems.append(f"failed: {request.url}: {request.failure}")
        ),
    )
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else problems.append(f"foreign: {request.url}")
        ),
    )
    yield Watched(page, problems)
    closed(page)
    assert problems == []
