"""Hugging Face's papers page as HTML: the listing stands as JSON in a `data-props` attribute."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from ..errors import ListingError
from . import huggingface_json, jsons
from .decoding import one_line
from .model import Listing

_PROPS = re.compile(r"""data-props=(?:"([^"]*)"|'([^']*)')""")


def props(text: str) -> tuple[str, int] | None:
    """The JSON that holds the listing, with its line; None on any other page.

    The attribute is looked for in the page's text: its 200,000 characters are more than some
    HTML parsers take.
    """
    for found in _PROPS.finditer(text):
        value = found[1] or found[2] or ""
        if "dailyPapers" in value:
            return html.unescape(value), text.count("\n", 0, found.start()) + 1
    return None


def parse(text: str, *, file: str) -> Listing:
    """Read a papers page. Raises `ListingError` where it holds no listing or a broken one."""
    found = props(text)
    if found is None:
        raise ListingError(
            "the page holds no list of papers; expected Hugging Face's papers page", file=file
        )
    source, line = found
    value = jsons.load(source, file=file, line=line)
    listing = huggingface_json.parse(value, file=file, line=line)
    query = jsons.string(jsons.mapping(value).get("query"))
    return replace(listing, format="huggingface_html", query=one_line(query)[:500] or None)
