"""Results of Google Scholar and its alerts, copied as text: each a title, a line of names, venue
and year, and a passage. They are written as headings with labelled lines.

    [PDF] Kites of the north
    A Kite, B Line - Journal of Kites, 2026 - example.org
    We fly kites over the sea …
    Save Cite Related articles
"""

from __future__ import annotations

import re

from .list_names import are_names

_BYLINE = re.compile(
    r"\s{0,8}(?P<who>[^\W\d_a-z](?:(?![ \u00a0][-–‐][ \u00a0]).){2,300}+)[ \u00a0][-–‐][ \u00a0]"
    r"(?:(?P<venue>[^\n]{2,160}?),? )?(?P<year>(?:19|20)\d\d)"
    r"(?:[ \u00a0][-–‐][ \u00a0][\w.-]{2,40}(?: [\w.-]{2,40}){0,3})?\s*"
)
_KIND = re.compile(r"\s*(?:\[[A-Z]{1,10}\]\s*){1,3}(?=\S)")
_INITIALS = re.compile(r"[A-Z]{1,4} [^\W\d_].*")
_FOOT = re.compile(
    r"\s*(?:(?:☆\s*)?Save(?:\s+(?:Cite|Twitter|\d).{0,120})?"
    r"|(?:Cited by \d|Related articles).{0,120}|(?:List alerts|Cancel alert)\s*)"
)
_MARKED = re.compile(r"\s*(?:[-*+•#|>]|\(?\d{1,4}[.)]\s)")
_SITE = re.compile(r"\s*\[[A-Z]{1,10}\] [\w-]{1,40}(?:\.[\w-]{1,40}){1,5}\s*")  # where its file is
_ID = re.compile(r"arXiv:(\d{4}\.\d{4,5}(?:v\d{1,2})?)", re.I)
_PREPRINT = re.compile(r"arXiv\b", re.I)
_CUT = " \u00a0….,"  # what stands where names or a venue were cut
_LEAST = 2  # results
_LONGEST = 600  # characters of a line


def as_headings(text: str) -> str:
    """Return a text with its results as headings, "Authors: ..." and "Abstract: ..." below them; a
    text without any as it is. It has as many lines, or one or two more behind the last."""
    rows = text.split("\n")
    made = ["" if _SITE.fullmatch(row) or _FOOT.fullmatch(row) else row for row in rows]
    made += ["", ""]
    found = {n: by for n in range(1, len(rows)) if (by := _byline(made[n - 1], rows[n]))}
    if len(found) < _LEAST:
        return text
    for n, by in found.items():
        title = _KIND.sub("", rows[n - 1]).strip()
        id_ = _ID.search(by["venue"] or "")
        made[n - 1] = f"## [{title}](https://arxiv.org/abs/{id_[1]})" if id_ else f"## {title}"
        end = n + 1
        while made[end].strip() and end + 1 not in found:
            end += 1
        passage = " ".join(map(str.strip, made[n + 1 : end]))
        while end < len(made) and not made[end].strip():
            end += 1
        said = _said(by, passage)
        if len(said) > end - n:
            return text
        made[n:end] = [*said, *[""] * (end - n - len(said))]
    return "\n".join(made)


def _said(by: re.Match[str], passage: str) -> list[str]:
    """Return what is said of a result below its title, a labelled line each."""
    venue = by["venue"] or ""
    return [
        f"Authors: {by['who'].strip(_CUT)}",
        *([f"Abstract: {passage}"] if passage else []),
        f"Published: {by['year']}",
        *([f"Venue: {venue.strip(_CUT)}"] if venue and not _PREPRINT.match(venue) else []),
    ]


def _byline(above: str, row: str) -> re.Match[str] | None:
    """Return the parts of a line of names, venue and year below a title; None for another."""
    if len(row) > _LONGEST or not above.strip() or "://" in above or _MARKED.match(above):
        return None
    by = _BYLINE.fullmatch(row)
    who = by["who"].strip(_CUT) if by else ""
    return by if _INITIALS.match(who) and (are_names(who) or "," not in who) else None
