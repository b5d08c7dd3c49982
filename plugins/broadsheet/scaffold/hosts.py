"""What a host and a code host mean for a digest: its sets of templates, and the addresses in its
settings. Pure.

The host publishes the site; the code host keeps the repository, runs the daily fetch and the checks
of pull requests. At GitHub, GitLab and Codeberg they are one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from ..errors import SettingsError, shown
from .answers import Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeHost:
    """A code host: its templates, and its addresses after that of a repository.

    `publishing` are the templates with which it publishes, `elsewhere` those for a digest that
    another host publishes. `pages` is where it publishes a digest by itself, with {owner} and
    {name}; `root` is the name of the repository that it publishes without a path, with {owner}.
    """

    title: str
    sets: tuple[str, ...]
    publishing: tuple[str, ...]
    elsewhere: tuple[str, ...]
    domains: tuple[str, ...]
    edit: str
    suggest: str
    pages: str
    root: str


CODE_HOSTS = {
    "github": CodeHost(
        title="GitHub",
        sets=("github",),
        publishing=("github-pages",),
        elsewhere=("github-elsewhere",),
        domains=("github.com",),
        edit="/edit/main/content/{path}",
        suggest="/issues/new?template=suggest.yml",
        pages="https://{owner}.github.io/{name}",
        root="{owner}.github.io",
    ),
    "gitlab": CodeHost(
        title="GitLab",
        sets=("gitlab",),
        publishing=("gitlab-pages",),
        elsewhere=(),
        domains=("gitlab.com",),
        edit="/-/edit/main/content/{path}",
        suggest="/-/issues/new?issuable_template=suggest",
        pages="https://{owner}.gitlab.io/{name}",
        root="{owner}.gitlab.io",
    ),
    "codeberg": CodeHost(
        title="Codeberg",
        sets=("codeberg",),
        publishing=("codeberg-pages",),
        elsewhere=(),
        domains=("codeberg.org",),
        edit="/_edit/main/content/{path}",
        suggest="/issues/new?template=.forgejo/issue_template/suggest.yml",
        pages="https://{owner}.codeberg.page/{name}",
        root="pages",
    ),
}

OTHERS = {
    "netlify": ("netlify",),
    "cloudflare": ("cloudflare",),
    "server": ("server",),
    "container": ("container",),
}
"""The template sets of hosts that keep no repository."""


def code_host(answers: Answers) -> str:
    """Return the name of the code host that keeps a digest's repository; "" where it is none that
    Broadsheet has templates for."""
    if answers.host in CODE_HOSTS:
        return answers.host
    domain = urlsplit(answers.repository).hostname
    return next((name for name, host in CODE_HOSTS.items() if domain in host.domains), "")


def refuse_contradiction(answers: Answers) -> None:
    """Raise SettingsError where a digest is to be published by a code host, and its repository is
    at another."""
    other = code_host(replace(answers, host="server"))
    if answers.host in CODE_HOSTS and other not in ("", answers.host):
        raise SettingsError(
            f"repository {shown(answers.repository)} is at {CODE_HOSTS[other].title}; expected one "
            f"at {CODE_HOSTS[answers.host].title}, or the host {other}"
        )


def template_sets(answers: Answers) -> tuple[str, ...]:
    """Return the names of the folders whose templates a digest gets, the common one first."""
    host = CODE_HOSTS.get(code_host(answers))
    if host is None:
        return ("digest", *OTHERS[answers.host])
    if answers.host in CODE_HOSTS:
        return ("digest", *host.sets, *host.publishing)
    return ("digest", *host.sets, *host.elsewhere, *OTHERS[answers.host])


def site_address(answers: Answers) -> str:
    """Return the SITEURL of a digest; "" where the host decides on it and no domain is given."""
    if answers.domain:
        return f"https://{answers.domain}"
    if answers.host not in CODE_HOSTS or not answers.repository:
        return ""
    parts = urlsplit(answers.repository)
    names = parts.path.strip("/").split("/")
    host = CODE_HOSTS[answers.host]
    if parts.hostname not in host.domains:
        return ""  # an instance of one's own
    owner, name = names[0].lower(), "/".join(names[1:])
    if name.lower() == host.root.format(owner=owner):
        return host.pages.format(owner=owner, name="").rstrip("/")
    return host.pages.format(owner=owner, name=name)


def settings(answers: Answers) -> dict[str, Any]:
    """Return the values in pelicanconf.py that follow from the answers."""
    values: dict[str, Any] = {"SITENAME": answers.name, "SITEURL": site_address(answers)}
    host = CODE_HOSTS.get(code_host(answers))
    values["BROADSHEET_REPOSITORY"] = answers.repository
    values["BROADSHEET_EDIT_URL"] = ""
    values["BROADSHEET_SUGGEST_URL"] = ""
    if host is not None and answers.repository:
        values["BROADSHEET_EDIT_URL"] = answers.repository + host.edit
        values["BROADSHEET_SUGGEST_URL"] = answers.repository + host.suggest
    values["BROADSHEET_SOURCES"] = answers.source_settings()
    values["BROADSHEET_FEED_FORMATS"] = list(answers.feed_formats)
    values["BROADSHEET_EXPORT_FORMATS"] = list(answers.export_formats)
    return values
