"""The files of a digest, filled in: the templates that come with Broadsheet, by host, and what is
made of Broadsheet's own settings and vocabularies.

Each folder of templates is a tree that is mirrored into the digest; `dot-` at the beginning of a
name stands for a dot. @WORDS@ in capitals are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import SettingsError
from ..io import bundled
from .answers import Answers
from .hosts import CODE_HOSTS, code_host, refuse_contradiction, settings, template_sets
from .settings_text import with_values

SETTINGS = "pelicanconf.py"
PINNED = "requirements/broadsheet.txt"
EXAMPLE = "seeds/2026-01-05.example.txt"

_ONCE = ("content/", "seeds/", "README.md", "LICENSE", "CODEOWNERS", "CNAME", "server/digest.conf")
"""What is a person's own from the first day: written once, and never upgraded."""

_WORD = re.compile(r"@([A-Z]+)@")


def is_upgraded(path: str) -> bool:
    """Return whether `broadsheet upgrade` brings a digest's file to its newer template."""
    return not path.startswith(_ONCE)


def render(answers: Answers, *, version: str, requirement: str, docs: str = "") -> dict[str, str]:
    """Return all files of a digest, by path.

    `requirement` is the line by which pip installs Broadsheet; `docs` is the address of its
    documentation. Raises SettingsError.
    """
    words = {
        "NAME": answers.name,
        "HOST": answers.host,
        "DOMAIN": answers.domain,
        "REPOSITORY": answers.repository,
        "VERSION": version,
        "REQUIREMENT": requirement,
        "DOCS": docs,
        "FETCH": "no" if code_host(answers) else "yes",
    }
    refuse_contradiction(answers)
    found: dict[str, str] = {}
    for name in template_sets(answers):
        for path, text in tree(bundled.path(f"templates/{name}")):
            found[path] = filled_in(text, words)
    if not answers.domain or answers.host not in CODE_HOSTS:
        found.pop("CNAME", None)  # others' workflows do not read it
    if answers.licence != "none":
        licence = bundled.path(f"templates/licences/{answers.licence}.txt").read_text("utf-8")
        found["LICENSE"] = filled_in(licence, words)
    for name in ("setuptools", "libraries", "cards"):
        path = f"requirements/{name}.txt"
        found[path] = bundled.path(path).read_text("utf-8")
    for path in ("content/topics.yml", "content/tags.yml"):
        found[path] = bundled.path(path).read_text("utf-8")
    found[SETTINGS] = with_values(bundled.settings(), settings(answers))
    return found


def tree(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the templates of a folder: the path of each in a digest, and its text."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            parts = file.relative_to(folder).parts
            names = [f".{part[4:]}" if part.startswith("dot-") else part for part in parts]
            yield "/".join(names), file.read_text("utf-8")


def filled_in(text: str, words: Mapping[str, str]) -> str:
    """Return a template's text with its @WORDS@ filled in. Raises SettingsError for one that is
    not among `words`."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise SettingsError(f"a template asks for {match[0]}, which nothing gives")
        return words[match[1]]

    return _WORD.sub(value, text)
