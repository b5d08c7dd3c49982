"""GitHub, as far as our workflows see it: events start the workflows of the repository, their jobs
run by `needs` and `if`, each in a folder of its own; the actions have stand-ins."""

from __future__ import annotations

import json
import os.path
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .expressions import Expressions
from .machine import Machine, copied

REPOSITORY = "ada/post"
PAGES = "https://ada.github.io/post"


@dataclass
class Job:
    """A job that ran or was skipped: how it ended, its outputs, what its steps printed."""

    name: str
    conclusion: str = "success"
    outputs: dict[str, str] = field(default_factory=dict)
    log: dict[str, str] = field(default_factory=dict)


@dataclass
class Run:
    """A run of a workflow."""

    workflow: str
    number: int
    file: str
    event: str
    sha: str
    details: dict[str, Any]
    attempt: int = 1
    jobs: dict[str, Job] = field(default_factory=dict)

    @property
    def conclusion(self) -> str:
        ends = {job.conclusion for job in self.jobs.values()}
        return "failure" if "failure" in ends else "success" if "success" in ends else "skipped"

    @property
    def log(self) -> str:
        return "\n".join(
            f"[{job.name}] {title}: {text}"
            for job in self.jobs.values()
            for title, text in job.log.items()
        )


@dataclass
class GitHub:
    """A repository at GitHub: `origin` is bare; `gh` changes the pull requests in `state`."""

    machine: Machine
    variables: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    private: bool = True
    runs: list[Run] = field(default_factory=list)
    caches: dict[str, Path] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.state_file.parent.mkdir(parents=True, exist_ok=True)
        self.save({"pulls": {}, "asked": [], "may_open": True})
        self._git("init", "-q", "--bare", "-b", "main", str(self.origin), at=self.folder)

    @property
    def folder(self) -> Path:
        return self.machine.folder / "github"

    @property
    def origin(self) -> Path:
        return self.folder / "origin.git"

    @property
    def pages(self) -> Path:
        """The site that is published."""
        return self.folder / "pages"

    @property
    def state_file(self) -> Path:
        return self.folder / "state.json"

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.state_file.read_text("utf-8"))
        return found

    def save(self, state: Mapping[str, Any]) -> None:
        self.state_file.write_text(json.dumps(state), "utf-8")

    def pull(self, number: int) -> dict[str, Any]:
        found: dict[str, Any] = self.state()["pulls"][str(number)]
        return found

    def tip(self, ref: str = "refs/heads/main") -> str:
        return self._git("rev-parse", ref, at=self.origin).strip()

    def files_of(self, branch: str) -> list[str]:
        """Return the files by which a branch differs from main."""
        return self._git("diff", "--name-only", f"main...{branch}", at=self.origin).splitlines()

    def steps(self) -> set[tuple[str, str]]:
        """Return all steps of main's workflows, as `seen` has those that ran."""
        return {
            (file, _title(step, number))
            for file, workflow in self._workflows()
            for job in workflow["jobs"].values()
            for number, step in enumerate(job["steps"])
        }

    def _git(self, *args: str, at: Path) -> str:
        made = subprocess.run(
            ["git", *args], cwd=at, env=self.machine.environment(), check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        assert made.returncode == 0, f"git {args}: {made.stdout}{made.stderr}"
        return made.stdout

    # Events

    def pushed(self) -> list[Run]:
        """Somebody pushed to main."""
        return self.fire("push", {"ref": "refs/heads/main"})

    def schedule(self, workflow: str) -> list[Run]:
        """The time has come for a workflow."""
        return self.fire("schedule", {}, only=workflow)

    def opened(self, number: int) -> list[Run]:
        """A person opens a pull request, or opens it again: GitHub makes the merge."""
        state = self.state()
        pull = state["pulls"][str(number)]
        pull["sha"] = self.tip(f"refs/heads/{pull['head']}")
        self.save(state)
        with self._clone() as clone:
            self._git("merge", "-q", "--no-ff", "-m", "Merge", pull["sha"], at=clone)
            self._git("push", "-q", "-f", "origin", f"HEAD:refs/pull/{number}/merge", at=clone)
        return self.fire(
            "pull_request", {"number": number}, sha=self.tip(f"refs/pull/{number}/merge")
        )

    def merge(self, number: int, *, squash: bool = False) -> list[Run]:
        """A person merges a pull request; its branch stays, as where nobody deletes it."""
        state = self.state()
        pull = state["pulls"][str(number)]
        with self._clone() as clone:
            kind = "--squash" if squash else "--no-ff"
            self._git("merge", "-q", kind, f"origin/{pull['head']}", at=clone)
            if squash:
                self._git("commit", "-qm", pull["title"], at=clone)
            self._git("push", "-q", "origin", "main", at=clone)
        pull["state"] = "merged"
        self.save(state)
        return self.pushed()

    def rerun(self, run: Run) -> Run:
        """A person presses "Re-run failed jobs"."""
        workflow = dict(self._workflows())[run.file]
        run.attempt += 1
        for name in [name for name, job in run.jobs.items() if job.conclusion != "success"]:
            del run.jobs[name]
        self._carry_out(run, workflow, run.details)
        return run

    def labelled(self, number: int, body: str, label: str) -> list[Run]:
        """A maintainer labels an issue."""
        event = {"label": {"name": label}, "issue": {"number": number, "body": body}}
        return self.fire("issues", event)

    def _clone(self) -> _Clone:
        return _Clone(self)

    # Workflows

    def fire(self, name: str, event: dict[str, Any], *, sha: str = "", only: str = "") -> list[Run]:
        """Start the workflows that an event is for, and those that follow; return their runs."""
        made = []
        event = {**event, "repository": {"private": self.private, "full_name": REPOSITORY}}
        for file, workflow in self._workflows():
            if not self._is_for(workflow["on"], name, event) or only not in ("", file):
                continue
            number = len(self.runs) + 1
            run = Run(workflow["name"], number, file, name, sha or self.tip(), event)
            self.runs.append(run)
            self._carry_out(run, workflow, event)
            made.append(run)
            head = self.pull(event["number"])["sha"] if "number" in event else run.sha
            about = {
                "id": run.number,
                "name": run.workflow,
                "event": name,
                "conclusion": run.conclusion,
                "head_sha": head,
                "head_repository": {"full_name": REPOSITORY},
            }
            if name != "workflow_run":
                made += self.fire("workflow_run", {"workflow_run": about})
        return made

    def _workflows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield main's workflows: the name of each file, and what is in it."""
        for line in self._git(
            "ls-tree", "--name-only", "main", ".github/workflows/", at=self.origin
        ).splitlines():
            text = self._git("show", f"main:{line}", at=self.origin)
            yield Path(line).stem, yaml.load(text, Loader=yaml.BaseLoader)  # `on` is a word

    @staticmethod
    def _is_for(on: Any, name: str, event: Mapping[str, Any]) -> bool:
        if isinstance(on, str):
            return on == name
        if name not in on:
            return False
        if name == "workflow_run":
            return event["workflow_run"]["name"] in on[name]["workflows"]
        return True

    def _carry_out(self, run: Run, workflow: dict[str, Any], event: dict[str, Any]) -> None:
        jobs = workflow["jobs"]
        waiting = {name: job for name, job in jobs.items() if name not in run.jobs}
        while waiting:
            name = next(
                name
                for name, job in waiting.items()
                if set(_list(job.get("needs"))) <= set(run.jobs)
            )
            made = _JobRun(self, run, name, waiting.pop(name), event)
            run.jobs[name] = made.carry_out()


class _Clone:
    """A passing clone at main."""

    def __init__(self, hub: GitHub) -> None:
        self.hub = hub
        self.path = hub.folder / "clone"

    def __enter__(self) -> Path:
        self.hub._git("clone", "-q", str(self.hub.origin), str(self.path), at=self.hub.folder)
        return self.path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path)


class _JobRun:
    """A job on a fresh runner."""

    def __init__(
        self,
        hub: GitHub,
        run: Run,
        name: str,
        job: dict[str, Any],
        event: dict[str, Any],
    ) -> None:
        self.hub, self.run, self.job = hub, run, job
        self.made = Job(name)
        self.folder = hub.folder / "runs" / f"{run.number}-{run.attempt}-{name}"
        self.work, self.temp = self.folder / "work", self.folder / "temp"
        self.steps: dict[str, Any] = {}
        self.has_python = False
        self.extra: dict[str, str] = {}
        self.event = event
        self.expressions = Expressions(
            {
                "github": {
                    "event": event, "event_name": run.event, "repository": REPOSITORY,
                    "server_url": "https://github.com", "token": "t", "run_id": str(run.number),
                    "run_attempt": str(run.attempt), "sha": run.sha, "ref": "refs/heads/main",
                },
                "runner": {"temp": str(self.temp)},
                "vars": hub.variables,
                "secrets": hub.secrets,
                "steps": self.steps,
                "needs": {
                    one: {"outputs": run.jobs[one].outputs, "result": run.jobs[one].conclusion}
                    for one in _list(job.get("needs"))
                },
            },
            {
                "success": lambda: self.made.conclusion == "success",
                "failure": lambda: self.made.conclusion == "failure",
                "cancelled": lambda: False,
                "always": lambda: True,
            },
        )  # fmt: skip

    def carry_out(self) -> Job:
        needs = [self.run.jobs[one].conclusion for one in _list(self.job.get("needs"))]
        self.made.conclusion = "success" if set(needs) <= {"success"} else "skipped"
        if not self.expressions.holds(self.job.get("if", "success()")):
            self.made.conclusion = "skipped"
            return self.made
        self.made.conclusion = "success"
        self.work.mkdir(parents=True)
        self.temp.mkdir()
        for number, step in enumerate(self.job["steps"]):
            title = _title(step, number)
            if not self.expressions.holds(step.get("if", "success()")):
                continue
            outputs: dict[str, str] = {}
            try:
                self.made.log[title] = self._step(number, step, outputs)
            except _FailedError as error:
                self.made.log[title] = f"FAILED {error}"
                self.made.conclusion = "failure"
            self.steps[step.get("id", str(number))] = {"outputs": outputs}
            self.hub.seen.add((self.run.file, title))
        self.made.outputs = {
            name: self.expressions.text(text) for name, text in self.job.get("outputs", {}).items()
        }
        return self.made

    def _step(self, number: int, step: dict[str, Any], outputs: dict[str, str]) -> str:
        if "run" in step:
            return self._script(number, step, outputs)
        given = {key: self.expressions.text(text) for key, text in step.get("with", {}).items()}
        action = step["uses"].partition("@")[0]
        outputs.update(_ACTIONS[action](self, given) or {})
        return ""

    def _script(self, number: int, step: dict[str, Any], outputs: dict[str, str]) -> str:
        env = {key: self.expressions.text(text) for key, text in step.get("env", {}).items()}
        files = {
            name: self.temp / f"_{name.lower()}{number}"
            for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")
        }
        event = self.temp / "_event.json"
        event.write_text(json.dumps(self.event), "utf-8")
        for file in files.values():
            file.touch()
        hosted = self.job["runs-on"] != "self-hosted"
        made = self.hub.machine.run(
            step["run"], self.work, installed=self.has_python,
            **{
                "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_SHA": self.run.sha,
                "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_SERVER_URL": "https://github.com",
                "GITHUB_EVENT_NAME": self.run.event, "GITHUB_EVENT_PATH": str(event),
                "GITHUB_WORKSPACE": str(self.work), "RUNNER_TEMP": str(self.temp),
                "RUNNER_ENVIRONMENT": "github-hosted" if hosted else "self-hosted",
                "GH_STATE": str(self.hub.state_file),
                **{name: str(file) for name, file in files.items()},
                **self.extra, **env,
            },
        )  # fmt: skip
        outputs.update(_pairs(files["GITHUB_OUTPUT"]))
        self.extra.update(_pairs(files["GITHUB_ENV"]))
        if made.returncode:
            raise _FailedError(made.stdout + made.stderr)
        return made.stdout + made.stderr

    # The actions' stand-ins. Each takes what `with:` gives, and returns its outputs.

    def checkout(self, given: dict[str, str]) -> None:
        assert given["persist-credentials"] == "false"
        assert given.get("repository", REPOSITORY) == REPOSITORY
        git, url = self.hub._git, f"file://{self.hub.origin}"
        git("init", "-q", str(self.work), at=self.folder)
        git("remote", "add", "origin", url, at=self.work)
        depth = int(given.get("fetch-depth", "1"))
        refs = [f"{self.run.sha}:refs/remotes/origin/here"]
        if depth:
            git("fetch", "-q", f"--depth={depth}", "origin", *refs, at=self.work)
        else:
            git("fetch", "-q", "origin", *refs, "+refs/heads/*:refs/remotes/origin/*", at=self.work)
        git("update-ref", "-d", "refs/remotes/origin/here", at=self.work)
        if "pull_request" in self.run.event:
            git("checkout", "-q", "--detach", self.run.sha, at=self.work)
        else:
            git("checkout", "-q", "-B", "main", self.run.sha, at=self.work)

    def setup_python(self, given: dict[str, str]) -> None:
        assert given["python-version"]
        self.has_python = True

    def upload_artifact(self, given: dict[str, str]) -> None:
        paths = [self.work / line for line in given["path"].splitlines()]
        there = [path for path in paths if path.exists()]
        if not there:
            if given.get("if-no-files-found") == "error":
                raise _FailedError(f"no files at {given['path']}")
            return
        root = Path(os.path.commonpath([path if path.is_dir() else path.parent for path in there]))
        for path in there:
            copied(path, self._artifact(given["name"]) / path.relative_to(root), hidden=False)

    def download_artifact(self, given: dict[str, str]) -> None:
        source = self._artifact(given["name"], int(given.get("run-id", self.run.number)))
        if not source.exists():
            raise _FailedError(f"no artifact {given['name']}")
        copied(source, self.work / given["path"])

    def _artifact(self, name: str, run: int = 0) -> Path:
        return self.hub.folder / "artifacts" / str(run or self.run.number) / name

    def restore_cache(self, given: dict[str, str]) -> None:
        wanted = [given["key"], *given.get("restore-keys", "").split()]
        for key in wanted:
            for name in reversed(list(self.hub.caches)):
                if name.startswith(key):
                    for path in given["path"].split():
                        saved = self.hub.caches[name] / path
                        if saved.exists():
                            copied(saved, self.work / path)
                    return
        if given.get("fail-on-cache-miss") == "true":
            raise _FailedError(f"no cache {wanted}")

    def save_cache(self, given: dict[str, str]) -> None:
        target = self.hub.folder / "caches" / given["key"]
        for path in given["path"].split():
            if (self.work / path).exists():
                copied(self.work / path, target / path)
        self.hub.caches[given["key"]] = target

    def configure_pages(self, given: dict[str, str]) -> dict[str, str]:
        return {"base_url": PAGES}

    def upload_pages(self, given: dict[str, str]) -> None:
        copied(self.work / given["path"], self._artifact("github-pages"), hidden=False)

    def deploy_pages(self, given: dict[str, str]) -> dict[str, str]:
        shutil.rmtree(self.hub.pages, ignore_errors=True)
        copied(self._artifact("github-pages"), self.hub.pages)
        return {"page_url": f"{PAGES}/"}


_Action = Callable[[_JobRun, dict[str, str]], dict[str, str] | None]
_ACTIONS: dict[str, _Action] = {
    "actions/checkout": _JobRun.checkout,
    "actions/setup-python": _JobRun.setup_python,
    "actions/upload-artifact": _JobRun.upload_artifact,
    "actions/download-artifact": _JobRun.download_artifact,
    "actions/cache/restore": _JobRun.restore_cache,
    "actions/cache/save": _JobRun.save_cache,
    "actions/configure-pages": _JobRun.configure_pages,
    "actions/upload-pages-artifact": _JobRun.upload_pages,
    "actions/deploy-pages": _JobRun.deploy_pages,
}


class _FailedError(Exception):
    """A step failed."""


def _title(step: Mapping[str, Any], number: int) -> str:
    """Return what a step is called."""
    return str(step.get("name") or step.get("uses", "").partition("@")[0] or number)


def _list(needs: Any) -> list[str]:
    return [needs] if isinstance(needs, str) else list(needs or ())


def _pairs(file: Path) -> dict[str, str]:
    """Return the NAME=VALUE lines of a file that a step wrote to, and its NAME<<END blocks."""
    found: dict[str, str] = {}
    lines = iter(file.read_text("utf-8").splitlines())
    for line in lines:
        name, sign, end = line.partition("<<")
        if sign and "=" not in name:
            found[name] = "\n".join(iter(lambda: next(lines), end))
        elif line:
            name, _, found_value = line.partition("=")
            found[name] = found_value
    return found
