"""Judges a digest's settings: what was left as it came, and what contradicts. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ..errors import shown
from ..scaffold import hosts
from ..scaffold.answers import NAME, Answers, repository_address
from ..scaffold.hosts import CODE_HOSTS
from .facts import Facts
from .finding import Finding, advised, needed

_RESERVED = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "test")
"""Domains that stand in examples, with all below them (RFC 2606)."""

_UNNAMED = ("", NAME, "Broadsheet")


_LEADING = ("BROADSHEET_REPOSITORY", "BROADSHEET_EDIT_URL", "BROADSHEET_SUGGEST_URL")


def judge(facts: Facts) -> Iterator[Finding]:
    """Yield what is missing in the settings."""
    if facts.settings is None:
        yield needed(
            f"pelicanconf.py {facts.trouble}",
            "Mend it; `broadsheet init .` writes one where there is none.",
        )
        return
    values = facts.settings
    answers = facts.record.answers if facts.record else Answers()
    remote = repository_address(facts.git.remote) if facts.git else ""
    if values.get("SITENAME") in _UNNAMED:
        yield needed(
            f"SITENAME is {shown(values.get('SITENAME', ''))}, as it came",
            "Say in pelicanconf.py what your digest is called.",
        )
    yield from _address(values, answers, facts.texts.get("CNAME", "").strip(), remote)
    yield from _repository(values, answers, remote)
    if not values.get("BROADSHEET_SOURCES", True):  # without the setting there is a default
        yield advised(
            "BROADSHEET_SOURCES is empty: nothing is fetched by itself",
            'Name sources in pelicanconf.py, such as [{"source": "huggingface"}].',
        )
    if not values.get("BROADSHEET_IDENTITY"):
        yield advised(
            "BROADSHEET_IDENTITY is empty: once the site moves, feed readers show old papers anew",
            'Set it before anybody follows, such as "papers.example.org,2026"; never change it.',
        )


def _address(
    values: Mapping[str, Any], answers: Answers, cname: str, remote: str
) -> Iterator[Finding]:
    url = str(values.get("SITEURL") or "")
    host = urlsplit(url).hostname or ""
    guess = hosts.site_address(answers_at(answers, remote))
    if not url:
        example = guess or "https://papers.example.org"
        yield needed(
            "SITEURL is empty: feeds, sitemaps and canonical links need whole addresses",
            f'Set SITEURL = "{example}" in pelicanconf.py'
            + ("." if guess else ", with your own address."),
        )
    elif any(host == name or host.endswith(f".{name}") for name in _RESERVED):
        yield needed(
            f"SITEURL is {shown(url)}, an address for examples",
            "Set it in pelicanconf.py to where the site is read.",
        )
    elif cname and cname.lower() != host:
        yield needed(
            f"SITEURL is {shown(url)}, but CNAME says {shown(cname)}",
            "Make both the same domain, or remove CNAME.",
        )
    if values.get("RELATIVE_URLS"):
        yield advised(
            "RELATIVE_URLS is True: meant for a site in any folder, even on a disk",
            "Set it to False in pelicanconf.py for a published site.",
        )


def _repository(values: Mapping[str, Any], answers: Answers, remote: str) -> Iterator[Finding]:
    given = str(values.get("BROADSHEET_REPOSITORY") or "").rstrip("/")
    if remote and given and given.lower() != remote.lower():
        yield advised(
            f"BROADSHEET_REPOSITORY is {shown(given)}, but git's remote is {shown(remote)}",
            "Set it in pelicanconf.py to the repository that readers should see.",
        )
        return
    code_host = CODE_HOSTS.get(hosts.code_host(answers_at(answers, remote)))
    expected = hosts.settings(answers_at(answers, remote or given)) if code_host else {}
    empty = [name for name in _LEADING if not values.get(name)]
    for name in empty:
        if expected.get(name):
            yield advised(
                f"{name} is empty: pages do not lead to where they can be mended",
                f'Set {name} = "{expected[name]}" in pelicanconf.py.',
            )
    unknown = [name for name in empty if not expected.get(name)]
    if unknown:
        which = "it" if len(unknown) == 1 else "them"
        yield advised(
            f"{', '.join(unknown)} {'is' if len(unknown) == 1 else 'are'} empty: pages do not lead "
            "to where they can be mended",
            f"Set {which} in pelicanconf.py once the digest has a repository.",
        )


def answers_at(answers: Answers, repository: str) -> Answers:
    """Return answers with the repository that is known now, if any."""
    return replace(answers, repository=repository) if repository else answers
