"""What the search index knows of a paper: its `Document`, and the text that Lunr is given of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

FIELDS = ("title", "abstract", "tags", "topic", "authors")
"""Lunr's fields, in the order in which the index stores them."""

BOOSTS: Mapping[str, int] = {"title": 4, "abstract": 1, "tags": 3, "topic": 2, "authors": 3}
"""How much a word of a field counts, as Lunr's builder takes it."""

K1 = 1.2
B = 0.0
"""Lunr's builder settings; length normalisation is off, so no lengths are published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper as readers search for it. All strings are plain text, maths as Unicode.

    `id` and `url` (relative to the site's root, such as "papers/2401.16164/") name its page;
    `date` is its day in the digest (ISO). `tags` and `topic` are slugs; `topic_name` and
    `tag_names` are what readers call them (`tag_names` may be empty: slugs are used then).
    """

    id: str
    url: str
    date: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    topic: str = ""
    topic_name: str = ""
    tags: tuple[str, ...] = ()
    tag_names: tuple[str, ...] = ()


def lunr_document(document: Document) -> dict[str, str]:
    """The document as `lunr` indexes it: one string a field.

    Greek letters are followed by their names at the end of the field, each once, so that
    "epsilon" finds ε⁻². Lone surrogates, which no encoding can write, become U+FFFD.
    """
    return {
        "id": document.id,
        "title": _readable(document.title),
        "abstract": _readable(document.abstract),
        "tags": _readable(_each_once(*document.tags, *document.tag_names)),
        "topic": _readable(_each_once(document.topic, document.topic_name)),
        "authors": _readable(" ".join(document.authors)),
    }


def _each_once(*names: str) -> str:
    return " ".join(dict.fromkeys(" ".join(names).lower().replace("-", " ").split(" "))).strip()


_GREEK = re.compile("[\u0370-\u03ff\U0001d6a8-\U0001d7cb]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RENAMED = {"lamda": "lambda", "final sigma": "sigma"}


def _readable(text: str) -> str:
    if text.isascii():
        return text
    text = _SURROGATE.sub("\ufffd", text)
    letters = sorted({unicodedata.normalize("NFKC", letter) for letter in _GREEK.findall(text)})
    names: dict[str, None] = {}
    for letter in letters:
        found = re.fullmatch(
            r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+)", unicodedata.name(letter, "")
        )
        if found:
            name = found[1].lower()
            names[_RENAMED.get(name, name)] = None
            names[letter] = None
    return f"{text} {' '.join(names)}" if names else text
