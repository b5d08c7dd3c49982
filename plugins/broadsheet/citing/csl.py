"""References as CSL-JSON (citationstyles.org, schema csl-data 1.0)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from .names import Name
from .reference import Reference


def csl(references: Iterable[Reference]) -> str:
    """References as a JSON list of CSL items."""
    return json.dumps([_item(one) for one in references], ensure_ascii=False, separators=(",", ":"))


def _item(one: Reference) -> dict[str, object]:
    item: dict[str, object] = {
        "id": one.id,
        "type": "article",
        "title": one.plain_title,
        "author": list(map(_author, one.authors)),
        "issued": {"date-parts": [list(one.date)]},
    }
    if one.arxiv:
        item |= {"publisher": "arXiv", "number": f"arXiv:{one.arxiv}"}
    if one.doi:
        item["DOI"] = one.doi
    if one.url:
        item["URL"] = one.url
    return item


def _author(one: Name) -> dict[str, str]:
    if not one.given:
        return {"literal": one.family}
    made = {"family": one.family, "given": one.given}
    return made | {"suffix": one.suffix} if one.suffix else made
