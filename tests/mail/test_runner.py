"""Where mail is sent from, and where it is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from broadsheet.cli.mail import mail
from broadsheet.errors import SettingsError
from broadsheet.mail import refusal

PRIVATE = {"repository": {"full_name": "a/digest", "private": True}}
PUBLIC = {"repository": {"full_name": "a/digest", "private": False, "visibility": "public"}}


def github(event: str = "push", runner: str | None = "self-hosted") -> dict[str, str]:
    found = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": event}
    return found if runner is None else {**found, "RUNNER_ENVIRONMENT": runner}


def followed(event: str, head: str | None = "a/digest") -> dict[str, Any]:
    run: dict[str, Any] = {"event": event}
    if head is not None:
        run["head_repository"] = {"full_name": head}
    return {**PRIVATE, "workflow_run": run}


@pytest.mark.parametrize(
    ("environment", "event"),
    [({}, None), ({"CI": "true"}, None), (github(), PRIVATE), (github("schedule"), PRIVATE),
     (github(""), PRIVATE), (github(), {"repository": {"visibility": "private"}}),
     (github(), {"repository": {"private": True, "visibility": "internal"}}),
     (github("workflow_dispatch", "github-hosted"), PUBLIC),
     (github("workflow_run"), followed("push")),
     ({"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "schedule", "CI_PROJECT_VISIBILITY": "private"},
      None),
     ({"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "push", "CI_PROJECT_VISIBILITY": "public",
       "CI_DISPOSABLE_ENVIRONMENT": "true"}, None)],
)  # fmt: skip
def test_machines_to_send_from(environment: dict[str, str], event: dict[str, Any] | None) -> None:
    assert refusal(environment, event) is None


@pytest.mark.parametrize(
    ("environment", "event"),
    [
        (github(), PUBLIC),
        (github(), None),
        (github(), {}),
        (github(), {"repository": "private"}),
        (github(), {"repository": {"private": "true"}}),
        (github(runner=None), PUBLIC),
        (github(runner="github-hosted, really"), PUBLIC),
        (github("pull_request"), PRIVATE),
        (github("pull_request_target", "github-hosted"), PUBLIC),
        (github("issue_comment"), PRIVATE),
        (github(""), {**PRIVATE, "pull_request": {"number": 1}}),
        (github(), {"repository": {"private": True, "visibility": "public"}}),
        (github(), {"repository": {"visibility": "internal"}}),
        (github("workflow_run"), followed("pull_request")),
        (github("workflow_run"), followed("workflow_run")),
        (github("workflow_run"), followed("push", "stranger/digest")),
        (github("workflow_run"), followed("push", None)),
        (github("workflow_run"), PRIVATE),
        ({"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "push", "CI_PROJECT_VISIBILITY": "public"},
         None),
        ({"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event",
          "CI_PROJECT_VISIBILITY": "private"}, None),
        ({"GITLAB_CI": "true"}, None),
    ],
)  # fmt: skip
def test_machines_that_a_stranger_may_reach(
    environment: dict[str, str], event: dict[str, Any] | None
) -> None:
    assert refusal(environment, event)


@pytest.mark.parametrize("text", [json.dumps(PUBLIC), "[" * 100_000, "[]", "", "\xff"])
def test_the_command_refuses_before_it_reads_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    event = tmp_path / "event.json"
    event.write_text(text, "latin-1")
    for name, value in {**github(), "GITHUB_EVENT_PATH": str(event)}.items():
        monkeypatch.setenv(name, value)
    command = ["send", "--to", str(tmp_path / "nothing.csv"), "--dry-run"]
    result = CliRunner().invoke(mail, command)
    assert isinstance(result.exception, SettingsError)
    assert "may run here and read the subscribers" in str(result.exception)
    told = CliRunner().invoke(mail, [*command, "--allow-public-runner"]).exception
    assert isinstance(told, SettingsError)
    assert "no mail is sent from here" not in str(told)
