"""Convert between a block's keys and a `Paper`: the known keys, their order, and valid values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from ...errors import ContentError, shown
from ...identifier_patterns import ARXIV_NEW, ARXIV_OLD
from ...papers import MachineSummary, Paper
from ...slugs import is_slug, slug
from ...suggestions import did_you_mean
from ...weburl import is_web_address
from . import machine_summary
from . import notes as note_form
from .identity import is_arxiv, is_id, paper_id

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = "[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_PART = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?\Z")  # a year, or a month of one
_DATE = re.compile(rf"{_DAY}\Z")
_ARXIV = re.compile(rf"{ARXIV_NEW}|{ARXIV_OLD}")
_LOOKED_AT = 100  # characters of a wrong value, for what it was meant to be
_MOMENT = re.compile(rf"{_DAY}(?:[T ]{_TIME})?\Z")


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise ContentError(f"{key}: expected one text, found {shown(value)}")
    return " ".join(value.split())


def _id(value: Any, key: str) -> str:
    text = _text(value, key)
    if not is_id(text):
        raise ContentError(
            f"{key}: {shown(text)} can't be an address; expected lower-case letters, digits, "
            f"dots and hyphens{_meant(slug(text[:_LOOKED_AT]))}"
        )
    return text


def _arxiv(value: Any, key: str) -> str:
    text = _text(value, key)
    if not is_arxiv(text):
        found = _ARXIV.search(text[:_LOOKED_AT])
        raise ContentError(
            f"{key}: {shown(text)} is not an arXiv id; expected one such as 2401.16164, "
            f"without a version{_meant(found[0] if found else '')}"
        )
    return text


def _meant(text: str) -> str:
    """Return the end of a message that names what was probably meant, if that is known."""
    return f"; did you mean {text}?" if text else ""


def _address(value: Any, key: str) -> str:
    text = _text(value, key)
    if not is_web_address(text):
        raise ContentError(
            f"{key}: {shown(text)} is not a web address; expected http:// or https://"
        )
    return text


def _count(value: Any, key: str) -> int:
    text = _text(value, key)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ContentError(f"{key}: {shown(text)} is not a count; expected digits")
    return int(text)


def _date(value: Any, key: str) -> str:
    text = _text(value, key)
    try:
        return date.fromisoformat(text if _DATE.match(text) else "").isoformat()
    except ValueError:
        raise ContentError(
            f"{key}: {shown(text)} is not a valid date; expected one such as 2025-08-07"
        ) from None


def _published(value: Any, key: str) -> str:
    """Read a date, or only a month or a year where no more is known."""
    text = _text(value, key)
    if _PART.match(text) and text[:4] != "0000":
        return text
    try:
        return _date(value, key)
    except ContentError:
        raise ContentError(
            f"{key}: {shown(text)} is not a valid date; expected one such as 2025-08-07, "
            "or 2025-08 or 2025"
        ) from None


def _moment(value: Any, key: str) -> str:
    text = _text(value, key)
    try:
        datetime.fromisoformat(text if _MOMENT.match(text) else "")
    except ValueError:
        raise ContentError(
            f"{key}: {shown(text)} is not a valid time; expected one such as 2025-08-07T06:15Z"
        ) from None
    return text


def _texts(value: Any, key: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value] if value.strip() else []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ContentError(f"{key}: expected a list such as [one, two], found {shown(value)}")
    return tuple(text for item in value if (text := " ".join(item.split())))


_MOST_TAGS = 200
"""The most tags of a paper. Each tag's page shows the paper with all of them."""


def _slugs(value: Any, key: str) -> tuple[str, ...]:
    texts = _texts(value, key)
    if len(texts) > _MOST_TAGS:
        raise ContentError(f"{key}: {len(texts):,} tags; expected at most {_MOST_TAGS}")
    for text in texts:
        if not is_slug(text):
            raise ContentError(
                f"{key}: {shown(text)} can't be a tag; expected lower-case words joined by "
                f"hyphens{_meant(_slugs_of(text))}"
            )
    return tuple(dict.fromkeys(texts))


def _slugs_of(text: str) -> str:
    """Return the tags that a text probably means, as a block has them: a list where there are
    commas."""
    meant = [one for part in text[:_LOOKED_AT].split(",") if (one := slug(part))]
    return f"[{', '.join(meant)}]" if len(meant) > 1 else "".join(meant)


_STATUSES = ("published", "draft")


def _status(value: Any, key: str) -> str:
    text = _text(value, key).lower()
    if text not in _STATUSES:
        raise ContentError(
            f"{key}: {shown(text)}; expected {' or '.join(_STATUSES)}"
            + did_you_mean(text, _STATUSES)
        )
    return text


def _flag(value: Any, key: str) -> bool:
    text = _text(value, key).lower()
    if text not in ("true", "false"):
        raise ContentError(f"{key}: {shown(text)}; expected true or false")
    return text == "true"


# In the order in which they are formatted.
FIELDS: dict[str, Callable[[Any, str], Any]] = {
    "id": _id,
    "arxiv": _arxiv,
    "doi": _text,
    "url": _address,
    "authors": _texts,
    "author_count": _count,
    "tags": _slugs,
    "categories": _texts,
    "keywords": _texts,
    "code": _address,
    "project": _address,
    "media": _address,
    "organisation": _text,
    "venue": _text,
    "submitter": _text,
    "curator": _text,
    "upvotes": _count,
    "comments": _count,
    "stars": _count,
    "as_of": _moment,
    "published": _published,
    "updated": _date,
    "summary": _text,
    "machine_summary": machine_summary.read,
    "status": _status,
    "pinned": _flag,
}


def refuse(error: ContentError) -> None:
    """Raise a problem: the handler for reading that stops at the first one."""
    raise error


def paper_of(
    values: dict[str, Any],
    *,
    title: str,
    abstract: str,
    notes: tuple[str, ...],
    wrong: Callable[[ContentError], None] = refuse,
) -> Paper:
    """Return the paper of a section's block, title and text.

    A paper without an id (a section written by hand) gets the one that an import would assign.
    `wrong` is called with a ContentError, its `line` unset, for each invalid value; where it
    returns, the field is left out.
    """
    known: dict[str, Any] = {}
    extra: list[tuple[str, Any]] = []
    for key, value in values.items():
        reader = FIELDS.get(key)
        if reader is None:
            extra.append((key, value))
        elif value != "" and value != []:
            try:
                known[key] = reader(value, key)
            except ContentError as error:
                wrong(error)
    if "id" not in known:
        known["id"] = paper_id(title, known.get("arxiv"))
    curator = known.get("curator")
    return Paper(
        title=title,
        abstract=abstract,
        notes=tuple(note_form.read(text, curator) for text in notes),
        extra=tuple(extra),
        **known,
    )


def fitting(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the valid ones among a listing's values (by field), as parsing a page gives them.

    Invalid values (say, a count below zero) are left out, so that what is written can be read
    again.
    """
    valid: dict[str, Any] = {}
    for key, value in values.items():
        if value is None or value == () or value == "":
            continue
        try:
            valid[key] = FIELDS[key](_written(value), key)
        except ContentError:
            continue
    return {key: value for key, value in valid.items() if value not in ("", ())}


def _written(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, MachineSummary):
        return machine_summary.written(value)
    return list(value) if isinstance(value, tuple) else str(value)


def values_of(paper: Paper) -> dict[str, Any]:
    """Return a paper's block: its known fields in their order, then the unknown ones."""
    values: dict[str, Any] = {}
    for key in FIELDS:
        value = getattr(paper, key)
        if value is None or value == () or value is False:
            continue
        values[key] = _written(value)
    values.update(paper.extra)
    return values
