"""What a new digest is asked: an `Answers`, validated. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from .. import urls
from ..errors import SettingsError, shown
from ..suggestions import did_you_mean
from ..weburl import is_web_address

HOSTS = ("github", "gitlab", "codeberg", "netlify", "cloudflare", "server", "container")
"""Where a digest may be published: each has templates of its own."""

LICENCES = ("cc0", "cc-by", "none")
"""Licences of a digest's content; "none" writes no file."""

SOURCES = ("huggingface", "arxiv")
"""Sources by name; any other is a feed's address."""

ALL_FORMATS = {"feed_formats": urls.FEEDS, "export_formats": urls.EXPORTS}
"""The answers of a digest that was begun before there was a choice."""

NAME = "My digest"
"""The name of a digest that was given none."""

_DOMAIN = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]\Z"
)
_CATEGORY = re.compile(r"[a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?\Z")
_SCP = re.compile(r"(?:[^@/\s]+@)?(?P<host>[A-Za-z0-9.-]+):(?P<path>[^/\s:][^\s:]*)\Z")
_PART = re.compile(r"[A-Za-z0-9._~-]+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a digest's templates are filled in with.

    `domain` is a domain of its own, or "". `repository` is the address of its repository's page, or
    "". `sources` are names of SOURCES and feeds' addresses; `categories` and `words` are arXiv's.
    `feed_formats` and `export_formats` are those of topics and tags. They are not asked: a digest
    keeps those that it began with, since readers keep their addresses.
    """

    name: str = NAME
    host: str = "github"
    domain: str = ""
    repository: str = ""
    sources: tuple[str, ...] = ("huggingface",)
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    licence: str = "cc0"
    feed_formats: tuple[str, ...] = ("atom",)
    export_formats: tuple[str, ...] = ()

    def source_settings(self) -> list[dict[str, Any]]:
        """Return the setting BROADSHEET_SOURCES."""
        made: list[dict[str, Any]] = []
        for source in self.sources:
            if source == "arxiv":
                words = {"words": list(self.words)} if self.words else {}
                made.append({"source": source, "categories": list(self.categories), **words})
            elif source in SOURCES:
                made.append({"source": source})
            else:
                made.append({"source": "feed", "url": source})
        return made

    def as_json(self) -> dict[str, Any]:
        """Return the answers as what JSON holds."""
        return {
            "name": self.name,
            "host": self.host,
            "domain": self.domain,
            "repository": self.repository,
            "sources": list(self.sources),
            "categories": list(self.categories),
            "words": list(self.words),
            "licence": self.licence,
            "feed_formats": list(self.feed_formats),
            "export_formats": list(self.export_formats),
        }


def validated(answers: Answers) -> Answers:
    """Return answers in their normal form. Raises SettingsError, naming the answer, its value and
    what was expected."""
    given = answers.repository.strip()
    answers = replace(
        answers,
        name=" ".join(answers.name.split()),
        domain=answers.domain.strip().lower().removeprefix("https://").strip("/"),
        repository=repository_address(answers.repository),
        sources=tuple(dict.fromkeys(one.strip() for one in answers.sources if one.strip())),
        categories=tuple(dict.fromkeys(one.strip() for one in answers.categories if one.strip())),
        words=tuple(dict.fromkeys(one.strip() for one in answers.words if one.strip())),
    )
    if not answers.name or len(answers.name) > 100 or not answers.name.isprintable():
        raise SettingsError(f"name {shown(answers.name)}: expected 1 to 100 printable characters")
    _among("host", answers.host, HOSTS)
    _among("licence", answers.licence, LICENCES)
    for form in answers.feed_formats:
        _among("feed format", form, urls.FEEDS)
    for form in answers.export_formats:
        _among("export format", form, urls.EXPORTS)
    if given and not answers.repository:
        raise SettingsError(
            f"repository {shown(given)}: expected an address such as "
            "https://code.example/name/digest, or git's remote for it"
        )
    if answers.domain and not _DOMAIN.match(answers.domain):
        coded = "" if answers.domain.isascii() else ", other letters as xn--..."
        raise SettingsError(
            f"domain {shown(answers.domain)}: expected one such as papers.example.org{coded}"
        )
    _check_sources(answers)
    if answers.categories and "arxiv" not in answers.sources:
        answers = replace(answers, sources=(*answers.sources, "arxiv"))
    if "arxiv" in answers.sources and not answers.categories:
        raise SettingsError("source arxiv: expected a category such as cs.LG with it")
    return answers


def _check_sources(answers: Answers) -> None:
    """Raise SettingsError for the first category, source or word that is invalid."""
    for category in answers.categories:
        if not _CATEGORY.match(category):
            raise SettingsError(f"category {shown(category)}: expected one such as cs.LG or math")
    for source in answers.sources:
        if source not in SOURCES and not is_web_address(source):
            raise SettingsError(
                f"source {shown(source)}: expected {', '.join(SOURCES)} or a feed's address"
                + did_you_mean(source, SOURCES)
            )
    for word in answers.words:
        if len(word) > 100 or not word.isprintable():
            raise SettingsError(f"word {shown(word)}: expected up to 100 printable characters")


def of_json(data: object) -> Answers:
    """Return the answers that JSON holds; all formats where it tells none. Raises SettingsError."""
    if not isinstance(data, dict):
        raise SettingsError("answers: expected an object")
    known = Answers().as_json()
    given: dict[str, Any] = dict(ALL_FORMATS)
    for name, value in data.items():
        if name not in known:
            continue  # an answer of a newer version
        if isinstance(known[name], list):
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                raise SettingsError(f"answer {name}: expected a list of texts")
            given[name] = tuple(value)
        elif not isinstance(value, str):
            raise SettingsError(f"answer {name}: expected a text")
        else:
            given[name] = value
    return validated(Answers(**given))


def repository_address(remote: str) -> str:
    """Return the address of a repository's page from that of a remote, as git has it
    (git@host:name/digest.git, ssh://, https://), without passwords; "" for a path on this machine
    and for anything else."""
    remote = remote.strip()
    if "://" in remote:
        try:
            parts = urlsplit(remote)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return ""
        if parts.scheme not in ("https", "http", "ssh", "git", "git+ssh"):
            return ""
        if port is not None and parts.scheme in ("https", "http"):
            host = f"{host}:{port}"
        path = parts.path
    else:
        match = _SCP.match(remote)
        if match is None:
            return ""
        host, path = match["host"], match["path"]
    names = [name for name in path.strip("/").removesuffix(".git").split("/") if name]
    if "." not in host or len(names) < 2 or not all(map(_PART.match, names)):
        return ""
    return f"https://{host.lower()}/{'/'.join(names)}"


def _among(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise SettingsError(
            f"{what} {shown(value)}: expected one of {', '.join(known)}{did_you_mean(value, known)}"
        )
