"""Hugging Face's papers page as HTML: the listing stands as JSON in a `data-props` attribute."""

from __future__ import annotations

from dataclasses import replace

from ..errors import ListingError
from . import huggingface_json, jsons
from .markup import Element
from .model import Listing


def props(root: Element) -> tuple[str, int | None] | None:
    """The JSON that holds the listing, with the line of its element; None on any other page."""
    for element in root.iter():
        value = element.get("data-props") if isinstance(element.tag, str) else None
        if value and (element.get("data-target") == "DailyPapers" or '"dailyPapers"' in value):
            return value, element.sourceline
    return None


def parse(root: Element, *, file: str) -> Listing:
    """Read a papers page. Raises `ListingError` where it holds no listing or a broken one."""
    found = props(root)
    if found is None:
        raise ListingError(
            "the page holds no list of papers; expected Hugging Face's papers page", file=file
        )
    text, line = found
    value = jsons.load(text, file=file, line=line or 1)
    listing = huggingface_json.parse(value, file=file, line=line)
    query = one(value.get("query")) if isinstance(value, dict) else None
    return replace(listing, format="huggingface_html", query=query)


def one(value: object) -> str | None:
    """A query as the page gives it, where it does."""
    if isinstance(value, dict):
        value = value.get("q")
    return " ".join(value.split())[:500] or None if isinstance(value, str) else None
