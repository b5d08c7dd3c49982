"""A digest with a day of waiting papers, its editor, and a server that shows it to a browser."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from broadsheet.cli.build import run as build
from broadsheet.cli.site_server import Builds, Handler, SiteServer
from broadsheet.editor import EditedSite, Editor, HttpAnswer, HttpRequest
from broadsheet.editor.guard import TOKEN, Guard
from broadsheet.importer import run
from broadsheet.papers import Entry
from broadsheet.site.request import BuildRequest
from tests.digests import Digest
from tests.importer.world import rows
from tests.lent_context import LentContext, closed

DAY = date(2025, 8, 9)
TODAY = date(2025, 8, 10)
KEY = "the-key-of-this-process"
TITLES = ("Convex hulls", "Image stitching", "Steps by gradient", "Pixels at dusk", "Last of all")


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, as a user with a name."""
    named = ["-c", "user.name=Cy", "-c", "user.email=cy@example.org"]
    command = ["git", "-C", str(folder), *named, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def made(folder: Path) -> Digest:
    """A digest in git, with five papers that wait on `DAY`."""
    digest = Digest(folder)
    digest.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    digest.write("content/intake.yml", "limit: 0\n")
    listed = [
        Entry(title=title, abstract=f"We show that $x^{n}$ is {title.lower()}.", authors=("Ada",),
              upvotes=9 - n)
        for n, title in enumerate(TITLES)
    ]  # fmt: skip
    digest.write("seeds/2025-08-09.a.jsonl", rows(listed))
    run([digest.folder / "seeds/2025-08-09.a.jsonl"], digest.folder / "content")
    digest.write(".gitignore", "output/\n.broadsheet/\ncontent/.staging/\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Cy")
    git(folder, "config", "user.email", "cy@example.org")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Begin")
    return digest


@dataclass
class Desk:
    """A digest with its editor, asked without a server."""

    digest: Digest
    editor: Editor
    guard: Guard

    def request(self, path: str, body: Any = None, **headers: str | None) -> HttpRequest:
        """A request as the editor's own pages send it, but for some headers (None: without)."""
        sent: dict[str, str | None] = {
            "host": "127.0.0.1:8000",
            "cookie": f"other=1; {self.guard.name}={KEY}",
            "sec-fetch-site": "same-origin",
        }
        if body is not None:
            sent |= {"origin": "http://127.0.0.1:8000", "content-type": "application/json"}
            sent |= {TOKEN: self.guard.token}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        name, _, query = path.partition("?")
        return HttpRequest(
            method="GET" if body is None else "POST",
            path=name,
            query=query,
            headers={name: (value,) for name, value in sent.items() if value is not None},
            body=b"" if body is None else json.dumps(body).encode(),
        )

    def answer(self, path: str, body: Any = None, **headers: str | None) -> HttpAnswer:
        """The answer to such a request."""
        return self.editor.answer(self.request(path, body, **headers))

    def ask(self, path: str, body: Any = None, status: int = 200) -> dict[str, Any]:
        """The answer's JSON, after a look at its status."""
        answer = self.answer(path, body)
        assert answer.status == status, answer.body
        found: dict[str, Any] = json.loads(answer.body)
        return found

    def seen(self, key: str) -> dict[str, str]:
        """The mark of a paper as it is now."""
        return {key: self.ask(f"paper?id={key}")["mark"]}

    def apply(self, status: int = 200, **operation: Any) -> dict[str, Any]:
        """Carry out an operation on a paper as it is now."""
        seen = self.seen(operation["paper"])
        return self.ask("apply", {"operations": [operation], "seen": seen}, status)

    def content(self) -> dict[str, bytes]:
        """All files of the content folder, by path."""
        root = self.digest.folder / "content"
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }


def desk_of(digest: Digest, port: int = 8000) -> Desk:
    """The editor of a digest."""
    guard = Guard(KEY, f"broadsheet-edit-{port}")
    site = EditedSite(root=digest.folder / "content", output=digest.output, curator="Cy")
    return Desk(digest, Editor(site, guard, lambda: TODAY), guard)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """The digest as it was made; tests work on copies."""
    return made(tmp_path_factory.mktemp("original") / "digest")


@pytest.fixture
def desk(original: Digest, tmp_path: Path) -> Desk:
    """A copy of it, with its editor."""
    return desk_of(original.copied(tmp_path / "digest"))


@dataclass
class Shown:
    """A digest that is shown to a browser, with its controls; it is built when asked."""

    desk: Desk
    builds: Builds
    address: str
    problems: list[str] = field(default_factory=list)

    def build(self) -> None:
        """Build what was edited, and have open pages shown anew."""
        with contextlib.redirect_stdout(io.StringIO()):
            request = BuildRequest(wrote=self.builds.wrote, jobs=1)
            build(self.desk.digest.folder / "pelicanconf.py", {"SITEURL": ""}, request)


@pytest.fixture(scope="module")
def shown(original: Digest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """A copy of the digest, built, on a server that edits."""
    copy = original.copied(tmp_path_factory.mktemp("shown") / "digest")
    builds = Builds()
    server = SiteServer(
        ("127.0.0.1", 0), partial(Handler, directory=str(copy.output), builds=builds)
    )
    desk = desk_of(copy, server.server_port)
    server.editor = desk.editor
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    made = Shown(desk, builds, f"http://127.0.0.1:{server.server_port}/")
    made.build()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(plain_context: LentContext, shown: Shown) -> Iterator[Page]:
    """A page of a browser that has the cookie of the printed address, and shows nothing yet; fails
    its test on any complaint."""
    with plain_context.lent(shown.address) as context:
        yield from _opened(context, shown)


def _opened(context: BrowserContext, shown: Shown) -> Iterator[Page]:
    opened = context.new_page()
    complaints: list[str] = []
    opened.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type in ("error", "warning") and "status of 4" not in said.text
            else None
        ),
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    answer = context.request.get(f"{shown.address}__edit/open?key={KEY}", max_redirects=0)
    assert answer.status == 303, answer.status
    yield opened
    closed(opened)
    assert complaints == []
