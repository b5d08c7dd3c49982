"""`Document`, what the search index knows of a paper, and the text that Lunr indexes of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from msgspec import Struct

MOST_VOTES = 0xFFFF_FFFF
"""The most votes of a paper that are told apart."""


class Document(Struct, frozen=True, kw_only=True):
    """A paper as readers search for it. All strings are plain text, maths as Unicode.

    `url` is relative to the site's root ("papers/2401.16164/"), `date` is the paper's day in the
    digest (ISO). `tags` and `topic` are slugs; `topic_name` and `tag_names` are the labels that
    readers see (without `tag_names`, slugs are searched); `categories` are arXiv's, searched as
    words of the tags. `identifiers` are keys of identifiers.py; `votes` orders results.
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
    categories: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    votes: int = 0


def lunr_document(document: Document) -> dict[str, str]:
    """Return the document as lunr.py indexes it: one string a field.

    The names of a field's Greek letters are appended to it, each once, so that "epsilon" finds
    ε⁻². Lone surrogates, which no encoding can write, become U+FFFD.
    """
    return {
        "id": document.id,
        "title": _readable(document.title),
        "abstract": _readable(document.abstract),
        "tags": _readable(_each_once(*document.tags, *document.tag_names, *document.categories)),
        "topic": _readable(_each_once(document.topic, document.topic_name)),
        "authors": _readable(" ".join(document.authors)),
    }


def folded_texts(document: Document, texts: Mapping[str, str]) -> Mapping[str, str]:
    """Return the texts, one a field, whose derived terms (folding.py) the index holds: those that
    Lunr indexes (`texts`), without categories, which are found as they are typed."""
    if not document.categories:
        return texts
    return {**texts, "tags": _readable(_each_once(*document.tags, *document.tag_names))}


@lru_cache(maxsize=4096)
def _each_once(*names: str) -> str:
    """Return the lower-case words of some names, each once, in order."""
    return " ".join(dict.fromkeys(" ".join(names).lower().replace("-", " ").split(" "))).strip()


_GREEK = re.compile("[\u0370-\u03ff\U0001d6a8-\U0001d7cb]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RENAMED = {"lamda": "lambda", "final sigma": "sigma"}
"""Letters that Unicode names otherwise than authors do."""


def _readable(text: str) -> str:
    """Return a text with its Greek letters' names appended and lone surrogates replaced."""
    if text.isascii():
        return text
    text = _SURROGATE.sub("\ufffd", text)
    # A few signs are more than one letter when normalized: a space and an accent, say.
    greek = set(_GREEK.findall(text))
    letters = sorted(set(chain.from_iterable(unicodedata.normalize("NFKC", one) for one in greek)))
    names: dict[str, None] = {}
    for letter in letters:
        named = re.fullmatch(
            r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+)", unicodedata.name(letter, "")
        )
        if named:
            name = named[1].lower()
            names[_RENAMED.get(name, name)] = None
            names[letter] = None
    return f"{text} {' '.join(names)}" if names else text
