"""What GitHub's answers say is missing; without answers nothing is claimed."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from broadsheet.doctor import ask, github
from broadsheet.doctor.finding import Level
from broadsheet.errors import FetchError
from tests.doctor.samples import SETTINGS, facts

BASE = "repos/ada/post"
WELL: dict[str, Any] = {
    BASE: {"default_branch": "main", "has_issues": True, "private": True},
    f"{BASE}/pages": {
        "build_type": "workflow", "cname": "papers.ada.net", "html_url": "https://papers.ada.net/",
    },
    f"{BASE}/actions/permissions": {"enabled": True},
    f"{BASE}/actions/permissions/workflow": {"can_approve_pull_request_reviews": True},
    f"{BASE}/labels?per_page=100": [
        {"name": "accepted"}, {"name": "suggestion"}, {"name": "mistake"},
    ],
    f"{BASE}/actions/secrets?per_page=30": {"secrets": [{"name": "SMTP_HOST"}]},
    f"{BASE}/actions/variables?per_page=30": {"variables": [{"name": "BROADSHEET_LISTS"}]},
}  # fmt: skip
MAILING = {**SETTINGS, "BROADSHEET_MAIL_FROM": "a@ada.net"}


def told(answers: dict[str, Any], **other: Any) -> list[tuple[Level, str, str]]:
    found = github.judge("ada/post", facts(settings=MAILING, **other), answers.get)
    return [(one.level, one.what, one.remedy) for one in found]


def test_a_repository_that_is_set_up_is_told_nothing() -> None:
    assert told(WELL) == []


@pytest.mark.parametrize(
    ("path", "answer", "level", "what", "remedy"),
    [
        ("", None, Level.NEEDED, "no repository ada/post", "gh repo create"),
        ("", {**WELL[BASE], "default_branch": "master"}, Level.NEEDED, "default branch", "main"),
        ("", {**WELL[BASE], "has_issues": False}, Level.ADVISED, "issues are off", "Features"),
        ("", {**WELL[BASE], "private": False}, Level.ADVISED, "private", "docs/mail.md"),
        ("/pages", None, Level.NEEDED, "Pages is off", "build_type=workflow"),
        ("/pages", {**WELL[f"{BASE}/pages"], "build_type": "legacy"}, Level.NEEDED, "from a branch",
         "Source: GitHub Actions"),
        ("/pages", {**WELL[f"{BASE}/pages"], "cname": None}, Level.NEEDED, "CNAME", "Custom"),
        ("/pages", {**WELL[f"{BASE}/pages"], "html_url": "https://ada.github.io/post/"},
         Level.NEEDED, "GitHub serves", 'SITEURL = "https://ada.github.io/post"'),
        ("/actions/permissions", {"enabled": False}, Level.NEEDED, "Actions are off", "Allow all"),
        ("/actions/permissions/workflow", {"can_approve_pull_request_reviews": False}, Level.NEEDED,
         "may not open pull requests", "gh api -X PUT"),
        ("/actions/permissions/workflow", None, Level.UNSEEN, "administrator", "Settings"),
        ("/labels?per_page=100", [{"name": "mistake"}], Level.ADVISED, "accepted, suggestion",
         "gh label create accepted"),
        ("/actions/secrets?per_page=30", {"secrets": []}, Level.NEEDED, "secret SMTP_HOST",
         "gh secret set SMTP_HOST"),
        ("/actions/variables?per_page=30", {"variables": []}, Level.NEEDED, "BROADSHEET_LISTS",
         "gh variable set BROADSHEET_LISTS"),
        ("/actions/variables?per_page=30", None, Level.UNSEEN, "BROADSHEET_LISTS", "Settings"),
    ],
)  # fmt: skip
def test_each_lack_has_its_remedy(
    path: str, answer: Any, level: Level, what: str, remedy: str
) -> None:
    ((one, found, mend),) = told({**WELL, BASE + path: answer})
    assert (one, what in found, remedy in mend) == (level, True, True), (found, mend)


@pytest.mark.parametrize("strange", [[], "x", 1, {"a": 1}, [1, None], {"secrets": [1]}])
def test_strange_answers_break_nothing(strange: Any) -> None:
    for path in WELL:
        told({**WELL, path: strange})


@pytest.mark.parametrize(
    ("code", "out", "err", "answer"),
    [(0, '{"a": 1}', "", {"a": 1}), (1, "", "gh: Not Found (HTTP 404)", None)],
)
def test_gh_is_asked(
    monkeypatch: pytest.MonkeyPatch, code: int, out: str, err: str, answer: Any
) -> None:
    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        assert command == ["gh", "api", "repos/a/b"]
        return subprocess.CompletedProcess(command, code, out, err)

    monkeypatch.setattr(ask.subprocess, "run", run)
    assert ask.github("repos/a/b") == answer


@pytest.mark.parametrize(
    "result",
    [FileNotFoundError(), subprocess.TimeoutExpired("gh", 1),
     subprocess.CompletedProcess("gh", 4, "", "To get started, run: gh auth login"),
     subprocess.CompletedProcess("gh", 0, "no json", "")],
)  # fmt: skip
def test_without_an_answer_that_is_an_error(monkeypatch: pytest.MonkeyPatch, result: Any) -> None:
    def run(*_: Any, **__: Any) -> Any:
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr(ask.subprocess, "run", run)
    with pytest.raises(FetchError, match="gh"):
        ask.github("repos/a/b")
