"""The steps of the other hosts, carried out in order as each host does, with stand-ins for what is
installed and for the host. GitHub's are in tests/github."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from broadsheet.io.bundled import path as bundled
from broadsheet.scaffold import Answers, Digest, templates
from tests.digests import ROOT

LISTING = bundled("templates/digest/seeds/2026-01-05.example.txt")

BROADSHEET = """#!{python}
import os, shutil, sys
from pathlib import Path
name, *rest = sys.argv[1:]
if os.environ.get("DOWN"):
    sys.exit(name == "fetch")
elif name == "fetch":
    shutil.copy({listing!r}, os.environ.get("NEXT_DAY") or "seeds")
elif name == "build":  # tests/site has real ones
    site = Path(rest[rest.index("--output") + 1] if "--output" in rest else "output")
    (site / ".broadsheet-files").mkdir(parents=True, exist_ok=True)
    days = [str(day) for day in Path("content").glob("2*/*/*")]
    (site / "index.html").write_text(" ".join([*rest, *days]))
elif name == "check":
    sys.exit("WRONG" in os.environ)
else:
    sys.path.insert(0, {plugins!r})
    from broadsheet.cli import main
    main()
"""

RSYNC = """#!/bin/sh
for last; do :; done
mkdir -p "$last" && cp -R output/. "$last" && rm -rf "$last/.broadsheet-files"
"""


@dataclass
class Host:
    """A digest with a bare repository behind it, and what runs its steps."""

    folder: Path
    name: str
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> Path:
        return self.folder / "digest"

    @property
    def head(self) -> str:
        return self.git("rev-parse", "main").strip()

    def clone(self) -> Path:
        """A fresh checkout, as each job gets one."""
        made = self.folder / f"job{len(list(self.folder.glob('job*')))}"
        self.git("clone", "-q", str(self.folder / "origin.git"), str(made), at=self.folder)
        return made

    def git(self, *args: str, at: Path | None = None) -> str:
        made = subprocess.run(
            ["git", *args], cwd=at or self.digest, env=self.variables(), check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        return made.stdout

    def variables(self, **more: str) -> dict[str, str]:
        who = {f"GIT_{role}_{part}": "a@ada.net" for role in ("AUTHOR", "COMMITTER")
               for part in ("NAME", "EMAIL")}  # fmt: skip
        return {
            "PATH": f"{self.folder / 'tools'}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C.UTF-8",
            **who, **self.environment, **more,
        }  # fmt: skip

    def run(self, script: str, at: Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-e", "-c", script], cwd=at, env=self.variables(**more), capture_output=True,
            text=True, timeout=60, check=False,
        )  # fmt: skip

    def well(self, script: str, at: Path, **more: str) -> str:
        made = self.run(script, at, **more)
        assert made.returncode == 0, made.stdout + made.stderr
        return made.stdout

    def document(self, path: str) -> Any:
        return yaml.safe_load((self.digest / path).read_text())

    def steps(self, path: str) -> dict[str, str]:
        """The scripts of a file of Woodpecker's or GitLab's, by name."""
        data = self.document(path)
        if "steps" in data:
            return {step["name"]: "\n".join(step["commands"]) for step in data["steps"]}
        return {name: "\n".join(job["script"]) for name, job in data.items()}


@pytest.fixture
def host(tmp_path: Path, request: pytest.FixtureRequest) -> Host:
    made = Host(tmp_path, request.param)
    digest = Digest(made.digest)
    answers = Answers(name="Post", host=request.param, domain="papers.ada.net")
    files = templates.render(answers, version="1", requirement="broadsheet==1")
    del files[templates.EXAMPLE]
    files["requirements/install"] = "exit 0\n"
    digest.carry_out(digest.adopted(files), answers)
    tools = tmp_path / "tools"
    tools.mkdir()
    command = BROADSHEET.format(
        python=sys.executable, plugins=str(ROOT / "plugins"), listing=str(LISTING)
    )
    for name, text in (("broadsheet", command), ("rsync", RSYNC)):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    made.git("init", "-q", "--bare", str(tmp_path / "origin.git"), at=tmp_path)
    made.git("config", "receive.advertisePushOptions", "true", at=tmp_path / "origin.git")
    made.git("symbolic-ref", "HEAD", "refs/heads/main", at=tmp_path / "origin.git")
    made.git("init", "-q", "-b", "main")
    made.git("add", "-A")
    made.git("commit", "-qm", "One")
    made.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    made.git("push", "-q", "origin", "main")
    return made


def fetched(host: Host) -> set[str]:
    """The files of the branch that a fetch pushed, beyond those of main."""
    (branch,) = (
        line.split("refs/heads/")[1]
        for line in host.git("ls-remote", "origin").splitlines()
        if "refs/heads/fetch/" in line
    )
    host.git("fetch", "-q", "origin", branch)
    return set(host.git("diff", "--name-only", "main", "FETCH_HEAD").split())


@pytest.mark.slow
@pytest.mark.parametrize("host", ["gitlab"], indirect=True)
def test_gitlab(host: Host) -> None:
    host.environment = {
        "CI_PROJECT_URL": "https://gitlab.com/ada/post", "CI_SERVER_URL": f"file://{host.folder}",
        "CI_PROJECT_PATH": "origin", "CI_DEFAULT_BRANCH": "main",
        "CI_PAGES_URL": "https://ada.gitlab.io/post", "CI_COMMIT_SHA": host.head,
    }  # fmt: skip
    steps = host.steps(".gitlab/ci/fetch.yml")
    first, second = host.clone(), host.clone()
    host.well(steps["collect"], first)
    assert "5 added" in (first / "change/diff.md").read_text()
    shutil.copytree(first / "change", second / "change")
    host.well(steps["propose"], second, PUSH_TOKEN="t")
    host.well(steps["tell"], second)
    names = fetched(host)
    assert "seeds/2026-01-05.example.txt" in names
    assert "content/2026/01/05/day.yml" in names
    assert all(name.startswith(("seeds/", "content/")) for name in names)

    failing = host.clone()
    host.well(steps["collect"], failing, DOWN="1")
    assert "Nothing new." in host.well(steps["propose"], failing, PUSH_TOKEN="t")
    assert host.run(steps["tell"], failing).returncode == 1

    merged = host.clone()
    base = host.head
    host.git("merge", "-q", "FETCH_HEAD")
    host.git("push", "-q", "origin", "main")
    host.git("pull", "-q", at=merged)
    checking = host.steps(".gitlab/ci/check.yml")["check"]
    host.well(checking, merged, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert "5 added" in (merged / "comment/diff.md").read_text()
    host.well(host.steps(".gitlab/ci/pages.yml")["pages"], merged)
    page = (merged / "public/index.html").read_text()
    assert page == "--siteurl https://papers.ada.net content/2026/01/05"
    assert not (merged / "public/.broadsheet-files").exists()


@pytest.fixture
def forge() -> Iterator[tuple[str, list[str]]]:
    """A code host's API, and what it was sent."""
    sent: list[str] = []

    class Requests(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent.append(f"{self.path} {self.headers['Authorization']} {body}")
            self.send_response(201 if len(sent) == 1 else 409 if len(sent) == 2 else 403)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", sent
    server.shutdown()
    server.server_close()


@pytest.mark.slow
@pytest.mark.parametrize("host", ["codeberg"], indirect=True)
def test_codeberg(host: Host, forge: tuple[str, list[str]]) -> None:
    url, sent = forge
    (host.folder / "tmp").mkdir()
    host.environment = {
        "CI_REPO_URL": "https://codeberg.org/ada/post", "CI_FORGE_URL": url,
        "CI_REPO": "ada/post", "CI_REPO_DEFAULT_BRANCH": "main", "CI_COMMIT_SHA": host.head,
        "CI_REPO_CLONE_URL": f"file://{host.folder / 'origin.git'}",
        "CI_COMMIT_TARGET_BRANCH": "main",
    }  # fmt: skip

    def steps(name: str) -> dict[str, str]:
        found = host.steps(f".woodpecker/{name}.yml")
        return {key: text.replace("/tmp/", f"{host.folder}/tmp/") for key, text in found.items()}

    fetch = steps("fetch")
    work = host.clone()
    host.well(fetch["collect"], work)
    # What the step with installed code leaves behind in its checkout counts for nothing.
    (work / ".git/hooks/pre-push").write_text("#!/bin/sh\ntouch gotcha\n")
    (work / ".git/hooks/pre-push").chmod(0o755)
    for _ in range(2):  # the second one finds its pull request open
        host.well(fetch["propose"], work, TOKEN="t")
    host.well(fetch["tell"], work)
    assert not list(host.folder.rglob("gotcha"))
    assert sent[0].startswith("/api/v1/repos/ada/post/pulls token t {")
    assert '"base": "main"' in sent[0]
    assert "content/2026/01/05/day.yml" in fetched(host)
    assert host.run(fetch["propose"], work, TOKEN="t").returncode == 1

    failing = host.clone()
    host.well(fetch["collect"], failing, DOWN="1")
    assert host.run(fetch["tell"], failing).returncode == 1

    publish = steps("publish")
    host.git("merge", "-q", "FETCH_HEAD")
    host.git("push", "-q", "origin", "main")
    work = host.clone()
    host.well(steps("check")["check"], work)
    host.well(publish["build"], work)
    host.well(publish["publish"], work, TOKEN="t")
    host.git("fetch", "-q", "origin", "pages")
    files = set(host.git("ls-tree", "-r", "--name-only", "FETCH_HEAD").split())
    assert files == {"index.html", ".domains"}


@pytest.mark.parametrize("host", ["netlify"], indirect=True)
def test_listings_and_images_keep_their_bytes_in_git(host: Host) -> None:
    bytes_of = {
        "seeds/2026-01-06.x.csv": b"a\r\nb\n",
        "content/images/a.png": b"\x89PNG\r\n\x1a\n\0",
    }
    for name, data in {**bytes_of, "content/a.md": b"a\r\nb\r\n"}.items():
        (host.digest / name).parent.mkdir(exist_ok=True)
        (host.digest / name).write_bytes(data)
    host.git("add", "-A")
    host.git("commit", "-qm", "Two")
    host.git("push", "-q", "origin", "main")
    made = host.clone()
    assert {name: (made / name).read_bytes() for name in bytes_of} == bytes_of
    assert (made / "content/a.md").read_bytes() == b"a\nb\n"


@pytest.mark.parametrize("host", ["netlify"], indirect=True)
def test_netlify(host: Host) -> None:
    data = tomllib.loads((host.digest / "netlify.toml").read_text())
    host.well(data["build"]["command"], host.digest)
    built = host.digest / data["build"]["publish"]
    assert (built / "index.html").read_text() == ""
    assert not (built / ".broadsheet-files").exists()


@pytest.mark.parametrize("host", ["cloudflare"], indirect=True)
def test_cloudflare(host: Host) -> None:
    (host.folder / "tools/python").write_text("#!/bin/sh\nexit 0\n")  # python -m venv
    (host.folder / "tools/python").chmod(0o755)
    for branch, options in {"main": "", "other": "--relative"}.items():
        host.well("sh cloudflare/build", host.digest, CF_PAGES_BRANCH=branch)
        assert (host.digest / "output/index.html").read_text() == options
        assert (host.digest / "output/_headers").is_file()
    shutil.rmtree(host.digest / "output")
    assert host.run("sh cloudflare/build", host.digest, WRONG="1").returncode == 1
    assert not (host.digest / "output").exists()  # what is wrong is not published


@pytest.mark.slow(except_each=2)
@pytest.mark.parametrize("host", ["server"], indirect=True)
@pytest.mark.parametrize("review", ["no", "yes"])
def test_a_server(host: Host, review: str) -> None:
    settings = host.digest / "server/digest.conf"
    text = settings.read_text().replace("/var/www/digest", f"{host.folder}/www")
    settings.write_text(
        text.replace("REVIEW=no", f"REVIEW={review}").replace("PUSH=no", "PUSH=yes")
    )
    host.git("commit", "-qam", "Two")
    host.git("push", "-q", "-u", "origin", "main")
    (host.digest / ".venv/bin").mkdir(parents=True)
    shutil.copy(host.digest / "requirements/broadsheet.txt", host.digest / ".venv/installed")
    host.well("sh server/update", host.digest)
    page = (host.folder / "www/index.html").read_text()
    assert page == ("content/2026/01/05" if review == "no" else "")
    if review == "yes":
        assert "content/2026/01/05/day.yml" in fetched(host)
    else:
        assert "Add the papers of" in host.git("log", "-1", "--format=%s", "origin/main")
    assert host.git("status", "--porcelain") == ""
    failing = host.run("sh server/update", host.digest, DOWN="1")
    assert failing.returncode == 1
    assert "A source or a listing failed" in failing.stdout
    (host.folder / "www/index.html").unlink()
    assert host.run("sh server/update", host.digest, WRONG="1").returncode == 1
    assert not (host.folder / "www/index.html").exists()  # what is wrong is not published
