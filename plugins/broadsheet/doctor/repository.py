"""Judges the git repository, and says what only the host's own pages show. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import shown
from ..scaffold import hosts
from ..scaffold.answers import Answers, repository_address
from .facts import ATTRIBUTES, Facts
from .finding import Finding, advised, needed, unseen

MAIN = "main"
"""The branch that workflows publish."""

_BY_ITSELF = ("server", "container")
"""The hosts that publish what is on their own disk."""

_NAMED = re.compile(r"\b(secrets|vars)\.([A-Z][A-Z0-9_]*)")


def judge(facts: Facts) -> Iterator[Finding]:
    """Yield what is missing in git, and what the host must be told."""
    git = facts.git
    if git is None:
        begin = f'un `git init -b {MAIN}`, `git add -A` and `git commit -m "A digest"`.'
        if facts.around:
            yield needed(
                "this folder is no git repository of its own: it lies in that of "
                f"{shown(facts.around)}",
                f"Move it out of there, and r{begin}",
            )
        else:
            yield needed("this folder is no git repository", f"R{begin}")
    else:
        if not git.commits:
            yield needed(
                "nothing is committed yet", 'Run `git add -A` and `git commit -m "A digest"`.'
            )
        elif git.changed:
            yield advised(
                f"{git.changed} file{'s differ' if git.changed != 1 else ' differs'} from "
                "the last commit",
                "Run `git add -A` and commit them: only what is pushed is published.",
            )
        if not git.remote:
            alone = facts.record is not None and facts.record.answers.host in _BY_ITSELF
            yield (advised if alone else needed)(
                "the repository has no remote",
                "Make an empty repository at your code host, and run "
                f"`git remote add origin {_own(facts)}` and `git push -u origin {MAIN}`.",
            )
        elif git.commits and git.unpushed is None:
            yield needed("nothing is pushed yet", f"Run `git push -u origin {MAIN}`.")
        elif git.unpushed:
            yield advised("not everything is pushed", f"Run `git push origin {MAIN}`.")
        if not git.merges and "merge=broadsheet" in facts.texts.get(ATTRIBUTES, ""):
            yield advised(
                "git merges content line by line in this clone: two curators' work conflicts",
                "Run `broadsheet merge-driver --install`, once in each clone.",
            )
        if git.commits and git.branch != MAIN:
            yield advised(
                f"the branch is {shown(git.branch)}, and the workflows publish {MAIN}",
                f"Rename it (`git branch -m {MAIN}`), or work on a branch and merge it.",
            )
    yield from at_the_host(facts)


def _own(facts: Facts) -> str:
    """Return the address of the repository that the settings name, for git."""
    named = str((facts.settings or {}).get("BROADSHEET_REPOSITORY") or "")
    return f"{named}.git" if named else "ADDRESS"


def at_the_host(facts: Facts) -> Iterator[Finding]:
    """Yield what must be set on the host's own pages, which nothing here shows."""
    if facts.record is None:
        return
    answers = facts.record.answers
    yield from _CLICKS[answers.host]
    host = hosts.code_host(with_remote(facts))
    if host == "github":
        yield unseen(
            "whether GitHub Actions may open pull requests (for the daily fetch and suggestions)",
            'Settings, Actions, General: "Allow GitHub Actions to create and approve pull '
            'requests".',
        )
    if wants_mail(facts):
        secrets = sorted(names(facts, "secrets"))
        variables = sorted(names(facts, "vars"))
        yield unseen(
            f"whether the secrets {', '.join(secrets)} and the variables {', '.join(variables)} "
            "are set, since BROADSHEET_MAIL_FROM is",
            "Settings, Secrets and variables, Actions; docs/mail.md says what each is.",
        )


def with_remote(facts: Facts) -> Answers:
    """Return the answers, with git's remote as the repository where there is one."""
    from .settings import answers_at

    answers = facts.record.answers if facts.record else Answers()
    return answers_at(answers, repository_address(facts.git.remote) if facts.git else "")


def wants_mail(facts: Facts) -> bool:
    """Return whether the digest sends mail from a workflow."""
    return bool(facts.settings and facts.settings.get("BROADSHEET_MAIL_FROM")) and bool(
        names(facts, "secrets")
    )


def names(facts: Facts, kind: str) -> set[str]:
    """Return the names of secrets ("secrets") or variables ("vars") that workflows read."""
    return {
        match[2]
        for path, text in facts.texts.items()
        if path.endswith((".yml", ".yaml"))
        for match in _NAMED.finditer(text)
        if match[1] == kind
    }


_CLICKS = {
    "github": [
        unseen(
            "whether GitHub Pages is published by the workflow",
            "Settings, Pages, Source: GitHub Actions.",
        ),
    ],
    "gitlab": [
        unseen(
            "whether the fetch is scheduled and may push",
            "Build, Pipeline schedules: daily on main; Settings, CI/CD, Variables: PUSH_TOKEN, a "
            "project access token with write_repository, for the environment propose.",
        ),
        unseen(
            "whether everybody may see the site", "Settings, General, Visibility: Pages: Everyone."
        ),
    ],
    "codeberg": [
        unseen(
            "whether Codeberg's CI (Woodpecker) serves this repository",
            "Log in at ci.codeberg.org, add the repository, and make a cron job named fetch.",
        ),
        unseen(
            "whether the secret codeberg_token is set at ci.codeberg.org",
            "Settings, Secrets: a token of Codeberg with write:repository, for the events push, "
            "manual and cron alone.",
        ),
    ],
    "netlify": [
        unseen(
            "whether Netlify builds this repository",
            "Add new project, Import an existing project; netlify.toml says the rest.",
        ),
    ],
    "cloudflare": [
        unseen(
            "whether Cloudflare Pages builds this repository",
            "Workers & Pages, Create, Pages, Connect to Git; build command sh cloudflare/build, "
            "output folder output, variable PYTHON_VERSION = 3.12.",
        ),
    ],
    "server": [
        unseen(
            "whether the timer runs on the server",
            "systemctl list-timers digest.timer; docs/hosts/server.md tells the set-up.",
        ),
    ],
    "container": [
        unseen(
            "whether the image is built anew each day",
            "docs/hosts/container.md has the commands and a timer.",
        ),
    ],
}
"""What is to be set at each host."""
