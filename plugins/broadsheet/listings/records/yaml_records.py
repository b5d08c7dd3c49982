"""Records of papers in YAML: a list of them, an object around one, or what stands above a page.

Every value is the text that the file has, so that an id such as 2601.00010 keeps its zeros.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import yaml

from ...errors import ListingError
from ...text import safe_yaml
from ..fields.addresses import address_of
from ..fields.field_names import field_of
from ..untrusted.decoding import one_line
from . import nesting

MAX_TEXT = 2_000_000
"""Most characters of a YAML file."""
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_ABOVE = r"(?:[ \t]*(?:#.*|---)?\n){0,50}"
_KEY = r"[\"']?[A-Za-z_][\w -]{0,40}[\"']?:"
_LIST = re.compile(rf"{_ABOVE}[ ]*-[ ]+{_KEY}(?:[ ]|\n)")
_OBJECT = re.compile(
    rf"{_ABOVE}(?:[A-Za-z_]\w{{0,40}}:[ ].*\n){{0,9}}[A-Za-z_]\w{{0,40}}:[ ]*\n"
    rf"(?:[ \t]*\n)?[ ]*-[ ]+{_KEY}"
)
_MATTER = re.compile(r"---[ \t]*\n((?:.*\n){1,100}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_CALLED = re.compile(r"^(?:(#{1,6} )|> ?\[!)(?:abstract|summary)\b[^\n]*\n", re.I | re.M)
_NEXT_PART = re.compile(r"^#{1,6} ", re.M)
_END_OF_QUOTE = re.compile(r"^(?!>)", re.M)
_QUOTED = re.compile(r"^> ?", re.M)
_ANY_KEY = r"(?:\"[^\"\n]{1,80}\"|'[^'\n]{1,80}'|\w[\w .-]{0,40}):(?:[ \t]|$)"
_AT_MARGIN = re.compile(_ANY_KEY)
_SET_IN = re.compile(rf"[ \t]*-[ ]|[ \t]+{_ANY_KEY}")
_MOST_LINES = 200  # that tell whether a text is YAML
_MORE = re.compile(rf"^[ ]+{_KEY}", re.M)


def read(text: str, *, file: str) -> Any:
    """Return the value of a text that holds papers in YAML; None for any other text.

    Raises `ListingError` for one that is YAML by its form and broken.
    """
    if (matter := _MATTER.match(text)) and not matter[0].rstrip().endswith("..."):
        value = _value(matter[1], file, broken=False)
        return page(value, text[matter.end() :])
    sure = bool(_LIST.match(text) or _OBJECT.match(text))
    if not (sure or _is_nested(text)):
        return None
    value = _value(text, file, broken=sure and len(_MORE.findall(text[:2000])) > 1)
    if isinstance(value, dict) and "cff-version" in value:
        value = _cited(value)
    if isinstance(value, list) and not any(map(nesting.is_record, value)):
        return None  # "- KiteGen: Ropes for All https://..." is an item of a list
    return value if nesting.find(value).records else None


def _is_nested(text: str) -> bool:
    """Return whether the lines at a text's beginning are keys at its margin and what is set in
    below them, with keys or bullets of their own."""
    lines = [line for line in text[:20_000].split("\n")[:_MOST_LINES] if line.strip()]
    margin = [bool(_AT_MARGIN.match(line)) for line in lines]
    if not all(at or line[0] in " \t#-" for at, line in zip(margin, lines, strict=True)):
        return False
    below = pairwise(zip(margin, lines, strict=True))
    return any(
        at and not after and one.rstrip().endswith(":") and _SET_IN.match(two)
        for (at, one), (after, two) in below
    )


def _cited(value: dict[str, Any]) -> Any:
    """Return the work that a citation file (CITATION.cff) asks to be cited: the paper, where it
    names one, else the software itself."""
    paper = value.get("preferred-citation")
    if not isinstance(paper, dict):
        return value
    return {"code": value.get("repository-code"), **paper, "software": value.get("title")}


def page(value: Any, body: str) -> dict[str, Any] | None:
    """Return the record of a page about one paper, from what stands above it and its text; None
    where that says of no paper."""
    if not isinstance(value, dict) or not nesting.has_title(value):
        return None
    if not any(_tells_paper(key, inner) for key, inner in value.items()):
        return None
    said = any((found := field_of(key)) and found[0] == "abstract" for key in value)
    abstract, rest = ("", body) if said else _abstract(body.strip())
    made = {**value, "abstract": abstract} if abstract else value
    return {**made, "body": rest.strip()} if _says(rest, value) else made


def _says(rest: str, value: dict[str, Any]) -> bool:
    """Return whether the rest of a page says more than its title again."""
    titles = {one_line(one) for one in value.values() if isinstance(one, str)}
    rows = (row.lstrip("#").strip() for row in rest.split("\n"))
    return any(row not in titles and any(map(str.isalnum, row)) for row in rows)


def _tells_paper(key: str, value: Any) -> bool:
    """Return whether what stands above a page says which paper it is about: by an id, or by an
    address that is a paper's."""
    field = (field_of(key) or ("",))[0]
    if field == "url" and isinstance(value, str):
        address = address_of(value)
        return address is not None and address.kind == "paper"
    return field in ("arxiv", "doi")


def _abstract(body: str) -> tuple[str, str]:
    """Return the part of a page that is called the abstract, and the rest; a page without one as it
    is."""
    if called := _CALLED.search(body):
        part = body[called.end() :]
        end = _NEXT_PART.search(part) if called[1] else _END_OF_QUOTE.search(part)
        rest = body[: called.start()] + (part[end.start() :] if end else "")
        return _QUOTED.sub("", part[: end.start()] if end else part).strip(), rest
    return body, ""


def _value(text: str, file: str, *, broken: bool) -> Any:
    """Return the value of a YAML text; of one that can't be read None, or where `broken`, raise."""
    if len(text) > MAX_TEXT:
        raise ListingError(
            f"the YAML has {len(text):,} characters; expected at most {MAX_TEXT:,}", file=file
        )
    try:
        node = safe_yaml.compose(text, _LOADER)
    except yaml.YAMLError as error:
        if not broken:
            return None
        problem, line = safe_yaml.refusal(error, text)
        raise ListingError(
            f"the YAML is broken: {problem}; expected a list of papers", file=file, line=line
        ) from None
    return _of_node(node)


def _of_node(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {
            str(key.value): _of_node(value)
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode)
        }
    if isinstance(node, yaml.SequenceNode):
        return [_of_node(item) for item in node.value]
    if isinstance(node, yaml.ScalarNode):
        plain = node.style is None and node.value in ("", "~", "null", "Null", "NULL")
        return None if plain else node.value
    return None
