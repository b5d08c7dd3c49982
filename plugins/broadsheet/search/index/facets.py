"""Facets: the topics, tags, authors and categories by which found papers are filtered.

Faceted search as in Hearst, "Search User Interfaces" (2009), chapter 8.
"""

from __future__ import annotations

from .documents import Document


def facet_keys(document: Document) -> list[str]:
    """Return a paper's facets, each once: "topic:SLUG", "tag:SLUG", "author:NAME" and
    "category:NAME", also of a category's archive (cs of cs.LG)."""
    keys = [f"topic:{document.topic}"] if document.topic else []
    keys += [f"tag:{tag}" for tag in document.tags]
    keys += [f"author:{author_key(author)}" for author in document.authors]
    for name in document.categories:
        key = category_key(name)
        keys += [f"category:{key.partition('.')[0]}", f"category:{key}"]
    return list(dict.fromkeys(keys))


def category_key(name: str) -> str:
    """Return a category as categories are compared: in lower case, with single spaces; all
    of an archive (math.*) is the archive's name. Lone surrogates become "?"."""
    readable = name.encode("utf-8", "replace").decode().lower()
    return " ".join(readable.split()).removesuffix(".*")


def author_key(author: str) -> str:
    """Return an author's name as names are compared: in lower case, with single spaces.

    Lone surrogates, which no encoding can write, become "?".
    """
    if not author.isascii():
        author = author.encode("utf-8", "replace").decode()
    return " ".join(author.lower().split())
