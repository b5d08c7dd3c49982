"""Judges what GitHub answers about a repository: pages, permissions, secrets by name, labels. Pure:
`Ask` returns an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from ..errors import shown
from .facts import Facts
from .finding import Finding, advised, needed, unseen
from .repository import MAIN, names, wants_mail

Ask = Callable[[str], Any]
"""From a path of GitHub's API to its JSON; None where there is nothing. Raises FetchError."""

_LABELS = ("accepted", "suggestion", "mistake")


def judge(repository: str, facts: Facts, ask: Ask) -> Iterator[Finding]:
    """Yield what is missing in a repository's settings at GitHub (`repository`: NAME/DIGEST).
    Raises FetchError where it can't be asked."""
    about = ask(f"repos/{repository}")
    if not isinstance(about, dict):
        yield needed(
            f"GitHub has no repository {repository}, or you may not see it",
            f"Make it (`gh repo create {repository}`), and push to it.",
        )
        return
    if about.get("default_branch") != MAIN:
        yield needed(
            f"the default branch is {shown(about.get('default_branch'))}; workflows publish {MAIN}",
            f"Settings, General, Default branch: {MAIN}.",
        )
    if not about.get("has_issues", True):
        yield advised(
            "issues are off, so nobody can suggest a paper", "Settings, General, Features: Issues."
        )
    yield from _pages(repository, facts, ask)
    yield from _actions(repository, ask)
    yield from _labels(repository, ask)
    if wants_mail(facts):
        yield from _mail(repository, facts, bool(about.get("private")), ask)


def _pages(repository: str, facts: Facts, ask: Ask) -> Iterator[Finding]:
    pages = ask(f"repos/{repository}/pages")
    if not isinstance(pages, dict):
        yield needed(
            "GitHub Pages is off",
            "Settings, Pages, Source: GitHub Actions; or "
            f"`gh api -X POST repos/{repository}/pages -f build_type=workflow`.",
        )
        return
    if pages.get("build_type") != "workflow":
        yield needed(
            "GitHub Pages is published from a branch, not by the workflow",
            "Settings, Pages, Source: GitHub Actions; or "
            f"`gh api -X PUT repos/{repository}/pages -f build_type=workflow`.",
        )
    domain = facts.texts.get("CNAME", "").strip()
    if domain and pages.get("cname") != domain:
        yield needed(
            f"CNAME says {shown(domain)}, and GitHub Pages does not know that domain",
            "Settings, Pages, Custom domain; a workflow's CNAME is not read.",
        )
    url = str((facts.settings or {}).get("SITEURL") or "").rstrip("/")
    served = str(pages.get("html_url") or "").rstrip("/")
    if url and served and _place(url) != _place(served):
        yield needed(
            f"SITEURL is {shown(url)}, and GitHub serves the site at {shown(served)}",
            f'Set SITEURL = "{served}" in pelicanconf.py.',
        )


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.path.rstrip("/")


def _actions(repository: str, ask: Ask) -> Iterator[Finding]:
    actions = ask(f"repos/{repository}/actions/permissions")
    if isinstance(actions, dict) and not actions.get("enabled", True):
        yield needed(
            "GitHub Actions are off: nothing is fetched or published",
            "Settings, Actions, General: Allow all actions.",
        )
    rights = ask(f"repos/{repository}/actions/permissions/workflow")
    if not isinstance(rights, dict):
        yield unseen(
            "whether GitHub Actions may open pull requests: it takes an administrator",
            'Settings, Actions, General: "Allow GitHub Actions to create and approve pull '
            'requests".',
        )
    elif not rights.get("can_approve_pull_request_reviews"):
        yield needed(
            "GitHub Actions may not open pull requests, as the daily fetch and suggestions do",
            'Settings, Actions, General: "Allow GitHub Actions to create and approve pull '
            f'requests"; or `gh api -X PUT repos/{repository}/actions/permissions/workflow '
            "-F can_approve_pull_request_reviews=true`.",
        )


def _labels(repository: str, ask: Ask) -> Iterator[Finding]:
    labels = ask(f"repos/{repository}/labels?per_page=100")
    if not isinstance(labels, list):
        return
    there = {str(label.get("name")) for label in labels if isinstance(label, dict)}
    missing = [label for label in _LABELS if label not in there]
    if missing and len(labels) < 100:
        yield advised(
            f"the forms' labels are missing: {', '.join(missing)}",
            "; ".join(f"`gh label create {label} -R {repository}`" for label in missing) + ".",
        )


def _mail(repository: str, facts: Facts, private: bool, ask: Ask) -> Iterator[Finding]:
    if not private:
        yield advised(
            "mail is sent from private repositories alone, and this one is public",
            "docs/mail.md tells how a private one sends it, or a machine of yours.",
        )
        return
    for kind, path in (("secrets", "secrets"), ("vars", "variables")):
        answer = ask(f"repos/{repository}/actions/{path}?per_page=30")
        wanted = names(facts, kind)
        if not isinstance(answer, dict):
            yield unseen(
                f"whether the {path} {', '.join(sorted(wanted))} are set",
                "Settings, Secrets and variables, Actions.",
            )
            continue
        there = {str(one.get("name")) for one in answer.get(path, ()) if isinstance(one, dict)}
        for name in sorted(wanted - there - _OPTIONAL):
            command = "secret" if kind == "secrets" else "variable"
            yield needed(
                f"the {command} {name} is not set",
                f"Run `gh {command} set {name} -R {repository}`.",
            )


_OPTIONAL = {"BROADSHEET_DIGEST", "BROADSHEET_PING", "SMTP_USER", "SMTP_PASSWORD"}
"""What a workflow can do without."""
