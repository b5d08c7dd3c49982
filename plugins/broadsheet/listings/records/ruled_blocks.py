"""Mails of working papers: blocks between rules, each a title, its authors with their affiliations,
an abstract, and the address in a line of its own."""

from __future__ import annotations

import re
from typing import Any

from ..lists.list_names import TWO_WORDS
from ..lists.list_titles import is_title
from ..lists.paper_drafts import is_prose
from ..untrusted.decoding import one_line
from .nesting import Found

_RULE = re.compile(r"[ \t]*[-_=*]{8,}[ \t]*")
_ADDRESS = re.compile(r"[ \t]*<?(https?://[^\s<>]{4,500})>?[ \t]*")
_PART = r"[^\W\d_]{1,30}(?:['’-][^\W\d_]{1,30}){0,3}\.?"
_AUTHOR = re.compile(
    rf"(?=[^\W\d_a-z])({_PART}(?: {_PART}){{1,4}}), ([^\W\d_a-z][^\n,]{{2,100}})(?:,.{{0,200}})?"
)
_HEAD = 12  # lines of a block within which its authors stand
_SLACK = 1  # characters by which a heading and the rule below it differ
_LEAST = 120  # characters of an abstract


def read(text: str) -> Found | None:
    """Return the records of such a mail, and its other blocks; None for any other text."""
    blocks: list[list[str]] = [[]]
    underlined = 0  # rules that only underline a heading
    for row in text.split("\n"):
        if _RULE.fullmatch(row):
            underlined += _is_underlined(blocks[-1], row)
            blocks.append([])
        else:
            blocks[-1].append(row)
    filled = [block for block in blocks if any(map(str.strip, block))]
    if len(blocks) < 3 or len(filled) < 2 or 2 * underlined >= len(blocks):
        return None
    if any(_are_several(row.strip()) for block in filled for row in block[:_HEAD]):
        return None  # each author has a line, with a place
    records = [_record(block) for block in filled]
    papers = [record for record in records if record]
    if len(papers) < 2 or len(papers) * 3 < len(filled) * 2:
        return None
    others = [
        {"text": one_line(" ".join(block))[:200]}
        for block, record in zip(filled, records, strict=True)
        if not record
    ]
    return Found(papers, {"blocks between rules": others} if others else {})


def _is_underlined(block: list[str], rule: str) -> bool:
    """Return whether a rule has the length of the line above it, which has none above."""
    above = block[-1].rstrip() if block else ""
    alone = len(block) < 2 or not block[-2].strip()
    return bool(above) and alone and abs(len(above) - len(rule.rstrip())) <= _SLACK


def _record(block: list[str]) -> dict[str, Any] | None:
    """Return the record of a block; None where it has not the parts of a paper."""
    addresses = [found[1] for row in block if (found := _ADDRESS.fullmatch(row))]
    paragraphs = [
        [row.strip() for row in part.split("\n")] for part in "\n".join(block).split("\n\n")
    ]
    paragraphs = [rows for part in paragraphs if (rows := list(filter(None, part)))]
    prose = [n for n, rows in enumerate(paragraphs) if _is_abstract(one_line(" ".join(rows)))]
    if len(addresses) != 1 or not prose or prose[0] == 0:
        return None
    first, *below = paragraphs[0]
    title = one_line(first).strip('"“”')
    if not is_title(title) or (is_prose(title) and not first.startswith(('"', "“"))):
        return None
    authors: list[str] = []
    beside: list[str] = []
    for row in (*below, *(row for rows in paragraphs[1 : prose[0]] for row in rows)):
        found = _AUTHOR.fullmatch(row)
        authors += [_written(found[1])] if found else []
        beside += [found[2] if found else row]
    texts = [one_line(" ".join(paragraphs[n])) for n in prose]
    return {
        "title": title,
        "authors": authors,
        "abstract": "\n\n".join(texts),
        "url": addresses[0],
        "words beside": "; ".join(beside),
    }


def _are_several(row: str) -> bool:
    """Return whether a line is three people's names or more."""
    parts = row.split(", ")
    return 2 < len(parts) < 60 and all(map(TWO_WORDS.fullmatch, parts))


def _is_abstract(text: str) -> bool:
    return len(text) >= _LEAST and text.endswith((".", "!", "?", "…", "”", '"'))


def _written(name: str) -> str:
    """Return a name that stands in capitals as it is written."""
    return name.title() if name.isupper() else name
