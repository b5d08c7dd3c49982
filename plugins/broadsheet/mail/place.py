"""Whether this is a machine to send mail from. Pure.

Where strangers can have a program run, subscribers are not to be: on a runner that belongs to a
public repository, anybody's pull request may do so. Code hosts tell programs where they run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OURS = frozenset({"push", "schedule", "workflow_dispatch", "repository_dispatch", "release"})
"""Events of GitHub, and of those that do as it does, that only people who may write can cause, and
that run what they wrote."""

_OURS_AT_GITLAB = frozenset({"push", "schedule", "web", "api", "trigger", "pipeline"})


def refusal(environment: Mapping[str, str], event: Mapping[str, Any] | None) -> str | None:
    """Why mail is not to be sent from here; None where nothing speaks against it.

    `event` is what the code host says of the event that began the run, None where it can't be read.
    What isn't known counts as what would be worst.
    """
    if environment.get("GITHUB_ACTIONS") == "true":
        return _at_github(environment, event or {})
    if environment.get("GITLAB_CI") == "true":
        return _at_gitlab(environment)
    return None


def _at_github(environment: Mapping[str, str], event: Mapping[str, Any]) -> str | None:
    name = environment.get("GITHUB_EVENT_NAME", "")
    if (name and name not in OURS and name != "workflow_run") or "pull_request" in event:
        return (
            f"this run was begun by the event {name or 'pull_request'}, which strangers can cause"
        )
    run = _part(event, "workflow_run")
    if name == "workflow_run":
        if run.get("event") not in OURS:
            return "this run follows one that a stranger can cause"
        here = _part(event, "repository").get("full_name")
        if not here or _part(run, "head_repository").get("full_name") != here:
            return "this run follows one of another repository"
    hosted = environment.get("RUNNER_ENVIRONMENT") == "github-hosted"
    if not hosted and not _is_private(_part(event, "repository")):
        return (
            "this machine runs jobs of a repository that is not known to be private, so that "
            "anybody's pull request may run here and read the subscribers"
        )
    return None


def _is_private(repository: Mapping[str, Any]) -> bool:
    private, seen_by = repository.get("private"), repository.get("visibility")
    if private is None:
        return seen_by == "private"
    return private is True and seen_by in (None, "private", "internal")


def _at_gitlab(environment: Mapping[str, str]) -> str | None:
    source = environment.get("CI_PIPELINE_SOURCE", "")
    if source not in _OURS_AT_GITLAB:
        return f"this run was begun by {source or 'an unknown event'}, which a stranger can cause"
    passing = environment.get("CI_DISPOSABLE_ENVIRONMENT") == "true"
    if not passing and environment.get("CI_PROJECT_VISIBILITY") != "private":
        return (
            "this machine runs jobs of a project that is not known to be private, so that "
            "anybody's merge request may run here and read the subscribers"
        )
    return None


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, Mapping) else {}
