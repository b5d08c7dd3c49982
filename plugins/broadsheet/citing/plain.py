"""References in words, as they stand at the end of a paper."""

from __future__ import annotations

from .reference import Reference

LISTED = 10  # authors; of more, the first is named


def plain(one: Reference) -> str:
    """A reference in one line: "Ada Lovelace and Alan Turing. Notes. arXiv:2508.00001, 2025." and
    its address."""
    parts = [_authors(one).rstrip("."), one.plain_title.rstrip("."), _place(one)]
    text = ". ".join(part for part in parts if part) + "."
    return f"{text} {one.url}" if one.url else text


def _authors(one: Reference) -> str:
    names = [author.natural for author in one.authors]
    if not names:
        return ""
    if len(names) > LISTED or one.more:
        return f"{names[0]} et al"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _place(one: Reference) -> str:
    if one.arxiv:
        return f"arXiv:{one.arxiv}, {one.year}"
    return f"doi:{one.doi}, {one.year}" if one.doi else str(one.year)
