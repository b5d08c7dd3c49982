"""References in wiki markup ("{{cite journal |title=... |doi=...}}") as links that lists have."""

from __future__ import annotations

import re

from ..fields.name_columns import gathered
from ..fields.people import read_names

_TEMPLATE = re.compile(
    r"\{\{\s*(?:cite|citation)\b[^|{}]{0,40}\|((?:[^{}]|\{\{[^{}]{0,200}\}\}){1,4000})\}\}", re.I
)
_PART = re.compile(r"\|(?![^\[\]]{0,200}\]\])")
_LINK = re.compile(r"\[\[(?:[^\[\]|]{0,200}\|)?([^\[\]|]{1,200})\]\]")
_TITLE = str.maketrans("[]", "()")


def has_citations(text: str) -> bool:
    """Return whether a text has references in templates."""
    return "{{" in text and _TEMPLATE.search(text) is not None


def linked(text: str) -> str:
    """Return a text whose templates are links with the title, by their authors, each in its line;
    one without a title stays as it is."""
    return _TEMPLATE.sub(_of_template, text)


def _of_template(found: re.Match[str]) -> str:
    said = {}
    for part in _PART.split(found[1]):
        key, mark, value = part.partition("=")
        if mark and value.strip():
            said[key.strip().lower()] = " ".join(_LINK.sub(r"\1", value).split())
    title = said.get("title", "").translate(_TITLE).strip("'\"")
    if not title:
        return found[0]
    arxiv = said.get("arxiv") or said.get("eprint")
    doi = said.get("doi")
    address = said.get("url", "")
    if arxiv:
        address = f"https://arxiv.org/abs/{arxiv}"
    elif doi:
        address = f"https://doi.org/{doi}"
    people = gathered(said).get("authors") or said.get("author") or said.get("authors") or ""
    names = ", ".join(read_names(_named(people)))
    year = re.search(r"\d{4}", said.get("date") or said.get("year") or "")
    where = f" ({year[0]})" if year else ""
    lines = "\n" * found[0].count("\n")
    shown = f"[{title}]({address})" if address else f"**{title}**"
    return f"{shown} by {names}{where}{lines}" if names else f"{shown}{where}{lines}"


def _named(people: object) -> object:
    """Return names as `read_names` takes them: one that stands alone is a whole name."""
    if not isinstance(people, list):
        return people
    return [one.get("name") if "name" in one else one for one in people if isinstance(one, dict)]
