"""Links that a digest's settings give: its menu's own, those to its people's and friends' pages,
and those that are shown with each paper. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from .errors import SettingsError, shown
from .papers import Paper
from .suggestions import did_you_mean
from .weburl import is_web_address, normalised, scheme_of, stays

MOST = 50
"""Links of one setting."""

_LABEL = 100  # characters
_FIELD = re.compile(r"\{([^{}]*)\}")
_FIELDS = ("id", "arxiv", "doi", "title", "url")
_PATH = re.compile(r"[^\s\"'<>\\^`{|}\x00-\x20\x7f-\x9f]{1,2000}\Z")
_MAIL = re.compile(r"mailto:[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\Z")


@dataclass(frozen=True, slots=True)
class OutLink:
    """A link: its text, and an address. `inside` tells that the address is within the site, from
    its root."""

    label: str
    address: str
    inside: bool = False


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A link shown with papers: its text, and its address with fields such as {arxiv}."""

    label: str
    template: str

    def address(self, paper: Paper, title: str) -> str | None:
        """Return its address for a paper with a plain `title`; None where the paper lacks a field,
        or the fields make no web address."""
        fields, end = _fields(self.template)
        address = ""
        for before, name, quoted in fields:
            value = title if name == "title" else getattr(paper, name)
            if not value:
                return None
            address += before + quoted(value)
        address += end
        return address if is_web_address(address) else None


@lru_cache(maxsize=MOST)
def _fields(template: str) -> tuple[list[tuple[str, str, Callable[[str], str]]], str]:
    """Return an address's fields, each with the text before it and how its value is quoted, and
    the text behind the last."""
    query = template.find("?")
    fields: list[tuple[str, str, Callable[[str], str]]] = []
    end = 0
    for field in _FIELD.finditer(template):
        quoted: Callable[[str], str] = quote_plus if 0 <= query < field.start() else quote
        fields.append((template[end : field.start()], field[1], quoted))
        end = field.end()
    return fields, template[end:]


BUILT_IN = {
    link.label: link
    for link in (
        PaperLink("Hugging Face", "https://huggingface.co/papers/{arxiv}"),
        PaperLink("Semantic Scholar", "https://www.semanticscholar.org/arxiv/{arxiv}"),
        PaperLink("Google Scholar", "https://scholar.google.com/scholar?q={title}"),
    )
}
"""Links that a paper has where the settings name no others; settings may name them by their
text."""


def links_of(values: Mapping[str, Any], name: str) -> tuple[OutLink, ...]:
    """Return the links of a setting such as MENUITEMS: pairs of a text and an address, as Pelican
    has them; what a row holds beyond these, such as an icon, is ignored. Raises SettingsError."""
    found = []
    for row in _rows(values.get(name), name):
        if not isinstance(row, (list, tuple)) or not 2 <= len(row) <= 4:
            raise _wrong(name, row, 'a pair such as ("Forum", "https://forum.example")')
        label, address = _label(row[0], name), row[1]
        if not isinstance(address, str):
            raise _wrong(name, address, "an address")
        address = normalised(address)
        if is_web_address(address) or _MAIL.match(address):
            found.append(OutLink(label, address))
        elif stays(address) and scheme_of(address) is None and _is_path(address):
            found.append(OutLink(label, address.lstrip("/"), inside=True))
        else:
            raise _wrong(
                name, address, "an address with https://, one within the site such as /about/, "
                "or mailto:"
            )  # fmt: skip
    return tuple(found)


def _is_path(address: str) -> bool:
    return bool(_PATH.match(address)) and ".." not in address.split("?")[0].split("/")


def paper_links_of(values: Mapping[str, Any]) -> tuple[PaperLink, ...]:
    """Return the links of BROADSHEET_PAPER_LINKS, shown with each paper that has their fields:
    pairs of a text and an address with fields, or a text of `BUILT_IN`. Raises SettingsError."""
    name = "BROADSHEET_PAPER_LINKS"
    if values.get(name) is None:
        return tuple(BUILT_IN.values())
    return tuple(_paper_link(row, name) for row in _rows(values[name], name))


def _paper_link(row: object, name: str) -> PaperLink:
    if isinstance(row, str):
        if row not in BUILT_IN:
            raise _wrong(
                name, row, f"one of {', '.join(BUILT_IN)}, or a pair of a text and an address"
                f"{did_you_mean(row, BUILT_IN)}"
            )  # fmt: skip
        return BUILT_IN[row]
    if not isinstance(row, (list, tuple)) or len(row) != 2 or not isinstance(row[1], str):
        raise _wrong(
            name, row, 'a pair such as ("alphaXiv", "https://www.alphaxiv.org/abs/{arxiv}")'
        )
    label, template = _label(row[0], name), row[1]
    for field in _FIELD.findall(template):
        if field not in _FIELDS:
            raise _wrong(
                name, template, f"fields among {', '.join(f'{{{one}}}' for one in _FIELDS)}"
                f"{did_you_mean(field, _FIELDS)}"
            )  # fmt: skip
    bare = _FIELD.sub("x", template)
    if not is_web_address(bare):
        raise _wrong(name, template, "an address with https://")
    if "{" in urlsplit(_FIELD.sub("{}", template)).netloc:
        raise _wrong(name, template, "fields in its path or query alone: a paper names no host")
    return PaperLink(label, template)


def _rows(value: object, name: str) -> Sequence[object]:
    if value is None or value is False or value == "":
        return ()
    if not isinstance(value, (list, tuple)):
        raise _wrong(name, value, "a list")
    if len(value) > MOST:
        raise SettingsError(f"{name} has {len(value)} links; expected at most {MOST}")
    return value


def _label(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LABEL:
        raise _wrong(name, value, f"a text of 1 to {_LABEL} characters")
    if not value.isprintable():
        raise _wrong(name, value, "a text in one line")
    return value.strip()


def _wrong(name: str, value: object, expected: str) -> SettingsError:
    return SettingsError(f"{name} = {shown(value)}: expected {expected}")
