"""Hugging Face's papers page as HTML: the listing is JSON in a `data-props` attribute."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import SoupStrainer

from ..model import Listing
from ..untrusted import html_soup, jsons
from ..untrusted.decoding import one_line
from . import huggingface_json

_ATTRIBUTE = "data-props"
_LIST = "dailyPapers"


def props(text: str, *, file: str) -> tuple[str, int] | None:
    """Return the JSON that holds the listing, with its line; None on any other page."""
    place = text.find(_LIST)
    if place < 0 or text.rfind(_ATTRIBUTE, 0, place) < 0:
        return None
    only = SoupStrainer(attrs={_ATTRIBUTE: re.compile(_LIST)})
    tag = html_soup.page(text, file=file, only=only).find(True)
    if tag is None:
        return None
    line = text.count("\n", 0, text.rfind(_ATTRIBUTE, 0, place)) + 1
    return html_soup.attribute(tag, _ATTRIBUTE), line


def parse(source: str, *, file: str, line: int) -> Listing:
    """Read the JSON of a papers page, which stands at `line`. Raises `ListingError` if broken."""
    value = jsons.load(source, file=file, line=line)
    listing = huggingface_json.parse(value, file=file, line=line)
    query = jsons.string(jsons.mapping(value).get("query"))
    return replace(listing, format="huggingface_html", query=one_line(query)[:500] or None)
