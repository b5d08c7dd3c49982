"""The other hosts' templates with the real Broadsheet of the wheel: two days at each, by the lines
that the host would run. (tests/scaffold/test_steps.py has their odd cases, with a stand-in for
Broadsheet.)"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
import yaml

from .listings import Listings
from .machine import Machine, copied

pytestmark = pytest.mark.soak
DAYS = ("2026-03-10", "2026-03-11")


@dataclass
class Digest:
    """A digest that `broadsheet init` made, and the bare repository behind it."""

    machine: Machine
    environment: dict[str, str] = field(default_factory=dict)
    clones: int = 0

    @property
    def folder(self) -> Path:
        return self.machine.folder / "digest"

    @property
    def origin(self) -> Path:
        return self.machine.folder / "origin.git"

    @property
    def head(self) -> str:
        return self.run("git rev-parse main").strip()

    def run(self, script: str, at: Path | None = None, **more: str) -> str:
        return self.machine.well(script, at or self.folder, **{**self.environment, **more})

    def clone(self) -> Path:
        """A fresh checkout with its full history behind it, as a job gets one."""
        self.clones += 1
        made = self.machine.folder / f"job{self.clones}"
        self.machine.well(
            f"git clone -q --depth=2 file://{self.origin} {made}", self.machine.folder
        )
        return made

    def merge(self) -> None:
        """A curator merges what was fetched."""
        self.run("git pull -q && git fetch -q && git merge -q --no-edit origin/fetch/papers")
        self.run("git push -q origin main")

    def scripts(self, path: str) -> dict[str, str]:
        """The scripts of a file of Woodpecker's or GitLab's, by name."""
        data = yaml.safe_load((self.folder / path).read_text())
        if "steps" in data:
            return {step["name"]: "\n".join(step["commands"]) for step in data["steps"]}
        return {name: "\n".join(job["script"]) for name, job in data.items()}


@pytest.fixture
def digest(machine: Machine, listings: Listings, request: pytest.FixtureRequest) -> Digest:
    made = Digest(machine)
    (machine.folder / "pin.txt").write_text(f"broadsheet=={machine.wheel.name.split('-')[1]}\n")
    machine.well("python -m pip install --no-deps -r pin.txt", machine.folder)
    machine.well(
        f"broadsheet init digest --name Post --host {request.param} --domain papers.ada.net "
        "--source huggingface --source arxiv --category cs.LG",
        machine.folder,
    )
    (made.folder / "seeds/2026-01-05.example.txt").unlink()
    machine.well(f"git init -q --bare -b main {made.origin}", machine.folder)
    machine.well("git config receive.advertisePushOptions true", made.origin)
    made.run("git init -q -b main && git add -A && git commit -qm One")
    made.run(f"git remote add origin file://{made.origin} && git push -q -u origin main")
    listings.huggingface = {"2026-03-09": [1, 2], "2026-03-10": [3]}
    listings.arxiv = (date(2026, 3, 10), [51])
    return made


def posting(digest: Digest, listings: Listings) -> None:
    """Have the digest posted to a server on this machine."""
    settings = digest.folder / "pelicanconf.py"
    row = {"to": "mastodon", "server": listings.url}
    settings.write_text(settings.read_text() + f"\nBROADSHEET_POSTS = [{row!r}]\n")
    digest.run("git commit -qam Posts && git push -q origin main")


def posted(listings: Listings) -> list[str]:
    """The days that were posted, as their texts begin."""
    told = [json.loads(one) for one in listings.told if one.startswith("{")]
    return [one["status"].split("\n")[0] for one in told if "status" in one]


def second_morning(machine: Machine, listings: Listings) -> None:
    machine.now = "2026-03-11T05:17:00+00:00"
    listings.huggingface |= {"2026-03-10": [3, 4], "2026-03-11": [5]}


def published(site: Path, papers: int, said: str) -> None:
    """Whether a site has the papers of so many days, and says where it is read."""
    assert f"{papers} papers" in said
    assert 'href="https://papers.ada.net/' in (site / "index.html").read_text()
    assert (site / "theme/js/vendor/lunr.js").is_file()
    assert not (site / ".broadsheet-files").exists()
    late = (site / "2026/03/10/index.html").read_text()
    assert ("part 4" in late) == (papers > 4)


@pytest.mark.parametrize("digest", ["gitlab"], indirect=True)
def test_gitlab(digest: Digest, machine: Machine, listings: Listings) -> None:
    digest.environment = {
        "CI_PROJECT_URL": "https://gitlab.com/ada/post", "CI_SERVER_URL": f"file://{machine.folder}",
        "CI_PROJECT_PATH": "origin", "CI_DEFAULT_BRANCH": "main", "GITLAB_CI": "true",
        "CI_PAGES_URL": "https://ada.gitlab.io/post", "PUSH_TOKEN": "t",
    }  # fmt: skip
    posting(digest, listings)
    fetch, cache = digest.scripts(".gitlab/ci/fetch.yml"), machine.folder / "cache"
    for papers in (4, 6):
        base = digest.environment["CI_COMMIT_SHA"] = digest.head
        first, second = digest.clone(), digest.clone()
        digest.run(fetch["collect"], first)
        copied(first / "change", second / "change")
        digest.run(fetch["propose"], second)
        digest.run(fetch["tell"], second)
        digest.merge()
        request = digest.clone()
        digest.run(
            digest.scripts(".gitlab/ci/check.yml")["check"], request,
            CI_MERGE_REQUEST_DIFF_BASE_SHA=base,
        )  # fmt: skip
        assert f"{4 if papers == 4 else 2} added" in (request / "comment/diff.md").read_text()
        site = digest.clone()
        if cache.exists():
            copied(cache, site)
        said = digest.run(digest.scripts(".gitlab/ci/pages.yml")["pages"], site)
        for name in (".broadsheet", "output"):
            copied(site / name, cache / name)
        published(site / "public", papers, said)
        for _ in range(2):  # each day once
            job = digest.clone()
            if (cache / ".posted").exists():
                copied(cache / ".posted", job / ".posted")
            digest.run(
                digest.scripts(".gitlab/ci/post.yml")["post"], job, BROADSHEET_POST_MASTODON="k",
                CI_PIPELINE_SOURCE="push", CI_DISPOSABLE_ENVIRONMENT="true",
            )  # fmt: skip
            copied(job / ".posted", cache / ".posted")
        second_morning(machine, listings)
    assert len(posted(listings)) == len(set(posted(listings))) == 2
    match = re.search(r"(\d+) files?: (\d+) written", said)
    assert match
    assert int(match[2]) < int(match[1]) * 0.8


@pytest.mark.parametrize("digest", ["codeberg"], indirect=True)
def test_codeberg(digest: Digest, machine: Machine, listings: Listings) -> None:
    (machine.folder / "tmp").mkdir()
    digest.environment = {
        "CI_REPO_URL": "https://codeberg.org/ada/post", "CI_FORGE_URL": listings.url,
        "CI_REPO": "ada/post", "CI_REPO_DEFAULT_BRANCH": "main", "TOKEN": "t",
        "CI_REPO_CLONE_URL": f"file://{digest.origin}", "CI_COMMIT_TARGET_BRANCH": "main",
    }  # fmt: skip

    posting(digest, listings)

    def scripts(name: str) -> dict[str, str]:
        found = digest.scripts(f".woodpecker/{name}.yml")
        return {key: text.replace("/tmp/", f"{machine.folder}/tmp/") for key, text in found.items()}

    for papers in (4, 6):
        digest.environment["CI_COMMIT_SHA"] = digest.head
        work = digest.clone()
        for name in ("collect", "propose", "tell"):
            digest.run(scripts("fetch")[name], work)
        assert '"head": "fetch/papers"' in listings.told[-1]
        digest.merge()
        work = digest.clone()
        digest.run(scripts("check")["check"], work)
        said = digest.run(scripts("publish")["build"], work)
        digest.run(scripts("publish")["publish"], work)
        site = machine.folder / "pages"
        shutil.rmtree(site, ignore_errors=True)
        digest.run(f"git clone -q --branch pages file://{digest.origin} {site}")
        published(site, papers, said)
        assert (site / ".domains").read_text() == "papers.ada.net\n"
        for _ in range(2):  # each day once
            work = digest.clone()
            digest.run(scripts("post")["post"], work, KEYS="BROADSHEET_POST_MASTODON='k'\n")
            digest.run(scripts("post")["keep"], work)
            digest.run(scripts("post")["tell"], work)
        second_morning(machine, listings)
    assert len(posted(listings)) == len(set(posted(listings))) == 2


@pytest.mark.parametrize("digest", ["server"], indirect=True)
@pytest.mark.parametrize("review", ["no", "yes"])
def test_a_server(digest: Digest, machine: Machine, listings: Listings, review: str) -> None:
    site = machine.folder / "www"
    settings = digest.folder / "server/digest.conf"
    text = settings.read_text().replace("/var/www/digest", str(site))
    settings.write_text(
        text.replace("REVIEW=no", f"REVIEW={review}").replace("PUSH=no", "PUSH=yes")
        .replace("POST=no", "POST=yes").replace("/etc/digest", str(machine.folder))
    )  # fmt: skip
    (machine.folder / "post-keys").write_text("BROADSHEET_POST_MASTODON='k'\n")
    posting(digest, listings)
    for papers in (4, 6):
        said = digest.run("sh server/update")
        if review == "yes":
            # The next morning joins the branch, and a curator merges both.
            second_morning(machine, listings)
            digest.run("sh server/update")
            digest.merge()
            published(site, 6, digest.run("sh server/update"))
            break
        published(site, papers, said)
        second_morning(machine, listings)
    assert digest.run("git status --porcelain") == ""
    # What is posted first is the newest day.
    assert len(posted(listings)) == len(set(posted(listings))) == (1 if review == "yes" else 2)


@pytest.mark.parametrize("digest", ["netlify", "cloudflare", "container"], indirect=True)
def test_hosts_that_only_build(digest: Digest, machine: Machine, listings: Listings) -> None:
    # Their `python` makes environments of its own.
    shutil.copy(machine.tools / "python3", machine.tools / "python")
    digest.run("broadsheet fetch && broadsheet import")
    digest.run("git add -A && git commit -qm Two && git push -q")
    work = digest.clone()
    if (work / "netlify.toml").exists():
        site = tomllib.loads((work / "netlify.toml").read_text())["build"]
        published(work / site["publish"], 4, digest.run(site["command"], work))
        return
    if (work / "cloudflare").exists():
        published(work / "output", 4, digest.run("sh cloudflare/build", work))
        assert (work / "output/_headers").is_file()
        return
    image = machine.folder / "image"
    image.mkdir()
    for line in (work / "Dockerfile").read_text().splitlines():
        word, _, rest = line.partition(" ")
        if word == "COPY" and not rest.startswith(("--from", "container")):
            source, target = rest.split()
            copied(work / source, image / target.removeprefix("/"))
        elif word == "RUN":
            said = digest.run(rest.replace("/tmp/", f"{image}/tmp/"), image)
    published(image / "output", 4, said)
