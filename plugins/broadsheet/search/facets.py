"""Facets: the topics, tags and authors by which found papers are filtered.

Faceted search as in Hearst, "Search User Interfaces" (2009), chapter 8.
"""

from __future__ import annotations

from .documents import Document


def facet_keys(document: Document) -> list[str]:
    """Return a paper's facets, each once: "topic:SLUG", "tag:SLUG" and "author:NAME"."""
    keys = [f"topic:{document.topic}"] if document.topic else []
    keys += [f"tag:{tag}" for tag in document.tags]
    keys += [f"author:{author_key(author)}" for author in document.authors]
    return list(dict.fromkeys(keys))


def author_key(author: str) -> str:
    """Return an author's name as names are compared: in lower case, with single spaces.

    Lone surrogates, which no encoding can write, become "?".
    """
    if not author.isascii():
        author = author.encode("utf-8", "replace").decode()
    return " ".join(author.lower().split())
