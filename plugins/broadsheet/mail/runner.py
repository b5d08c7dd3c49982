"""Whether mail may be sent from this machine, or anything else that takes a secret. Pure.

On a runner of a public repository anybody's pull request may run a program, which could read the
subscribers or a key. Code hosts describe a run in environment variables and an event file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TRUSTED_EVENTS = frozenset(
    {"push", "schedule", "workflow_dispatch", "repository_dispatch", "release"}
)
"""Events of GitHub (and hosts compatible with it) that only people with write access can cause, and
that run the code they wrote."""

_TRUSTED_AT_GITLAB = frozenset({"push", "schedule", "web", "api", "trigger", "pipeline"})


def refusal(
    environment: Mapping[str, str],
    event: Mapping[str, Any] | None,
    secret: str = "the subscribers",
) -> str | None:
    """Return why nothing may be sent from this machine; None where it may. `secret` is what a
    stranger's program could read here.

    `event` is the code host's description of the event that started the run, None where it can't be
    read. Unknown values count as the least safe ones.
    """
    if environment.get("GITHUB_ACTIONS") == "true":
        return _at_github(environment, event or {}, secret)
    if environment.get("GITLAB_CI") == "true":
        return _at_gitlab(environment, secret)
    return None


def _at_github(environment: Mapping[str, str], event: Mapping[str, Any], secret: str) -> str | None:
    name = environment.get("GITHUB_EVENT_NAME", "")
    if (name and name not in TRUSTED_EVENTS and name != "workflow_run") or "pull_request" in event:
        return (
            f"this run was started by the event {name or 'pull_request'}, which strangers can cause"
        )
    run = _part(event, "workflow_run")
    if name == "workflow_run":
        if run.get("event") not in TRUSTED_EVENTS:
            return "this run follows one that a stranger can cause"
        here = _part(event, "repository").get("full_name")
        if not here or _part(run, "head_repository").get("full_name") != here:
            return "this run follows one of another repository"
    hosted = environment.get("RUNNER_ENVIRONMENT") == "github-hosted"
    if not hosted and not _is_private(_part(event, "repository")):
        return (
            "this machine runs jobs of a repository that is not known to be private, so that "
            f"anybody's pull request may run here and read {secret}"
        )
    return None


def _is_private(repository: Mapping[str, Any]) -> bool:
    private, visibility = repository.get("private"), repository.get("visibility")
    if private is None:
        return visibility == "private"
    return private is True and visibility in (None, "private", "internal")


def _at_gitlab(environment: Mapping[str, str], secret: str) -> str | None:
    source = environment.get("CI_PIPELINE_SOURCE", "")
    if source not in _TRUSTED_AT_GITLAB:
        return f"this run was started by {source or 'an unknown event'}, which a stranger can cause"
    disposable = environment.get("CI_DISPOSABLE_ENVIRONMENT") == "true"
    if not disposable and environment.get("CI_PROJECT_VISIBILITY") != "private":
        return (
            "this machine runs jobs of a project that is not known to be private, so that "
            f"anybody's merge request may run here and read {secret}"
        )
    return None


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = value.get(name)
    return part if isinstance(part, Mapping) else {}
