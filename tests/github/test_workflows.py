"""The workflows: safe by their text, every step that can run here run. `make lint` has actionlint
and zizmor look at them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt
from packaging.requirements import Requirement

from broadsheet.scaffold import Answers, templates
from tests.digests import ROOT, Digest
from tests.fetch.conftest import atom, papers

FOLDER = ROOT / ".github" / "workflows"
TEMPLATES = ROOT / "plugins" / "broadsheet" / "templates"
REQUIREMENTS = ROOT / "requirements"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yml"))
DIGESTS = ("check", "comment", "fetch", "mail", "publish", "suggest")
"""Those that a digest has, too; the others are of this package alone."""

# Steps that can't run here, and why.
ELSEWHERE = {
    "Audit": "asks a database on the network; tests/github/test_audit.py has its answers",
    "Install": "installs into the runner's Python; `make` does the same",
    "Tell what failed": "runs where a source failed; a test of its own has it",
    "release Build": "python -m build; the package's own test builds the wheel",
    "ci Test": "these tests are it",
    "ci Install other browsers": "installs into the runner's system; .ci/run does the same",
    "ci Audit dependencies": "asks PyPI's and npm's databases of what is unsafe",
    "Send": "needs a mail server; tests/mail has one",
}


def workflow(name: str) -> dict[str, Any]:
    # BaseLoader: `on` is a word, not a truth.
    data: dict[str, Any] = yaml.load((FOLDER / f"{name}.yml").read_text(), Loader=yaml.BaseLoader)
    return data


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in workflow(name)["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("name", NAMES)
def test_actions_are_pinned_by_hash_and_name_their_version(name: str) -> None:
    text = (FOLDER / f"{name}.yml").read_text()
    uses = re.findall(r"uses: (.*)", text)
    assert uses
    for one in uses:
        assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one


@pytest.mark.parametrize("name", NAMES)
def test_workflows_have_least_rights_and_a_time_limit(name: str) -> None:
    data = workflow(name)
    assert data["permissions"] in ({}, {"contents": "read"}, "")
    for job in data["jobs"].values():
        assert int(job["timeout-minutes"]) <= 360
        assert set(job.get("permissions", {})) <= {
            "contents", "pull-requests", "pages", "id-token", "actions",
        }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_strangers_text_is_part_of_a_command(name: str) -> None:
    for step in steps(name):
        assert "${{" not in step.get("run", "")


def test_what_runs_strangers_code_has_no_secrets_and_may_write_nothing() -> None:
    text = (FOLDER / "check.yml").read_text()
    assert workflow("check")["on"] == "pull_request"
    assert "secrets." not in text
    assert "write" not in re.sub(r"#.*", "", text)
    assert "persist-credentials: false" in text
    for name in NAMES:
        assert "pull_request_target" not in (FOLDER / f"{name}.yml").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_checkouts_leave_no_token_behind(name: str) -> None:
    for step in steps(name):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("name", NAMES)
def test_what_may_write_runs_nothing_that_was_installed(name: str) -> None:
    """Of jobs that may write to the repository: nothing is installed, and of the actions none but
    the code host's own runs."""
    for job in workflow(name)["jobs"].values():
        rights = job.get("permissions", workflow(name)["permissions"])
        if not {"contents", "pull-requests", "pages", "id-token"} & {
            right for right, value in dict(rights or {}).items() if value == "write"
        }:
            continue
        for step in job["steps"]:
            run = step.get("run", "")
            assert not re.search(r"\b(pip|npm|broadsheet|install|vendor\.py)\b", run)
            used = step.get("uses", "actions/")
            assert used.startswith(("actions/", "pypa/gh-action-pypi-publish@"))


@pytest.mark.parametrize("name", NAMES)
def test_all_that_is_installed_is_known_by_its_hash(name: str) -> None:
    for step in steps(name):
        for line in step.get("run", "").splitlines():
            if "pip install" in line:
                assert "--require-hashes" in line
    text = (REQUIREMENTS / "install").read_text()
    for line in text.splitlines():
        if line.startswith("pip --"):
            assert (
                "--require-hashes" in line or "--no-deps --no-build-isolation --editable ." in line
            )


def test_the_workflows_of_this_repository_are_the_templates_of_a_digest() -> None:
    """Whoever edits one copies it: `make templates`."""
    answers = Answers(name="Ours", repository="https://github.com/a/b")
    rendered = templates.render(answers, version="1", requirement="broadsheet==1")
    ours = {path for path in rendered if path.startswith(".github/")} - {".github/dependabot.yml"}
    assert {f".github/workflows/{name}.yml" for name in DIGESTS} < ours
    for path in ours | {"scripts/fetch-branch"}:
        assert (ROOT / path).read_bytes() == rendered[path].encode(), path


def test_workflows_need_neither_make_nor_npm() -> None:
    for name in DIGESTS:
        for step in steps(name):
            assert not re.search(r"\b(make|npm|node)\b", step.get("run", ""))


def pins(name: str) -> dict[str, set[str]]:
    """The releases that a file of requirements pins; there are two where Pythons differ."""
    text = (REQUIREMENTS / f"{name}.txt").read_text()
    found: dict[str, set[str]] = {}
    for entry in re.split(r"\n(?=\S)", text.strip()):
        match = re.match(r"([a-z0-9.-]+)==([^\s;]+)(?: ; [^\\]+)? \\\n", entry)
        assert match, entry
        rest = entry[match.end() :].split()
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}|\\", one) for one in rest)
        assert any(one.startswith("--hash") for one in rest)
        found.setdefault(match[1], set()).add(match[2])
    return found


def test_what_is_pinned_is_what_the_package_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    have = pins("libraries")
    for name in ("build", "pip", "audit", "setuptools"):
        here = pins(name)
        lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
        for one in map(Requirement, (line for line in lines if not line.startswith("#"))):
            assert all(one.specifier.contains(release) for release in here[one.name])
        if name in ("build", "setuptools"):
            assert all(have[one] == here[one] for one in here.keys() & have.keys())
    built = pins("build")
    assert pins("setuptools")["setuptools"] == built["setuptools"]
    for one in map(Requirement, asked["build-system"]["requires"]):
        assert built.get(one.name), one.name
    for one in map(Requirement, asked["project"]["dependencies"]):
        assert have.get(one.name), one.name
        assert all(one.specifier.contains(release) for release in have[one.name]), one


def test_mail_is_sent_in_private_repositories_alone() -> None:
    (job,) = workflow("mail")["jobs"].values()
    assert "github.event.repository.private == true &&" in job["if"]
    assert "--allow-public-runner" not in (FOLDER / "mail.yml").read_text()


def test_what_may_comment_checks_nothing_out() -> None:
    assert all("checkout" not in step.get("uses", "") for step in steps("comment"))


def test_forms_are_what_the_command_reads() -> None:
    form = yaml.safe_load((FOLDER.parent / "ISSUE_TEMPLATE" / "suggest.yml").read_text())
    labels = [field["attributes"]["label"] for field in form["body"]]
    assert labels == ["Paper", "Topic", "Note", "Your name"]
    for name in ("mistake", "bug"):
        other = yaml.safe_load((FOLDER.parent / "ISSUE_TEMPLATE" / f"{name}.yml").read_text())
        assert all(field["id"] and field["attributes"]["label"] for field in other["body"])


def test_the_code_is_tested_on_each_system_and_python_that_it_is_for() -> None:
    matrix = workflow("ci")["jobs"]["test"]["strategy"]["matrix"]
    assert {name.partition("-")[0] for name in matrix["system"]} == {"ubuntu", "macos"}
    declared = re.search(
        r'^requires-python = ">=(.*)"', (ROOT / "pyproject.toml").read_text(), re.M
    )
    assert declared
    assert matrix["python"][0] == declared[1]
    assert [step["run"] for step in steps("ci") if step.get("name") == "Test"] == ["make test"]
    assert "make test\n" in (ROOT / "README.md").read_text()


def test_whatever_is_locked_is_kept_fresh() -> None:
    data = yaml.safe_load((FOLDER.parent / "dependabot.yml").read_text())
    assert {one["package-ecosystem"] for one in data["updates"]} == {"github-actions", "pip", "npm"}


# Running the steps

GH = """#!{python}
import json, os, sys
with open(os.environ["GH_LOG"], "a") as log:
    log.write(json.dumps(sys.argv[1:]) + "\\n")
answer = json.loads(os.environ["GH_SAYS"]).get(" ".join(sys.argv[1:3]))
if answer is None:
    sys.exit(1)
print(answer)
"""

BROADSHEET = """#!{python}
import os, sys
sys.path.insert(0, {plugins!r})
from broadsheet.cli import main
args = sys.argv[1:]
if args == ["fetch"] and not os.environ["SERVER"]:
    sys.exit("error: no server")
if args[:1] in (["fetch"], ["add"]):
    import time
    from datetime import UTC, datetime, timedelta
    from broadsheet.fetch import clock
    ahead = [timedelta()]  # what servers ask to wait between requests passes at once
    def sleep(seconds):
        ahead[0] += timedelta(seconds=seconds)
    clock.Clock.__init__.__defaults__ = (
        lambda: datetime.now(UTC) + ahead[0], sleep, time.monotonic)
    args += ["--base-url", os.environ["SERVER"]]
main(args)
"""


@dataclass
class Runner:
    """A checkout with a remote, and what a runner's machine has: git, gh, broadsheet."""

    digest: Digest
    tools: Path
    ran: set[str]
    says: dict[str, str]
    server: str
    posted: list[str]
    head: str = ""

    @property
    def asked(self) -> list[list[str]]:
        log = self.tools / "gh.log"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def git(self, *args: str) -> str:
        made = subprocess.run(
            ["git", *args], cwd=self.digest.folder, capture_output=True, text=True, check=True,
            env=self.environment(),
        )  # fmt: skip
        return made.stdout

    def environment(self, **values: str) -> dict[str, str]:
        who = {f"GIT_{role}_{part}": "a@example.org" for role in ("AUTHOR", "COMMITTER")
               for part in ("NAME", "EMAIL")}  # fmt: skip
        return {
            "PATH": f"{self.tools}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.tools),
            "RUNNER_TEMP": str(self.tools),
            "GITHUB_SHA": self.head,
            "GITHUB_OUTPUT": str(self.tools / "output"),
            "GH_LOG": str(self.tools / "gh.log"),
            "GH_SAYS": json.dumps(self.says),
            "SERVER": self.server,
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C.UTF-8",
            **who,
            **values,
        }

    def run(self, name: str, **values: str) -> dict[str, subprocess.CompletedProcess[str]]:
        """Run a workflow's steps as a runner does; values stand for the expressions of `env:`."""
        made = {}
        self.head = self.git("rev-parse", "HEAD").strip()
        for step in steps(name):
            title = step.get("name", "")
            if "run" not in step or title in ELSEWHERE or f"{name} {title}" in ELSEWHERE:
                continue
            env = {key: values[key] for key in step.get("env", {}) if key in values}
            made[title] = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=self.digest.folder,
                env=self.environment(**env),
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            self.ran.add(f"{name} {title}")
            if made[title].returncode:
                break
        return made


RAN: set[str] = set()


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    posted: list[str] = []

    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = atom(7) if "id_list" in self.path or "2601" in self.path else papers(1, 2)
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            posted.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}).start()
    digest = Digest(tmp_path / "digest")
    digest.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    digest.write(".gitignore", ".broadsheet/\noutput/\nsite/\ncomment/\n")
    digest.write("seeds/.gitkeep", "")
    digest.write("scripts/fetch-branch", (ROOT / "scripts/fetch-branch").read_text())
    digest.write("pyproject.toml", (ROOT / "pyproject.toml").read_text())
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, text in (("gh", GH), ("broadsheet", BROADSHEET)):
        script = tools / name
        script.write_text(text.format(python=sys.executable, plugins=str(ROOT / "plugins")))
        script.chmod(0o755)
    made = Runner(digest, tools, RAN, {}, f"http://127.0.0.1:{http.server_address[1]}", posted)
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "origin")], check=True)
    made.git("init", "-q", "-b", "main")
    made.git("add", "-A")
    made.git("commit", "-qm", "One")
    made.git("remote", "add", "origin", str(tmp_path / "origin"))
    yield made
    http.shutdown()
    http.server_close()


def well(made: dict[str, subprocess.CompletedProcess[str]]) -> bool:
    for title, one in made.items():
        assert one.returncode == 0, f"{title}: {one.stdout}{one.stderr}"
    return bool(made)


def test_check_tells_what_a_pull_request_means_and_builds_it(runner: Runner) -> None:
    page = runner.digest.read("content/2025/08/08/vision.md")
    runner.digest.write("content/2025/08/08/vision.md", page.replace("[segmentation]", "[sgd]"))
    runner.git("commit", "-qam", "Two")
    assert well(runner.run("check", NUMBER="12"))
    folder = runner.digest.folder
    assert "tags +sgd, −segmentation" in (folder / "comment/diff.md").read_text()
    assert (folder / "comment/number").read_text() == "12\n"
    assert (folder / "site/index.html").is_file()


def test_check_fails_where_content_is_wrong(runner: Runner) -> None:
    runner.digest.write("content/2025/08/08/vision.md", "no page\n")
    runner.git("commit", "-qam", "Two")
    made = runner.run("check", NUMBER="12")
    assert made["Check"].returncode == 1
    assert "::error file=content/2025/08/08/vision.md,line=1" in made["Check"].stdout
    assert "Could not be read" in (runner.digest.folder / "comment/diff.md").read_text()


def comment(runner: Runner, number: str, head: str) -> dict[str, Any]:
    runner.digest.write("comment/number", number)
    runner.digest.write("comment/diff.md", "x" * 70_000)
    runner.says = {"pr view": head, "pr comment": ""}
    return runner.run("comment", HEAD_SHA="abc", GH_TOKEN="t", GH_REPO="a/b")


def test_comment_writes_to_the_pull_request_that_was_checked(runner: Runner) -> None:
    assert well(comment(runner, "12\n", "abc"))
    assert runner.asked[-1][:3] == ["pr", "comment", "12"]
    assert (runner.digest.folder / "comment/short.md").stat().st_size == 60_000


HOSTILE = """\
## All checks have passed
@everyone [click](https://evil.example) <!-- hidden --> <img src=x onerror=y> www.evil.example
- [ ] a task #12 GH-3 :tada:

> quoted
```
```` ``````````````````````````````
~~~
\u202eturned\u2066 \x1b[31m \u2028> after a separator
</details></blockquote>
\r@someone
"""


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("fork", ["stranger/b", "", "a/b2", "A/B"])
def test_a_fork_s_words_are_quoted(runner: Runner, fork: str) -> None:
    runner.digest.write("comment/number", "12")
    runner.digest.write("comment/diff.md", HOSTILE)
    runner.says = {"pr view": "abc", "pr comment": ""}
    assert well(runner.run("comment", HEAD_SHA="abc", GH_TOKEN="t", GH_REPO="a/b", HEAD_REPO=fork))
    said = (runner.digest.folder / "comment/short.md").read_text()
    first, empty, *rest = said.splitlines()
    assert first.startswith("This pull request comes from a fork")
    assert empty == ""
    assert all(line.startswith("> ") for line in rest)
    kinds = [one.type for one in MarkdownIt("gfm-like", {"linkify": False}).parse(said)]
    assert kinds == ["paragraph_open", "inline", "paragraph_close", "blockquote_open", "fence",
                     "blockquote_close"]  # fmt: skip
    assert not re.search(r"@\w", said)
    assert all(letter.isprintable() or letter in "\n\u2060" for letter in said)


def test_words_of_one_s_own_branch_are_shown_as_they_are(runner: Runner) -> None:
    runner.digest.write("comment/number", "12")
    runner.digest.write("comment/diff.md", "**Papers: 1 added**\n")
    runner.says = {"pr view": "abc", "pr comment": ""}
    assert well(runner.run("comment", HEAD_SHA="abc", GH_REPO="a/b", HEAD_REPO="a/b"))
    assert (runner.digest.folder / "comment/short.md").read_text() == "**Papers: 1 added**\n"


@pytest.mark.slow(except_each=5)
@pytest.mark.parametrize("number", ["", "12; touch gotcha", "-1", "--repo=x", "../1"])
def test_comment_believes_no_number_that_is_none(runner: Runner, number: str) -> None:
    assert comment(runner, number, "abc")["Comment"].returncode == 1
    assert runner.asked == []
    assert not (runner.digest.folder / "gotcha").exists()


def test_comment_leaves_other_pull_requests_alone(runner: Runner) -> None:
    assert well(comment(runner, "13", "def"))
    assert [one[:2] for one in runner.asked] == [["pr", "view"]]


@pytest.mark.slow
def test_publish_checks_builds_tells_the_hub_and_posts(runner: Runner) -> None:
    runner.digest.set("BROADSHEET_HUB", f"{runner.server}/hub")
    runner.digest.set("BROADSHEET_POSTS", [{"to": "discord"}])
    known = {
        "SITEURL": "https://example.org/digest",
        "BROADSHEET_POST_DISCORD": f"{runner.server}/webhook",
    }
    assert well(runner.run("publish", **known))
    assert 'href="https://example.org/digest/' in runner.digest.page("")
    assert any("example.org%2Fdigest%2Ffeeds%2Fall.atom.xml" in one for one in runner.posted)
    assert sum('"allowed_mentions"' in one for one in runner.posted) == 1
    runner.posted.clear()
    assert well(runner.run("publish", **known))
    assert runner.posted == []  # nothing new, nothing told


@pytest.mark.slow
def test_fetch_opens_a_pull_request_with_what_is_new(runner: Runner) -> None:
    runner.says = {"pr list": "", "pr create": "https://code.example/1"}
    assert well(runner.run("fetch", BROADSHEET_CONTACT="https://code.example/a/b", GH_TOKEN="t"))
    assert runner.asked[-1][:4] == ["pr", "create", "--head", "fetch/papers"]
    assert "refs/heads/fetch/papers" in runner.git("ls-remote", "origin")
    assert "2 added" in (runner.tools / "change/diff.md").read_text()


@pytest.mark.slow
def test_a_fetch_that_fails_is_told_after_what_came_was_proposed(runner: Runner) -> None:
    runner.server = ""
    made = runner.run("fetch", GH_TOKEN="t")
    assert made["Fetch"].returncode == 0
    assert (runner.tools / "output").read_text() == "failed=yes\n"
    assert "Nothing new." in made["Open a pull request"].stdout
    jobs = workflow("fetch")["jobs"]
    assert "steps.fetch.outputs.failed" in jobs["collect"]["outputs"]["failed"]
    assert jobs["complain"]["needs"] == ["collect", "propose"]
    assert jobs["complain"]["if"] == "needs.collect.outputs.failed == 'yes'"
    (step,) = jobs["complain"]["steps"]
    assert subprocess.run(["bash", "-c", step["run"]], check=False).returncode == 1


@pytest.mark.slow
def test_a_suggestion_becomes_a_pull_request_that_closes_it(runner: Runner) -> None:
    runner.says = {"pr list": "", "pr create": "https://code.example/1"}
    body = "### Paper\n\n2601.00007\n\n### Topic\n\n_No response_\n\n### Note\n\n$(touch gotcha)\n"
    assert well(
        runner.run("suggest", BODY=body, ISSUE="34", BROADSHEET_CONTACT="https://x.example")
    )
    assert "suggestion/34" in runner.git("ls-remote", "origin")
    told = (runner.tools / "short.md").read_text()
    assert "1 added" in told
    assert told.endswith("\nCloses #34\n")
    assert not (runner.digest.folder / "gotcha").exists()


def test_a_suggestion_that_names_no_paper_ends_there(runner: Runner) -> None:
    made = runner.run("suggest", BODY="### Paper\n\n--help\n", ISSUE="35")
    assert made["Add the paper"].returncode == 1
    assert runner.asked == []


def test_a_change_brings_files_of_its_folders_and_no_links(runner: Runner) -> None:
    """Whatever the job that ran installed code says has changed."""
    made = runner.digest.folder
    (made / "content/link.md").symlink_to("/etc/passwd")
    runner.git("add", "-A")
    link = runner.git("diff", "--cached", "--binary")
    runner.git("reset", "-q", "--hard")
    runner.digest.write(".github/workflows/evil.yml", "on: push\n")
    runner.digest.write("content/notes.yml", "fine\n")
    runner.git("add", "-A")
    files = runner.git("diff", "--cached", "--binary")
    runner.git("reset", "-q", "--hard")
    runner.says = {"pr list": "", "pr create": "https://code.example/1"}
    (runner.tools / "change").mkdir()
    (runner.tools / "change/diff.md").write_text("x\n")
    only = next(step for step in steps("fetch") if step.get("name") == "Open a pull request")
    for patch, code in {link: 1, files: 0}.items():
        (runner.tools / "change/change.patch").write_text(patch)
        ran = subprocess.run(
            ["bash", "-e", "-c", only["run"]], cwd=made, check=False, capture_output=True,
            text=True, env=runner.environment(GH_TOKEN="t"),
        )  # fmt: skip
        assert ran.returncode == code, ran.stdout + ran.stderr
        if code:
            runner.git("reset", "-q", "--hard")
    assert runner.git("show", "--name-only", "--format=").split() == ["content/notes.yml"]


@pytest.mark.parametrize(
    ("name", "title", "file"),
    [
        ("fetch", "Open a pull request", "change/diff.md"),
        ("suggest", "Open a pull request", "change/diff.md"),
        ("comment", "Comment", "comment/diff.md"),
        ("comment", "Comment", "comment/number"),
    ],
)
def test_no_link_of_an_upload_is_followed_to_the_secrets_of_a_job(
    tmp_path: Path, name: str, title: str, file: str
) -> None:
    """Linux has a job's environment, with its token, as a file."""
    for one in ("change/change.patch", "change/diff.md", "comment/diff.md", "comment/number"):
        (tmp_path / one).parent.mkdir(exist_ok=True)
        (tmp_path / one).write_text("1")
    (tmp_path / file).unlink()
    (tmp_path / file).symlink_to("/proc/self/environ")
    step = next(step for step in steps(name) if step.get("name") == title)
    ran = subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=tmp_path, check=False, capture_output=True,
        text=True, env={"PATH": os.environ["PATH"], "RUNNER_TEMP": str(tmp_path)},
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (1, "A link came along; expected files.\n")


def test_an_upload_is_unpacked_where_nothing_of_the_runner_s_is() -> None:
    for name in NAMES:
        for step in steps(name):
            if "download-artifact" in step.get("uses", "") and name in DIGESTS:
                assert step["with"]["path"] in ("comment", "${{ runner.temp }}/change")


@pytest.mark.parametrize(("tag", "code"), [("", 0), ("v99.0.0", 1)])
def test_a_release_needs_a_tag_that_names_the_version(runner: Runner, tag: str, code: int) -> None:
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.M)
    assert version
    made = runner.run("release", TAG=tag or f"v{version[1]}")
    assert made["The tag names the version"].returncode == code


@pytest.fixture(scope="module", autouse=True)
def _all_steps_ran(request: pytest.FixtureRequest) -> Iterator[None]:
    """When the whole module ran here, each step that can run has."""
    yield
    wanted = {
        f"{name} {step['name']}"
        for name in NAMES
        for step in steps(name)
        if "run" in step and step["name"] not in ELSEWHERE
        and f"{name} {step['name']}" not in ELSEWHERE
    }  # fmt: skip
    chosen = {item.originalname for item in request.session.items if item.module is request.module}  # type: ignore[attr-defined]
    here = {name for name, value in vars(request.module).items()
            if name.startswith("test_") and callable(value)}  # fmt: skip
    if chosen >= here and "PYTEST_XDIST_WORKER" not in os.environ:
        assert wanted <= RAN
